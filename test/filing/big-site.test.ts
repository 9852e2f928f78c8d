import assert from 'node:assert/strict';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import { describe, onTestFinished, test, vi } from 'vitest';
import { aFilingSite, aMail } from '../support/a-filing-site.ts';

/** Tables in which a site has few rows, whatever its size. */
const small = 'accounts|jobs|never_file|settings|contact_groups|sqlite_sequence';
const walk = new RegExp(
	`^SCAN (?!CONSTANT|\\d+-ROW|\\(subquery|latest|${small})|^SEARCH (?!${small}).*\\(site_id=\\?\\)`,
);

/** Steps of a query's plan that go through all of a table, or all that a site has in one. */
function walks(database: SQLite.Database, sql: string): string[] {
	const values = Array.from(sql.matchAll(/\?/g), () => 1);
	const plan = database.prepare(`explain query plan ${sql}`).all(values) as { detail: string }[];
	return plan.map(({ detail }) => detail).filter((step) => walk.test(step));
}

const mails = [
	aMail({ id: 'first@people.example' }),
	aMail({ id: 'first@people.example', to: 'Bert <bert@people.example>' }),
	aMail({ subject: 'Re: A question', headers: ['In-Reply-To: <first@people.example>'] }),
	aMail({
		subject: 'A file',
		headers: ['Content-Type: application/pdf', 'Content-Transfer-Encoding: base64'],
		body: Buffer.alloc(6_000, 'x').toString('base64'),
	}),
];

describe('filing looks at no more of a site with a million mails than of an empty one', () => {
	test('in its statements', async () => {
		const prepare = vi.spyOn(SQLite.prototype, 'prepare');
		const { file, folder } = await aFilingSite();
		prepare.mockClear();
		for (const mail of mails) await file(mail);
		const asked = prepare.mock.calls.map(([sql]) => sql);
		const database = new SQLite(join(folder, 'service.sqlite'));
		onTestFinished(() => void database.close());

		assert.ok(asked.some((sql) => sql.includes('activity_parties')));
		for (const sql of asked) assert.deepEqual(walks(database, sql), [], sql);
	});

	test('in the triggers that count mails and make them found', async () => {
		const { folder } = await aFilingSite();
		const database = new SQLite(join(folder, 'service.sqlite'));
		onTestFinished(() => void database.close());
		const triggers = database
			.prepare(`select name, sql from sqlite_master where type = 'trigger'`)
			.all() as { name: string; sql: string }[];

		assert.ok(triggers.length > 5);
		for (const { name, sql } of triggers) {
			const [, body = ''] = /\bbegin\b(.*)\bend$/s.exec(sql) ?? [];
			const steps = body.replace(/\b(?:new|old)\.\w+/g, '?').split(';');
			for (const step of steps.filter((one) => one.trim()))
				assert.deepEqual(walks(database, step), [], name);
		}
	});
});
