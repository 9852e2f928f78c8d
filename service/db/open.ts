import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely, Migrator, sql } from 'kysely';
import { migrations } from './migrations/index.ts';
import type { Tables } from './schema.ts';
import { describeBigSite } from './statistics.ts';
import { SqliteDialect } from './sqlite-driver.ts';

export type Database = Kysely<Tables>;

/** Opens the database and brings its tables up to date; two processes may do so at once.
 *  @param path of the SQLite file, made with its folder when missing, or ":memory:".
 *  @throws when a migration fails; nothing of it stays. */
export async function openDatabase(path: string): Promise<Database> {
	if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
	const db = new Kysely<Tables>({ dialect: new SqliteDialect(path) });

	const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
	const { error } = await migrator.migrateToLatest();
	if (error) {
		await db.destroy();
		throw new Error(`The database ${path} could not be brought up to date.`, { cause: error });
	}
	await describeBigSite(db);
	// What SQLite notes while a statement runs needs no file; only making an index of a whole table needs more than a little.
	await sql`pragma temp_store = memory`.execute(db);
	return db;
}

/** Writes what is true only while this process lives (who runs what, when was something looked at) without waiting for the disk:
 *  all of it or nothing, but a power cut may undo it. Waiting costs milliseconds in which nothing else goes on, and such notes are
 *  written all day for every site.
 *  @param db outside of a transaction; inside of one the notes are as durable as the rest of it */
export async function inPassing<Result>(
	db: Database,
	work: (db: Database) => Promise<Result>,
): Promise<Result> {
	if (db.isTransaction) return work(db);
	return db.connection().execute(async (connection) => {
		await sql`pragma synchronous = normal`.execute(connection);
		try {
			return await connection.transaction().execute(work);
		} finally {
			await sql`pragma synchronous = full`.execute(connection);
		}
	});
}

/** Rows a statement: SQLite takes 32,766 values, and texts of one length are prepared once. */
const rowsAStatement = 200;

/** Cuts a long list so that each piece fits one statement. What is left in the end is cut by powers of two: there are few lengths
 *  then, each prepared once, where any length would be a statement of its own that is kept ready. */
export function inPieces<Item>(items: readonly Item[], size = rowsAStatement): Item[][] {
	const pieces: Item[][] = [];
	for (let start = 0; start < items.length;) {
		const left = items.length - start;
		const length = left >= size ? size : 2 ** Math.floor(Math.log2(left));
		pieces.push(items.slice(start, start + length));
		start += length;
	}
	return pieces;
}
