import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { KyselyPlugin } from 'kysely';
import { test } from 'vitest';
import type { Database } from '../service/db/open.ts';
import { runJob } from '../service/jobs/run-job.ts';
import { openLog } from '../service/log.ts';
import { openSites } from '../service/sites.ts';
import { aMaildirAccount } from './support/a-maildir-account.ts';
import { testSecret } from './support/a-mailing.ts';
import { aSite } from './support/a-site.ts';
import { maildirOnDisk } from './support/maildir-on-disk.ts';

test('a run that finds nothing new asks a few things, and nothing of what grows with every mail', async () => {
	const asked = await statementsOfAnIdleRun();

	assert.ok(asked.length <= 24, `${asked.length} statements:\n${asked.join('\n')}`);
	const ofHistory =
		/"(journal|bounces|raw_mails|deliveries|addresses|hold_history|contacts|activities)"/;
	assert.deepEqual(
		asked.filter((text) => ofHistory.test(text)),
		[],
	);
});

/** What a run asks the database when the mailbox is empty. */
async function statementsOfAnIdleRun(): Promise<string[]> {
	const { db, site, folder } = await aSite();
	const path = join(folder, 'Maildir');
	maildirOnDisk(path).deliver();
	await site.accounts.add(aMaildirAccount(path));

	const asked: string[] = [];
	const config = { secret: testSecret, mailFolders: [folder] };
	const sites = openSites(db.withPlugin(listener(db, asked)), config, { log: openLog('silent') });
	const listened = (await sites.find('1'))!;
	await runJob(listened, 'fetch_bounces', { trigger: 'clock' });
	asked.length = 0;
	const { run } = await runJob(listened, 'fetch_bounces', { trigger: 'clock' });
	assert.match(run.sentence, /^No new mail/);
	return asked;
}

function listener(db: Database, heard: string[]): KyselyPlugin {
	const executor = db.getExecutor();
	return {
		transformQuery: ({ node, queryId }) => {
			heard.push(executor.compileQuery(node, queryId).sql);
			return node;
		},
		transformResult: async ({ result }) => result,
	};
}
