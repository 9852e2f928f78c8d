import type { CatalogueChange } from '../contract/catalogue-messages.ts';
import type { WhatIf } from '../contract/catalogue.ts';
import type { Address } from '../crm/crm.ts';
import type { RecordedBounce } from '../report/archive.ts';
import type { Site } from '../site.ts';
import { counted } from '../words.ts';
import { byAddress, countsUnder, reached } from './reached.ts';
import type { Judging, Reached } from './reached.ts';

const addressesAtOnce = 1_000;
const mostExamples = 20;

/** What a change of the settings would do to the addresses whose bounces are recorded: the same bounces counted under the
 *  settings as they are and as they would be. Only the types and reasons that are on record are used; nothing is judged
 *  again and nothing is changed.
 *  @throws ServiceError for a type or reason that does not exist. */
export async function whatIf(site: Site, change: CatalogueChange): Promise<WhatIf> {
	const { catalogue, counting } = await site.catalogueBook.ifChanged(change);
	const now: Judging = { catalogue: site.catalogue, policy: site.policy };
	const then: Judging = { catalogue, policy: counting };
	const found = { wouldBeHeld: 0, wouldNotBeHeld: 0, bounces: 0, addresses: 0 };
	const examples: WhatIf['examples'] = [];

	for await (const { address, bounces } of addressesWithBounces(site)) {
		found.addresses += 1;
		found.bounces += bounces.length;
		const [before, after] = [now, then].map((judging) =>
			reached(bounces, address.countSince, judging, countsUnder(judging, bounces)),
		);
		const wouldBe =
			address.hold === null && after && !before
				? 'held'
				: address.hold === 'bounce' && before && !after
					? 'not-held'
					: undefined;
		if (!wouldBe) continue;
		found[wouldBe === 'held' ? 'wouldBeHeld' : 'wouldNotBeHeld'] += 1;
		if (examples.filter((one) => one.wouldBe === wouldBe).length < mostExamples)
			examples.push({ email: address.email, wouldBe, because: because(before, after) });
	}
	return { ...found, examples, sentence: sentence(found) };
}

async function* addressesWithBounces(
	site: Site,
): AsyncIterable<{ address: Address; bounces: RecordedBounce[] }> {
	for (let after = 0; ;) {
		const recorded = await site.archive.bouncesOfNextAddresses(after, addressesAtOnce);
		if (recorded.length === 0) return;
		const lists = byAddress(recorded);
		const ids = [...lists.keys()];
		after = Math.max(...ids);
		for (const address of await site.crm.findAddresses({ ids, emails: [] }))
			yield { address, bounces: lists.get(address.id) ?? [] };
	}
}

function because(before: Reached | undefined, after: Reached | undefined): string {
	const { bounce, bounces, threshold } = (after ?? before)!;
	return after
		? `${bounce.type} bounce ${bounces} of ${threshold}.`
		: `Its ${bounce.type} bounce would no longer reach the threshold.`;
}

function sentence({ wouldBeHeld, wouldNotBeHeld, bounces }: Omit<WhatIf, 'examples' | 'sentence'>) {
	const addresses = (count: number) => counted(count, 'address', 'addresses');
	const looked = `Judged by ${counted(bounces, 'recorded bounce', 'recorded bounces')}`;
	if (wouldBeHeld + wouldNotBeHeld === 0) return `${looked}, nothing would change.`;
	return `${looked}, ${addresses(wouldBeHeld)} would come on hold, and ${addresses(wouldNotBeHeld)} would not be on hold.`;
}
