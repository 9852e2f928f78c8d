import type { Message } from '../messages/message.ts';
import { announced } from './announcements.ts';
import type { Classification } from './classification.ts';

const nothing = { verdicts: [] };

/** Tells read receipts and DMARC summaries from bounces, which they resemble in form. */
export function readReceipt(message: Message): Classification | undefined {
	const contentType = message.headers.get('Content-Type')?.toLowerCase() ?? '';
	if (message.isReadReceipt || /report-type\s*=\s*"?disposition-notification/.test(contentType)) {
		// Dovecot refuses a mail for a full mailbox with a receipt: "automatically rejected".
		const { failed } = announced(`${message.subject}\n${message.text}`);
		const isRejection = failed > 0 && /reject|refus|quota/i.test(message.subject + message.text);
		return isRejection
			? undefined
			: { kind: 'mdn', ...nothing, decidedBy: 'disposition-notification' };
	}
	if (/report domain:.{1,300}(?:submitter|report-id):/i.test(message.subject.slice(0, 600))) {
		return { kind: 'dmarc-rua', ...nothing, decidedBy: 'subject Report Domain' };
	}
	return undefined;
}
