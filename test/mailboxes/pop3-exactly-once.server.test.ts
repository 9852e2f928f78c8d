import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { aSite } from '../support/a-site.ts';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import {
	aBounceAccount,
	countDone,
	doneWith,
	fetchBounces,
	openSite,
	runAndDie,
	seeded,
	threeMails,
} from './exactly-once.ts';

const cuts = 30;
const deaths = 12;

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot();
});
afterAll(() => dovecot.stop());

describe('a connection that is cut at any byte loses nothing and counts nothing twice', () => {
	for (const [what, purges] of [
		['that deletes its mails', { purgeProcessed: true, purgeUnprocessed: true }],
		['that leaves its mails', { purgeProcessed: false, purgeUnprocessed: false }],
	] as const) {
		test(`in a mailbox ${what}`, async () => {
			const { site, db } = await aSite();
			const user = dovecot.addUser();
			const proxy = await startTcpProxy(dovecot.pop3Port);
			const address = user.address({ protocol: 'pop3', port: proxy.port });
			await site.accounts.add({ ...aBounceAccount(address), ...purges });
			const random = seeded(purges.purgeProcessed ? 1 : 2);
			let delivered = 0;
			let broken = 0;

			for (let round = 0; round < cuts; round++) {
				user.inbox.deliver(...(await threeMails(site, round)));
				delivered += 3;
				proxy.become({ cutAfterBytes: proxy.passedBytes() + Math.floor(random() * 12_000) });
				if ((await fetchBounces(site)).state === 'failed') broken++;
				// A mail is deleted only when the journal has it.
				assert.ok((await countDone(db)).journal + user.inbox.mails().length >= delivered);
			}
			proxy.become({});
			assert.equal((await fetchBounces(site)).state, 'done');

			assert.ok(broken >= cuts / 3, `only ${broken} runs were broken`);
			assert.deepEqual(await countDone(db), doneWith(cuts));
			assert.equal(user.inbox.mails().length, purges.purgeProcessed ? 0 : delivered);
			await proxy.close();
		}, 180_000);
	}
});

describe('a process that is killed at any step, and a second run', () => {
	let folder: string;
	let program: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'return-channel-pop3-'));
		program = await bundled(join(import.meta.dirname, '../support/run-and-die.ts'));
	});
	afterAll(() => rm(folder, { recursive: true, force: true }));

	test('lose nothing and count nothing twice', async () => {
		const { steps } = await runAndDie(program, await aScene('alive'));
		const deadly = steps.filter(([step]) => /mailbox|window|filing|commit/.test(step));
		assert.ok(deadly.length >= 8, deadly.map(([step]) => step).join(', '));

		for (const [step, times] of deadly.slice(0, deaths)) {
			const scene = await aScene(step.replace(/\W/g, '-'));
			const { signal } = await runAndDie(program, scene, step, String(Math.ceil(times / 2)));
			assert.equal(signal, 'SIGKILL', `not killed ${step}`);

			const { site, db } = await openSite(scene.database);
			assert.equal((await fetchBounces(site)).state, 'done', step);
			assert.deepEqual(await countDone(db), doneWith(5), step);
			assert.equal(scene.user.inbox.mails().length, 5, `the letters stay: ${step}`);
			await db.destroy();
		}
	}, 300_000);

	async function aScene(name: string) {
		const database = join(folder, `${name}.sqlite`);
		const user = dovecot.addUser();
		const { site, db } = await openSite(database);
		await site.accounts.add(aBounceAccount(user.address({ protocol: 'pop3' })));
		for (let n = 0; n < 5; n++) user.inbox.deliver(...(await threeMails(site, n)));
		await db.destroy();
		return { database, mailFolder: folder, user };
	}
});
