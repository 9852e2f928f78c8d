/** What a bounce says, in the words that the service, the admin pages and the command line share. */

/** The eleven types of CiviCRM's inbound-mail chapter, "Why is a contact's e-mail address put on hold?". */
export const shippedBounceTypes = [
	'AOL',
	'Away',
	'DNS',
	'Host',
	'Inactive',
	'Invalid',
	'Loop',
	'Quota',
	'Relay',
	'Spam',
	'Syntax',
] as const;

/** One of the shipped types, or one that an administrator added. */
export type BounceTypeName = (typeof shippedBounceTypes)[number] | (string & {});

/** Who has to change something before mail gets through again. Only `address` can hold at once. */
export const faults = [
	'address',
	'mailbox',
	'sender',
	'network',
	'complaint',
	'auto',
	'unclear',
] as const;
export type Fault = (typeof faults)[number];

/** What a mail is, before anybody asks whom it concerns. */
export const mailKinds = [
	'bounce',
	'delayed',
	'delivered',
	'auto-reply',
	'arf',
	'mdn',
	'dmarc-ruf',
	'dmarc-rua',
	'challenge-response',
	'not-bounce',
] as const;
export type MailKind = (typeof mailKinds)[number];

/** How sure we are that a bounce is about one of our own deliveries (requirement A4).
 *  proved: the hash in the return address is right; plausible: our own Message-ID or header came
 *  back; unproved: only an address is named, which anybody could write. */
export const trusts = ['proved', 'plausible', 'unproved'] as const;
export type Trust = (typeof trusts)[number];

/** By what a mail was matched to a delivery or an address, best first. */
export const matchedBy = [
	'return-address',
	'original-header',
	'message-id',
	'reported-recipient',
	'text',
	'nothing',
] as const;
export type MatchedBy = (typeof matchedBy)[number];

/** What one report says about one recipient. */
export interface Verdict {
	/** The address the report is about, as the report writes it, lower-cased domain; undefined when it names none. */
	recipient?: string;
	type: BounceTypeName;
	/** The finer cause, the name of a file in classify/reasons: "mailbox-full", "user-unknown" … */
	reason: string;
	fault: Fault;
	/** Enhanced status code (RFC 3463), such as "5.1.1", if the report has one. */
	status?: string;
	/** SMTP reply code (RFC 5321 §4.2), such as 550. */
	replyCode?: number;
	/** The server's own words, unfolded, at most 2,000 characters. */
	diagnostic?: string;
	/** The server that wrote the report (Reporting-MTA) or that refused (Remote-MTA). */
	reportingServer?: string;
	/** What decided: "pattern user-unknown/3", "status 5.1.1", "field Action", "rule 12", "nothing". */
	decidedBy: string;
	/** The words of the mail that decided; a literal part of `diagnostic` or of the mail's text. */
	evidence?: string;
	/** False when nothing was recognised and the type is Syntax only because the documentation says so. */
	isRecognised: boolean;
}

export interface BounceSummary {
	id: number;
	/** ISO 8601, the moment the service read it. */
	recordedAt: string;
	/** The recipient that failed. */
	email: string;
	contactId: number | null;
	contactName: string | null;
	addressId: number | null;
	mailingId: number | null;
	mailingName: string | null;
	type: BounceTypeName;
	reason: string;
	reasonLabel: string;
	fault: Fault;
	status: string | null;
	trust: Trust;
	matchedBy: MatchedBy;
	isRecognised: boolean;
	/** False: recorded only, because of its reason, its trust, or because it was taken back. */
	countsTowardHold: boolean;
	/** True when this very bounce put the address on hold. */
	causedHold: boolean;
}

export interface BounceDetail extends BounceSummary {
	replyCode: number | null;
	diagnostic: string | null;
	reportingServer: string | null;
	decidedBy: string;
	evidence: string | null;
	/** One sentence on what was done and why: "Invalid bounce 1 of 1: address put on hold". */
	because: string;
	/** Why it counts or does not, in a sentence. */
	countingExplained: string;
	subject: string | null;
	accountName: string | null;
	/** The mail as text for reading: its decoded human part. */
	humanText: string;
	hasRawMail: boolean;
}

export interface RawMail {
	/** The mail as it came, bytes read as Latin-1 so that each is one character. */
	raw: string;
	/** The mail was over the read limit and only its beginning is kept. */
	isTruncated: boolean;
	sizeBytes: number;
}

export interface BounceFacets {
	byType: { type: BounceTypeName; count: number }[];
	total: number;
	notRecognised: number;
}
