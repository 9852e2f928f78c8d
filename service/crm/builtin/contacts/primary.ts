import { inPieces } from '../../../db/open.ts';
import type { SiteTables } from '../site-tables.ts';
import { addressesOf } from './list.ts';

/** Makes sure that each contact with addresses has exactly one primary one, and one for mailings at most: where there are more,
 *  the oldest stays; where there is none, the oldest address becomes it. */
export async function keepOnePrimary(
	tables: SiteTables,
	contactIds: readonly number[],
): Promise<void> {
	for (const piece of inPieces(contactIds)) {
		for (const addresses of (await addressesOf(tables, piece)).values()) {
			const byAge = addresses.toSorted((a, b) => a.id - b.id);
			const primary = byAge.find(({ is_primary }) => is_primary === 1) ?? byAge[0];
			const bulk = byAge.find(({ is_bulk }) => is_bulk === 1);
			for (const row of byAge) {
				const is_primary = row === primary ? 1 : 0;
				const is_bulk = row === bulk ? 1 : 0;
				if (row.is_primary === is_primary && row.is_bulk === is_bulk) continue;
				await tables.db
					.updateTable('addresses')
					.set({ is_primary, is_bulk })
					.where('site_id', '=', tables.siteId)
					.where('id', '=', row.id)
					.execute();
			}
		}
	}
}
