import type { Trust, Verdict } from '../contract/bounce.ts';
import type { BounceType, Catalogue, Reason } from '../classify/catalogue.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Action } from './decision.ts';
import type { Subject } from './whose-is-it.ts';

/** What a site decides about bounces besides its catalogue. */
export interface BouncePolicy {
	/** Whether a bounce that only names an address, which anybody could write, may hold it (requirement A4). */
	unprovedCounts: boolean;
	/** Only bounces of so many days count; null counts all since the last release (requirement D1). */
	windowDays: number | null;
}

export const usualPolicy: BouncePolicy = { unprovedCounts: false, windowDays: null };

interface Facts {
	position: number;
	verdict: Verdict;
	subject: Subject;
	/** The same mail spoke of this address already: one mail counts once. */
	isRepeat: boolean;
	/** A rule deletes this bounce, so it holds nobody. */
	isDiscarded?: boolean;
	/** Bounces of this type for this address that count, since its last release. */
	earlierBounces: number;
}

/** Decides about one verdict: record it, and hold the address when the type's threshold is reached by this very bounce
 *  (requirement D1: only the arriving type can trigger; threshold 0 never holds). */
export function decideBounce(
	{ position, verdict, subject, isRepeat, isDiscarded = false, earlierBounces }: Facts,
	{ types, reasons }: Catalogue,
	policy: BouncePolicy,
): Action[] {
	const type = types.get(verdict.type);
	const { counts, counting } = isRepeat
		? { counts: false, counting: 'The same mail counted for this address already.' }
		: doesItCount(verdict, subject, type, reasons.get(verdict.reason), policy);
	const bounces = earlierBounces + (counts ? 1 : 0);
	const isReached = counts && !!type && type.holdThreshold > 0 && bounces >= type.holdThreshold;
	const holds =
		isReached && !isDiscarded && subject.who !== 'nobody' && subject.address.hold === null;

	const bounce: BounceEntry = {
		position,
		verdict,
		...whom(verdict, subject),
		counts,
		counting,
		causedHold: holds,
		because: sentence(verdict, subject, { counts, bounces, type, holds }),
	};
	const record: Action = { do: 'record-bounce', bounce };
	if (!holds) return [record];

	const { id: addressId } = subject.address;
	const because = verdict.diagnostic ?? verdict.evidence ?? `${verdict.type} bounce`;
	return [
		record,
		{
			do: 'hold-address',
			position,
			hold: { addressId, hold: 'bounce', type: verdict.type, because },
		},
	];
}

function whom(verdict: Verdict, subject: Subject) {
	if (subject.who === 'nobody') {
		return {
			email: verdict.recipient?.toLowerCase() ?? '',
			addressId: null,
			deliveryId: null,
			mailingId: null,
			trust: 'unproved' as const,
			matchedBy: 'nothing' as const,
		};
	}
	const delivery = subject.who === 'delivery' ? subject.delivery : undefined;
	return {
		email: subject.address.email,
		addressId: subject.address.id,
		deliveryId: delivery?.id ?? null,
		mailingId: delivery?.mailingId ?? null,
		trust: subject.trust,
		matchedBy: subject.matchedBy,
	};
}

/** Whether a bounce counts toward a hold, and why or why not, in a sentence. Pure. */
export function doesItCount(
	verdict: Pick<Verdict, 'type'>,
	subject: { who: 'nobody'; because: string } | { who: 'address' | 'delivery'; trust: Trust },
	type: BounceType | undefined,
	reason: Reason | undefined,
	policy: BouncePolicy,
): { counts: boolean; counting: string } {
	const no = (counting: string) => ({ counts: false, counting });
	if (subject.who === 'nobody') return no(subject.because);
	if (!type) return no(`The type ${verdict.type} is switched off.`);
	if (type.holdThreshold === 0) return no(`Bounces of type ${type.name} never hold an address.`);
	if (reason && !reason.countsTowardHold)
		return no(`“${reason.label}” does not count toward a hold. ${reason.advice}`);
	if (subject.trust === 'unproved' && !policy.unprovedCounts) {
		return no(
			'Nothing proves that this is about a mail of ours, so it is recorded and does not count.',
		);
	}
	return { counts: true, counting: 'It counts toward a hold.' };
}

function sentence(
	verdict: Verdict,
	subject: Subject,
	{
		counts,
		bounces,
		type,
		holds,
	}: { counts: boolean; bounces: number; type?: BounceType; holds: boolean },
): string {
	if (subject.who === 'nobody') return `${verdict.type} bounce recorded.`;

	const { email, hold } = subject.address;
	if (!counts || !type) return `${verdict.type} bounce of ${email} recorded.`;

	const what = `${verdict.type} bounce ${bounces} of ${type.holdThreshold} of ${email}`;
	if (holds) return `${what}: address put on hold.`;
	return hold ? `${what}: the address is on hold already.` : `${what} recorded.`;
}
