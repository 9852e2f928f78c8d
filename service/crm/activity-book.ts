import type {
	ActivityDetail,
	ActivityStatus,
	ActivitySummary,
	NeverFileEntry,
	PartyRole,
} from '../contract/activity.ts';
import type { DeedReport } from '../contract/contact.ts';
import type { Request } from '../contract/messages.ts';
import type { Page } from '../contract/page.ts';

/** Filed mail as people read, correct and remove it, of one site. Deleted ones are in no list and are found by no number;
 *  they can be brought back until Clean Up deletes them for good. */
export interface ActivityBook {
	/** A search or a contact with very many mails looks at the newest of them, and very long lists are not counted to their end:
	 *  the total says how far it was. */
	list(filters: ActivityFilters): Promise<Page<ActivitySummary>>;
	get(id: number): Promise<StoredActivity | undefined>;
	/** An attachment of a mail that is not deleted. */
	attachment(id: number): Promise<StoredAttachment | undefined>;

	/** Writes what was edited, as a deed. Call it in a transaction, as all that follows.
	 *  @returns what changed, in words; empty when nothing did.
	 *  @throws ServiceError not-found, or invalid-request when a party is nobody. */
	change(change: ActivityChange, by: Editor, at: Date): Promise<string[]>;
	delete(ids: readonly number[], who: string, at: Date): Promise<DeedReport>;
	/** What a deed was; undefined when there is none with this number. */
	deed(deedId: number): Promise<StoredDeed | undefined>;
	/** Puts back what a deed changed, except where it was changed again since.
	 *  @throws ServiceError not-found, or conflict when it was undone before. */
	undo(deedId: number, who: string, at: Date): Promise<DeedReport>;

	listNeverFile(filters: Request<'listNeverFile'>): Promise<Page<NeverFileEntry>>;
	/** @param patterns lower case. @returns how many were not on the list before, and mails that it would remove. */
	addNeverFile(
		entries: { patterns: readonly string[]; note: string },
		who: string,
		at: Date,
	): Promise<{ added: number; filedAlready: number }>;
	/** @returns the patterns that were taken off. */
	removeNeverFile(ids: readonly number[]): Promise<string[]>;
	/** Removes mail filed already from or with people on these entries: all of it when they wrote it or nobody else is left,
	 *  else only their part in it. */
	applyNeverFile(ids: readonly number[], who: string, at: Date): Promise<DeedReport>;

	/** Deletes for good, some at a time; call it until it returns 0, each time in a transaction of its own. */
	purge(old: OldThings, most: number): Promise<number>;
	/** Deletes contacts for good that have been in the trash since before, with the mail that only they have part in. */
	purgeContacts(deletedBefore: Date, most: number): Promise<number>;
}

export interface OldThings {
	/** Mails filed before; null: none for their age. */
	filedBefore: Date | null;
	/** Mails deleted before. */
	deletedBefore: Date;
}

export type ActivityFilters = Partial<Request<'listActivities'>>;

/** Who edits a filed mail. */
export interface Editor {
	/** WordPress's number of the user. */
	userId: number;
	userName: string;
}

export interface StoredDeed {
	what: 'edited' | 'deleted' | 'never-file';
	/** Who edited; null for deeds of other kinds. */
	userId: number | null;
	/** It changed the text of a mail. */
	changedText: boolean;
}

/** What somebody wants a filed mail to be. */
export interface ActivityChange {
	id: number;
	subject: string;
	occurredAt: Date;
	status: ActivityStatus;
	campaign: string;
	parties: readonly { contactId: number; role: PartyRole }[];
	/** Undefined leaves it. A new text stands alone: the HTML of the mail, which says otherwise, is no longer shown. */
	text: string | undefined;
}

export interface StoredActivity extends ActivitySummary {
	fingerprint: string;
	/** All of the text, quotes included. */
	fullText: string;
	/** As it came: never to be shown like this. */
	rawHtml: string | null;
	files: StoredAttachment[];
	thread: ActivityDetail['thread'];
	because: string;
	messageId: string | null;
	damage: string[];
	isTruncated: boolean;
	hasRaw: boolean;
	editedAt: string | null;
	editedBy: string | null;
	/** The last edit that was not undone. */
	lastEdit: (StoredDeed & { id: number }) | null;
}

export interface StoredAttachment {
	id: number;
	activityId: number;
	fileName: string;
	contentType: string;
	/** Without angle brackets, as the HTML names it after "cid:". */
	contentId: string | null;
	isInline: boolean;
	sizeBytes: number;
	/** Names the blob; null when it was not kept. */
	sha256: string | null;
	problem: string | null;
}
