import type { ContactSummary, GroupRef } from '../../../contract/contact.ts';
import type { Request } from '../../../contract/messages.ts';
import type { Page } from '../../../contract/page.ts';
import type { AddressRow } from '../../../db/schema.ts';
import type { SiteTables } from '../site-tables.ts';
import { found } from './found.ts';

type ListFilters = Partial<Request<'listContacts'>>;

const summaryColumns = [
	'c.id',
	'c.kind',
	'c.display_name',
	'c.status',
	'c.do_not_email',
	'c.is_opted_out',
	'c.is_deceased',
	'c.wp_user_id',
	'c.created_at',
	'c.last_mail_at',
	'c.deleted_at',
] as const;

/** See `ContactBook.list`. */
export async function listContacts(
	tables: SiteTables,
	filters: ListFilters,
): Promise<Page<ContactSummary>> {
	if (filters.search && filters.orderby !== 'email') return searchedPage(tables, filters);
	const { total } = await found(tables, filters)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const rows =
		filters.orderby === 'email'
			? await pageByEmail(tables, filters)
			: await pageByColumn(tables, filters);
	return { rows: await summaries(tables, rows), total: Number(total) };
}

type Row = Awaited<ReturnType<typeof pageByColumn>>[number];

function pageByColumn(tables: SiteTables, filters: ListFilters) {
	const { page = 1, per_page = 20 } = filters;
	return inOrder(tables, filters)
		.select(summaryColumns)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
}

/** Words are looked for in everybody's names and addresses; so it looks once, and counts what it found. */
async function searchedPage(
	tables: SiteTables,
	filters: ListFilters,
): Promise<Page<ContactSummary>> {
	const { page = 1, per_page = 20 } = filters;
	const all = await inOrder(tables, filters).select('c.id').execute();
	const ids = all.slice((page - 1) * per_page, page * per_page).map(({ id }) => id);
	if (ids.length === 0) return { rows: [], total: all.length };
	const rows = await found(tables, { deleted: filters.deleted })
		.select(summaryColumns)
		.where('c.id', 'in', ids)
		.execute();
	rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
	return { rows: await summaries(tables, rows), total: all.length };
}

function inOrder(tables: SiteTables, filters: ListFilters) {
	const { orderby = 'name', order = 'asc' } = filters;
	const column = {
		name: 'c.sort_name',
		createdAt: 'c.created_at',
		lastMailAt: 'c.last_mail_at',
		email: 'c.sort_name',
	} as const;
	return (
		found(tables, filters)
			.orderBy(column[orderby], order)
			// With this the order is that of an index.
			.$if(orderby === 'name', (query) => query.orderBy('c.display_name', order))
			.orderBy('c.id', order)
	);
}

/** Along the index of addresses, which is much quicker than to sort contacts by what stands in another table. Who has no
 *  address comes last, whichever way it is sorted. */
async function pageByEmail(tables: SiteTables, filters: ListFilters): Promise<Row[]> {
	const { page = 1, per_page = 20, order = 'asc' } = filters;
	const start = (page - 1) * per_page;
	const withAddress = () =>
		found(tables, filters).innerJoin('addresses as p', (join) =>
			join
				.onRef('p.contact_id', '=', 'c.id')
				.onRef('p.site_id', '=', 'c.site_id')
				.on('p.is_primary', '=', 1),
		);
	const rows = await withAddress()
		.select(summaryColumns)
		.where('p.site_id', '=', tables.siteId)
		.orderBy('p.email_key', order)
		.orderBy('p.contact_id', order)
		.limit(per_page)
		.offset(start)
		.execute();
	if (rows.length === per_page) return rows;

	const { count } = await withAddress()
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	const others = await found(tables, filters)
		.select(summaryColumns)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('addresses as p')
						.select('p.id')
						.whereRef('p.contact_id', '=', 'c.id')
						.whereRef('p.site_id', '=', 'c.site_id')
						.where('p.is_primary', '=', 1),
				),
			),
		)
		.orderBy('c.id')
		.limit(per_page - rows.length)
		.offset(Math.max(0, start - Number(count)))
		.execute();
	return [...rows, ...others];
}

/** Adds addresses and groups to the contacts of a page. */
async function summaries(tables: SiteTables, rows: readonly Row[]): Promise<ContactSummary[]> {
	const ids = rows.map(({ id }) => id);
	const addresses = await addressesOf(tables, ids);
	const groups = await groupsOf(tables, ids);
	return rows.map((row) => {
		const own = addresses.get(row.id) ?? [];
		const primary = own.find(({ is_primary }) => is_primary === 1);
		return {
			id: row.id,
			kind: row.kind,
			displayName: row.display_name,
			email: primary?.email ?? null,
			addressId: primary?.id ?? null,
			hold: primary?.hold ?? null,
			hasHold: own.some(({ hold }) => hold !== null),
			status: row.status,
			doNotEmail: row.do_not_email === 1,
			isOptedOut: row.is_opted_out === 1,
			isDeceased: row.is_deceased === 1,
			isUser: row.wp_user_id !== null,
			groups: groups.get(row.id) ?? [],
			createdAt: new Date(row.created_at).toISOString(),
			lastMailAt: row.last_mail_at === null ? null : new Date(row.last_mail_at).toISOString(),
			isDeleted: row.deleted_at !== null,
		};
	});
}

/** The addresses of contacts, the primary one first. @param ids some hundreds at most */
export async function addressesOf(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
): Promise<Map<number, AddressRow[]>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('addresses')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('contact_id', 'in', ids)
		.orderBy('is_primary', 'desc')
		.orderBy('id')
		.execute();
	const addresses = new Map<number, AddressRow[]>();
	for (const row of rows) {
		const own = addresses.get(row.contact_id);
		if (own) own.push(row);
		else addresses.set(row.contact_id, [row]);
	}
	return addresses;
}

/** The groups of contacts, by name. @param ids some hundreds at most */
export async function groupsOf(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
): Promise<Map<number, GroupRef[]>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('group_members as m')
		.innerJoin('contact_groups as g', (join) =>
			join.onRef('g.id', '=', 'm.group_id').onRef('g.site_id', '=', 'm.site_id'),
		)
		.select(['m.contact_id', 'g.id', 'g.name'])
		.where('m.site_id', '=', siteId)
		.where('m.contact_id', 'in', ids)
		.orderBy('g.name')
		.orderBy('g.id')
		.execute();
	const groups = new Map<number, GroupRef[]>();
	for (const { contact_id, id, name } of rows)
		groups.set(contact_id, [...(groups.get(contact_id) ?? []), { id, name }]);
	return groups;
}
