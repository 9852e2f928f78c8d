import type { ActivityStatus, PartyPlace, PartyRole } from '../contract/activity.ts';
import type { ContactKind } from '../contract/contact.ts';

/** What filing a mail asks of the contacts and the filed mail of one site, and what it writes there. */
export interface FilingBook {
	/** Asks for everything that some mails name, at once. Contacts in the trash and merged ones are not found, nor are filed
	 *  mails in the trash. */
	lookUp(wanted: WantedForFiling): Promise<KnownForFiling>;
	/** Does what was decided about some mails, in order: adds contacts, files mails, adds parties to filed ones, joins threads.
	 *  Call it in a transaction: it is all or nothing.
	 *  @returns the number of each mail's activity, by fingerprint */
	file(deeds: readonly FilingDeed[], context: FilingContext): Promise<Map<string, number>>;
}

export interface WantedForFiling {
	/** Lower case. */
	emails: readonly string[];
	/** Entries of the never-file list that would apply. */
	neverFilePatterns: readonly string[];
	/** Lower case, without angle brackets. */
	messageIds: readonly string[];
	fingerprints: readonly string[];
}

export interface KnownForFiling {
	/** Every contact that has one of the addresses. */
	contacts: KnownContact[];
	/** Those of the patterns that are on the list. */
	neverFile: string[];
	/** Mails that were filed already. */
	activities: FiledBefore[];
}

export interface KnownContact {
	email: string;
	contactId: number;
	kind: ContactKind;
	name: string;
	/** The address is the contact's first one. */
	isPrimary: boolean;
}

export interface FiledBefore {
	activityId: number;
	accountId: number;
	messageId: string | null;
	fingerprint: string;
	subject: string;
	occurredAt: Date;
	parties: { contactId: number; role: PartyRole }[];
}

/** A contact that is there, or that a deed adds: named by its address. */
export type PersonRef = { contactId: number } | { newWith: string };

export interface NewPerson {
	/** Lower case. */
	email: string;
	firstName: string;
	lastName: string;
	/** The name, or the address when none is known. */
	displayName: string;
	employer: string;
	/** The group it joins; null for none. */
	groupId: number | null;
}

export interface NewParty {
	who: PersonRef;
	role: PartyRole;
	place: PartyPlace;
	email: string;
	/** As the mail wrote it. */
	name: string;
}

export interface NewActivity {
	type: string;
	status: ActivityStatus;
	campaign: string;
	subject: string;
	occurredAt: Date;
	token: string | null;
	excerpt: string;
	text: string;
	html: string | null;
	messageId: string | null;
	/** Message-IDs that it answers. */
	references: readonly string[];
	because: string;
	isTruncated: boolean;
	damage: readonly string[];
	files: readonly NewAttachment[];
}

export interface NewAttachment {
	fileName: string;
	contentType: string;
	contentId: string | null;
	isInline: boolean;
	sizeBytes: number;
	sha256: string;
	/** Why it is not kept; null when it is. */
	problem: string | null;
}

/** What to do about one mail. */
export interface FilingDeed {
	fingerprint: string;
	newContacts: readonly NewPerson[];
	/** Parties of the new activity, or parties that the filed one lacks. */
	parties: readonly NewParty[];
	target: { file: NewActivity } | { addTo: ActivityRef };
}

/** A filed mail, or one that an earlier deed files: named by its fingerprint. */
export type ActivityRef = { activityId: number } | { filedAs: string };

export interface FilingContext {
	accountId: number;
	runId: number | null;
	at: Date;
}
