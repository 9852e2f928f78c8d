import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AccountForm } from '../../service/settings/accounts.ts';
import type { Database } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { wholeMailLimits } from '../../service/mailboxes/mail-store.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import type { Site } from '../../service/site.ts';
import { aMail, anActivityAccount } from '../support/a-filing-site.ts';
import { aMailWithFiles } from '../support/a-mail-with-files.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { seeded } from './exactly-once.ts';

const cuts = 20;
const fileBytes = 150_000;

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

describe.each(['imap', 'pop3'] as const)('People’s mail with big files by %s', (protocol) => {
	test('is filed once and whole, wherever the connection is cut while it comes in pieces', async () => {
		const { site, db } = await aSite();
		const user = dovecot.addUser();
		const address = user.address({ protocol });
		const proxy = await startTcpProxy(address.port);
		await site.accounts.add(anAccount({ ...address, port: proxy.port }));
		const random = seeded(protocol === 'imap' ? 5 : 6);
		const files: string[] = [];
		const deliver = () => {
			const bytes = randomBytes(fileBytes);
			const n = files.push(createHash('sha256').update(bytes).digest('hex'));
			user.inbox.deliver(
				aMailWithFiles({
					id: `${n}@people.example`,
					files: [{ name: 'plan.bin', type: 'application/x-plan', bytes }],
				}),
				aMail({ subject: `Question ${n}` }),
			);
		};
		const run = async () => {
			const { run } = await runJob(inPieces(site), 'process_incoming_emails', {
				trigger: 'by-hand',
			});
			return run;
		};

		let broken = 0;
		for (let cut = 0; cut < cuts; cut++) {
			deliver();
			const length = 1.5 * fileBytes * (user.inbox.mails().length / 2);
			proxy.become({ cutAfterBytes: proxy.passedBytes() + Math.floor(random() * length) });
			if ((await run()).state === 'failed') broken++;
		}
		proxy.become({});
		const last = await run();
		await proxy.close();

		assert.equal(last.state, 'done', last.sentence);
		assert.ok(broken >= cuts / 3, `only ${broken} runs were broken`);
		assert.equal(user.inbox.mails().length, 0);
		assert.equal((await site.activities.list({ per_page: 1 })).total, 2 * files.length);
		assert.deepEqual(await bigFiles(db), files.sort());
	}, 180_000);
});

/** The hashes of all big files that were kept, each as often as it is on record. */
async function bigFiles(db: Database): Promise<string[]> {
	const rows = await db
		.selectFrom('attachments')
		.select(['sha256', 'size_bytes', 'problem'])
		.where('file_name', '=', 'plan.bin')
		.execute();
	for (const { size_bytes, problem } of rows)
		assert.deepEqual({ size_bytes, problem }, { size_bytes: fileBytes, problem: null });
	return rows.map(({ sha256 }) => sha256!).sort();
}

/** Even these files are too big to come at once. */
function inPieces(site: Site): Site {
	return {
		...site,
		openMailbox: (address, limits = wholeMailLimits) =>
			site.openMailbox(address, { ...limits, windowSize: 4, readLimitBytes: 32 * 1024 }),
	};
}

function anAccount({ protocol, server, port, userName, password }: MailboxAddress): AccountForm {
	const purges = { purgeProcessed: true, purgeUnprocessed: true };
	const reached = { protocol, server, port, userName, password, security: 'none' as const };
	return { ...anActivityAccount(''), ...purges, ...reached };
}
