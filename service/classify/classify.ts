import type { MailKind, Verdict } from '../contract/bounce.ts';
import type { Message } from '../messages/message.ts';
import { readAutoReply } from './auto-reply.ts';
import type { Catalogue } from './catalogue.ts';
import type { Classification } from './classification.ts';
import { readComplaint } from './complaint.ts';
import type { Fate } from './fate.ts';
import { judge } from './judge.ts';
import { readDelivery } from './read-delivery-report.ts';
import { readBounceText } from './read-bounce-text.ts';
import { readReceipt } from './receipts.ts';

/** Longest list of verdicts one mail can give. */
const mostVerdicts = 5_000;

/** Says what a mail is and what it says about each recipient (requirements C1–C5). Pure and never throws: the same mail
 *  gives the same answer. Reads the report's fields first, then the known words of servers, then the words at large;
 *  never the returned copy of our own mail.
 *  @param catalogue gives each reason its type and fault */
export function classify(message: Message, catalogue: Catalogue): Classification {
	const complaint = readComplaint(message, catalogue);
	if (complaint) return complaint;

	const receipt = readReceipt(message);
	if (receipt) return receipt;

	const report = readDelivery(message);
	if (report) return asClassification(report, catalogue);

	const bounce = readBounceText(message);
	if (bounce) return asClassification(bounce, catalogue);

	return (
		readAutoReply(message, catalogue) ?? { kind: 'not-bounce', verdicts: [], decidedBy: 'nothing' }
	);
}

/** What the readers of reports and texts find: the kind, and a fate for each recipient concerned. */
export interface Reading {
	kind: Extract<MailKind, 'bounce' | 'delayed' | 'delivered'>;
	fates: Fate[];
	decidedBy: string;
}

function asClassification(
	{ kind, fates, decidedBy }: Reading,
	catalogue: Catalogue,
): Classification {
	const verdicts = fates.slice(0, mostVerdicts).map((fate) => judge(fate, catalogue));
	return { kind, verdicts: withoutRepeats(verdicts), decidedBy };
}

/** One bounce a recipient, also when the report names it twice. The recognised one stays. */
function withoutRepeats(verdicts: readonly Verdict[]): Verdict[] {
	const byRecipient = new Map<string, Verdict>();
	for (const [i, verdict] of verdicts.entries()) {
		const key = verdict.recipient?.toLowerCase() ?? `#${i}`;
		const earlier = byRecipient.get(key);
		if (!earlier || (!earlier.isRecognised && verdict.isRecognised)) byRecipient.set(key, verdict);
	}
	return [...byRecipient.values()];
}
