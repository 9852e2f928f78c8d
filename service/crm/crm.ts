import type { AddressOnHold, ContactStatus, HoldKind } from '../contract/address.ts';
import type { BounceTypeName } from '../contract/bounce.ts';
import type { Page } from '../contract/page.ts';
import type { Request } from '../contract/messages.ts';
import type { DoNotSendEntry } from '../contract/rule.ts';
import type { DoNotSendFilters } from '../contract/rule-messages.ts';
import type { SyncReport, WordPressUser } from '../contract/site.ts';

/** The people we write to, of one site: the built-in CRM today, another system behind the same port. */
export interface Crm {
	/** The deliveries among these numbers and Message-IDs (lower case, without brackets). */
	findDeliveries(wanted: { ids: number[]; messageIds: string[] }): Promise<Delivery[]>;
	/** The addresses with these ids or these spellings (compared without case). Those of deleted contacts are found by
	 *  id only: an old delivery is still theirs, but a new mail that merely names the address is not. */
	findAddresses(wanted: { ids: number[]; emails: string[] }): Promise<Address[]>;

	/** Puts addresses on hold and writes their history. An address that is on hold already is left as it is: an opt-out
	 *  is never downgraded to a bounce (requirement D2). */
	hold(holds: readonly NewHold[], who: string, at: Date): Promise<void>;
	/** Releases addresses, restarts their count and keeps what is needed to undo it. Opt-outs stay. */
	release(addressIds: readonly number[], who: string, at: Date): Promise<Release>;
	/** Puts back the holds of a release, except where an address was held anew or deleted since.
	 *  @throws ServiceError not-found, or conflict when it was undone before. */
	undoRelease(
		releaseId: number,
		who: string,
		at: Date,
	): Promise<{ restored: number; leftAlone: number }>;
	/** Takes back the hold that a bounce caused, if it still stands. @returns whether it did. */
	takeBackHold(bounceId: number, who: string, at: Date): Promise<boolean>;

	listOnHold(filters: HoldFilters): Promise<Page<AddressOnHold>>;
	/** Ids of all addresses on hold that a filter finds. */
	idsOnHold(filters: Omit<HoldFilters, 'page' | 'per_page'>): Promise<number[]>;
	addressOnHold(addressId: number): Promise<AddressOnHold | undefined>;
	/** What happened to an address: sent, held, released; oldest first. */
	addressHistory(addressId: number): Promise<AddressHistory | undefined>;

	/** How contacts stand, deleted ones too; one that is not there is not in the answer. */
	contactStandings(contactIds: readonly number[]): Promise<ContactStanding[]>;
	setContactStatus(contactId: number, status: ContactStatus): Promise<void>;
	/** Deletes a contact so that it can be brought back with null. */
	setContactDeleted(contactId: number, deletedAt: Date | null): Promise<void>;
	/** Which of these addresses are on the do-not-send list, in lower case. */
	doNotSendAmong(emails: readonly string[]): Promise<Set<string>>;
	/** `who` and `at` hold for all entries that do not say their own. @returns how many were not on it before. */
	addToDoNotSend(entries: readonly NewDoNotSend[], who: string, at: Date): Promise<number>;
	/** @returns how many were on it. */
	removeFromDoNotSend(emails: readonly string[]): Promise<number>;
	listDoNotSend(filters: DoNotSendFilters): Promise<Page<DoNotSendEntry>>;

	/** Adds or changes the contacts of WordPress users; by user id first, then by address. */
	syncUsers(users: readonly WordPressUser[], options: SyncOptions, at: Date): Promise<SyncReport>;
	/** Users who are gone: by the site's choice their contacts stay, no longer tied to a user, or go into the trash. */
	removeUsers(userIds: readonly number[], at: Date): Promise<SyncReport>;
	count(): Promise<{ contacts: number; onHold: number }>;

	/** Mails sent since a moment, counted by the recipients' domains (lower case). */
	deliveriesByDomain(since: Date): Promise<Map<string, number>>;

	/** Adds an Individual with one primary address. */
	addContact(contact: NewContact, at: Date): Promise<{ contactId: number; addressId: number }>;
	/** Adds a mailing that was sent. @returns its id. */
	addMailing(mailing: NewMailing): Promise<number>;
	/** Notes what was sent, in order, and gives each its queue number and the hash of its return address. */
	addDeliveries(deliveries: readonly NewDelivery[]): Promise<Delivery[]>;
}

export interface NewContact {
	name: string;
	email: string;
}

export interface NewMailing {
	name: string;
	subject: string;
	sentAt: Date;
}

export interface NewDelivery {
	mailingId: number | null;
	/** The sending job's number; 0 when there was none. */
	job: number;
	addressId: number;
	/** Without angle brackets. */
	messageId: string;
	sentAt: Date;
}

/** One message sent to one address. */
export interface Delivery {
	/** The queue number of its return address. */
	id: number;
	job: number;
	hash: string;
	mailingId: number | null;
	addressId: number;
	/** Lower case, without angle brackets. */
	messageId: string | null;
}

export interface Address {
	id: number;
	contactId: number;
	/** Lower case. */
	email: string;
	hold: HoldKind | null;
	/** Bounces before this moment no longer count. */
	countSince: Date;
}

export interface NewHold {
	addressId: number;
	hold: HoldKind;
	type: BounceTypeName | null;
	because: string;
	bounceId: number | null;
}

export interface ContactStanding {
	contactId: number;
	name: string;
	status: ContactStatus;
	isDeleted: boolean;
}

export interface NewDoNotSend {
	email: string;
	because: string;
	who?: string;
	at?: Date;
}

export interface Release {
	id: number;
	released: number;
	leftAlone: number;
}

export type HoldFilters = Partial<Request<'listAddressesOnHold'>>;

export interface SyncOptions {
	/** Names one bulk sync; with `isLastPart`, users whom it did not name are no longer users. */
	syncId?: string;
	isLastPart?: boolean;
}

export interface AddressHistory {
	addressId: number;
	email: string;
	contactId: number;
	contactName: string;
	hold: HoldKind | null;
	heldAt: Date | null;
	holdBecause: string | null;
	countSince: Date;
	sent: { at: Date; mailingId: number | null; mailingName: string | null }[];
	holds: {
		at: Date;
		what: 'held' | 'released' | 'release-undone' | 'hold-taken-back';
		hold: HoldKind;
		type: string | null;
		because: string | null;
		who: string;
	}[];
}
