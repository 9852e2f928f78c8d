import type { Headers } from './headers.ts';

/** RFC 3464 §2: a report on what became of a mail, one group of fields a recipient. */
export interface DeliveryReport {
	/** §2.2.2, without "dns;". */
	reportingMta?: string;
	/** §2.2.1. */
	originalEnvelopeId?: string;
	recipients: RecipientReport[];
}

/** RFC 3464 §2.3. Values without their type prefix ("rfc822;", "smtp;"), comments kept. */
export interface RecipientReport {
	/** §2.3.1, before any forwarding: the address that we wrote to. */
	originalRecipient?: string;
	/** §2.3.2. */
	finalRecipient?: string;
	/** §2.3.3, lower case: failed, delayed, delivered, relayed, expanded, or what the server made up. */
	action?: string;
	/** §2.3.4, such as "5.1.1". */
	status?: string;
	/** §2.3.5. */
	remoteMta?: string;
	/** §2.3.6, unfolded. */
	diagnosticCode?: string;
	/** All fields of the group, also the ones with no name above. */
	fields: Headers;
}
