import { inPieces } from '../../../db/open.ts';
import type { Chosen } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { idsOf } from './found.ts';

/** See `ContactBook.heldAddresses`. */
export async function heldAddresses(tables: SiteTables, chosen: Chosen): Promise<number[]> {
	const { db, siteId } = tables;
	const held: number[] = [];
	for (const piece of inPieces(await idsOf(tables, chosen))) {
		const rows = await db
			.selectFrom('addresses')
			.select('id')
			.where('site_id', '=', siteId)
			.where('contact_id', 'in', piece)
			.where('hold', 'is not', null)
			.execute();
		held.push(...rows.map(({ id }) => id));
	}
	return held;
}
