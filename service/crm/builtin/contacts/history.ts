import type { ContactHistory } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { changesOf } from './changes.ts';
import { removedAddressesOf, selfAndMerged } from './deeds.ts';
import { addressesOf } from './list.ts';
import { contactRow } from './record.ts';

/** See `ContactBook.history`. */
export async function contactHistory(
	tables: SiteTables,
	id: number,
	most: number,
): Promise<ContactHistory | undefined> {
	const contact = await contactRow(tables, id);
	if (!contact) return undefined;
	const ids = await selfAndMerged(tables, id);
	const addresses = new Map<number, string>();
	for (const { id: addressId, email } of [
		...(await removedAddressesOf(tables, ids)),
		...((await addressesOf(tables, [id])).get(id) ?? []),
	])
		addresses.set(addressId, email);
	const addressIds = [...addresses.keys()];
	const changes = await changesOf(tables, ids, most);
	return {
		addresses: [...addresses].map(([addressId, email]) => ({ id: addressId, email })),
		sent: await sentTo(tables, addressIds, most),
		holds: await holdsOf(tables, addressIds, most),
		filed: await filedWith(tables, id, most),
		changes: changes.rows,
		totals: {
			sent: await countRows(tables, 'deliveries', addressIds),
			holds: await countRows(tables, 'hold_history', addressIds),
			filed: contact.mails,
			changes: changes.total,
		},
	};
}

async function sentTo(
	{ db, siteId }: SiteTables,
	addressIds: readonly number[],
	most: number,
): Promise<ContactHistory['sent']> {
	if (addressIds.length === 0) return [];
	const rows = await db
		.selectFrom('deliveries as d')
		.leftJoin('mailings as m', (join) =>
			join.onRef('m.id', '=', 'd.mailing_id').onRef('m.site_id', '=', 'd.site_id'),
		)
		.select(['d.sent_at', 'd.mailing_id', 'd.address_id', 'm.name'])
		.where('d.site_id', '=', siteId)
		.where('d.address_id', 'in', addressIds)
		.orderBy('d.sent_at', 'desc')
		.orderBy('d.id', 'desc')
		.limit(most)
		.execute();
	return rows.map((row) => ({
		at: new Date(row.sent_at),
		mailingId: row.mailing_id,
		mailingName: row.name,
		addressId: row.address_id,
	}));
}

async function holdsOf(
	{ db, siteId }: SiteTables,
	addressIds: readonly number[],
	most: number,
): Promise<ContactHistory['holds']> {
	if (addressIds.length === 0) return [];
	const rows = await db
		.selectFrom('hold_history')
		.select(['at', 'what', 'hold', 'type', 'because', 'who', 'address_id'])
		.where('site_id', '=', siteId)
		.where('address_id', 'in', addressIds)
		.orderBy('id', 'desc')
		.limit(most)
		.execute();
	return rows.map(({ address_id, at, ...row }) => ({
		...row,
		at: new Date(at),
		addressId: address_id,
	}));
}

/** A mail counts once, whether the contact is in it once or, with two addresses, twice. */
async function filedWith(
	{ db, siteId }: SiteTables,
	contactId: number,
	most: number,
): Promise<ContactHistory['filed']> {
	const rows = await db
		.selectFrom('activity_parties as p')
		.innerJoin('activities as a', (join) =>
			join.onRef('a.id', '=', 'p.activity_id').onRef('a.site_id', '=', 'p.site_id'),
		)
		.select(['p.activity_id', 'p.occurred_at', 'p.place', 'p.email', 'a.subject'])
		.where('p.site_id', '=', siteId)
		.where('p.contact_id', '=', contactId)
		.where('a.deleted_at', 'is', null)
		.orderBy('p.occurred_at', 'desc')
		.orderBy('p.activity_id', 'desc')
		.limit(2 * most)
		.execute();
	const filed = new Map<number, ContactHistory['filed'][number]>();
	for (const { activity_id: activityId, occurred_at, subject, place, email } of rows) {
		const wrote = place === 'from' || (filed.get(activityId)?.wrote ?? false);
		filed.set(activityId, { activityId, at: new Date(occurred_at), subject, wrote, email });
	}
	return [...filed.values()].slice(0, most);
}

async function countRows(
	{ db, siteId }: SiteTables,
	table: 'deliveries' | 'hold_history',
	addressIds: readonly number[],
): Promise<number> {
	if (addressIds.length === 0) return 0;
	const { total } = await db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.where('site_id', '=', siteId)
		.where('address_id', 'in', addressIds)
		.executeTakeFirstOrThrow();
	return Number(total);
}
