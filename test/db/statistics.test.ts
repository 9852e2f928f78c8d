import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, onTestFinished, test } from 'vitest';
import type { Database } from '../../service/db/open.ts';
import { openDatabase } from '../../service/db/open.ts';

async function opened(path = ':memory:'): Promise<Database> {
	const db = await openDatabase(path);
	onTestFinished(() => db.destroy());
	return db;
}

async function planOf(db: Database, query: string): Promise<string> {
	const { rows } = await sql<{ detail: string }>`${sql.raw(`explain query plan ${query}`)}`.execute(
		db,
	);
	return rows.map(({ detail }) => detail).join('\n');
}

const twenty = Array.from({ length: 20 }, (_, n) => n + 1).join(',');

describe('SQLite looks things up, also where a site has very many', () => {
	test.each([
		['addresses', 'contact_id', 'contact_id=?'],
		['group_members', 'contact_id', 'contact_id=?'],
		['activities', 'id', 'rowid=?'],
		['activity_parties', 'activity_id', 'activity_id=?'],
		['bounces', 'id', 'rowid=?'],
		['rule_deeds', 'bounce_id', 'bounce_id=?'],
		['journal', 'id', 'rowid=?'],
	])('twenty %s by %s', async (table, column, step) => {
		const plan = await planOf(
			await opened(),
			`select * from ${table} where site_id = '1' and ${column} in (${twenty})`,
		);
		assert.ok(plan.includes(step), plan);
	});

	test('the rows of a site in every table, without those of other sites', async () => {
		const db = await opened();
		const { rows } = await sql<{ name: string }>`
			select t.name from sqlite_schema t, pragma_table_info(t.name) c
			where t.type = 'table' and c.name = 'site_id' and t.sql not like 'create virtual table%'`.execute(
			db,
		);
		assert.ok(rows.length > 30);
		for (const { name } of rows) {
			const plan = await planOf(db, `select * from ${name} where site_id = '1'`);
			assert.match(plan, /^SEARCH .*site_id=\?/, name);
		}
	});

	test('each index of a site is described, and only once', async () => {
		const folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
		onTestFinished(() => rm(folder, { recursive: true }));
		const path = join(folder, 'service.sqlite');
		const written = async (db: Database) => {
			const { rows } = await sql<{ changes: number }>`select total_changes() as changes`.execute(
				db,
			);
			return rows[0]!.changes;
		};
		const db = await opened(path);
		const { rows } = await sql<{ name: string }>`
			select name from sqlite_schema where type = 'index' and sql like '%("site_id"%'
			and name not in (select idx from sqlite_stat1)`.execute(db);
		assert.deepEqual(rows, []);
		assert.ok((await written(db)) > 50);
		assert.equal(await written(await opened(path)), 0);
	});
});
