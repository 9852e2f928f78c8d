import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import type { RunTrigger } from '../../service/contract/job.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

test('an account that fails is left alone by the clock for a while, and heals by itself', async () => {
	const { site, clock, folder } = await aSite();
	const path = join(folder, 'Maildir');
	maildirOnDisk(path).deliver();
	await site.accounts.add(aMaildirAccount(path));
	const fetch = async (trigger: RunTrigger = 'clock') =>
		(await runJob(site, 'fetch_bounces', { trigger })).run;
	await rename(path, `${path}.away`);

	assert.equal((await fetch()).state, 'failed');
	assert.equal((await fetch()).state, 'failed');
	const resting = await fetch();
	assert.equal(resting.state, 'done');
	assert.match(resting.sentence, /^Bounces is tried again at 10:02 UTC, after 2 failures: /);
	assert.equal((await fetch('by-hand')).state, 'failed');

	await rename(`${path}.away`, path);
	clock.advance({ seconds: 5 * 60 });
	assert.match((await fetch()).sentence, /No new mail/);
	assert.match((await fetch()).sentence, /No new mail/);
});
