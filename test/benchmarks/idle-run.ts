/** One measurement of `bench:idle` as a process of its own, so that its processor time and memory are nobody else's. Told what to
 *  do as JSON; prints what it measured as JSON. */
import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '../../service/db/open.ts';
import { startDueJobs } from '../../service/jobs/clock.ts';
import { watchMailboxes } from '../../service/jobs/watch-mailboxes.ts';
import { openLog } from '../../service/log.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { openSites } from '../../service/sites.ts';
import { testSecret } from '../support/a-mailing.ts';
import { lookWithImapflow } from './look-with-imapflow.ts';

export type Task =
	/** imapflow alone: connect, sign in, STATUS, log out. */
	| { what: 'imapflow'; addresses: MailboxAddress[]; rounds: number }
	/** Our mail store alone: open, count, close. */
	| { what: 'store'; addresses: MailboxAddress[]; rounds: number }
	/** What the clock does each minute, for every site of a database. */
	| { what: 'round'; database: string; rounds: number }
	/** Connections kept for accounts that are read as their mail arrives. */
	| { what: 'watch'; database: string; accounts: number; restSeconds: number };

export interface Measured {
	/** The best of the rounds, because others use the machine too. */
	cpuSeconds: number;
	seconds: number;
	megabytes: number;
	/** What each watcher adds. */
	kilobytesEach: number;
	runs: number;
	/** How many of them found anything else than nothing new. */
	odd: string[];
}

const atOnce = 20;
const task = JSON.parse(readFileSync(0, 'utf8')) as Task;
const measured = await measure(task);
writeSync(1, JSON.stringify({ ...nothing(), ...measured }));
process.exit(0);

function nothing(): Measured {
	return { cpuSeconds: 0, seconds: 0, megabytes: megabytes(), kilobytesEach: 0, runs: 0, odd: [] };
}

function measure(wanted: Task): Promise<Partial<Measured>> {
	switch (wanted.what) {
		case 'imapflow':
			return inRounds(wanted, () => eachOf(wanted.addresses, lookWithImapflow));
		case 'store':
			return inRounds(wanted, () => eachOf(wanted.addresses, lookWithStore));
		case 'round':
			return measureRounds(wanted);
		case 'watch':
			return measureWatchers(wanted);
	}
}

/** Does a round first that is not measured: programs are slow when they begin. */
async function inRounds(
	{ rounds }: { rounds: number },
	round: () => Promise<void>,
): Promise<Pick<Measured, 'cpuSeconds' | 'seconds'>> {
	await round();
	let best = { cpuSeconds: Infinity, seconds: Infinity };
	for (let n = 0; n < rounds; n++) {
		const before = process.cpuUsage();
		const startedAt = performance.now();
		await round();
		const cpuSeconds = cpuSecondsSince(before);
		const seconds = (performance.now() - startedAt) / 1000;
		if (cpuSeconds < best.cpuSeconds) best = { cpuSeconds, seconds };
	}
	return best;
}

async function eachOf(
	addresses: readonly MailboxAddress[],
	look: (address: MailboxAddress) => Promise<void>,
): Promise<void> {
	const left = [...addresses];
	const lane = async () => {
		for (let address = left.pop(); address; address = left.pop()) await look(address);
	};
	await Promise.all(Array.from({ length: atOnce }, lane));
}

async function lookWithStore(address: MailboxAddress): Promise<void> {
	const store = await openMailbox(address);
	if ((await store.countWaiting()) > 0) throw new Error(`There is mail in ${store.name}.`);
	await store.close();
}

async function measureRounds({ database, rounds }: Extract<Task, { what: 'round' }>) {
	const { db, sites, log } = await openService(database);
	const figures = await inRounds({ rounds }, async () => {
		const runs: Promise<unknown>[] = [];
		await startDueJobs(sites, { watch: (run) => runs.push(run), log });
		await Promise.all(runs);
	});
	const rows = await db.selectFrom('runs').select(['job', 'sentence']).execute();
	const odd = rows.filter(
		({ job, sentence }) => job === 'fetch_bounces' && sentence !== 'No new mail in the mailbox.',
	);
	await db.destroy();
	return {
		...figures,
		runs: rows.length,
		odd: odd.slice(0, 3).map(({ sentence }) => sentence),
	};
}

async function measureWatchers({
	database,
	accounts,
	restSeconds,
}: Extract<Task, { what: 'watch' }>): Promise<Partial<Measured>> {
	const { sites, log } = await openService(database);
	const lonely = megabytes();
	const watch = watchMailboxes(sites, { watch: () => undefined, log });
	const startedAt = performance.now();
	const beforeAll = process.cpuUsage();
	await watch.adjust();
	while (watch.watching() < accounts) {
		if (performance.now() - startedAt > 120_000)
			throw new Error(`Only ${watch.watching()} of ${accounts} mailboxes are watched.`);
		await pause(100);
	}
	const seconds = (performance.now() - startedAt) / 1000;
	const cpuSecondsToBegin = cpuSecondsSince(beforeAll);
	globalThis.gc?.();
	await pause(2_000);
	const before = process.cpuUsage();
	await pause(restSeconds * 1_000);
	const cpuSeconds = cpuSecondsSince(before) / restSeconds;
	const all = megabytes();
	return {
		cpuSeconds,
		seconds,
		megabytes: all,
		kilobytesEach: ((all - lonely) * 1024) / accounts,
		odd: [`${cpuSecondsToBegin.toFixed(2)} s CPU to begin`],
	};
}

async function openService(database: string) {
	const db = await openDatabase(database);
	const log = openLog('silent');
	return { db, log, sites: openSites(db, { secret: testSecret, mailFolders: [] }, { log }) };
}

function cpuSecondsSince(before: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}

function megabytes(): number {
	return process.memoryUsage.rss() / 1024 / 1024;
}
