/** Mail accounts (requirement B1). */

import type { FilingOptions } from './activity.ts';
import type { Authentication, Authorisation, OAuthFields } from './oauth.ts';

export const protocols = ['imap', 'pop3', 'maildir', 'mbox', 'eml-folder'] as const;
export type Protocol = (typeof protocols)[number];

/** Whether a mailbox is a file or folder on the service's machine, reached by its path instead of a server. */
export function isOnThisMachine(protocol: Protocol): boolean {
	return protocol === 'maildir' || protocol === 'mbox' || protocol === 'eml-folder';
}

export const securities = ['tls', 'starttls', 'none'] as const;
export type Security = (typeof securities)[number];

export const accountUses = ['bounces', 'activities'] as const;
export type AccountUse = (typeof accountUses)[number];

/** Signs that every server takes in a local part and that stand in no field of a return address. */
export const separators = ['.', '-', '_', '='] as const;
export type Separator = (typeof separators)[number];

/** What an administrator fills in, without the password. */
export interface AccountFields {
	name: string;
	usedFor: AccountUse;
	protocol: Protocol;
	/** Host name; empty for what lies on the service's machine. */
	server: string;
	/** 1–65535; null takes the protocol's usual port. */
	port: number | null;
	security: Security;
	/** Certificate checks; off only for this account, and only on purpose. */
	verifyCertificate: boolean;
	userName: string;
	/** How it signs in; with a password when left out. */
	authentication?: Authentication;
	oauth?: OAuthFields;
	/** What stands before the action letter in our return addresses: "return+", "bounce-", or "" for a catch-all. */
	localPart: string;
	/** The domain of our return addresses. */
	emailDomain: string;
	/** Between the fields of our return addresses; a full stop as documented. */
	separator: Separator;
	/** A fixed Return-Path when VERP is off; empty otherwise. */
	returnPath: string;
	/** IMAP folder ("INBOX" when empty), or the path of a Maildir, mbox or folder of .eml files. */
	source: string;
	/** Parent of the filing folders; "CiviMail" as documented. */
	filingFolder: string;
	/** How an account for activities files its mail; as documented when left out. Accounts for bounces ignore it. */
	filing?: FilingOptions;
	isActive: boolean;
	/** IMAP: a connection stays open and mail is read as it arrives (IDLE, RFC 2177); else at the job's frequency. */
	asMailArrives?: boolean;
	/** POP3: whether mails that were processed are deleted on the server, once the service keeps them; they are when left
	 *  out. Mbox: whether they are moved out of it. */
	purgeProcessed?: boolean;
	/** POP3 and mbox: the same for mails that were ignored; they stay when left out. */
	purgeUnprocessed?: boolean;
}

export interface Account extends AccountFields {
	id: number;
	filing: FilingOptions;
	authentication: Authentication;
	oauth: OAuthFields;
	hasClientSecret: boolean;
	authorisation: Authorisation;
	hasPassword: boolean;
	/** Bounces are read from exactly one account a site. */
	isDefault: boolean;
	/** ISO 8601; null when it was never read. */
	lastReadAt: string | null;
	/** What went wrong at the last reading, in words; null when nothing did. */
	lastProblem: string | null;
	/** Readings that failed one after the other. */
	failures: number;
	/** ISO 8601; when the first of them was. Null when the last reading worked. */
	failingSince: string | null;
	/** ISO 8601; after failures it is left alone until then. */
	nextTryAt: string | null;
	asMailArrives: boolean;
	purgeProcessed: boolean;
	purgeUnprocessed: boolean;
}

/** An account as the list shows it: also what it is doing, and what came in. */
export interface ListedAccount extends Account {
	/** A run that reads it is going on, and has not come to its end. */
	isBeingRead: boolean;
	/** Mails seen in the last seven days. */
	mailsThisWeek: number;
	/** ISO 8601; when the newest of them was read. */
	newestMailAt: string | null;
}

/** Mails that were ignored and can be brought back, by account. */
export interface IgnoredMails {
	/** In all mailboxes that could be looked at. */
	mails: number;
	accounts: {
		id: number;
		name: string;
		/** Null when the mailbox could not be looked at. */
		mails: number | null;
		/** Why not, or why none can ever be there. */
		problem: string | null;
	}[];
}

/** What a connection test found; nothing was saved, created, moved or marked (requirement B7). */
export interface ConnectionReport {
	isWorking: boolean;
	/** What was found, or what is wrong and what to do about it. */
	sentence: string;
	/** Stable name of what is wrong, for tests and help links: "wrong-password", "folder-missing" … */
	problem?: string;
	folders?: string[];
	capabilities?: string[];
	waitingMails?: number;
	/** True when the filing folders stand already, false when the first run will make them. */
	hasFilingFolders?: boolean;
}
