import { inPieces } from '../../../../db/open.ts';
import type { ContactRow } from '../../../../db/schema.ts';
import type { SiteTables } from '../../site-tables.ts';
import { addressesOf, groupsOf } from '../list.ts';
import { fieldsOf } from '../record.ts';
import type { Known } from './decide-row.ts';

/** Adds the contacts that have one of these addresses to what is known; who is known already stays as he is there. Of two
 *  contacts with one address the older is meant.
 *  @param emails in lower case */
export async function loadKnown(
	tables: SiteTables,
	emails: readonly string[],
	known: Map<string, Known>,
): Promise<void> {
	const { db, siteId } = tables;
	const wanted = [...new Set(emails)].filter((email) => !known.has(email));
	for (const piece of inPieces(wanted)) {
		const found = await db
			.selectFrom('addresses as a')
			.innerJoin('contacts as c', (join) =>
				join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
			)
			.selectAll('c')
			.where('a.site_id', '=', siteId)
			.where('a.email_key', 'in', piece)
			.where('c.deleted_at', 'is', null)
			.orderBy('c.id')
			.execute();
		if (found.length === 0) continue;
		for (const contact of await knownOf(tables, found)) {
			for (const email of contact.emails) {
				const key = email.toLowerCase();
				if (!known.has(key)) known.set(key, contact);
			}
		}
	}
}

async function knownOf(tables: SiteTables, rows: readonly ContactRow[]): Promise<Known[]> {
	const contacts = new Map(rows.map((row) => [row.id, row]));
	const ids = [...contacts.keys()];
	const addresses = await addressesOf(tables, ids);
	const groups = await groupsOf(tables, ids);
	return [...contacts.values()].map((row) => ({
		id: row.id,
		...fieldsOf(row),
		emails: (addresses.get(row.id) ?? []).map(({ email }) => email),
		groups: new Set((groups.get(row.id) ?? []).map(({ name }) => name.toLowerCase())),
	}));
}
