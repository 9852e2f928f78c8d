/** Judging stored mails again, after the settings or the service became wiser (requirement C5, D8). */

import type { BounceTypeName, Fault, MailKind, Trust } from './bounce.ts';

/** Which stored mails: all conditions hold together; none at all means every mail that is still kept. */
export interface ReprocessSelection {
	/** Days in UTC on which the mails were read, both included. */
	from?: string;
	until?: string;
	/** Mails with a bounce recorded as of this type. */
	type?: BounceTypeName;
	/** Mails with a bounce that was not recognised. */
	notRecognised?: boolean;
	/** The mails of these bounces. */
	ids?: number[];
	/** These mails of the mail log. */
	mailIds?: number[];
}

/** One bounce before and after; `before` is null for a new one, `after` for one that is none. */
export interface ReprocessChange {
	/** Null for a bounce that was not recorded yet. */
	bounceId: number | null;
	email: string;
	subject: string;
	before: JudgedBounce | null;
	after: JudgedBounce | null;
	/** What the mail is now. */
	kind: MailKind;
	/** What differs, and only that: "Syntax (Not recognised) → Quota (Mailbox full)." */
	sentence: string;
	/** What a rule does about it, as about a bounce of a new mail; null when none catches it. */
	ruling: string | null;
}

export interface JudgedBounce {
	type: BounceTypeName;
	reason: string;
	reasonLabel: string;
	fault: Fault;
	isRecognised: boolean;
	countsTowardHold: boolean;
	trust: Trust;
	decidedBy: string;
	addressId: number | null;
}

/** A hold that comes or goes with it. */
export interface ReprocessHold {
	addressId: number;
	email: string;
	what: 'held' | 'released';
	because: string;
}

export interface ReprocessTotals {
	/** Mails judged again. */
	mails: number;
	/** Bounces that change, come and go. */
	changed: number;
	added: number;
	removed: number;
	/** Bounces that stay as they are. */
	unchanged: number;
	held: number;
	released: number;
	/** People, addresses and bounces that rules change, because they are asked about what is judged otherwise. */
	ruled: number;
	/** Mails left alone: their mail account was deleted, or they cannot be opened. */
	leftAlone: number;
}

/** What judging again would change; nothing was changed. */
export interface ReprocessPreview {
	/** Kept mails that the selection finds; only the newest are looked at for a preview. */
	found: number;
	totals: ReprocessTotals;
	/** The first 200 of each. */
	changes: ReprocessChange[];
	holds: ReprocessHold[];
	/** "Of 40 mails judged again, 12 bounces would change; 3 addresses would come on hold and 1 would be released." */
	sentence: string;
}

export const reprocessStates = ['waiting', 'running', 'done', 'undone'] as const;
export type ReprocessState = (typeof reprocessStates)[number];

/** One time that stored mails were judged again for good. */
export interface Reprocessing {
	id: number;
	selection: ReprocessSelection;
	state: ReprocessState;
	who: string;
	/** ISO 8601. */
	askedAt: string;
	endedAt: string | null;
	/** Mails that the selection found; `totals.mails` of them are done. */
	found: number;
	totals: ReprocessTotals;
	sentence: string;
}

/** What taking a reprocessing back did. */
export interface ReprocessUndone {
	reprocessing: Reprocessing;
	/** Bounces put back, holds lifted and holds put back. */
	bounces: number;
	released: number;
	held: number;
	/** Deeds of rules that no longer stand. */
	deeds: number;
	/** Bounces and addresses that something else changed since: left as they are. */
	leftAlone: number;
	sentence: string;
}
