import type { ExportedContact, ExportFilters } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { found } from './found.ts';
import { addressesOf, groupsOf } from './list.ts';
import { fieldsOf } from './record.ts';

const atOnce = 500;

/** See `ContactBook.everybody`. */
export async function* everybody(
	tables: SiteTables,
	{ ids, ...filters }: ExportFilters,
): AsyncGenerator<ExportedContact[]> {
	for (let after = 0; ;) {
		const rows = await found(tables, filters)
			.selectAll('c')
			.where('c.id', '>', after)
			.$if(ids !== undefined, (query) => query.where('c.id', 'in', ids ?? []))
			.orderBy('c.id')
			.limit(atOnce)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		const listed = rows.map(({ id }) => id);
		const addresses = await addressesOf(tables, listed);
		const groups = await groupsOf(tables, listed);
		yield rows.map((row) => ({
			...fieldsOf(row),
			emails: (addresses.get(row.id) ?? []).map(({ email }) => email),
			groups: (groups.get(row.id) ?? []).map(({ name }) => name),
		}));
		after = last.id;
	}
}
