import { sql } from 'kysely';
import { inPieces } from '../../../db/open.ts';
import type { SiteTables } from '../site-tables.ts';
import type { Step } from './deeds.ts';

/** Whose rows become whose: numbers, or targets of rules ("hold 7"). */
export interface Move {
	/** In whose history the step stands. */
	contactId: number;
	from: number | string;
	to: number | string;
}

/** Gives all rows with one value in a column another one. @returns the step that undoes it; none when there was no row. */
export async function moveRows(
	{ db, siteId }: SiteTables,
	table: 'activity_parties' | 'rule_deeds' | 'bounces' | 'deliveries' | 'hold_history',
	column: 'contact_id' | 'address_id' | 'target',
	{ contactId, from, to }: Move,
): Promise<Step[]> {
	const { rows } = await sql<{ id: number }>`select id from ${sql.table(table)}
		where site_id = ${siteId} and ${sql.ref(column)} = ${from} order by id`.execute(db);
	if (rows.length === 0) return [];
	const ids = rows.map(({ id }) => id);
	for (const piece of inPieces(ids)) {
		await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${to}
			where site_id = ${siteId} and id in (${sql.join(piece)})`.execute(db);
	}
	return [
		{
			contactId,
			thing: 'moved',
			thingId: ids[0]!,
			before: { table, column, ids: JSON.stringify(ids), value: from },
			after: { value: to },
		},
	];
}
