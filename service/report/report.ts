import type {
	BounceDetail,
	BounceFacets,
	BounceSummary,
	MailKind,
	MatchedBy,
	RawMail,
	Trust,
	Verdict,
} from '../contract/bounce.ts';
import type { Request } from '../contract/messages.ts';
import type { Page } from '../contract/page.ts';
import type { IgnoredBecause } from '../contract/activity.ts';
import type { FilingFolder } from '../mailboxes/mail-store.ts';
import type { Cut, Skeleton } from '../messages/skeleton.ts';

/** What a site remembers of its mail: the journal (every mail seen, once), the bounce log, and the raw mails. */
export interface Report {
	/** What became of these mails of an account before; a mail never seen is not in the answer. */
	earlierOutcomes(
		accountId: number,
		fingerprints: readonly string[],
	): Promise<Map<string, EarlierOutcome>>;
	/** Writes down mails, each in one row however often it is tried. */
	writeJournal(entries: readonly JournalEntry[]): Promise<void>;

	/** Records bounces. @returns their ids by `bounceKey`. */
	recordBounces(bounces: readonly NewBounce[]): Promise<Map<string, number>>;
	/** Counted bounces by address and type, since the moment given for each address. */
	countBounces(addresses: readonly { id: number; since: Date }[]): Promise<BounceCount[]>;
	listBounces(filters: BounceFilters): Promise<Page<BounceSummary>>;
	bounceFacets(filters: BounceFilters): Promise<BounceFacets>;
	bounce(id: number): Promise<StoredBounce | undefined>;
	bouncesOfAddress(addressId: number): Promise<BounceSummary[]>;
	/** Says that a bounce counts no more. @returns false when it was taken back before. */
	takeBackBounce(id: number, because: string, at: Date): Promise<boolean>;
	countAllBounces(): Promise<number>;

	/** Bounces with their mail, newest first, or with `after` oldest first; without those that were taken back or deleted,
	 *  and those whose mail is no longer kept. */
	keptBounces(wanted: KeptBounces): Promise<KeptBounce[]>;
	countKeptBounces(): Promise<number>;
	/** Notes which rule caught a bounce. */
	noteCaught(caught: readonly CaughtBounce[]): Promise<void>;
	/** Which of these bounces are deleted. */
	deletedAmong(ids: readonly number[]): Promise<Set<number>>;
	/** Deletes bounces so that they can be brought back with null: they are in no list and count no more. */
	setBouncesDeleted(ids: readonly number[], deletedAt: Date | null): Promise<void>;

	/** Keeps raw mails, compressed; one kept already stays. */
	keepRawMails(mails: readonly NewRawMail[]): Promise<void>;
	rawMail(fingerprint: string): Promise<RawMail | undefined>;
	/** A kept mail as bytes, without what was cut out of it; `wholeMail` of messages puts it together again. */
	keptMail(fingerprint: string): Promise<KeptMail | undefined>;
	/** Deletes raw mails stored before. @returns how many. */
	purgeRawMails(before: Date): Promise<number>;
}

export interface EarlierOutcome {
	/** acted, ignored, set-aside: done with, only to be filed. failed: to be tried again. */
	outcome: 'acted' | 'ignored' | 'failed' | 'set-aside';
	fileUnder: FilingFolder | null;
	failures: number;
}

export interface JournalEntry {
	accountId: number;
	runId: number | null;
	fingerprint: string;
	kind: MailKind | null;
	subject: string;
	sender: string;
	outcome: EarlierOutcome['outcome'];
	because: string;
	fileUnder: FilingFolder | null;
	failures: number;
	at: Date;
	/** Lower case, without angle brackets. */
	messageId?: string | null;
	/** Of a mail that was to be filed and was not. */
	ignoredBecause?: IgnoredBecause | null;
	/** What it became. */
	activityId?: number | null;
}

export interface NewBounce {
	accountId: number;
	runId: number | null;
	fingerprint: string;
	kind: MailKind;
	recordedAt: Date;
	bounce: BounceEntry;
}

/** A bounce as it goes into the bounce log. */
export interface BounceEntry {
	/** Which recipient of its mail, from 0. */
	position: number;
	verdict: Verdict;
	/** Whom it concerns; lower case. Empty when the report names nobody. */
	email: string;
	addressId: number | null;
	deliveryId: number | null;
	mailingId: number | null;
	trust: Trust;
	matchedBy: MatchedBy;
	counts: boolean;
	/** Why it counts or does not, in a sentence. */
	counting: string;
	causedHold: boolean;
	/** What was done and why, in a sentence. */
	because: string;
}

export interface BounceCount {
	addressId: number;
	type: string;
	count: number;
}

/** A bounce as it is shown, without what has to be read out of its raw mail. */
export interface StoredBounce extends Omit<BounceDetail, 'humanText'> {
	fingerprint: string;
}

export interface KeptBounces {
	/** Only these. */
	ids?: readonly number[];
	/** Only ids below, or above: how a long list is read in pieces. */
	before?: number;
	after?: number;
	limit: number;
}

/** A bounce with the mail it came in. */
export interface KeptBounce {
	bounce: BounceSummary;
	diagnostic: string | null;
	evidence: string | null;
	/** The mail speaks of nobody else. */
	isOnly: boolean;
	/** The rule that caught it, in the revision that did. */
	caughtBy: { ruleId: number; revision: number } | null;
	/** The mail's bytes, or the beginning of a big one, and its size. Bounces of one mail share it. */
	mail: { bytes: Buffer; sizeBytes: number };
}

export interface CaughtBounce {
	bounceId: number;
	ruleId: number;
	revision: number;
}

export interface NewRawMail {
	fingerprint: string;
	/** Deflated (RFC 1951). */
	deflated: Buffer;
	/** Attachments that were cut out of it. */
	cuts?: readonly Cut[];
	sizeBytes: number;
	isTruncated: boolean;
	storedAt: Date;
}

export interface KeptMail extends Skeleton {
	/** Of the whole mail. */
	sizeBytes: number;
	isTruncated: boolean;
	storedAt: Date;
}

export type BounceFilters = Partial<Request<'listBounces'>>;

/** What makes a bounce one of its kind: a recipient of a mail. */
export function bounceKey(fingerprint: string, position: number): string {
	return `${fingerprint} ${position}`;
}
