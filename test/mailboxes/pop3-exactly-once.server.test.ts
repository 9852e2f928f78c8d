import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { AccountFields } from '../../service/contract/account.ts';
import type { Database } from '../../service/db/open.ts';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { addressing, sendMailingTo, testSecret } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';

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
			await site.accounts.add({ ...anAccount(user), ...purges, port: proxy.port });
			const random = seeded(purges.purgeProcessed ? 1 : 2);
			let delivered = 0;
			let broken = 0;

			for (let round = 0; round < cuts; round++) {
				user.inbox.deliver(...(await someMails(site, round)));
				delivered += 3;
				proxy.become({ cutAfterBytes: proxy.passedBytes() + Math.floor(random() * 12_000) });
				if ((await fetchBounces(site)) === 'failed') broken++;
				// A mail is deleted only when the journal has it.
				assert.ok((await count(db, 'journal')) + user.inbox.mails().length >= delivered);
			}
			proxy.become({});
			assert.equal(await fetchBounces(site), 'done');

			assert.ok(broken >= cuts / 3, `only ${broken} runs were broken`);
			assert.equal(await count(db, 'bounces'), 2 * cuts);
			assert.equal(await count(db, 'journal'), delivered);
			assert.equal(await count(db, 'raw_mails'), delivered);
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
		const alive = await run((await aScene('alive')).database);
		const { steps } = JSON.parse(alive.output) as { steps: [string, number][] };
		const deadly = steps.filter(([step]) => /mailbox|window|filing|commit/.test(step));
		assert.ok(deadly.length >= 8, deadly.map(([step]) => step).join(', '));

		for (const [step, times] of deadly.slice(0, deaths)) {
			const { database, user } = await aScene(step.replace(/\W/g, '-'));
			const died = await run(database, step, String(Math.ceil(times / 2)));
			assert.equal(died.signal, 'SIGKILL', `not killed ${step}`);

			const { site, db } = await open(database);
			assert.equal(await fetchBounces(site), 'done', step);
			assert.equal(await count(db, 'bounces'), 10, step);
			assert.equal(await count(db, 'journal'), 15, step);
			assert.equal(user.inbox.mails().length, 5, `the letters stay: ${step}`);
			await db.destroy();
		}
	}, 300_000);

	async function aScene(name: string) {
		const database = join(folder, `${name}.sqlite`);
		const user = dovecot.addUser();
		const { site, db } = await open(database);
		await site.accounts.add(anAccount(user));
		for (let n = 0; n < 5; n++) user.inbox.deliver(...(await someMails(site, n)));
		await db.destroy();
		return { database, user };
	}

	async function run(...words: string[]) {
		const [database = '', ...death] = words;
		const job = 'fetch_bounces';
		const child = spawn(process.execPath, [program, job, database, folder, ...death], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
		return { output, signal: String(signal) };
	}
});

async function open(database: string): Promise<{ site: Site; db: Database }> {
	const db = await openDatabase(database);
	const config = { secret: testSecret, mailFolders: [] };
	const sites = openSites(db, config, { log: openLog('silent') });
	const about = { id: '1', name: 'Example Trust', url: '', adminEmail: '' };
	return { site: (await sites.find('1')) ?? (await sites.introduce(about)), db };
}

function anAccount(user: DovecotUser): AccountFields & { password: string } {
	const { server, port, userName, password } = user.address({ protocol: 'pop3' });
	return {
		...addressing,
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: 'pop3',
		server,
		port,
		security: 'none',
		verifyCertificate: false,
		userName,
		password,
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
	};
}

/** Two bounces of two people, and a letter that is nothing to us. */
async function someMails(site: Site, round: number): Promise<Buffer[]> {
	const sent = await sendMailingTo(site, `ann-${round}@dest.example`, `bob-${round}@dest.example`);
	const bounces = sent.map(({ returnAddress, email }) =>
		aBounce({ returnAddress, recipient: email }),
	);
	return [...bounces, aLetter(`Letter ${round}`)];
}

async function fetchBounces(site: Site): Promise<string> {
	const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
	return run.state;
}

async function count(db: Database, table: 'bounces' | 'journal' | 'raw_mails'): Promise<number> {
	const { n } = await db
		.selectFrom(table)
		.select((eb) => eb.fn.countAll<number>().as('n'))
		.executeTakeFirstOrThrow();
	return Number(n);
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}
