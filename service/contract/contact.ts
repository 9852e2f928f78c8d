/** Contacts: the people and organisations we write to, their addresses and groups (requirement H1). */

import type { ContactStatus, HoldKind } from './address.ts';

export const contactKinds = ['Individual', 'Organization', 'Household'] as const;
export type ContactKind = (typeof contactKinds)[number];

/** What a person can edit of a contact. */
export interface ContactFields {
	kind: ContactKind;
	/** Of an Individual; empty for the others. */
	firstName: string;
	lastName: string;
	/** Of an Organization or a Household; empty for an Individual. */
	name: string;
	/** Where an Individual works; empty for the others. */
	employer: string;
	status: ContactStatus;
	/** No mail by anybody's wish but a bounce's: asked not to be written to. */
	doNotEmail: boolean;
	/** Wants no mailings. */
	isOptedOut: boolean;
	isDeceased: boolean;
	note: string;
}

export interface ContactAddress {
	id: number;
	/** As the person writes it. */
	email: string;
	isPrimary: boolean;
	/** Mailings go here instead of to the primary address. */
	isBulk: boolean;
	hold: HoldKind | null;
	/** ISO 8601; null when not on hold. */
	heldSince: string | null;
	holdType: string | null;
	holdBecause: string | null;
	/** Bounces in all. */
	bounces: number;
}

export interface GroupRef {
	id: number;
	name: string;
}

/** A row of the list. */
export interface ContactSummary {
	id: number;
	kind: ContactKind;
	displayName: string;
	/** The primary address; null when the contact has none. */
	email: string | null;
	addressId: number | null;
	/** Hold of the primary address. */
	hold: HoldKind | null;
	/** Any of its addresses is on hold. */
	hasHold: boolean;
	status: ContactStatus;
	doNotEmail: boolean;
	isOptedOut: boolean;
	isDeceased: boolean;
	isUser: boolean;
	groups: GroupRef[];
	createdAt: string;
	/** The last mail filed with it; null when there is none. */
	lastMailAt: string | null;
	isDeleted: boolean;
}

/** All of one contact. */
export interface ContactRecord extends ContactFields {
	id: number;
	displayName: string;
	wpUserId: number | null;
	/** "Filed from a mail", "Imported from people.csv", "WordPress user", "Added by Anna". */
	source: string;
	createdAt: string;
	changedAt: string;
	deletedAt: string | null;
	/** It was merged into this contact, and is shown only for its history. */
	mergedInto: number | null;
	addresses: ContactAddress[];
	groups: GroupRef[];
	counts: { activities: number; bounces: number; sent: number };
}

/** One line in a contact's story: everything that was sent, bounced, filed, held, edited. */
export interface ContactEvent {
	at: string;
	what:
		| 'sent'
		| 'bounced'
		| 'held'
		| 'released'
		| 'release-undone'
		| 'bounce-taken-back'
		| 'rule-followed'
		| 'rule-undone'
		| 'filed'
		| 'added'
		| 'edited'
		| 'deleted'
		| 'merged'
		| 'group'
		| 'undone';
	sentence: string;
	email?: string;
	addressId?: number;
	bounceId?: number;
	activityId?: number;
	mailingId?: number;
	/** Can be undone by undoContactDeed; absent when it was undone already. */
	deedId?: number;
}

/** What a contact's story can be narrowed to. */
export const storyParts = {
	mail: ['sent', 'filed'],
	bounces: ['bounced', 'bounce-taken-back'],
	holds: ['held', 'released', 'release-undone', 'rule-followed', 'rule-undone'],
	changes: ['added', 'edited', 'deleted', 'merged', 'group', 'undone'],
} as const satisfies Record<string, readonly ContactEvent['what'][]>;
export type StoryPart = keyof typeof storyParts;

/** Counts beside the filters. */
export interface ContactFacets {
	total: number;
	onHold: number;
	deleted: number;
	kinds: Record<ContactKind, number>;
	statuses: Record<ContactStatus, number>;
}

export interface Group {
	id: number;
	name: string;
	description: string;
	/** Mailings can be sent to it. */
	isMailingList: boolean;
	members: number;
}

/** What an administrator did to contacts, and can undo. */
export interface DeedReport {
	deedId: number;
	/** Contacts changed. */
	touched: number;
	leftAlone: number;
	/** "12 contacts deleted." */
	sentence: string;
}

export interface MergePreview {
	keep: ContactRecord;
	drop: ContactRecord;
	/** What the kept contact looks like afterwards, with the choices made so far. */
	result: ContactFields & { addresses: string[]; groups: string[] };
	/** Fields where the two differ and a choice is needed. */
	differences: { field: keyof ContactFields; keep: string; drop: string }[];
	/** "3 addresses, 2 groups and 14 filed mails move to Anna Berg." */
	sentence: string;
	/** Why it can't be done, such as two different WordPress users; null when it can. */
	problem: string | null;
}

/** A named search that stays. */
export interface SavedView {
	id: number;
	page: 'contacts';
	name: string;
	/** The query of the page's address: "hold=bounce&groupId=3". */
	query: string;
	isShared: boolean;
	isMine: boolean;
}

// —— Search Builder ——

export const addressPlaces = ['primary', 'any', 'bulk'] as const;
export type AddressPlace = (typeof addressPlaces)[number];

export const searchOperators = [
	'=',
	'!=',
	'contains',
	'starts',
	'ends',
	'<',
	'>',
	'empty',
	'not-empty',
] as const;
export type SearchOperator = (typeof searchOperators)[number];

type FieldKind =
	'text' | 'yes-no' | 'kind' | 'status' | 'hold' | 'type' | 'date' | 'number' | 'group';

/** What a search can ask for. `of` address: the condition says at which address (primary, any, bulk). */
export const searchFields = {
	name: { of: 'contact', kind: 'text' },
	firstName: { of: 'contact', kind: 'text' },
	lastName: { of: 'contact', kind: 'text' },
	employer: { of: 'contact', kind: 'text' },
	note: { of: 'contact', kind: 'text' },
	kind: { of: 'contact', kind: 'kind' },
	status: { of: 'contact', kind: 'status' },
	group: { of: 'contact', kind: 'group' },
	isUser: { of: 'contact', kind: 'yes-no' },
	doNotEmail: { of: 'contact', kind: 'yes-no' },
	isOptedOut: { of: 'contact', kind: 'yes-no' },
	isDeceased: { of: 'contact', kind: 'yes-no' },
	createdAt: { of: 'contact', kind: 'date' },
	email: { of: 'address', kind: 'text' },
	domain: { of: 'address', kind: 'text' },
	onHold: { of: 'address', kind: 'yes-no' },
	hold: { of: 'address', kind: 'hold' },
	holdType: { of: 'address', kind: 'type' },
	heldSince: { of: 'address', kind: 'date' },
	lastMailAt: { of: 'contact', kind: 'date' },
	mails: { of: 'contact', kind: 'number' },
	bounces: { of: 'contact', kind: 'number' },
} as const satisfies Record<string, { of: 'contact' | 'address'; kind: FieldKind }>;
export type SearchField = keyof typeof searchFields;
export type SearchFieldKind = (typeof searchFields)[SearchField]['kind'];

/** Which operators make sense for what; `empty` and `not-empty` take no value. Values: yes-no "yes" or "no", dates
 *  "2026-05-03", numbers as digits, groups by their number, all else the word itself. */
export const operatorsOf: Readonly<Record<SearchFieldKind, readonly SearchOperator[]>> = {
	text: ['contains', '=', '!=', 'starts', 'ends', 'empty', 'not-empty'],
	'yes-no': ['='],
	kind: ['=', '!='],
	status: ['=', '!='],
	hold: ['=', '!=', 'empty', 'not-empty'],
	type: ['=', '!=', 'empty', 'not-empty'],
	date: ['<', '>', '=', 'empty', 'not-empty'],
	number: ['=', '<', '>'],
	group: ['=', '!='],
};

/** A search: one comparison, or several of which all or any must hold. */
export type Condition =
	| { all: Condition[] }
	| { any: Condition[] }
	| { field: SearchField; place?: AddressPlace; operator: SearchOperator; value?: string };

// —— Import ——

/** Where a column of a CSV file goes; `skip` leaves it out. */
export const importTargets = [
	'skip',
	'email',
	'email2',
	'email3',
	'fullName',
	'firstName',
	'lastName',
	'name',
	'employer',
	'kind',
	'status',
	'note',
	'group',
	'isOptedOut',
	'doNotEmail',
] as const;
export type ImportTarget = (typeof importTargets)[number];

export const importStates = ['uploading', 'ready', 'running', 'done', 'failed', 'undone'] as const;
export type ImportState = (typeof importStates)[number];

export interface ImportOptions {
	/** What to do with a row whose address is known already. */
	onKnown: 'fill-gaps' | 'overwrite' | 'skip';
	/** All of them join this group; null for none. */
	groupId: number | null;
	/** A group that a `group` column names and that does not exist is made. */
	makeGroups: boolean;
}

export interface ContactImport {
	id: number;
	fileName: string;
	state: ImportState;
	who: string;
	createdAt: string;
	/** Column headings, in order. */
	columns: string[];
	/** One target a column; the service's guess until somebody chooses. */
	mapping: ImportTarget[];
	options: ImportOptions;
	/** Rows without the heading. */
	rows: number;
	done: number;
	added: number;
	changed: number;
	skipped: number;
	failed: number;
	/** The first hundred rows that failed, with the line in the file. */
	problems: { line: number; sentence: string }[];
	sentence: string;
}

export interface ImportPreview {
	/** The first rows as they would become contacts. */
	rows: {
		line: number;
		displayName: string;
		email: string;
		becomes: 'added' | 'changed' | 'skipped' | 'failed';
		sentence: string;
	}[];
	/** Rows that were looked at: all, or the first of very many. */
	looked: number;
	/** What these would become. */
	counts: Record<'added' | 'changed' | 'skipped' | 'failed', number>;
	problems: { line: number; sentence: string }[];
	/** Why it can't be imported yet ("No column holds the e-mail address."); null when it can. */
	problem: string | null;
}

/** How WordPress's users become contacts, by the site's choice. */
export interface UserSyncSettings {
	/** Users of a role join a group: role's name → number of the group. */
	groupOfRole: Record<string, number>;
	/** What becomes of the contact of a deleted user. */
	whenUserGoes: 'keep' | 'delete';
}
