import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { attentionOf } from '../../service/http/attention.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

async function aSiteWithAMaildir() {
	const bench = await aSite();
	const path = join(bench.folder, 'Maildir');
	maildirOnDisk(path).deliver();
	await bench.site.accounts.add(aMaildirAccount(path));
	const { site } = bench;
	return {
		...bench,
		path,
		fetch: () => runJob(site, 'fetch_bounces', { trigger: 'by-hand' }),
		attention: async () => attentionOf(site, await site.accounts.list()),
	};
}

test('an account that fails asks for attention, urgently after a day, until it works', async () => {
	const { path, clock, fetch, attention, site } = await aSiteWithAMaildir();
	await fetch();
	assert.deepEqual(await attention(), []);

	await rename(path, `${path}.away`);
	await fetch();
	const [first] = await attention();
	assert.equal(first?.kind, 'account-failing');
	assert.match(first?.sentence ?? '', /^Bounces: /);
	assert.equal(first?.isUrgent, false);
	const since = clock.now().toISOString();

	clock.advance({ hours: 25 });
	await fetch();
	const later = (await attention()).find(({ kind }) => kind === 'account-failing');
	assert.equal(later?.isUrgent, true);
	assert.equal(later?.key, first?.key, 'it is the same trouble');
	assert.equal((await site.accounts.list())[0]?.failingSince, since);

	await rename(`${path}.away`, path);
	await fetch();
	assert.equal((await site.accounts.list())[0]?.failingSince, null);
});

test('a clock that starts nothing for half an hour asks for attention, on a site that has mail to read', async () => {
	const { clock, fetch, attention, site } = await aSiteWithAMaildir();
	clock.advance({ seconds: 29 * 60 });
	assert.deepEqual(await attention(), []);

	clock.advance({ seconds: 2 * 60 });
	const [stopped] = await attention();
	assert.equal(stopped?.kind, 'clock-stopped');
	assert.match(stopped?.sentence ?? '', /since 2026-05-05 10:00 UTC/);

	await fetch();
	assert.equal((await attention()).length, 1, 'by hand is not by itself');
	for (const name of await site.jobs.due(clock.now()))
		await runJob(site, name, { trigger: 'clock' });
	assert.deepEqual(await attention(), []);
});

test('without an account, a clock that stands still is nobody’s trouble', async () => {
	const { site, clock } = await aSite();
	clock.advance({ days: 3 });

	assert.deepEqual(await attentionOf(site, []), []);
});
