import type { NewHold } from '../crm/crm.ts';
import type { RecordedBounce } from '../report/archive.ts';
import { targetKey } from '../rules/deeds.ts';
import type { Site } from '../site.ts';
import { byAddress, reached } from './reached.ts';

/** Holds that come or go because bounces are judged otherwise. */
export interface HoldsAfter {
	comes: (NewHold & { email: string; bounceId: number })[];
	/** `bounceIds`: the bounces that may have caused the hold; one of them did. */
	goes: { addressId: number; email: string; bounceIds: number[] }[];
}

/** Works out which holds come and go at some addresses. A hold comes where the bounces since the last release reach a
 *  threshold and nothing holds the address; it goes where they reach none and a bounce of ours had caused it. Opt-outs, holds
 *  by hand and holds that a rule wants stay.
 *  @param before their bounces as they were recorded
 *  @param after their bounces as they are judged now
 *  @param foreseen addresses that a rule is about to hold */
export async function holdsAfter(
	addressIds: readonly number[],
	before: readonly RecordedBounce[],
	after: readonly RecordedBounce[],
	site: Site,
	foreseen: ReadonlySet<number> = new Set(),
): Promise<HoldsAfter> {
	const holds: HoldsAfter = { comes: [], goes: [] };
	const [listsBefore, listsAfter] = [byAddress(before), byAddress(after)];
	const ids = [...new Set(addressIds)];
	const ruled = await bouncesHeldByRules(ids, site);
	for (const address of await site.crm.findAddresses({ ids, emails: [] })) {
		const { id: addressId, email, hold, countSince } = address;
		const bounces = (listsAfter.get(addressId) ?? []).toSorted(inOrder);
		const now = reached(bounces, countSince, site, ({ counts }) => counts);
		if (foreseen.has(addressId)) continue;
		if (hold === null && now) {
			const { bounce, bounces: count, threshold } = now;
			const because = `${bounce.type} bounce ${count} of ${threshold}, judged again`;
			const held = { hold: 'bounce' as const, type: bounce.type, bounceId: bounce.id, because };
			holds.comes.push({ addressId, email, ...held });
		} else if (hold === 'bounce' && !now) {
			const present = (listsBefore.get(addressId) ?? []).filter(
				({ recordedAt }) => recordedAt >= countSince,
			);
			const causes = present.filter(({ causedHold, isTakenBack }) => causedHold && !isTakenBack);
			if (causes.length > 0 && !present.some(({ id }) => ruled.has(id)))
				holds.goes.push({ addressId, email, bounceIds: causes.map(({ id }) => id) });
		}
	}
	return holds;
}

/** The bounces because of which a rule wants one of these addresses held. */
async function bouncesHeldByRules(
	addressIds: readonly number[],
	{ rules }: Site,
): Promise<Set<number>> {
	const targets = addressIds.map((of) => targetKey({ field: 'hold', of }));
	const deeds = await rules.deeds.standingOn(targets);
	return new Set(deeds.map(({ bounceId }) => bounceId));
}

function inOrder(one: RecordedBounce, other: RecordedBounce): number {
	return one.recordedAt.getTime() - other.recordedAt.getTime() || one.id - other.id;
}
