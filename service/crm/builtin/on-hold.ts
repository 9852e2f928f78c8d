import type { AddressOnHold, HoldKind } from '../../contract/address.ts';
import type { Page } from '../../contract/page.ts';
import { contains, dayAfter, startOfDay } from '../../db/filters.ts';
import type { HoldFilters } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';

/** Addresses on hold that the filters find, one page of them. */
export async function listOnHold(
	tables: SiteTables,
	filters: HoldFilters,
): Promise<Page<AddressOnHold>> {
	const { page = 1, per_page = 20, orderby = 'heldSince', order = 'desc' } = filters;
	const column = { heldSince: 'a.held_at', email: 'a.email_key', type: 'a.hold_type' } as const;

	const rows = await withColumns(onHold(tables, filters))
		.orderBy(column[orderby], order)
		.orderBy('a.id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await onHold(tables, filters)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	return { rows: rows.map(toAddressOnHold), total: Number(total) };
}

/** Ids of all addresses on hold that the filters find. */
export async function idsOnHold(tables: SiteTables, filters: HoldFilters): Promise<number[]> {
	return (await onHold(tables, filters).select('a.id').execute()).map(({ id }) => id);
}

/** One address, if it is on hold. */
export async function addressOnHold(
	tables: SiteTables,
	addressId: number,
): Promise<AddressOnHold | undefined> {
	const row = await withColumns(onHold(tables, {}))
		.where('a.id', '=', addressId)
		.executeTakeFirst();
	return row && toAddressOnHold(row);
}

function onHold(
	{ db, siteId }: SiteTables,
	{ search, hold, type, domain, from, until }: HoldFilters,
) {
	let query = db
		.selectFrom('addresses as a')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
		)
		.where('a.site_id', '=', siteId)
		.where('a.hold', 'is not', null)
		.where('c.deleted_at', 'is', null);
	if (hold) query = query.where('a.hold', '=', hold);
	if (type) query = query.where('a.hold_type', '=', type);
	if (domain) query = query.where('a.domain', '=', domain.toLowerCase());
	if (from) query = query.where('a.held_at', '>=', startOfDay(from));
	if (until) query = query.where('a.held_at', '<', dayAfter(until));
	if (search) {
		query = query.where((eb) =>
			eb.or([contains('a.email_key', search.toLowerCase()), contains('c.display_name', search)]),
		);
	}
	return query;
}

function withColumns(query: ReturnType<typeof onHold>) {
	return query.select([
		'a.id',
		'a.email',
		'a.contact_id',
		'c.display_name',
		'a.hold',
		'a.held_at',
		'a.hold_type',
		'a.hold_because',
		'a.hold_bounce_id',
	]);
}

function toAddressOnHold(row: {
	id: number;
	email: string;
	contact_id: number;
	display_name: string;
	hold: HoldKind | null;
	held_at: number | null;
	hold_type: string | null;
	hold_because: string | null;
	hold_bounce_id: number | null;
}): AddressOnHold {
	return {
		addressId: row.id,
		email: row.email,
		contactId: row.contact_id,
		contactName: row.display_name,
		hold: row.hold ?? 'bounce',
		heldSince: new Date(row.held_at ?? 0).toISOString(),
		type: row.hold_type,
		because: row.hold_because,
		bounceId: row.hold_bounce_id,
	};
}
