import assert from 'node:assert/strict';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { watchMailboxes } from '../../service/jobs/watch-mailboxes.ts';
import { openLog } from '../../service/log.ts';
import { addressing } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';

let dovecot: Dovecot;
beforeAll(async () => {
	dovecot = await startDovecot();
}, 120_000);
afterAll(() => dovecot.stop());

const aMail = (n: number) => Buffer.from(`From: a@example.org\nSubject: Mail ${n}\n\nHi\n`);

async function aWatchedSite(asMailArrives = true) {
	const user = dovecot.addUser();
	const { site, sites } = await aSite();
	const { server, port } = user.address();
	const account = await site.accounts.add({
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: 'imap',
		server,
		port,
		security: 'none',
		verifyCertificate: true,
		userName: user.name,
		password: user.password,
		...addressing,
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
		asMailArrives,
	});
	const runs: Promise<unknown>[] = [];
	let told: () => void = () => undefined;
	const watch = watchMailboxes(sites, {
		watch: (work) => {
			runs.push(work);
			told();
		},
		log: openLog('silent'),
	});
	onTestFinished(() => watch.stop());
	/** Resolves when so many runs were started and have ended. */
	const ran = async (count: number) => {
		while (runs.length < count) await new Promise<void>((resolve) => (told = resolve));
		await Promise.all(runs);
	};
	const sentences = async () =>
		(await site.jobs.runs({})).rows.map(({ sentence }) => sentence).toReversed();
	return { site, user, account, watch, runs, ran, sentences };
}

test('mail is read when it arrives, and what waited before at once', async () => {
	const { user, watch, ran, sentences } = await aWatchedSite();
	user.inbox.deliver(aMail(1));

	await watch.adjust();
	await ran(1);
	user.inbox.deliver(aMail(2));
	await ran(2);

	const said = await sentences();
	assert.match(said[0] ?? '', /^1 mail read/);
	assert.match(said[1] ?? '', /^1 mail read/);
}, 60_000);

test('an account that does not ask for it, or no longer, is not watched', async () => {
	const { site, user, account, watch, runs, ran } = await aWatchedSite();
	user.inbox.deliver(aMail(1));
	await watch.adjust();
	await ran(1);
	const { id, password: _, ...fields } = { password: undefined, ...account };

	await site.accounts.change(id, { ...fields, asMailArrives: false });
	await watch.adjust();

	assert.equal(runs.length, 1);
	assert.doesNotMatch(dovecot.log(), new RegExp(`imap\\(${user.name}\\).*Panic`));
}, 60_000);

test('a stop hangs up at once, also while a connection is being made again', async () => {
	const { site, account, watch } = await aWatchedSite();
	const { id, ...fields } = account;
	await site.accounts.change(id, { ...fields, port: 1, password: 'x' });
	await watch.adjust();

	await watch.stop();
}, 20_000);
