import type { MailKind } from '../contract/bounce.ts';
import type { Catalogue } from '../classify/catalogue.ts';
import type { Classification } from '../classify/classification.ts';
import type { Clues } from '../identify/identify.ts';
import { decideBounce } from './decide-bounce.ts';
import type { BouncePolicy } from './decide-bounce.ts';
import { decideByRules, isDiscarded } from './decide-by-rules.ts';
import type { CaughtBy } from './decide-by-rules.ts';
import { ignore } from './decision.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Decision } from './decision.ts';
import { findDelivery, whoseIsIt } from './whose-is-it.ts';
import type { Known } from './whose-is-it.ts';

/** Counted bounces of one type for one address since its last release. */
export type CountBounces = (addressId: number, type: string) => number;

/** Mails that are no failure and change nothing, with the sentence for the journal. */
const harmless: Partial<Record<MailKind, string>> = {
	delayed: 'A delay notice: the server is still trying.',
	delivered: 'A report that the mail was delivered.',
	mdn: 'A read receipt.',
	'dmarc-ruf': 'A DMARC failure report about the sending domain.',
	'dmarc-rua': 'A DMARC summary of the sending domain.',
	'challenge-response': 'A challenge: somebody wants to be sure that a person wrote.',
	'not-bounce': 'Ordinary mail: no bounce.',
};

/** Mails of a kind that mostly is about somebody, and this one is not. */
const aboutNobody: Partial<Record<MailKind, string>> = {
	'auto-reply': 'An automatic acknowledgement: nobody is away.',
	arf: 'A report about how the sending domain is set up: nobody complained.',
};

/** Decides what to do about a mail of the bounce mailbox. Pure: the same facts give the same decision. */
export function decide(
	mail: { classification: Classification; clues: Clues; caughtBy?: CaughtBy },
	known: Known,
	earlierBounces: CountBounces,
	{ catalogue, policy }: { catalogue: Catalogue; policy: BouncePolicy },
): Decision {
	const { classification, clues, caughtBy } = mail;
	const { kind, verdicts } = classification;
	const reasonToIgnore = harmless[kind];
	if (reasonToIgnore) return ignore(reasonToIgnore);
	if (verdicts.length === 0)
		return ignore(aboutNobody[kind] ?? 'It looks like a bounce but says nothing about anybody.');

	const delivered = findDelivery(clues, known);
	const isOnly = verdicts.length === 1;
	const touched = new Set<number>();
	const actions = verdicts.flatMap((verdict, position) => {
		const subject = whoseIsIt(verdict, { isOnly, delivered, clues, known });
		const addressId = subject.who === 'nobody' ? undefined : subject.address.id;
		const isRepeat = addressId !== undefined && touched.has(addressId);
		if (addressId !== undefined) touched.add(addressId);
		const earlier = addressId === undefined ? 0 : earlierBounces(addressId, verdict.type);
		const match = caughtBy?.(position);
		const facts = { position, verdict, subject, isRepeat, earlierBounces: earlier };
		const decided = decideBounce({ ...facts, isDiscarded: isDiscarded(match) }, catalogue, policy);
		return match ? decideByRules(decided, match, subject, policy) : decided;
	});

	const recorded = actions.flatMap((action) =>
		action.do === 'record-bounce' ? [action.bounce] : [],
	);
	return {
		actions,
		fileUnder: recorded.some(({ addressId }) => addressId !== null) ? 'processed' : 'ignored',
		because: recorded.map(explain).join(' '),
	};
}

function explain({ because, counts, counting }: BounceEntry): string {
	return counts ? because : `${because} ${counting}`;
}
