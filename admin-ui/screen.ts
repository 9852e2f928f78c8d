/** What the plugin told this page about itself when it printed it. */

export type PageName =
	| 'bounces'
	| 'on-hold'
	| 'contacts'
	| 'activities'
	| 'outcomes'
	| 'rules'
	| 'types'
	| 'try-bounce'
	| 'accounts'
	| 'jobs';

export interface Screen {
	page: PageName;
	/** "return-channel/v1". */
	restNamespace: string;
	/** Where the REST API answers ("https://example.org/wp-json/"), for files that the browser fetches by itself. */
	restUrl: string;
	/** May this person release, take back, change and run? Without it the buttons are absent. */
	canManage: boolean;
	/** The plugin's settings page, where the service's address and secret are. */
	settingsUrl: string;
	siteName: string;
	/** Where the other pages are, as far as this person may open them. */
	pageUrls?: Partial<Record<PageName, string>>;
	/** WordPress's roles in this site: name → what people call it. */
	roles?: Record<string, string>;
}

declare global {
	interface Window {
		returnChannel?: Screen;
	}
}

/** The settings that the plugin printed with this page. Throws when the script runs on any other page. */
export function theScreen(): Screen {
	if (!window.returnChannel) {
		throw new Error('window.returnChannel is missing: this is not a page of Return Channel.');
	}
	return window.returnChannel;
}
