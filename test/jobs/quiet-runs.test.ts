import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'vitest';
import type { RunTrigger } from '../../service/contract/job.ts';
import { runDueJobs } from '../../service/jobs/run-due-jobs.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

async function aFetchingClock() {
	const bench = await aSite();
	const path = join(bench.folder, 'Maildir');
	const inbox = maildirOnDisk(path);
	inbox.deliver();
	await bench.site.accounts.add(aMaildirAccount(path));
	const minute = async (trigger: RunTrigger = 'clock') => {
		bench.clock.advance({ seconds: 60 });
		await runJob(bench.site, 'fetch_bounces', { trigger });
	};
	const said = async () =>
		(await bench.site.jobs.runs({ order: 'asc' })).rows.map(({ sentence }) => sentence);
	return { ...bench, inbox, minute, said };
}

test('runs that find nothing new are one line of the log, which says how many they were', async () => {
	const { minute, said, site, clock } = await aFetchingClock();
	for (let n = 0; n < 3; n++) await minute();

	assert.deepEqual(await said(), [
		'No new mail in the mailbox. So it was 3 times since 2026-05-05 10:01 UTC.',
	]);
	const [job] = await site.jobs.list(clock.now());
	assert.equal(job!.lastRunAt, clock.now().toISOString());
});

test('what happened, and what people started, stays in the log', async () => {
	const { minute, said, inbox } = await aFetchingClock();
	await minute();
	inbox.deliver(Buffer.from('From: a@example.org\nSubject: Hello\n\nHi\n'));
	await minute();
	await minute();
	await minute('by-hand');
	await minute();
	await minute();

	assert.deepEqual(await said(), [
		'No new mail in the mailbox.',
		'1 mail read: 0 bounces recorded, 0 addresses held, 1 mail ignored.',
		'No new mail in the mailbox.',
		'No new mail in the mailbox.',
		'No new mail in the mailbox. So it was 2 times since 2026-05-05 10:05 UTC.',
	]);
});

test('a job without an account to read says so once, and begins when there is one', async () => {
	const { site, clock, folder } = await aSite();
	const minute = async () => {
		clock.advance({ seconds: 60 });
		const { started, finished } = await runDueJobs(site, 'clock');
		await finished;
		return started.map(({ job }) => job);
	};
	assert.ok((await minute()).includes('fetch_bounces'));
	assert.ok(!(await minute()).includes('fetch_bounces'));
	const path = join(folder, 'Maildir');
	maildirOnDisk(path).deliver();

	await site.accounts.add(aMaildirAccount(path));

	assert.deepEqual(await minute(), ['fetch_bounces']);
});

test('a run for one account leaves the others due when they were', async () => {
	const { site, clock, minute } = await aFetchingClock();
	await minute();
	await site.jobs.change('fetch_bounces', { frequency: 'hourly', isEnabled: true });
	const [account] = await site.accounts.list();
	clock.advance({ seconds: 59 * 60 });
	const parameters = { accountId: account!.id };
	await runJob(site, 'fetch_bounces', { trigger: 'mail-arrived', parameters });

	clock.advance({ seconds: 60 });

	assert.ok((await site.jobs.due(clock.now())).includes('fetch_bounces'));
});
