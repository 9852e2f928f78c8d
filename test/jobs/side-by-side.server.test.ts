import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished, test, vi } from 'vitest';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { startDueJobs } from '../../service/jobs/clock.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import { aMail } from '../contracts/mail-store.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { addressing } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { TcpProxy } from '../support/tcp-proxy.ts';

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot();
}, 120_000);
afterAll(() => dovecot.stop());

/** Takes connections and never says a word. */
async function aSilentServer() {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		sockets.add(socket);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const hangUp = () => {
		for (const socket of sockets) socket.destroy();
		server.close();
	};
	onTestFinished(hangUp);
	const { port } = server.address() as AddressInfo;
	return { port, callers: () => sockets.size, hangUp };
}

function anImapAccount(port: number, over: Partial<AccountForm> = {}): AccountForm {
	return {
		...addressing,
		name: 'Slow',
		usedFor: 'bounces',
		protocol: 'imap',
		server: '127.0.0.1',
		port,
		security: 'none',
		verifyCertificate: true,
		userName: 'dave',
		password: 'secret',
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
		...over,
	};
}

test('an account whose server says nothing keeps the others of its site from nothing', async () => {
	const { site, folder, clock } = await aSite();
	const silent = await aSilentServer();
	const path = join(folder, 'Maildir');
	maildirOnDisk(path).deliver(aMail('one'), aMail('two'));
	await site.accounts.add(anImapAccount(silent.port, { usedFor: 'activities' }));
	await site.accounts.add({ ...aMaildirAccount(path), name: 'Quick', usedFor: 'activities' });

	const running = runJob(site, 'process_incoming_emails', { trigger: 'clock' });
	const progress = await vi.waitUntil(async () => {
		const run = (await site.jobs.list(clock.now())).find(({ running: now }) => now)?.running;
		return run?.done === 2 && run;
	}, 5_000);
	assert.equal(progress.total, 2);
	await vi.waitUntil(() => silent.callers() === 1, 10_000);
	const second = await runJob(site, 'process_incoming_emails', { trigger: 'clock' });
	assert.equal(second.isOurs, false);
	silent.hangUp();

	const { run } = await running;
	assert.equal(run.state, 'done');
	assert.match(run.sentence, /^2 mails read: .* “Slow” could not be read; the job log says why\.$/);
	assert.deepEqual(
		run.log.map(({ level, sentence }) => [level, sentence.split(' ')[0]]),
		[
			['error', 'Slow:'],
			['info', 'Quick:'],
		],
	);
	const states = (await site.accounts.list()).map(({ name, failures }) => [name, failures]);
	assert.deepEqual(states, [
		['Slow', 1],
		['Quick', 0],
	]);
}, 30_000);

test('fifty sites whose servers say nothing keep another site waiting for two seconds at most', async () => {
	const { sites, folder } = await aSite();
	const silent = await aSilentServer();
	for (let n = 10; n < 60; n++) {
		const slow = await sites.introduce({ id: `${n}`, name: '', url: '', adminEmail: '' });
		await slow.accounts.add(anImapAccount(silent.port));
	}
	const good = await sites.introduce({ id: '99', name: 'Good', url: '', adminEmail: '' });
	const path = join(folder, 'Maildir');
	const inbox = maildirOnDisk(path);
	inbox.deliver(aMail('one'));
	await good.accounts.add(aMaildirAccount(path));

	const runs: Promise<unknown>[] = [];
	await startDueJobs(sites, { watch: (run) => runs.push(run), log: openLog('silent') });
	await vi.waitUntil(() => inbox.mails().length === 0, 10_000);
	await vi.waitUntil(() => silent.callers() === 50, 10_000);

	silent.hangUp();
	await Promise.all(runs);
}, 30_000);

test('ten mailboxes that fall silent in the middle of a mail keep another one from nothing', async () => {
	const { sites } = await aSite();
	const proxies: TcpProxy[] = [];
	for (let n = 10; n < 20; n++) {
		const user = dovecot.addUser();
		user.inbox.deliver(Buffer.concat([aMail('long'), Buffer.alloc(200_000, 'words, ')]));
		const proxy = await startTcpProxy(dovecot.imapPort, { stallAfterBytes: 50_000 });
		proxies.push(proxy);
		const slow = await sites.introduce({ id: `${n}`, name: '', url: '', adminEmail: '' });
		const { name: userName, password } = user;
		await slow.accounts.add(anImapAccount(proxy.port, { userName, password }));
	}
	const runs: Promise<unknown>[] = [];
	await startDueJobs(sites, { watch: (run) => runs.push(run), log: openLog('silent') });
	const stalled = () => proxies.filter((proxy) => proxy.passedBytes() >= 50_000).length;
	await vi.waitUntil(() => stalled() >= 6, 10_000);

	const user = dovecot.addUser();
	user.inbox.deliver(aMail('one'));
	const good = await sites.introduce({ id: '99', name: 'Good', url: '', adminEmail: '' });
	const { name: userName, password } = user;
	await good.accounts.add(anImapAccount(dovecot.imapPort, { userName, password }));
	const { run: quick } = await runJob(good, 'fetch_bounces', { trigger: 'clock' });
	assert.match(quick.sentence, /^1 mail read/);

	await Promise.all(proxies.map((proxy) => proxy.close()));
	await Promise.all(runs);
	const slow = await sites.find('10');
	const [run] = (await slow!.jobs.runs({ job: 'fetch_bounces' })).rows;
	assert.equal(run!.state, 'failed');
	assert.match(run!.sentence, /broke off/);
}, 30_000);
