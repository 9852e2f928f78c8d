import type { ContactRecord } from '../../../contract/contact.ts';
import type { AddressRow, ContactRow } from '../../../db/schema.ts';
import type { SiteTables } from '../site-tables.ts';
import { removedAddressesOf, selfAndMerged } from './deeds.ts';
import { addressesOf, groupsOf } from './list.ts';

/** See `ContactBook.record`. */
export async function contactRecord(
	tables: SiteTables,
	id: number,
): Promise<ContactRecord | undefined> {
	const row = await contactRow(tables, id);
	return row && toRecord(tables, row);
}

/** See `ContactBook.recordOfUser`. */
export async function recordOfUser(
	tables: SiteTables,
	userId: number,
): Promise<ContactRecord | undefined> {
	const { db, siteId } = tables;
	const row = await db
		.selectFrom('contacts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('wp_user_id', '=', userId)
		.executeTakeFirst();
	return row && toRecord(tables, row);
}

/** A contact as it is stored; in the trash or merged too. */
export function contactRow(
	{ db, siteId }: SiteTables,
	id: number,
): Promise<ContactRow | undefined> {
	return db
		.selectFrom('contacts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.executeTakeFirst();
}

/** What a person can edit of a contact, out of its row. */
export function fieldsOf(row: ContactRow) {
	return {
		kind: row.kind,
		firstName: row.first_name,
		lastName: row.last_name,
		name: row.kind === 'Individual' ? '' : row.display_name,
		employer: row.employer,
		status: row.status,
		doNotEmail: row.do_not_email === 1,
		isOptedOut: row.is_opted_out === 1,
		isDeceased: row.is_deceased === 1,
		note: row.note,
	};
}

async function toRecord(tables: SiteTables, row: ContactRow): Promise<ContactRecord> {
	const addresses = (await addressesOf(tables, [row.id])).get(row.id) ?? [];
	const removed = await removedAddressesOf(tables, await selfAndMerged(tables, row.id));
	const allIds = [...new Set([...addresses, ...removed].map(({ id }) => id))];
	const bounces = await countBy(tables, 'bounces', allIds);
	const sent = await countBy(tables, 'deliveries', allIds);
	const sum = (counts: ReadonlyMap<number, number>) =>
		[...counts.values()].reduce((total, count) => total + count, 0);
	return {
		...fieldsOf(row),
		id: row.id,
		displayName: row.display_name,
		wpUserId: row.wp_user_id,
		source: row.source,
		createdAt: moment(row.created_at),
		changedAt: moment(row.changed_at),
		deletedAt: row.deleted_at === null ? null : moment(row.deleted_at),
		mergedInto: row.merged_into,
		addresses: addresses.map((address) => toAddress(address, bounces.get(address.id) ?? 0)),
		groups: (await groupsOf(tables, [row.id])).get(row.id) ?? [],
		counts: { activities: row.mails, bounces: sum(bounces), sent: sum(sent) },
	};
}

function toAddress(row: AddressRow, bounces: number): ContactRecord['addresses'][number] {
	return {
		id: row.id,
		email: row.email,
		isPrimary: row.is_primary === 1,
		isBulk: row.is_bulk === 1,
		hold: row.hold,
		heldSince: row.held_at === null ? null : moment(row.held_at),
		holdType: row.hold_type,
		holdBecause: row.hold_because,
		bounces,
	};
}

/** Rows a address. */
async function countBy(
	{ db, siteId }: SiteTables,
	table: 'bounces' | 'deliveries',
	addressIds: readonly number[],
): Promise<Map<number, number>> {
	if (addressIds.length === 0) return new Map();
	const { count } = db.fn;
	const rows =
		table === 'bounces'
			? await db
					.selectFrom('bounces')
					.select(['address_id', count<number>('id').as('count')])
					.where('site_id', '=', siteId)
					.where('address_id', 'in', addressIds)
					.where('deleted_at', 'is', null)
					.groupBy('address_id')
					.execute()
			: await db
					.selectFrom('deliveries')
					.select(['address_id', count<number>('id').as('count')])
					.where('site_id', '=', siteId)
					.where('address_id', 'in', addressIds)
					.groupBy('address_id')
					.execute();
	return new Map(rows.map(({ address_id, count }) => [address_id ?? 0, Number(count)]));
}

function moment(ms: number): string {
	return new Date(ms).toISOString();
}
