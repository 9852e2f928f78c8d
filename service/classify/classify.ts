import type { Verdict } from '../contract/bounce.ts';
import type { Message } from '../messages/message.ts';
import { addressesIn } from '../messages/addresses.ts';
import { isFromMailServer } from '../messages/machine-sender.ts';
import { autoReplySign, readAutoReply } from './auto-reply.ts';
import { announced } from './announcements.ts';
import type { Catalogue } from './catalogue.ts';
import { readChallenge } from './challenge.ts';
import type { Classification } from './classification.ts';
import { readComplaint } from './complaint.ts';
import type { Reading } from './fate.ts';
import { judge, reasonNamed } from './judge.ts';
import { readDelivery } from './read-delivery-report.ts';
import { readBounceText } from './read-bounce-text.ts';
import { readReceipt } from './receipts.ts';
import { withSitePatterns } from './site-patterns.ts';

/** Longest list of verdicts one mail can give. */
const mostVerdicts = 5_000;

/** Says what a mail is and what it says about each recipient (requirements C1–C5). Pure and never throws: the same mail
 *  gives the same answer. Reads the report's fields first, then the known words of servers, then the words at large;
 *  never the returned copy of our own mail.
 *  @param catalogue gives each reason its type and fault, and the site's own patterns, which decide before all else */
export function classify(message: Message, catalogue: Catalogue): Classification {
	return withSitePatterns(readMail(message, catalogue), message, catalogue);
}

function readMail(message: Message, catalogue: Catalogue): Classification {
	const complaint = readComplaint(message, catalogue);
	if (complaint) return complaint;

	const receipt = readReceipt(message);
	if (receipt) return receipt;

	const report = readDelivery(message);
	if (report) return asClassification(report, catalogue);

	if (isServersWord(message)) {
		const bounce = readBounceText(message);
		if (bounce) return asClassification(bounce, catalogue);
	}
	const sign = autoReplySign(message);
	if (sign) return readChallenge(message) ?? readAutoReply(message, sign, catalogue);
	const bounce = readBounceText(message);
	if (bounce) return asClassification(bounce, catalogue);
	return readChallenge(message) ?? { kind: 'not-bounce', verdicts: [], decidedBy: 'nothing' };
}

/** Mail servers mark their bounces as automatic answers, too (Exim, Gmail): who sent it and the subject tell. */
function isServersWord(message: Message): boolean {
	if (message.headers.has('X-Failed-Recipients')) return true;
	return isFromMailServer(message.headers, message.from) || announced(message.subject).failed > 0;
}

function asClassification(
	{ kind, fates, decidedBy }: Reading,
	catalogue: Catalogue,
): Classification {
	const verdicts = fates.slice(0, mostVerdicts).map((fate) => judge(fate, catalogue));
	const all =
		kind === 'delayed' ? verdicts.map((verdict) => whyDelayed(verdict, catalogue)) : verdicts;
	const newAddress = all.length === 1 ? forwardingAddress(all[0]!) : undefined;
	return { kind, verdicts: withoutRepeats(all), decidedBy, ...(newAddress ? { newAddress } : {}) };
}

/** "551 User not local; please try <new@example.org>" (RFC 5321 §3.4). */
function forwardingAddress({ reason, recipient, diagnostic }: Verdict): string | undefined {
	if (reason !== 'moved' || !diagnostic) return undefined;
	return addressesIn(diagnostic).find((one) => one.toLowerCase() !== recipient?.toLowerCase());
}

/** A delay notice without a cause says at least that the server got no answer. */
function whyDelayed(verdict: Verdict, catalogue: Catalogue): Verdict {
	if (verdict.isRecognised) return verdict;
	const { name, type, fault } = reasonNamed('not-answering', catalogue);
	return { ...verdict, reason: name, type, fault, decidedBy: 'delay notice', isRecognised: true };
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
