import { reasonNamed } from '../classify/judge.ts';
import type { MailKind } from '../contract/bounce.ts';
import type { JudgedBounce, ReprocessChange } from '../contract/reprocess.ts';
import type { RecordedBounce } from '../report/archive.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Site } from '../site.ts';
import type { BounceChange, JudgedMail } from './judge-again.ts';
import { inARow } from '../words.ts';

/** How sentences name the kinds of mail that are recorded as bounces. */
const kindNames: Partial<Record<MailKind, string>> = {
	bounce: 'a bounce',
	'auto-reply': 'an automatic reply',
	arf: 'a complaint',
};

/** A bounce before and after, for people to compare. */
export function toChange(
	{ bounce, entry, ruling }: BounceChange,
	{ mail, kind }: JudgedMail,
	site: Site,
): ReprocessChange {
	const before = bounce && !bounce.isWithdrawn ? judgedBefore(bounce, site) : null;
	const after = entry ? judgedNow(entry, bounce, site) : null;
	return {
		bounceId: bounce?.id ?? null,
		email: entry?.email || (bounce?.email ?? ''),
		subject: mail.subject,
		before,
		after,
		kind,
		sentence: differenceSentence(
			before && { ...before, kind: bounce?.kind ?? kind },
			after && { ...after, kind },
		),
		ruling: ruling?.because ?? null,
	};
}

type Compared = JudgedBounce & { kind: MailKind };

/** What differs between two judgments of a bounce, and only that: "Syntax (Not recognised) → Quota (Mailbox full), counts
 *  now." Null stands for no bounce. */
export function differenceSentence(before: Compared | null, after: Compared | null): string {
	if (!after) return `${before ? named(before) : 'It'} → no bounce.`;
	if (!before)
		return `New: ${named(after)}, ${after.countsTowardHold ? 'counts' : 'does not count'}.`;

	const isNamedSame = named(before) === named(after);
	const what = isNamedSame ? `Stays ${named(after)}` : `${named(before)} → ${named(after)}`;
	// With another reason another cause goes without saying.
	const also = [...otherDifferences(before, after), ...(isNamedSame ? causes(before, after) : [])];
	if (also.length === 0) return `${what}.`;
	return isNamedSame ? `${what}, but ${inARow(also)}.` : `${what}; ${inARow(also)}.`;
}

function otherDifferences(before: Compared, after: Compared): string[] {
	const said = [
		before.kind !== after.kind && `is ${kindNames[after.kind] ?? after.kind} now`,
		before.countsTowardHold !== after.countsTowardHold &&
			(after.countsTowardHold ? 'counts now' : 'no longer counts'),
		before.addressId !== after.addressId && 'is about another address now',
		before.trust !== after.trust && `is ${after.trust} now`,
	];
	return said.filter((part) => part !== false);
}

function causes(before: Compared, after: Compared): string[] {
	const said = [
		before.isRecognised !== after.isRecognised &&
			(after.isRecognised ? 'is recognised now' : 'is no longer recognised'),
		before.fault !== after.fault && `its cause is ${causeNames[after.fault]} now`,
	];
	return said.filter((part) => part !== false);
}

const causeNames: Readonly<Record<JudgedBounce['fault'], string>> = {
	address: 'the address',
	mailbox: 'the mailbox',
	sender: 'our own sending',
	network: 'the network',
	complaint: 'a complaint',
	auto: 'an automatic reply',
	unclear: 'unclear',
};

function named({ type, reasonLabel }: JudgedBounce): string {
	return `${type} (${reasonLabel})`;
}

function judgedBefore(bounce: RecordedBounce, site: Site): JudgedBounce {
	const { type, reason, fault, isRecognised, counts, trust, decidedBy, addressId } = bounce;
	const reasonLabel = reasonNamed(reason, site.catalogue).label;
	const judged = { type, reason, reasonLabel, fault, isRecognised, trust, decidedBy, addressId };
	return { ...judged, countsTowardHold: counts };
}

function judgedNow(
	{ verdict, counts, trust, addressId }: BounceEntry,
	bounce: RecordedBounce | undefined,
	site: Site,
): JudgedBounce {
	const { type, reason, fault, isRecognised, decidedBy } = verdict;
	const reasonLabel = reasonNamed(reason, site.catalogue).label;
	const judged = { type, reason, reasonLabel, fault, isRecognised, trust, decidedBy, addressId };
	return { ...judged, countsTowardHold: counts && !bounce?.isTakenBack };
}
