import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from './schema.ts';

/** Rows of all sites in a table, and of one site. */
const rowsInAll = 1_000_000;
const rowsOfSite = 100_000;

/** Columns that have few values: into so many parts the rows of a site fall. Of any other column a value stands in ten rows. */
const parts: Readonly<Record<string, number>> = {
	deleted_at: 1,
	merged_into: 1,
	is_primary: 1.3,
	hold: 1.3,
	rule_id: 4,
	type: 4,
	status: 2,
	kind: 2,
	outcome: 3,
	ignored_because: 3,
	account_id: 4,
	campaign: 4,
	position: 2,
	group_id: 20,
	// Of a domain: an expression, which has no name.
	'': 100,
	state: 3,
	page: 4,
};
const rowsOfValue = 10;

/** Tells SQLite what the tables of a big site are like, in place of what `analyze` would find. Told nothing, it believes that a site
 *  has ten rows in each table, and goes through all of them where an index would find the one; and what it found at one
 *  time would be wrong later, or for another site of the network. So a query takes the same way in every database, on the first
 *  day, after years, and in a test.
 *  Written as SQLite's file format says in §2.6.3 (“The sqlite_stat1 table”), and only when it changed. */
export async function describeBigSite(db: Kysely<Tables>): Promise<void> {
	const rows = await statistics(db);
	const told = await sql`select tbl, idx, stat from sqlite_stat1 order by idx`
		.execute(db)
		.catch(() => undefined);
	if (JSON.stringify(told?.rows) === JSON.stringify(rows)) return;
	await db.transaction().execute(async (transaction) => {
		// Makes the table, when there is none.
		await sql`analyze sqlite_schema`.execute(transaction);
		await sql`delete from sqlite_stat1`.execute(transaction);
		const values = rows.map(({ tbl, idx, stat }) => sql`(${tbl}, ${idx}, ${stat})`);
		await sql`insert into sqlite_stat1 (tbl, idx, stat) values ${sql.join(values)}`.execute(
			transaction,
		);
	});
	await sql`analyze sqlite_schema`.execute(db);
}

interface Statistic {
	tbl: string;
	idx: string;
	stat: string;
}

/** One for each index that begins with the site. */
async function statistics(db: Kysely<Tables>): Promise<Statistic[]> {
	const { rows } = await sql<{ tbl: string; idx: string; unique: number; columns: string }>`
		select t.name as tbl, i.name as idx, i."unique",
			(select group_concat(name) from (select coalesce(name, '') as name from pragma_index_info(i.name) order by seqno)) as columns
		from sqlite_schema t, pragma_index_list(t.name) i where t.type = 'table' order by i.name`.execute(
		db,
	);
	return rows.flatMap(({ tbl, idx, unique, columns }) => {
		const counts = rowsOfEach(columns.split(','), unique === 1);
		return counts ? [{ tbl, idx, stat: [rowsInAll, ...counts].join(' ') }] : [];
	});
}

/** How many rows have the same values in the first columns of an index: in the first, in the first two, …
 *  @returns undefined for an index that does not begin with the site */
function rowsOfEach([first, ...columns]: readonly string[], isUnique: boolean) {
	if (first !== 'site_id') return undefined;
	let rows = rowsOfSite;
	const counts = [rows];
	for (const column of columns) {
		const share = parts[column];
		rows = share ? rows / share : Math.min(rows / 2, rowsOfValue);
		counts.push(Math.max(1, Math.round(rows)));
	}
	return isUnique ? [...counts.slice(0, -1), 1] : counts;
}
