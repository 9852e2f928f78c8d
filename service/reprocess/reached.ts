import { doesItCount } from '../act/decide-bounce.ts';
import type { BouncePolicy } from '../act/decide-bounce.ts';
import type { Catalogue } from '../classify/catalogue.ts';
import type { RecordedBounce } from '../report/archive.ts';

/** What bounces are counted by. */
export interface Judging {
	catalogue: Catalogue;
	policy: BouncePolicy;
}

/** The bounce at which an address reached a type's threshold. */
export interface Reached {
	bounce: RecordedBounce;
	bounces: number;
	threshold: number;
}

const day = 24 * 60 * 60 * 1000;

/** Where the bounces of one address, oldest first, reach a threshold; the first time. Bounces before `since` do not
 *  count, nor do those that were taken back. Pure.
 *  @param counts whether a bounce counts: as recorded, or as `countsUnder` says. */
export function reached(
	bounces: readonly RecordedBounce[],
	since: Date,
	{ catalogue, policy }: Judging,
	counts: (bounce: RecordedBounce) => boolean,
): Reached | undefined {
	const timesOfType = new Map<string, number[]>();
	for (const bounce of bounces) {
		if (bounce.isTakenBack || bounce.recordedAt < since || !counts(bounce)) continue;
		const threshold = catalogue.types.get(bounce.type)?.holdThreshold ?? 0;
		if (threshold === 0) continue;

		const at = bounce.recordedAt.getTime();
		const from = policy.windowDays === null ? 0 : at - policy.windowDays * day;
		const times = (timesOfType.get(bounce.type) ?? []).filter((time) => time >= from);
		times.push(at);
		timesOfType.set(bounce.type, times);
		if (times.length >= threshold) return { bounce, bounces: times.length, threshold };
	}
	return undefined;
}

/** Whether each bounce of one address would count, had it come under these settings: by its type, reason and trust, and
 *  of one mail only the first. */
export function countsUnder(
	{ catalogue, policy }: Judging,
	bounces: readonly RecordedBounce[],
): (bounce: RecordedBounce) => boolean {
	const firstOfMail = new Map<string, number>();
	for (const { id, accountId, fingerprint } of bounces) {
		const mail = `${accountId} ${fingerprint}`;
		if (!firstOfMail.has(mail)) firstOfMail.set(mail, id);
	}
	return ({ id, accountId, fingerprint, type, reason, trust }) =>
		firstOfMail.get(`${accountId} ${fingerprint}`) === id &&
		doesItCount(
			{ type },
			{ who: 'delivery', trust },
			catalogue.types.get(type),
			catalogue.reasons.get(reason),
			policy,
		).counts;
}

/** Bounces by the address they are about, each list in its order. */
export function byAddress(bounces: readonly RecordedBounce[]): Map<number, RecordedBounce[]> {
	const lists = new Map<number, RecordedBounce[]>();
	for (const bounce of bounces) {
		if (bounce.addressId === null) continue;
		const list = lists.get(bounce.addressId);
		if (list) list.push(bounce);
		else lists.set(bounce.addressId, [bounce]);
	}
	return lists;
}
