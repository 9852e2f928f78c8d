import type { Verdict } from '../contract/bounce.ts';
import type { Address, Crm, Delivery } from '../crm/crm.ts';
import type { Clues } from '../identify/identify.ts';
import type { Report } from '../report/report.ts';
import type { BouncePolicy } from './decide-bounce.ts';
import type { CountBounces } from './decide.ts';
import type { Action, Decision } from './decision.ts';
import type { Known } from './whose-is-it.ts';

const day = 24 * 60 * 60 * 1000;

/** What is known about all that a window of mails names: a handful of questions for some hundreds of mails. It is kept
 *  in step with what is decided, so that the third bounce in one window counts as the third. */
export interface Standing extends Known {
	earlierBounces: CountBounces;
	/** From now on as if the decision were carried out. */
	assume(decision: Decision): void;
}

/** What would be different if decisions were carried out that neither CRM nor report know of. */
export class Assumed {
	readonly #counts = new Map<string, number>();
	readonly #held = new Set<number>();

	add({ actions }: Pick<Decision, 'actions'>): void {
		const deleted = deletedIn(actions);
		for (const action of actions) {
			if (action.do !== 'record-bounce') continue;
			const { position, addressId, counts, causedHold, verdict } = action.bounce;
			if (addressId === null) continue;
			if (counts && !deleted.has(position)) {
				const key = countKey(addressId, verdict.type);
				this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
			}
			if (causedHold) this.#held.add(addressId);
		}
	}

	/** How many more bounces of a type an address has. */
	bounces(addressId: number, type: string): number {
		return this.#counts.get(countKey(addressId, type)) ?? 0;
	}

	/** The address as it would be. */
	hold(address: Address): Address {
		return this.#held.has(address.id) ? { ...address, hold: 'bounce' } : address;
	}
}

/** Asks the CRM and the report about everything that the mails name.
 *  @param before decided in earlier windows and not carried out, because the run is a dry one */
export async function lookUp(
	mails: readonly { clues: Clues; verdicts: readonly Verdict[] }[],
	{ crm, report, policy, now }: { crm: Crm; report: Report; policy: BouncePolicy; now: Date },
	before = new Assumed(),
): Promise<Standing> {
	const deliveries = await crm.findDeliveries({
		ids: unique(mails.flatMap(({ clues }) => returnAddressesOf(clues).map(({ queue }) => queue))),
		messageIds: unique(mails.flatMap(({ clues }) => clues.messageIds)),
	});
	const addresses = await crm.findAddresses({
		ids: unique(deliveries.map(({ addressId }) => addressId)),
		emails: unique(mails.flatMap(emailsOf)),
	});
	const horizon = policy.windowDays === null ? 0 : now.getTime() - policy.windowDays * day;
	const counts = await report.countBounces(
		addresses.map(({ id, countSince }) => ({
			id,
			since: new Date(Math.max(countSince.getTime(), horizon)),
		})),
	);
	return standing(
		deliveries,
		addresses,
		new Map(counts.map((one) => [countKey(one.addressId, one.type), one.count])),
		before,
	);
}

function standing(
	deliveries: Delivery[],
	addresses: Address[],
	counts: ReadonlyMap<string, number>,
	before: Assumed,
): Standing {
	const inWindow = new Assumed();
	const deliveryById = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
	const deliveryByMessageId = new Map(deliveries.map((delivery) => [delivery.messageId, delivery]));
	const addressById = new Map(addresses.map((address) => [address.id, before.hold(address)]));
	const idByEmail = new Map(addresses.toReversed().map(({ email, id }) => [email, id]));
	const idOf = (email: string) => idByEmail.get(email.toLowerCase()) ?? 0;
	const address = (id: number) => {
		const known = addressById.get(id);
		return known && inWindow.hold(known);
	};

	return {
		delivery: (id) => deliveryById.get(id),
		deliveryOfMessage: (messageId) => deliveryByMessageId.get(messageId),
		address,
		addressOf: (email) => address(idOf(email)),
		earlierBounces: (addressId, type) =>
			(counts.get(countKey(addressId, type)) ?? 0) +
			before.bounces(addressId, type) +
			inWindow.bounces(addressId, type),
		assume: (decision) => inWindow.add(decision),
	};
}

/** Recipients whose bounces a rule deletes: they count no more. */
function deletedIn(actions: readonly Action[]): Set<number> {
	return new Set(
		actions.flatMap((action) =>
			action.do === 'follow-rule' && action.wishes.some((wish) => wish.action === 'delete-bounce')
				? [action.position]
				: [],
		),
	);
}

function returnAddressesOf({ returnAddresses, originalHeader }: Clues) {
	return [...returnAddresses, ...originalHeader];
}

function emailsOf({ clues, verdicts }: { clues: Clues; verdicts: readonly Verdict[] }): string[] {
	const reported = verdicts.flatMap(({ recipient }) =>
		recipient ? [recipient.toLowerCase()] : [],
	);
	return [...reported, ...clues.addressesInText];
}

function countKey(addressId: number, type: string): string {
	return `${addressId} ${type}`;
}

function unique<Item>(items: Item[]): Item[] {
	return [...new Set(items)];
}
