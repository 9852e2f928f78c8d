import type { LookPlace } from '../contract/rule.ts';
import type { Message } from '../messages/message.ts';

/** What rules can see of a bounce: pieces of text, each looked at by itself. */
export type MailView = Readonly<Record<LookPlace, readonly string[]>>;

/** More of a mail than this is not looked at, in UTF-16 code units. */
const longestHeader = 20_000;
const longestText = 100_000;

/** Prepares a bounce for rules; each piece is made when it is asked for first. The returned copy of our own mail is never
 *  in it. A report on several recipients shows each only its own words: else a rule would punish one for another's fault.
 *  @param diagnostic the server's words about this recipient
 *  @param isOnly whether the mail is about nobody else */
export function viewOf(
	message: Message,
	{ diagnostic, isOnly }: { diagnostic: string | null | undefined; isOnly: boolean },
): MailView {
	const words = diagnostic ? twice(diagnostic) : [];
	const header = once(() => [lines(message.headers).slice(0, longestHeader)]);
	const text = once(() => (isOnly ? twice(message.text.slice(0, longestText)) : words));
	const everything = once(() => {
		const report = isOnly ? reportOf(message) : '';
		const isInReport = report.includes(diagnostic ?? '');
		const pieces = [...header(), ...text(), report, ...(isInReport ? [] : words)];
		return [...new Set(pieces)].filter((piece) => piece !== '');
	});
	return {
		get header() {
			return header();
		},
		get text() {
			return text();
		},
		get everything() {
			return everything();
		},
		diagnostic: words,
	};
}

/** A text as it stands, and with all white space as single spaces: mail servers wrap their sentences anywhere. */
function twice(text: string): string[] {
	const flat = text.replace(/\s+/g, ' ').trim();
	return flat === text.trim() ? [text] : [text, flat];
}

function lines(fields: Iterable<readonly [string, string]>): string {
	return [...fields].map(([name, value]) => `${name}: ${value}`).join('\n');
}

function reportOf({ deliveryReport, feedbackReport }: Message): string {
	const feedback = feedbackReport ? [`Feedback-Type: ${feedbackReport.feedbackType}`] : [];
	const server = deliveryReport?.reportingMta
		? [`Reporting-MTA: ${deliveryReport.reportingMta}`]
		: [];
	const recipients = (deliveryReport?.recipients ?? []).map(({ fields }) => lines(fields));
	return [...feedback, ...server, ...recipients].join('\n').slice(0, longestText);
}

function once<Made>(make: () => Made): () => Made {
	let made: { it: Made } | undefined;
	return () => (made ??= { it: make() }).it;
}
