/** Mail filed on contacts' records (requirement F). */

import type { MailKind } from './bounce.ts';

export const activityStatuses = ['completed', 'open', 'cancelled'] as const;
export type ActivityStatus = (typeof activityStatuses)[number];

/** The lists of addresses a mail has. */
export const partyPlaces = ['from', 'to', 'cc', 'bcc'] as const;
export type PartyPlace = (typeof partyPlaces)[number];

export const partyRoles = ['source', 'target', 'assignee'] as const;
export type PartyRole = (typeof partyRoles)[number];

/** How an account files (requirements F1–F3, F5). */
export interface FilingOptions {
	/** Contacts for addresses nobody has: always, only if somebody in the mail is known, never. */
	createContacts: 'always' | 'if-somebody-known' | 'never';
	/** An address that only an organisation has: a new Individual as documented, or the organisation itself. */
	organizations: 'new-individual' | 'use-organization';
	roles: Record<PartyPlace, PartyRole | 'none'>;
	/** "Inbound Email". */
	activityType: string;
	activityStatus: ActivityStatus;
	/** Empty for none. */
	campaign: string;
	/** Only mails with a token such as [case #12] in the subject are filed. */
	requireToken: boolean;
	/** A forwarded mail is filed under the people of the mail inside. */
	forwarded: 'as-it-is' | 'inner-people';
	/** New contacts join this group; null for none. */
	groupId: number | null;
}

/** As documented; an account that says nothing files like this. */
export const usualFiling: FilingOptions = {
	createContacts: 'always',
	organizations: 'new-individual',
	roles: { from: 'source', to: 'target', cc: 'target', bcc: 'target' },
	activityType: 'Inbound Email',
	activityStatus: 'completed',
	campaign: '',
	requireToken: false,
	forwarded: 'as-it-is',
	groupId: null,
};

export interface ActivityParty {
	contactId: number;
	name: string;
	email: string;
	role: PartyRole;
	place: PartyPlace;
	isDeleted: boolean;
}

/** A row of the list. */
export interface ActivitySummary {
	id: number;
	type: string;
	subject: string;
	/** When the mail was written (its Date), or got. ISO 8601. */
	occurredAt: string;
	filedAt: string;
	status: ActivityStatus;
	campaign: string;
	/** "#12" of [case #12]; null when the subject has none. */
	token: string | null;
	parties: ActivityParty[];
	attachments: number;
	threadId: number;
	/** Mails of its thread, itself included. */
	inThread: number;
	/** The first words. */
	excerpt: string;
	accountId: number;
}

export interface Attachment {
	id: number;
	fileName: string;
	contentType: string;
	sizeBytes: number;
	/** Shown in the text. */
	isInline: boolean;
	/** Why it was not kept or can't be downloaded: its type is blocked, it is over the limit; null when it can. */
	problem: string | null;
}

/** All of one filed mail. */
export interface ActivityDetail extends ActivitySummary {
	/** The text without what it quotes, and the quoted rest; the rest is empty when it quotes nothing. */
	text: string;
	quotedText: string;
	/** Safe HTML for a sandboxed frame, quotes marked `<details class="quoted">`; null when the mail has none. Nothing in it is fetched from
	 *  anywhere: images that came along are data: addresses, others wait until asked for. */
	html: string | null;
	/** It names pictures or styles elsewhere, which were left out. */
	hasRemoteContent: boolean;
	files: Attachment[];
	thread: { id: number; subject: string; excerpt: string; occurredAt: string; from: string }[];
	/** "Filed because anna@example.org wrote to office@example.org; two contacts were added." */
	because: string;
	messageId: string | null;
	/** What could not be read, in words. */
	damage: string[];
	/** Only part of it was kept: over the size limit. */
	isTruncated: boolean;
	hasRaw: boolean;
	editedAt: string | null;
	editedBy: string | null;
	/** The last edit, to undo it; null when there is none, it was undone, or it is not for the caller to undo. */
	editDeedId: number | null;
	/** What the caller may edit (requirement F4). */
	mayEdit: 'nothing' | 'basics' | 'all';
	/** All of the text, quotes included, as `changeActivity` takes it; null for callers who may not edit it. */
	editableText: string | null;
}

/** Addresses and domains whose mail is never filed (requirement F5). */
export interface NeverFileEntry {
	id: number;
	/** "anna@example.org", "example.org" (with its subdomains). */
	pattern: string;
	note: string;
	addedAt: string;
	who: string;
	/** Mails filed already that it would remove. */
	filedAlready: number;
}

/** What applies to all accounts of a site. */
export interface FilingSettings {
	/** A bigger attachment is named and not kept. */
	largestAttachmentBytes: number;
	/** A bigger mail is filed with its header and the beginning of its text. */
	largestMailBytes: number;
	/** File name endings that nobody can download: "exe", "js" … */
	blockedEndings: string[];
	/** Days things are kept; null for ever. */
	keepRawMailDays: number | null;
	keepActivityDays: number | null;
	keepOutcomeDays: number | null;
}

export const usualFilingSettings: FilingSettings = {
	largestAttachmentBytes: 25 * 1024 * 1024,
	largestMailBytes: 50 * 1024 * 1024,
	blockedEndings: [
		'ade',
		'adp',
		'app',
		'bat',
		'chm',
		'cmd',
		'com',
		'cpl',
		'dll',
		'exe',
		'hta',
		'htm',
		'html',
		'iso',
		'jar',
		'js',
		'jse',
		'lnk',
		'msc',
		'msi',
		'msp',
		'mst',
		'ps1',
		'reg',
		'scr',
		'sct',
		'shtml',
		'svg',
		'sys',
		'vb',
		'vbe',
		'vbs',
		'vhd',
		'wsf',
		'wsh',
		'xhtml',
		'xll',
	],
	keepRawMailDays: 90,
	keepActivityDays: null,
	keepOutcomeDays: 365,
};

/** What became of a mail. acted: recorded or filed; ignored: nothing to do; failed: still in the mailbox; set-aside: failed too often. */
export const outcomes = ['acted', 'ignored', 'failed', 'set-aside'] as const;
export type OutcomeName = (typeof outcomes)[number];

/** Why a mail was not filed, as a word for filters; the sentence says more. */
export const ignoredBecause = [
	'no-party',
	'nobody-known',
	'never-file',
	'no-token',
	'auto-reply',
	'bounce',
	'own-mail',
	'loop',
	'duplicate',
	'other',
] as const;
export type IgnoredBecause = (typeof ignoredBecause)[number];

/** One mail that was seen (requirement F6). */
export interface Outcome {
	id: number;
	at: string;
	accountId: number;
	accountName: string;
	usedFor: 'bounces' | 'activities';
	runId: number | null;
	kind: MailKind | null;
	subject: string;
	sender: string;
	messageId: string | null;
	outcome: OutcomeName;
	ignoredBecause: IgnoredBecause | null;
	/** "Ignored, because nobody in it is a contact and this account adds none." */
	sentence: string;
	fileUnder: 'processed' | 'ignored' | null;
	failures: number;
	/** What it became. */
	activityId: number | null;
	bounceIds: number[];
	hasRaw: boolean;
}

export interface OutcomeFacets {
	outcomes: Record<OutcomeName, number>;
	ignoredBecause: Partial<Record<IgnoredBecause, number>>;
	accounts: { id: number; name: string; count: number }[];
}

/** The first page of the plugin, and the widget on WordPress's dashboard. */
export interface Overview {
	onHold: number;
	/** Of the last seven days. */
	bounces: number;
	filed: number;
	ignored: number;
	failed: number;
	contacts: number;
	/** What an administrator should see to, as sentences. */
	problems: string[];
	/** ISO 8601; null when no mailbox was read yet. */
	lastReadAt: string | null;
}
