import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AccountFields } from '../../service/contract/account.ts';
import { openDatabase } from '../../service/db/open.ts';
import type { Database } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { addressing, sendMailingTo, testSecret } from '../support/a-mailing.ts';

/** Opens a database, or makes it, with site "1" in it. */
export async function openSite(
	database: string,
	mailFolders: string[] = [],
): Promise<{ site: Site; db: Database }> {
	const db = await openDatabase(database);
	const sites = openSites(db, { secret: testSecret, mailFolders }, { log: openLog('silent') });
	const about = { id: '1', name: 'Example Trust', url: '', adminEmail: '' };
	return { site: (await sites.find('1')) ?? (await sites.introduce(about)), db };
}

/** The account that reads its bounces from a mailbox. */
export function aBounceAccount(address: MailboxAddress): AccountFields & { password: string } {
	const { protocol, server, port, security, userName, password, source } = address;
	const isFile = server === '';
	return {
		...addressing,
		name: 'Bounces',
		usedFor: 'bounces',
		protocol,
		server,
		port: isFile ? null : port,
		security,
		verifyCertificate: false,
		userName,
		password,
		returnPath: '',
		source: protocol === 'pop3' ? '' : source,
		filingFolder: 'CiviMail',
		isActive: true,
	};
}

/** Two bounces of two people nobody had before, and a letter that is nothing to us. */
export async function threeMails(site: Site, round: number): Promise<Buffer[]> {
	const sent = await sendMailingTo(site, `ann-${round}@dest.example`, `bob-${round}@dest.example`);
	const bounces = sent.map(({ returnAddress, email }) =>
		aBounce({ returnAddress, recipient: email }),
	);
	return [...bounces, aLetter(`Letter ${round}`)];
}

/** @returns how the run of Fetch Bounces ended, and its sentence */
export async function fetchBounces(site: Site): Promise<{ state: string; sentence: string }> {
	const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
	return { state: run.state, sentence: run.sentence };
}

/** What the database says was done: mails written down, mails kept, bounces counted, addresses held. */
export async function countDone(db: Database) {
	const count = async (table: 'bounces' | 'journal' | 'raw_mails' | 'hold_history') => {
		const counted = db.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('n'));
		return Number((await counted.executeTakeFirstOrThrow()).n);
	};
	return {
		bounces: await count('bounces'),
		journal: await count('journal'),
		raw: await count('raw_mails'),
		held: await count('hold_history'),
	};
}

/** What `countDone` must say after so many times three mails. */
export function doneWith(rounds: number) {
	return { bounces: 2 * rounds, journal: 3 * rounds, raw: 3 * rounds, held: 2 * rounds };
}

/** Numbers from 0 to 1, the same for the same seed (a linear congruential generator). */
export function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

/** Runs the bundled `run-and-die.ts` with Fetch Bounces.
 *  @param death a step and which occurrence of it; without one it lives and tells the steps */
export async function runAndDie(
	program: string,
	{ database, mailFolder }: { database: string; mailFolder: string },
	...death: string[]
): Promise<{ signal: string; steps: [step: string, times: number][] }> {
	const words = [program, 'fetch_bounces', database, mailFolder, ...death];
	const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [output, [, signal]] = await Promise.all([text(child.stdout), once(child, 'close')]);
	const { steps = [] } = (output ? JSON.parse(output) : {}) as { steps?: [string, number][] };
	return { signal: String(signal), steps };
}

/** Works on items, two at a time: so many processors there are. */
export async function twoAtATime<Item>(
	items: readonly Item[],
	work: (item: Item) => Promise<void>,
): Promise<void> {
	const waiting = [...items];
	const lane = async () => {
		for (let item = waiting.shift(); item; item = waiting.shift()) await work(item);
	};
	await Promise.all([lane(), lane()]);
}
