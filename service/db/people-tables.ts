import type { Generated, Selectable } from 'kysely';
import type { ActivityStatus, PartyPlace, PartyRole } from '../contract/activity.ts';
import type { ImportState } from '../contract/contact.ts';

/** The tables of contacts' deeds and imports, of filed mail and its attachments; see `schema.ts`. */
export interface PeopleTables {
	contact_deeds: ContactDeedsTable;
	contact_deed_steps: ContactDeedStepsTable;
	contact_imports: ContactImportsTable;
	contact_import_parts: ContactImportPartsTable;
	saved_views: SavedViewsTable;
	activities: ActivitiesTable;
	activity_bodies: ActivityBodiesTable;
	activity_parties: ActivityPartiesTable;
	activity_deeds: ActivityDeedsTable;
	activity_deed_steps: ActivityDeedStepsTable;
	activity_words: ActivityWordsTable;
	attachments: AttachmentsTable;
	blobs: BlobsTable;
	blob_pieces: BlobPiecesTable;
	raw_mail_cuts: RawMailCutsTable;
	thread_messages: ThreadMessagesTable;
	never_file: NeverFileTable;
}

/** What was done to contacts: an edit, a merge, an import; its steps say how each contact was before and after. */
interface ContactDeedsTable {
	id: Generated<number>;
	site_id: string;
	at: number;
	who: string;
	what: string;
	sentence: string;
	undone_at: number | null;
	undone_by: string | null;
}

interface ContactDeedStepsTable {
	id: Generated<number>;
	site_id: string;
	deed_id: number;
	/** 0 when the step is about a group itself. */
	contact_id: number;
	/** What was changed, and its number. */
	thing: 'contact' | 'address' | 'member' | 'group' | 'moved';
	thing_id: number;
	/** JSON; null: it was not there. */
	before: string;
	after: string;
}

interface ContactImportsTable {
	id: Generated<number>;
	site_id: string;
	file_name: string;
	state: ImportState;
	who: string;
	created_at: number;
	/** JSON lists and objects of the contract. */
	mapping: string;
	options: string;
	columns: string;
	rows_in_all: number;
	/** Rows dealt with; a run that was interrupted goes on there. */
	done: number;
	totals: string;
	problems: string;
	deed_id: number | null;
	sentence: string;
}

interface ContactImportPartsTable {
	site_id: string;
	import_id: number;
	part: number;
	text: string;
}

interface SavedViewsTable {
	id: Generated<number>;
	site_id: string;
	page: string;
	name: string;
	query: string;
	is_shared: number;
	user_id: number;
	created_at: number;
}

interface ActivitiesTable {
	id: Generated<number>;
	site_id: string;
	type: string;
	subject: string;
	occurred_at: number;
	filed_at: number;
	status: ActivityStatus;
	campaign: string;
	token: string | null;
	/** Names and addresses of everybody in it, for searching. */
	people: string;
	/** The first 500 characters of the text without its quotes. */
	excerpt: string;
	attachments: number;
	/** The id of the thread's first activity. */
	thread_id: number;
	/** Without angle brackets, lower case. */
	message_id: string | null;
	fingerprint: string;
	account_id: number;
	run_id: number | null;
	because: string;
	is_truncated: number;
	/** JSON list of sentences. */
	damage: string;
	edited_at: number | null;
	edited_by: string | null;
	deleted_at: number | null;
}

interface ActivityBodiesTable {
	site_id: string;
	activity_id: number;
	/** All of the text, quotes included. */
	text: string;
	/** As it came, decoded; made safe when it is read. */
	html: string | null;
}

interface ActivityPartiesTable {
	id: Generated<number>;
	site_id: string;
	activity_id: number;
	contact_id: number;
	role: PartyRole;
	place: PartyPlace;
	/** Lower case. */
	email: string;
	/** As the mail wrote it. */
	name: string;
	/** The activity's, so that a contact's mail is read in order. */
	occurred_at: number;
}

interface ActivityDeedsTable {
	id: Generated<number>;
	site_id: string;
	at: number;
	who: string;
	/** WordPress's number of who edited; null for deeds of other kinds. */
	user_id: number | null;
	what: 'edited' | 'deleted' | 'never-file';
	sentence: string;
	undone_at: number | null;
	undone_by: string | null;
}

/** How one activity was before a deed and after it. */
interface ActivityDeedStepsTable {
	id: Generated<number>;
	site_id: string;
	deed_id: number;
	activity_id: number;
	/** JSON. */
	before: string;
	after: string;
}

/** Full-text index over `activities`: kept by triggers, only read. */
interface ActivityWordsTable {
	rowid: number;
	activity_words: string;
	rank: number;
}

interface AttachmentsTable {
	id: Generated<number>;
	site_id: string;
	activity_id: number;
	position: number;
	file_name: string;
	content_type: string;
	content_id: string | null;
	is_inline: number;
	/** Decoded. */
	size_bytes: number;
	/** Names the blob; null when it was not kept. */
	sha256: string | null;
	problem: string | null;
}

/** Contents, each kept once; a blob that no attachment and no raw mail names is deleted by Clean Up. */
interface BlobsTable {
	site_id: string;
	sha256: string;
	size_bytes: number;
	stored_at: number;
}

interface BlobPiecesTable {
	site_id: string;
	sha256: string;
	piece: number;
	bytes: Uint8Array;
}

/** Attachments that were cut out of a raw mail: where they belong, and how they were written; see messages/skeleton.ts. */
interface RawMailCutsTable {
	site_id: string;
	fingerprint: string;
	position: number;
	/** Offset of the mark in the raw mail as it is kept. */
	starts_at: number;
	sha256: string;
	/** Decoded. */
	size_bytes: number;
	encoding: 'base64' | 'quoted-printable' | 'identity';
	/** Characters a line of base64. */
	line_length: number;
	line_end: 'lf' | 'crlf';
}

/** Which thread a Message-ID belongs to: those of filed mails, and those they refer to. */
interface ThreadMessagesTable {
	site_id: string;
	message_id: string;
	thread_id: number;
}

interface NeverFileTable {
	id: Generated<number>;
	site_id: string;
	/** Lower case: an address or a domain. */
	pattern: string;
	note: string;
	added_at: number;
	who: string;
}

export type ActivityRow = Selectable<ActivitiesTable>;
export type AttachmentRow = Selectable<AttachmentsTable>;
export type ContactDeedStepRow = Selectable<ContactDeedStepsTable>;
export type ContactDeedRow = Selectable<ContactDeedsTable>;
export type ContactImportRow = Selectable<ContactImportsTable>;
