import type { ConnectionReport } from '../contract/account.ts';

/** Mails that can be read where they lie. Reading marks nothing as read. */
export interface MailReading {
	/** Oldest first, some hundreds at a time; the next window is fetched while this one is worked on. */
	windows(): AsyncIterable<readonly WaitingMail[]>;
	/** All of a mail of the present window in pieces of at most `readLimitBytes`, also of one that is bigger than that.
	 *  Ends early when the mail is gone meanwhile. */
	pieces(mail: WaitingMail): AsyncIterable<Buffer>;
}

/** A mailbox that is being read: what every protocol can do. One reader at a time; `close` in a finally. Its windows are the mails
 *  that wait now: one that arrives later, or that is not filed, is not seen again before the next opening. */
export interface MailStore extends MailReading {
	/** For sentences: "INBOX of bounce@example.org on imap.example.org". */
	readonly name: string;
	/** How many mails wait now. */
	countWaiting(): Promise<number>;
	/** Moves mails out of the source into `{source}/CiviMail/processed` or `…/ignored`, making the folders when they
	 *  are missing; without folders it deletes them, or remembers that they were seen. Safe to repeat: a mail that is
	 *  gone already is no error. May be left under way while the next window is worked on; await it before the end, for
	 *  its failure. `close` waits for it. */
	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void>;
	/** Moves the mails of the filing folder `ignored` back into the source, to be looked at again. Call it before `windows`.
	 *  Without folders it forgets that ignored mails which are still there were seen.
	 *  @returns how many; 0 when there is no such folder */
	bringBackIgnored(): Promise<number>;
	/** How many mails `bringBackIgnored` would bring back now. Changes nothing. */
	countIgnored(): Promise<number>;
	/** The mails that `bringBackIgnored` would bring back now, read without bringing them back: none is moved, marked or forgotten.
	 *  Not while other windows are under way. */
	ignored(): MailReading;
	/** @throws ServiceError when mails that `file` was to delete are not deleted after all; they come again */
	close(): Promise<void>;
}

export type FilingFolder = 'processed' | 'ignored';

export interface WaitingMail {
	/** Stays the same until the mail is filed: "UIDVALIDITY.UID", a UIDL, a Maildir's unique name. */
	readonly id: string;
	readonly sizeBytes: number;
	/** When the mailbox got it, if it says so. */
	readonly receivedAt?: Date;
	/** The mail's bytes: all of them, or the first `readLimitBytes` of a bigger one. Good until the next window is asked for, because
	 *  their memory may be used again. */
	readonly bytes: Buffer;
	readonly isTruncated: boolean;
}

/** A mail by its name alone: what is read of it need not be kept until it is filed. */
export type NamedMail = Pick<WaitingMail, 'id'>;

/** Where and how to open a mailbox: an account with its secret, after every default was filled in. */
export interface MailboxAddress {
	protocol: 'imap' | 'pop3' | 'maildir' | 'mbox' | 'eml-folder';
	server: string;
	port: number;
	security: 'tls' | 'starttls' | 'none';
	verifyCertificate: boolean;
	userName: string;
	password: string;
	/** Signs in instead of the password (XOAUTH2, RFC 7628 OAUTHBEARER). */
	accessToken?: string;
	/** IMAP folder, or path of a Maildir, mbox or folder of .eml files; POP3 has just one. */
	source: string;
	/** "CiviMail" unless the administrator chose another. */
	filingFolder: string;
	/** POP3 knows no folders: what is done instead. Out of an mbox mails are moved only where it deletes. Nothing is
	 *  deleted or remembered without it. */
	leaving?: Leaving;
}

/** What becomes of mails that are done in a mailbox without folders. */
export interface Leaving {
	/** Which are deleted on the server; the others stay there. */
	deletes: Readonly<Record<FilingFolder, boolean>>;
	seen: SeenMails;
}

/** Which mails of a mailbox were filed before, for a mailbox that can't tell. */
export interface SeenMails {
	/** All that are remembered, by the name they have in the mailbox. */
	all(): Promise<Map<string, FilingFolder>>;
	/** A name that is remembered already is remembered anew. */
	remember(names: readonly string[], under: FilingFolder): Promise<void>;
	forget(names: readonly string[]): Promise<void>;
}

export interface ReadingLimits {
	/** Mails per window. */
	windowSize: number;
	/** Bytes per window, so that big mails make small windows. */
	windowBytes: number;
	/** A bigger mail is read up to here. */
	readLimitBytes: number;
	/** A server that says nothing for so long is given up. */
	silenceMs: number;
}

export const usualLimits: ReadingLimits = {
	windowSize: 150,
	windowBytes: 16 * 1024 * 1024,
	readLimitBytes: 1024 * 1024,
	silenceMs: 60_000,
};

/** For whole mails with their attachments: few at a time, and big ones in pieces, so that memory stays small. Of small ones a power of
 *  two, because so many rows go into one statement. */
export const wholeMailLimits: ReadingLimits = {
	...usualLimits,
	windowSize: 128,
	windowBytes: 2 * 1024 * 1024,
	readLimitBytes: 512 * 1024,
};

/** Opens a mailbox for reading.
 *  @throws ServiceError with a `problem` code and a sentence for the administrator: "wrong-password", "folder-missing" … */
export type OpenMailbox = (address: MailboxAddress, limits?: ReadingLimits) => Promise<MailStore>;

/** Looks without touching: no folder made, no mail marked (requirement B7). Never throws. */
export type TestMailbox = (address: MailboxAddress) => Promise<ConnectionReport>;

/** Watches a mailbox until `signal` ends it or the connection is lost. Nothing is marked or moved.
 *  @throws ServiceError mailbox-trouble when it can't be watched */
export type WatchMailbox = (
	address: MailboxAddress,
	tell: {
		/** The connection stands: from now on mail is noticed. */
		onWatching: () => void;
		/** Mail came in, or waited already. */
		onMail: () => void;
	},
	signal: AbortSignal,
) => Promise<void>;
