import assert from 'node:assert/strict';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished, test, vi } from 'vitest';
import { runJob } from '../../service/jobs/run-job.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

test('a run that ends while the database cannot be written says so as soon as it can', async () => {
	vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
	onTestFinished(() => void vi.useRealTimers());
	const { site, db, folder } = await aSite();
	const path = join(folder, 'Maildir');
	maildirOnDisk(path).deliver(Buffer.from('Subject: Hello\n\nHi\n'));
	await site.accounts.add(aMaildirAccount(path));
	const readOnly = (isOn: boolean) =>
		sql.raw(`pragma query_only = ${isOn ? 'on' : 'off'}`).execute(db);
	const { bounceAccount } = site.accounts;
	site.accounts.bounceAccount = async () => {
		const account = await bounceAccount();
		await readOnly(true);
		return account;
	};

	const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
	assert.equal(run.state, 'running');
	vi.advanceTimersByTime(60_000);
	await readOnly(false);
	vi.advanceTimersByTime(20_000);

	await vi.waitFor(async () => {
		const ended = await site.jobs.run(run.id);
		assert.equal(ended!.state, 'failed');
		assert.match(ended!.sentence, /^The database cannot be written\./);
		assert.deepEqual(
			ended!.log.map(({ sentence }) => sentence),
			[ended!.sentence],
		);
	});
	assert.equal(vi.getTimerCount(), 0);
});
