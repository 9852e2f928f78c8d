/** `npm run bench:fetch -- [--protocol pop3] [counts…]`: how fast bounces go from a real Dovecot into their filing folder, and what that
 *  costs, beside a bare client that only fetches and moves the same mails in the same minute. The mailboxes lie in the
 *  system's folder for temporary files, where moving mostly waits for the disk; `TMPDIR=/dev/shm` takes the disk out
 *  and is the harder test of the program. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { openSites } from '../../service/sites.ts';
import { addressing, sendMailingTo, testSecret } from '../support/a-mailing.ts';
import { generateBounce } from '../support/bounce-generator.ts';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { DovecotUser } from '../support/dovecot.ts';
import { fetchAndMoveBarely } from './bare-client.ts';
import { fetchAndDeleteBarely } from './bare-pop3-client.ts';
import type { Measured } from './fetch-run.ts';

const seed = 20_260_105;
const bareWindow = 2_000;
/** What we hold ourselves to. */
const targets = { shareOfBare: 0.2, steadiness: 0.85, megabytes: 250 };

const words = process.argv.slice(2);
const isPop3 = words[0] === '--protocol' && words[1] === 'pop3';
const protocol = isPop3 ? ('pop3' as const) : ('imap' as const);
const counts = words.slice(isPop3 ? 2 : 0).map(Number);
if (counts.some((count) => !Number.isInteger(count) || count < 1)) {
	console.error('Usage: npm run bench:fetch -- [--protocol pop3] [number of mails …]');
	process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'rc-bench-'));
const program = await bundled(fileURLToPath(new URL('fetch-run.ts', import.meta.url)));
const dovecot = await startDovecot();
try {
	const rates: number[] = [];
	for (const count of counts.length > 0 ? counts : [1_000, 10_000]) {
		rates.push(await measure(count));
	}
	if (rates.length > 1) {
		const steadiness = rates.at(-1)! / rates[0]!;
		judge(
			`The rate at the biggest mailbox is ${percent(steadiness)} of that at the smallest`,
			steadiness >= targets.steadiness,
			`at least ${percent(targets.steadiness)}`,
		);
	}
} finally {
	await dovecot.stop();
	rmSync(folder, { recursive: true, force: true });
}

/** Measures each way with a freshly seeded mailbox; the bare client first and last, because the machine may be busier
 *  at one end. @returns mails a second of the whole run */
async function measure(count: number): Promise<number> {
	console.log(`\n${count} bounces`);
	const bare = [await measureBare(count)];
	const store = await inItsOwnProcess(
		'store',
		JSON.stringify(seededUser(count).address({ protocol })),
	);
	const whole = await inItsOwnProcess('whole', await seededSite(count));
	bare.push(await measureBare(count));

	const bareRate = (2 * count) / (bare[0]! + bare[1]!);
	console.log(
		`  bare client, fetch and move only  ${rate(bareRate)}   (${bare.map((s) => `${s.toFixed(2)} s`).join(' and ')})`,
	);
	report('our mail store, fetch and move   ', store, bareRate);
	report('whole run, the job Fetch Bounces ', whole, bareRate);
	console.log(`  ${whole.sentence}`);
	for (const { mails } of [store, whole]) {
		if (mails !== count) throw new Error(`Only ${mails} of ${count} mails were read.`);
	}
	const wholeRate = whole.mails / whole.seconds;
	judge(
		`The whole run reaches ${percent(wholeRate / bareRate)} of the bare client`,
		wholeRate / bareRate >= targets.shareOfBare,
		`at least ${percent(targets.shareOfBare)}`,
	);
	judge(
		`Peak memory is ${Math.round(whole.peakMegabytes)} MB`,
		whole.peakMegabytes <= targets.megabytes,
		`at most ${targets.megabytes} MB`,
	);
	return wholeRate;
}

function report(
	name: string,
	{ mails, seconds, cpuSeconds, peakMegabytes }: Measured,
	bare: number,
) {
	const share = percent(mails / seconds / bare);
	console.log(
		`  ${name} ${rate(mails / seconds)}   ${share} of bare   ${cpuSeconds.toFixed(2)} s CPU   ${Math.round(peakMegabytes)} MB`,
	);
}

function judge(sentence: string, isMet: boolean, target: string): void {
	console.log(`  ${isMet ? 'met:   ' : 'MISSED:'} ${sentence} (${target}).`);
	if (!isMet) process.exitCode = 1;
}

function rate(mailsPerSecond: number): string {
	return `${mailsPerSecond.toFixed(0).padStart(6)} mails/s`;
}

function percent(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}

/** @returns seconds */
async function measureBare(count: number): Promise<number> {
	const { name, password } = seededUser(count);
	const startedAt = performance.now();
	const filed = 'INBOX/CiviMail/processed';
	const done = isPop3
		? await fetchAndDeleteBarely(dovecot.pop3Port, name, password, bareWindow)
		: await fetchAndMoveBarely(dovecot.imapPort, name, password, filed, bareWindow);
	if (done !== count) throw new Error(`The bare client moved ${done} of ${count} mails.`);
	return (performance.now() - startedAt) / 1000;
}

/** A mailbox full of bounces to return addresses of nobody in particular. */
function seededUser(count: number): DovecotUser {
	const user = dovecot.addUser();
	for (let n = 0; n < count; n++) {
		const hash = n.toString(16).padStart(16, '0');
		const returnAddress = `return+b.12.${n + 1}.${hash}@example.org`;
		user.inbox.deliver(generateBounce(n, returnAddress, recipientOf(n), seed));
	}
	return user;
}

/** A site whose mailing went to so many people and bounced at each. @returns its database */
async function seededSite(count: number): Promise<string> {
	const user = dovecot.addUser();
	const database = join(folder, `${count}.sqlite`);
	const db = await openDatabase(database);
	const sites = openSites(db, { secret: testSecret, mailFolders: [] }, { log: openLog('silent') });
	const site = await sites.introduce({
		id: '1',
		name: 'Example Trust',
		url: 'https://example.org',
		adminEmail: 'admin@example.org',
	});
	await site.accounts.add(bounceAccount(user.address({ protocol })));
	await site.inTransaction(async (inside) => {
		const emails = Array.from({ length: count }, (_, n) => recipientOf(n));
		for (const [n, recipient] of (await sendMailingTo(inside, ...emails)).entries()) {
			user.inbox.deliver(generateBounce(n, recipient.returnAddress, recipient.email, seed));
		}
	});
	await db.destroy();
	return database;
}

function bounceAccount({ server, port, userName, password, source, filingFolder }: MailboxAddress) {
	return {
		...addressing,
		name: 'Bounces',
		usedFor: 'bounces' as const,
		protocol,
		server,
		port,
		security: 'none' as const,
		verifyCertificate: true,
		userName,
		password,
		returnPath: '',
		source,
		filingFolder,
		isActive: true,
	};
}

function recipientOf(n: number): string {
	return `person${n}@host${n % 97}.example`;
}

async function inItsOwnProcess(what: 'store' | 'whole', argument: string): Promise<Measured> {
	const run = spawn(process.execPath, ['--max-semi-space-size=4', program, what, argument], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const [output, [exitCode]] = await Promise.all([text(run.stdout), once(run, 'exit')]);
	if (exitCode !== 0) throw new Error(`The measured process ended with ${String(exitCode)}.`);
	return JSON.parse(output) as Measured;
}
