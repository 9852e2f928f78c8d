import type {
	ContactFacets,
	ContactImport,
	ContactRecord,
	ContactSummary,
	DeedReport,
	Group,
	ImportOptions,
	ImportPreview,
	ImportTarget,
	MergePreview,
	SavedView,
	UserSyncSettings,
} from '../contract/contact.ts';
import type { Request } from '../contract/messages.ts';
import type { Page } from '../contract/page.ts';
import type { AddressHistory } from './crm.ts';

/** The contacts of one site as people work with them: found, read, edited, merged, imported. What a person does is one
 *  deed, and a deed can be undone; what was changed since is then left alone. Call what changes something in a transaction. */
export interface ContactBook {
	list(filters: Partial<Request<'listContacts'>>): Promise<Page<ContactSummary>>;
	facets(filters: ContactFilters): Promise<ContactFacets>;
	/** All of a contact, in the trash or merged too. */
	record(id: number): Promise<ContactRecord | undefined>;
	/** The contact of a WordPress user. */
	recordOfUser(userId: number): Promise<ContactRecord | undefined>;
	/** What happened to a contact; undefined when there is none. @param most newest things of each kind */
	history(id: number, most: number): Promise<ContactHistory | undefined>;
	/** Everybody that a filter finds, some hundreds at a time, in the order in which they were added. */
	everybody(filters: ExportFilters): AsyncIterable<ExportedContact[]>;

	/** @returns the new contact's number. @throws ServiceError invalid-request with the fields that are wrong. */
	add(contact: ContactDraft, by: Author): Promise<number>;
	/** @throws ServiceError not-found, or invalid-request with the fields that are wrong. */
	change(id: number, contact: ContactDraft, by: Author): Promise<void>;
	/** Puts contacts into the trash. */
	bin(chosen: Chosen, by: Author): Promise<DeedReport>;
	/** Takes contacts out of the trash. */
	restore(chosen: Chosen, by: Author): Promise<DeedReport>;
	/** Addresses on hold, whatever hold, of the contacts. */
	heldAddresses(chosen: Chosen): Promise<number[]>;
	/** @throws ServiceError not-found for a contact that is not there, in the trash or merged. */
	previewMerge(choice: MergeChoice): Promise<MergePreview>;
	/** Makes two contacts one: all that the dropped one had becomes the kept one's.
	 *  @throws ServiceError not-found, or conflict with the problem that the preview names. */
	merge(choice: MergeChoice, by: Author): Promise<DeedReport>;
	/** @throws ServiceError not-found, or conflict when it was undone before. */
	undo(deedId: number, by: Author): Promise<DeedReport>;

	readonly groups: GroupBook;
	readonly views: ViewBook;
	readonly imports: ImportBook;
	userSync(): Promise<UserSyncSettings>;
	/** @throws ServiceError not-found for a group that is not there. */
	setUserSync(settings: UserSyncSettings): Promise<void>;
}

export interface GroupBook {
	list(): Promise<Group[]>;
	/** @throws ServiceError conflict when another group has this name. */
	add(group: GroupFields): Promise<Group>;
	/** @throws ServiceError not-found, or conflict when another group has this name. */
	change(id: number, group: GroupFields): Promise<Group>;
	/** Deletes a group; its members stay contacts. @throws ServiceError not-found. */
	remove(id: number, by: Author): Promise<DeedReport>;
	/** @throws ServiceError not-found. */
	addMembers(id: number, who: Chosen, by: Author): Promise<DeedReport>;
	/** @throws ServiceError not-found. */
	removeMembers(id: number, who: Chosen, by: Author): Promise<DeedReport>;
}

/** Named searches: a user's own, and those that others share. */
export interface ViewBook {
	list(page: SavedView['page'], userId: number): Promise<SavedView[]>;
	/** One of the user's own with the same name is replaced. */
	save(view: Request<'saveView'>, userId: number, at: Date): Promise<SavedView>;
	/** @returns its name. @throws ServiceError not-found, or not-allowed for the view of another. */
	remove(id: number, userId: number, isManager: boolean): Promise<string>;
}

/** CSV files on their way to become contacts. */
export interface ImportBook {
	list(): Promise<ContactImport[]>;
	/** @throws ServiceError not-found. */
	get(id: number): Promise<ContactImport>;
	open(fileName: string, by: Author): Promise<ContactImport>;
	/** Takes a part of the text; one that came before is taken once. The last makes the import ready: columns are read and
	 *  their targets guessed. @throws ServiceError not-found, conflict, too-large, or invalid-request for a file that is none. */
	addPart(part: Request<'addImportPart'>): Promise<ContactImport>;
	/** What the rows would become, the first of very many. Changes nothing. @throws ServiceError not-found or conflict. */
	preview(id: number, choice: ImportChoice): Promise<ImportPreview>;
	/** Notes that an import is to be carried out. @throws ServiceError as `preview`, and invalid-request with the problem that
	 *  the preview names. */
	ask(id: number, choice: ImportChoice): Promise<void>;
	/** Number of the oldest import that is to be carried out; undefined when there is none. */
	next(): Promise<number | undefined>;
	/** The rows of an import that are still to be dealt with, some hundred at a time.
	 *  @throws ServiceError invalid-request. */
	read(id: number): AsyncIterable<ImportRows>;
	/** Deals with the next rows, in a transaction. What was done is counted in it too, so that a crash does nothing twice. */
	carryOn(id: number, rows: ImportRows, at: Date): Promise<ImportProgress>;
	/** Notes that an import can't go on. */
	fail(id: number, sentence: string): Promise<void>;
	/** Takes back what an import did. @throws ServiceError not-found or conflict. */
	undo(id: number, by: Author): Promise<DeedReport>;
}

/** Rows of a file, each with the line it begins on. */
export type ImportRows = readonly { line: number; cells: readonly string[] }[];

export interface ImportProgress {
	done: number;
	rows: number;
	isFinished: boolean;
	/** "1,200 rows read: 1,100 contacts added, 80 changed, 20 skipped." */
	sentence: string;
}

/** Who does something, and when. */
export interface Author {
	who: string;
	at: Date;
}

export type ContactFilters = Partial<Request<'countContacts'>>;
export type ExportFilters = Partial<Request<'exportContacts'>>;
/** Whom a deed is for. */
export type Chosen = { ids: number[] } | { filter: ContactFilters };
export type ContactDraft = Request<'addContact'>;
export type GroupFields = Request<'addGroup'>;
export type MergeChoice = Request<'mergeContacts'>;
export interface ImportChoice {
	mapping: ImportTarget[];
	options: ImportOptions;
}

/** A contact with all that a file of contacts can hold. */
export interface ExportedContact extends Pick<
	ContactRecord,
	| 'kind'
	| 'firstName'
	| 'lastName'
	| 'name'
	| 'employer'
	| 'status'
	| 'doNotEmail'
	| 'isOptedOut'
	| 'note'
> {
	/** The primary one first. */
	emails: string[];
	groups: string[];
}

/** A contact's story in facts: of each kind the newest, newest first, and how many there are in all. */
export interface ContactHistory {
	/** All addresses it has or had. */
	addresses: { id: number; email: string }[];
	sent: (AddressHistory['sent'][number] & { addressId: number })[];
	holds: (AddressHistory['holds'][number] & { addressId: number })[];
	filed: { activityId: number; at: Date; subject: string; wrote: boolean; email: string }[];
	changes: ContactChange[];
	totals: { sent: number; holds: number; filed: number; changes: number };
}

/** What one deed changed of one contact, in a sentence. */
export interface ContactChange {
	at: Date;
	what: 'added' | 'edited' | 'deleted' | 'merged' | 'group' | 'undone';
	sentence: string;
	/** Undefined when it can't be undone (any more). */
	deedId?: number;
}
