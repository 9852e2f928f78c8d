import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { test } from 'vitest';
import type { Database } from '../../service/db/open.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { countDone, doneWith, fetchBounces, threeMails } from './exactly-once.ts';

/** Pages of 4 KB that the database may still grow: it gets stuck at the first write, or somewhere in the middle. */
const room = [0, 1, 2, 4, 8];
const roundsEach = 8;

test('a full disk fails the run in words; nothing is lost, and when there is space it is read once', async () => {
	const { site, db, folder } = await aSite();
	const inbox = maildirOnDisk(`${folder}/Maildir`);
	const filed = ['processed', 'ignored'].map((name) =>
		maildirOnDisk(`${folder}/Maildir/.CiviMail.${name}`),
	);
	inbox.deliver();
	await site.accounts.add(aMaildirAccount(inbox.path));
	let rounds = 0;
	let stuck = 0;

	for (const pages of room) {
		for (let n = 0; n < roundsEach; n++) inbox.deliver(...(await threeMails(site, rounds++)));
		await limit(db, pages);
		const full = await fetchBounces(site);
		if (full.state === 'failed') {
			stuck++;
			assert.match(full.sentence, /no space left/);
			assert.doesNotMatch(full.sentence, /SQLITE|undefined/);
		}
		const done = await countDone(db);
		assert.ok(inbox.mails().length + done.journal >= 3 * rounds);

		await limit(db, null);
		const run = await fetchBounces(site);

		assert.equal(run.state, 'done', run.sentence);
		assert.deepEqual(await countDone(db), doneWith(rounds));
		assert.deepEqual(
			[inbox, ...filed].map((one) => one.mails().length),
			[0, 2 * rounds, rounds],
		);
	}
	assert.ok(stuck >= 3, `only ${stuck} runs were stuck`);
});

/** @param pages how many more there may be; null for as many as there can be */
async function limit(db: Database, pages: number | null): Promise<void> {
	const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
	const most = pages === null ? 1_000_000 : rows[0]!.page_count + pages;
	await sql.raw(`pragma max_page_count = ${most}`).execute(db);
}
