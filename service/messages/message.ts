import type { DeliveryReport } from './delivery-report.ts';
import type { FeedbackReport } from './feedback-report.ts';
import type { Headers } from './headers.ts';

/** A mail as the rest of the service sees it. Made by `parseMessage`, which never throws. */
export interface Message {
	/** Names the mail: the same bytes give the same fingerprint, and so does the same mail fetched again. */
	fingerprint: string;
	/** Bytes on the server; more than was read when the mail is over the read limit. */
	sizeBytes: number;
	/** The mail's own header fields, unfolded and RFC 2047 words decoded. */
	headers: Headers;
	/** Without angle brackets. */
	messageId?: string;
	subject: string;
	/** The first address of From, lower-cased domain. */
	from?: string;
	/** From Date; undefined when it is missing or nonsense. */
	date?: Date;
	/** What a person would read: text parts decoded, HTML as text. Never the returned copy of our mail. */
	text: string;
	/** message/delivery-status (RFC 3464), wherever it was nested. */
	deliveryReport?: DeliveryReport;
	/** message/feedback-report (RFC 5965). */
	feedbackReport?: FeedbackReport;
	/** True with a message/disposition-notification (RFC 8098): somebody read, deleted or was shown our mail. */
	isReadReceipt?: boolean;
	/** Header fields of the returned copy, if one came back. Its body is never kept here. */
	originalHeaders?: Headers;
	/** What could not be read, in words; empty for a sound mail. */
	damage: string[];
}
