import type { Fault, MailKind, Trust } from '../contract/bounce.ts';
import type { ReprocessSelection } from '../contract/reprocess.ts';
import type { BounceEntry, EarlierOutcome } from './report.ts';

/** What is recorded, as it is needed to count or judge it anew: the same rows as `Report`, seen from the other side. */
export interface Archive {
	/** Bounces of the next addresses after one, all of each address, oldest first; empty at the end. Without those that
	 *  were deleted. */
	bouncesOfNextAddresses(afterAddressId: number, most: number): Promise<RecordedBounce[]>;
	/** All bounces of these addresses, oldest first, without those that were deleted. */
	bouncesOfAddresses(addressIds: readonly number[]): Promise<RecordedBounce[]>;

	/** How many kept mails a selection finds, the last of them, and the entry before the newest `newest` of them. */
	countMails(
		selection: ReprocessSelection,
		newest: number,
	): Promise<{ found: number; last: number; beforeNewest: number }>;
	/** Kept mails with what was recorded of them, in the order in which they were read. */
	mails(selection: ReprocessSelection, piece: MailPiece): Promise<ArchivedMail[]>;

	/** Writes what is now known of a bounce over what was. A bounce that was taken back stays taken back. */
	rewriteBounce(id: number, kind: MailKind, entry: BounceEntry): Promise<void>;
	/** Says of what kind the mail of these bounces is. */
	setKind(ids: readonly number[], kind: MailKind): Promise<void>;
	/** Puts bounces into the lists, or out of them with a moment; nothing is lost. */
	setWithdrawn(ids: readonly number[], at: Date | null): Promise<void>;
	/** Sets columns of a bounce, as `columnsOf` gives them. */
	setColumns(id: number, columns: BounceColumns): Promise<void>;
	/** The columns of bounces that judging again may write, as they are, by id. */
	columnsOf(ids: readonly number[]): Promise<Map<number, BounceColumns>>;
}

/** A row of the bounce log, as it goes into what is needed to undo a change. */
export type BounceColumns = Record<string, string | number | null>;

export interface MailPiece {
	/** Only mails of the journal after this entry, and up to that one. */
	after: number;
	until: number;
	most: number;
}

/** A bounce as it counts. */
export interface RecordedBounce {
	id: number;
	accountId: number;
	fingerprint: string;
	position: number;
	kind: MailKind;
	recordedAt: Date;
	email: string;
	addressId: number | null;
	type: string;
	reason: string;
	fault: Fault;
	trust: Trust;
	isRecognised: boolean;
	counts: boolean;
	causedHold: boolean;
	decidedBy: string;
	isTakenBack: boolean;
	/** In no list any more: a rule deleted it, or it turned out to be none. */
	isWithdrawn: boolean;
}

export interface ArchivedMail {
	journalId: number;
	accountId: number;
	fingerprint: string;
	readAt: Date;
	runId: number | null;
	kind: MailKind | null;
	subject: string;
	sender: string;
	messageId: string | null;
	outcome: EarlierOutcome['outcome'];
	because: string;
	fileUnder: EarlierOutcome['fileUnder'];
	failures: number;
	bytes: Buffer;
	sizeBytes: number;
	/** By position, withdrawn ones too. */
	bounces: RecordedBounce[];
}
