/** Addresses of contacts, and whether they get mail (requirement D2). */

import type { BounceTypeName } from './bounce.ts';

/** Why an address gets no mail. `opt-out` is never downgraded and never released by a job. */
export const holdKinds = ['bounce', 'opt-out', 'manual'] as const;
export type HoldKind = (typeof holdKinds)[number];

/** How a contact stands, worst last; a worse one is never bettered by a rule. unconfirmed: has to confirm anew;
 *  blacklisted: gets no mail at any address. */
export const contactStatuses = ['confirmed', 'unconfirmed', 'blacklisted'] as const;
export type ContactStatus = (typeof contactStatuses)[number];

export interface AddressOnHold {
	addressId: number;
	email: string;
	contactId: number;
	contactName: string;
	hold: HoldKind;
	/** ISO 8601. */
	heldSince: string;
	/** Type of the bounce that held it; null for opt-outs and holds by hand. */
	type: BounceTypeName | null;
	/** The server's words, or the administrator's note. */
	because: string | null;
	bounceId: number | null;
}

/** What a release did, and what is needed to undo it. */
export interface ReleaseReport {
	releaseId: number;
	released: number;
	/** Asked for but not released: opt-outs, and addresses no longer on hold. */
	leftAlone: number;
	/** "12 addresses released; 1 opt-out left on hold." */
	sentence: string;
}

export interface TimelineEvent {
	/** ISO 8601. */
	at: string;
	what:
		| 'sent'
		| 'bounced'
		| 'held'
		| 'released'
		| 'release-undone'
		| 'bounce-taken-back'
		| 'rule-followed'
		| 'rule-undone';
	/** One sentence for people. */
	sentence: string;
	bounceId?: number;
	mailingId?: number;
}

export interface AddressTimeline {
	addressId: number;
	email: string;
	contactId: number;
	contactName: string;
	hold: HoldKind | null;
	contactStatus: ContactStatus;
	/** A rule deleted the contact; undoing its deed brings it back. */
	isContactDeleted: boolean;
	/** "On hold since 3 May because the server said “user unknown”. Releasing restarts the count." */
	explanation: string;
	/** Newest first. */
	events: TimelineEvent[];
}
