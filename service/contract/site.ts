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
	/** Those of them that keep mail from being read. */
	attention: Attention[];
	/** Accounts that are read now and then. */
	activeAccounts: number;
}

/** Something that keeps mail from being read. */
export interface Attention {
	/** Stays the same until something about it changes: whoever dismissed it need not see it again. */
	key: string;
	kind: 'authorisation-lost' | 'account-failing' | 'clock-stopped';
	/** The account that it is about, if it is about one. */
	accountId: number | null;
	accountName: string;
	sentence: string;
	/** It does not heal by itself, or has not for a day. */
	isUrgent: boolean;
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
