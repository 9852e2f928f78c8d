import { decideBounce } from '../act/decide-bounce.ts';
import { decide } from '../act/decide.ts';
import { lookUp } from '../act/look-up.ts';
import { classify } from '../classify/classify.ts';
import { reasonNamed } from '../classify/judge.ts';
import type { Verdict } from '../contract/bounce.ts';
import type { TriedMail, TriedVerdict } from '../contract/catalogue.ts';
import { identify } from '../identify/identify.ts';
import { returnAddressFinder } from '../identify/return-address.ts';
import { parseMessage } from '../messages/parse-message.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Site } from '../site.ts';

/** Judges a pasted mail by the same steps as the mailbox: read, classify, identify, look up, decide. Nothing is stored,
 *  and a slow pattern is only named.
 *  @param raw the mail with its header */
export async function tryMail(raw: Buffer, site: Site): Promise<TriedMail> {
	const message = parseMessage(raw);
	const classification = classify(message, site.catalogue);
	const { verdicts } = classification;
	const account = await site.accounts.bounceAccount();
	const find = account ? returnAddressFinder(account) : () => [];
	const clues = identify(message, verdicts, find);

	const standing = await lookUp([{ clues, verdicts }], { ...site, now: site.now() });
	const decision = decide({ classification, clues }, standing, standing.earlierBounces, site);
	const entries = decision.actions.flatMap((action) =>
		action.do === 'record-bounce' ? [action.bounce] : [],
	);
	return {
		kind: classification.kind,
		decidedBy: classification.decidedBy,
		subject: message.subject,
		verdicts: verdicts.map((verdict, position) =>
			tried(
				verdict,
				entries.find((entry) => entry.position === position),
				decision.because,
				site,
			),
		),
		because: decision.because,
		damage: message.damage,
		slowPatterns: (site.catalogue.patterns ?? [])
			.filter((pattern) => pattern.isTooSlow())
			.map(({ id }) => id),
		newAddress: classification.newAddress ?? null,
	};
}

function tried(
	verdict: Verdict,
	entry: BounceEntry | undefined,
	ignoredBecause: string,
	site: Site,
): TriedVerdict {
	const { label, advice } = reasonNamed(verdict.reason, site.catalogue);
	return {
		verdict,
		reasonLabel: label,
		advice,
		email: entry && entry.addressId !== null ? entry.email : null,
		trust: entry?.trust ?? 'unproved',
		matchedBy: entry?.matchedBy ?? 'nothing',
		counts: entry?.counts ?? false,
		countingExplained: entry?.counting ?? ignoredBecause,
		holds: entry?.causedHold ?? false,
		because: entry?.because ?? ignoredBecause,
		ifProved: ifProved(verdict, site),
	};
}

/** Decides about the verdict as if it were about a delivery of ours to somebody whose mails never bounced before. */
function ifProved(verdict: Verdict, { catalogue, policy }: Site): TriedVerdict['ifProved'] {
	const email = verdict.recipient?.toLowerCase() ?? '';
	const address = { id: 0, contactId: 0, email, hold: null, countSince: new Date(0) };
	const delivery = { id: 0, job: 0, hash: '', mailingId: null, addressId: 0, messageId: null };
	const [record] = decideBounce(
		{
			position: 0,
			verdict,
			subject: {
				who: 'delivery',
				delivery,
				address,
				matchedBy: 'return-address',
				trust: 'proved',
			},
			isRepeat: false,
			earlierBounces: 0,
		},
		catalogue,
		policy,
	);
	if (record?.do !== 'record-bounce')
		throw new Error('A bounce was decided about and not recorded.');
	const { counts, causedHold, counting } = record.bounce;
	const holdThreshold = catalogue.types.get(verdict.type)?.holdThreshold ?? 0;
	return { counts, holdsAtOnce: causedHold, holdThreshold, explained: counting };
}
