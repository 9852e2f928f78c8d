/** The service as one site sees it. */

export interface ServiceStatus {
	version: string;
	siteId: string;
	siteName: string;
	/** Addresses on hold, bounces recorded, contacts known. */
	onHold: number;
	bounces: number;
	contacts: number;
	hasBounceAccount: boolean;
	/** Problems an administrator should see, as sentences. */
	problems: string[];
}

/** One WordPress user as the plugin tells of it (requirement H2). */
export interface WordPressUser {
	userId: number;
	email: string;
	displayName: string;
	firstName: string;
	lastName: string;
	/** Names of the user's roles in this site; undefined when the plugin does not tell. */
	roles?: string[];
}

export interface SyncReport {
	added: number;
	changed: number;
	unchanged: number;
	removed: number;
	sentence: string;
}
