/** `npm run bench:filing`: how fast people's mail is filed, from a Maildir into SQLite on disk, and what that costs; beside it
 *  what reading the same files and giving them to mailparser costs, with nothing kept. `TMPDIR=/dev/shm` takes the disk
 *  out. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { usualFilingSettings } from '../../service/contract/activity.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import { anActivityAccount } from '../support/a-filing-site.ts';
import { testSecret } from '../support/a-mailing.ts';
import { bundled } from '../support/bundled.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import type { Measured } from './fetch-run.ts';
import { aLetter, aMailWithAttachments, writeHugeMail } from './filing-mails.ts';
import { asStarted } from './as-started.ts';

/** What we hold ourselves to. */
const targets = { smallASecond: 1_000, bigASecond: 250, megabytes: 160 };
const hugeMegabytes = 100;

if (process.argv.length > 2) {
	console.error('Usage: npm run bench:filing');
	process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'rc-bench-filing-'));
const program = await bundled(fileURLToPath(new URL('filing-run.ts', import.meta.url)));
try {
	await measure('10,000 letters of 2 KB', {
		count: 10_000,
		mail: aLetter,
		least: targets.smallASecond,
	});
	await measure('1,000 mails of 240 KB on average, with attachments', {
		count: 1_000,
		mail: aMailWithAttachments,
		least: targets.bigASecond,
		isBig: true,
	});
	await measureHuge();
} finally {
	rmSync(folder, { recursive: true, force: true });
}

async function measure(
	what: string,
	{
		count,
		mail,
		least,
		isBig = false,
	}: { count: number; mail: (n: number) => Buffer; least: number; isBig?: boolean },
): Promise<void> {
	console.log(`\n${what}`);
	const place = mkdtempSync(join(folder, 'mails-'));
	const maildir = maildirOnDisk(join(place, 'Maildir'));
	for (let n = 0; n < count; n++) maildir.deliver(mail(n));
	const bare = await inItsOwnProcess('bare', maildir.path);
	const whole = await inItsOwnProcess('whole', await aSiteReading(maildir.path, place), place);
	report('reading and mailparser, nothing kept  ', bare);
	report('whole run, Process Incoming Emails    ', whole);
	console.log(`  ${whole.sentence}`);
	if (whole.mails !== count) throw new Error(`Only ${whole.mails} of ${count} mails were read.`);
	const rate = whole.mails / whole.seconds;
	judge(`${rate.toFixed(0)} mails a second`, rate >= least, `at least ${least}`);
	if (isBig) judgeMemory(whole);
	rmSync(place, { recursive: true, force: true });
}

async function measureHuge(): Promise<void> {
	console.log(`\nOne mail of ${hugeMegabytes} MB`);
	const place = mkdtempSync(join(folder, 'huge-'));
	const maildir = maildirOnDisk(join(place, 'Maildir'));
	maildir.deliver();
	await writeHugeMail(join(maildir.path, 'new', '1780000000.M1P1.bench'), hugeMegabytes);
	const database = await aSiteReading(maildir.path, place);
	const whole = await inItsOwnProcess('whole', database, place);
	report('whole run, Process Incoming Emails    ', whole);
	console.log(`  ${whole.sentence}`);
	judgeMemory(whole);
}

/** @returns the database of a site that files the Maildir's mail. */
async function aSiteReading(maildir: string, place: string): Promise<string> {
	mkdirSync(place, { recursive: true });
	const database = join(place, 'service.sqlite');
	const db = await openDatabase(database);
	const config = { secret: testSecret, mailFolders: [place] };
	const sites = openSites(db, config, { log: openLog('silent') });
	const site = await sites.introduce({ id: '1', name: 'Example Trust', url: '', adminEmail: '' });
	await site.accounts.add(anActivityAccount(maildir));
	const bytes = 2 * hugeMegabytes * 1024 * 1024;
	await site.filingSettings.write({
		...usualFilingSettings,
		largestMailBytes: bytes,
		largestAttachmentBytes: bytes,
	});
	await db.destroy();
	return database;
}

function report(label: string, { mails, seconds, cpuSeconds, peakMegabytes }: Measured): void {
	console.log(
		`  ${label} ${(mails / seconds).toFixed(0).padStart(6)} mails/s   ${seconds.toFixed(2)} s, ${cpuSeconds.toFixed(2)} s of processor time (${(mails / cpuSeconds).toFixed(0)} mails each), ${peakMegabytes.toFixed(0)} MB at most`,
	);
}

function judgeMemory({ peakMegabytes }: Measured): void {
	judge(
		`${peakMegabytes.toFixed(0)} MB of memory at most`,
		peakMegabytes <= targets.megabytes,
		`at most ${targets.megabytes} MB`,
	);
}

function judge(what: string, isMet: boolean, target: string): void {
	console.log(`  ${isMet ? 'met   ' : 'MISSED'}  ${what} (${target})`);
	if (!isMet) process.exitCode = 1;
}

async function inItsOwnProcess(what: 'bare' | 'whole', ...args: string[]): Promise<Measured> {
	const run = spawn(process.execPath, [...asStarted, program, what, ...args], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [output, [exitCode]] = await Promise.all([text(run.stdout), once(run, 'exit')]);
	if (exitCode !== 0) throw new Error(`The measured process ended with ${String(exitCode)}.`);
	return JSON.parse(output) as Measured;
}
