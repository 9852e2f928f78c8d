import { readHeaderBlock, readableHeaders } from './header-fields.ts';

/** RFC 5965 §3: a complaint from a provider's "this is spam" button. */
export interface FeedbackReport {
	/** §3.1: "abuse", "fraud", "not-spam" …, lower case; "auth-failure" is RFC 6591. */
	feedbackType: string;
	userAgent?: string;
	originalMailFrom?: string;
	originalRecipients: string[];
	/** Removal-Recipient and the like, as found in practice. */
	reportedDomain?: string;
	sourceIp?: string;
}

/** Reads the fields of a message/feedback-report body: bytes as Latin-1 text, lines ending in LF. */
export function readFeedbackReport(body: string): FeedbackReport {
	const fields = readableHeaders(readHeaderBlock(body.trimStart()).fields);
	const recipients = ['Original-Rcpt-To', 'Removal-Recipient', 'X-Original-Rcpt-To']
		.flatMap((name) => fields.all(name))
		.map((value) =>
			value
				.replace(/^rfc822;\s*/i, '')
				.replace(/^<|>$/g, '')
				.trim(),
		)
		.filter((value) => value.includes('@'));
	return {
		feedbackType: (fields.get('Feedback-Type') ?? 'abuse').trim().toLowerCase(),
		userAgent: fields.get('User-Agent'),
		originalMailFrom: fields.get('Original-Mail-From')?.replace(/^<|>$/g, ''),
		originalRecipients: [...new Set(recipients)],
		reportedDomain: fields.get('Reported-Domain'),
		sourceIp: fields.get('Source-IP'),
	};
}
