import type { Verdict } from '../contract/bounce.ts';
import { addressesIn } from '../messages/addresses.ts';
import type { Message } from '../messages/message.ts';
import type { Catalogue } from './catalogue.ts';
import type { Classification } from './classification.ts';
import { reasonNamed } from './judge.ts';

/** Subjects of complaints from providers that forward the mail without RFC 5965 fields. */
const complaintSubject =
	/^\s*(?:\[.{1,30}\] )?(?:complaint about message from|email feedback report for ip|abuse (?:report|complaint) (?:from|about|for)|spam (?:report|complaint) (?:from|about|for)|feedback report|client tos notification)\b/i;

/** Subjects of DMARC failure reports from providers that write them for people, without fields. */
const failureReportSubject =
	/\bdmarc (?:failure|forensic|authentication failure) report\b|\bauthentication failure report\b/i;

/** Reads a complaint (RFC 5965), or the report of a failed DMARC check (RFC 6591) in the same clothes. */
export function readComplaint(message: Message, catalogue: Catalogue): Classification | undefined {
	const report = message.feedbackReport;
	if (report) {
		if (report.feedbackType === 'auth-failure') {
			// RFC 6591 extends the Abuse Reporting Format, and such a report is told as one; but nobody complained, so there
			// is no verdict.
			return { kind: 'arf', verdicts: [], decidedBy: 'message/feedback-report auth-failure' };
		}
		const recipients =
			report.originalRecipients.length > 0
				? report.originalRecipients
				: originalRecipients(message);
		return {
			kind: 'arf',
			verdicts: complaintsOf(recipients, inWords(report.feedbackType, message), catalogue),
			decidedBy: 'message/feedback-report',
		};
	}
	if (failureReportSubject.test(message.subject)) {
		return { kind: 'dmarc-ruf', verdicts: [], decidedBy: 'subject DMARC failure report' };
	}
	if (!complaintSubject.test(message.subject) || !message.originalHeaders) return undefined;
	return {
		kind: 'arf',
		verdicts: complaintsOf(
			originalRecipients(message),
			inWords(`“${message.subject.trim().slice(0, 120)}”`, message),
			catalogue,
		),
		decidedBy: 'subject complaint',
	};
}

/** What people read as the cause of a hold; §3.1's type of feedback is a word such as "abuse". */
function inWords(feedback: string, { from }: Message): string {
	const reporter = from?.slice(from.indexOf('@') + 1);
	return `A complaint (${feedback.slice(0, 125)}) reached us${reporter ? ` from ${reporter}` : ''}.`;
}

function complaintsOf(
	recipients: readonly string[],
	words: string,
	catalogue: Catalogue,
): Verdict[] {
	const { name, type, fault } = reasonNamed('complaint', catalogue);
	const about: (string | undefined)[] = recipients.length > 0 ? [...recipients] : [undefined];
	return about.map((recipient) => ({
		...(recipient ? { recipient } : {}),
		type,
		reason: name,
		fault,
		diagnostic: words,
		decidedBy: 'feedback report',
		isRecognised: true,
	}));
}

/** Who got the mail that is complained about. Providers black the address out at will. */
function originalRecipients(message: Message): string[] {
	const original = message.originalHeaders;
	if (!original) return [];
	for (const name of ['X-HmXmrOriginalRecipient', 'Delivered-To', 'X-Original-To', 'To']) {
		const found = original.all(name).flatMap((value) => addressesIn(value, 10));
		const readable = found.filter((one) => !/redacted|xxxx|\*\*\*/i.test(one));
		if (readable.length > 0) return [...new Set(readable)];
	}
	return [];
}
