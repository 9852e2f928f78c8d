import type { HoldKind } from '../../../contract/address.ts';
import type { AddressRow } from '../../../db/schema.ts';
import type { SiteTables } from '../site-tables.ts';
import { difference } from './deeds.ts';
import type { Step } from './deeds.ts';
import { addressesOf } from './list.ts';
import { moveRows } from './move-rows.ts';

/** The worst last. */
const holdsByWeight: readonly (HoldKind | null)[] = [null, 'bounce', 'manual', 'opt-out'];

/** Gives the addresses of one contact to another. An address that both have becomes one: the worse hold stays, and what was
 *  sent to and what bounced at either is its history. */
export async function mergeAddresses(
	tables: SiteTables,
	keepId: number,
	dropId: number,
): Promise<Step[]> {
	const addresses = await addressesOf(tables, [keepId, dropId]);
	const kept = addresses.get(keepId) ?? [];
	const steps: Step[] = [];
	for (const row of addresses.get(dropId) ?? []) {
		const same = kept.find(({ email_key }) => email_key === row.email_key);
		steps.push(
			...(same
				? await unite(tables, same, row)
				: await moveAddress(tables, row, keepId, {
						is_primary: kept.length === 0 ? row.is_primary : 0,
						is_bulk: kept.some(({ is_bulk }) => is_bulk === 1) ? 0 : row.is_bulk,
					})),
		);
	}
	return steps;
}

async function moveAddress(
	tables: SiteTables,
	row: AddressRow,
	keepId: number,
	marks: { is_primary: number; is_bulk: number },
): Promise<Step[]> {
	return changeAddress(tables, row, { contact_id: keepId, ...marks }, keepId);
}

async function changeAddress(
	{ db, siteId }: SiteTables,
	row: AddressRow,
	columns: Record<string, string | number | null>,
	contactId: number,
): Promise<Step[]> {
	const changed = difference({ ...row }, columns);
	if (!changed) return [];
	await db
		.updateTable('addresses')
		.set(changed.after)
		.where('site_id', '=', siteId)
		.where('id', '=', row.id)
		.execute();
	return [{ contactId, thing: 'address', thingId: row.id, ...changed }];
}

async function unite(tables: SiteTables, kept: AddressRow, dropped: AddressRow): Promise<Step[]> {
	const move = { contactId: kept.contact_id, from: dropped.id, to: kept.id };
	const holds = { ...move, from: `hold ${dropped.id}`, to: `hold ${kept.id}` };
	const steps = [
		...(await moveRows(tables, 'deliveries', 'address_id', move)),
		...(await moveRows(tables, 'bounces', 'address_id', move)),
		...(await moveRows(tables, 'hold_history', 'address_id', move)),
		...(await moveRows(tables, 'rule_deeds', 'address_id', move)),
		...(await moveRows(tables, 'rule_deeds', 'target', holds)),
	];
	await tables.db
		.deleteFrom('addresses')
		.where('site_id', '=', tables.siteId)
		.where('id', '=', dropped.id)
		.execute();
	const { hold, held_at, hold_type, hold_because, hold_bounce_id } = worseHold(kept, dropped);
	const columns = {
		hold,
		held_at,
		hold_type,
		hold_because,
		hold_bounce_id,
		// Whoever released it last wanted the count to start again.
		count_since: Math.max(kept.count_since, dropped.count_since),
	};
	return [
		...steps,
		{
			contactId: dropped.contact_id,
			thing: 'address',
			thingId: dropped.id,
			before: { ...dropped },
			after: null,
		},
		...(await changeAddress(tables, kept, columns, kept.contact_id)),
	];
}

function worseHold(kept: AddressRow, dropped: AddressRow): AddressRow {
	const weight = ({ hold }: AddressRow) => holdsByWeight.indexOf(hold);
	return weight(dropped) > weight(kept) ? dropped : kept;
}
