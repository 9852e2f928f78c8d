import { CompiledQuery } from 'kysely';
import type { Insertable } from 'kysely';
import { inPieces } from './open.ts';
import type { Database } from './open.ts';
import type { Tables } from './schema.ts';

/** Inserts many rows, some hundred a statement. The statement is put together here, because Kysely makes an object of each value
 *  and reads them all again to write `?`: as much work as inserting the row.
 *  @param rows all with the same columns
 *  @param onConflict what SQLite shall do instead, from "on conflict" on */
export async function insertRows<Table extends keyof Tables & string>(
	db: Database,
	table: Table,
	rows: readonly Insertable<Tables[Table]>[],
	onConflict = '',
): Promise<void> {
	const [first] = rows;
	if (!first) return;
	const columns = Object.keys(first) as (keyof typeof first)[];
	const names = columns.map((column) => `"${String(column)}"`).join(', ');
	const places = `(${columns.map(() => '?').join(', ')})`;
	for (const piece of inPieces(rows)) {
		const all = Array.from(piece, () => places).join(', ');
		const values: unknown[] = [];
		for (const row of piece) for (const column of columns) values.push(row[column]);
		await db.executeQuery(
			CompiledQuery.raw(`insert into "${table}" (${names}) values ${all} ${onConflict}`, values),
		);
	}
}

/** The first of some numbers for rows that are inserted next, none of which was ever given. Call it in a transaction, so that
 *  nobody else takes them. */
export async function nextId(db: Database, table: keyof Tables & string): Promise<number> {
	const { rows } = await db.executeQuery<{ seq: number }>(
		CompiledQuery.raw('select seq from sqlite_sequence where name = ?', [table]),
	);
	return (rows[0]?.seq ?? 0) + 1;
}
