/** `npm run bench:idle -- [accounts]`: what a thousand accounts with nothing new cost a minute, on a real Dovecot: the clock's whole
 *  round over TLS and in plain text, beside imapflow that only connects, signs in, asks for the STATUS and logs out; and what the
 *  connections of accounts cost that are read as their mail arrives. */
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
import { addressing, testSecret } from '../support/a-mailing.ts';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import { asStarted } from './as-started.ts';
import type { Measured, Task } from './idle-run.ts';

/** What we hold ourselves to, for a thousand accounts. */
const targets = { cpuSeconds: 2.5 };
const rounds = 2;

const accounts = Number(process.argv[2] ?? 1_000);
if (!Number.isInteger(accounts) || accounts < 1) {
	console.error('Usage: npm run bench:idle -- [number of accounts]');
	process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'rc-bench-'));
const program = await bundled(fileURLToPath(new URL('idle-run.ts', import.meta.url)));
const dovecot = await startDovecot({ users: accounts });
try {
	const users = Array.from({ length: accounts }, () => dovecot.addUser());
	console.log(`${accounts} accounts with nothing new, CPU seconds of the client a round\n`);
	for (const security of ['tls', 'none'] as const) {
		const addresses = users.map((user) => user.address({ security }));
		console.log(security === 'tls' ? 'over TLS' : 'in plain text');
		const bare = await inItsOwnProcess({ what: 'imapflow', addresses, rounds });
		report('imapflow alone: connect, sign in, STATUS, log out', bare);
		report(
			'our mail store alone',
			await inItsOwnProcess({ what: 'store', addresses, rounds }),
			bare,
		);
		const database = await seededSites(addresses, security);
		const round = await inItsOwnProcess({ what: 'round', database, rounds });
		report('the whole round of the clock, a site each', round, bare);
		if (round.odd.length > 0) throw new Error(`A run said: ${round.odd.join(' ')}`);
		console.log(`  ${round.runs} runs on record after ${rounds + 1} rounds`);
		if (security === 'tls') judge(round.cpuSeconds);
	}
	await reportWatchers(
		await seededSites(
			users.map((user) => user.address({ security: 'tls' })),
			'watch',
		),
	);
} finally {
	await dovecot.stop();
	rmSync(folder, { recursive: true, force: true });
}

async function reportWatchers(database: string): Promise<void> {
	console.log('\nread as mail arrives (IDLE over TLS)');
	const watch = await inItsOwnProcess({ what: 'watch', database, accounts, restSeconds: 10 });
	console.log(
		`  ${accounts} connections: ${watch.seconds.toFixed(1)} s and ${watch.odd.join('')}, ` +
			`${watch.megabytes.toFixed(0)} MB in all, ${watch.kilobytesEach.toFixed(0)} KB each, ` +
			`${(watch.cpuSeconds * 1000).toFixed(1)} ms CPU a second at rest`,
	);
}

function report(name: string, { cpuSeconds, seconds, megabytes }: Measured, bare?: Measured): void {
	const ratio = bare ? `${((cpuSeconds / bare.cpuSeconds) * 100).toFixed(0)} % of imapflow` : '';
	console.log(
		`  ${name.padEnd(50)} ${cpuSeconds.toFixed(2)} s CPU   ${seconds.toFixed(1).padStart(5)} s   ${megabytes.toFixed(0)} MB   ${ratio}`,
	);
}

function judge(cpuSeconds: number): void {
	const target = (targets.cpuSeconds * accounts) / 1_000;
	const isMet = cpuSeconds <= target;
	console.log(
		`  ${isMet ? 'met:   ' : 'MISSED:'} A round takes ${cpuSeconds.toFixed(2)} CPU seconds (at most ${target.toFixed(2)}).`,
	);
	if (!isMet) process.exitCode = 1;
}

/** A network with a bounce account a site. @returns its database */
async function seededSites(addresses: readonly MailboxAddress[], name: string): Promise<string> {
	const database = join(folder, `${name}.sqlite`);
	const db = await openDatabase(database);
	const sites = openSites(db, { secret: testSecret, mailFolders: [] }, { log: openLog('silent') });
	for (const [index, address] of addresses.entries()) {
		const site = await sites.introduce({
			id: String(index + 1),
			name: `Site ${index + 1}`,
			url: `https://site${index + 1}.example.org`,
			adminEmail: 'admin@example.org',
		});
		const { server, port, security, verifyCertificate, userName, password } = address;
		await site.accounts.add({
			...addressing,
			name: 'Bounces',
			usedFor: 'bounces',
			protocol: 'imap',
			server,
			port,
			security,
			verifyCertificate,
			userName,
			password,
			returnPath: '',
			source: 'INBOX',
			filingFolder: 'CiviMail',
			isActive: true,
			asMailArrives: name === 'watch',
		});
	}
	await db.destroy();
	return database;
}

async function inItsOwnProcess(task: Task): Promise<Measured> {
	const options = [...asStarted, '--expose-gc', program];
	const run = spawn(process.execPath, options, { stdio: ['pipe', 'pipe', 'inherit'] });
	run.stdin.end(JSON.stringify(task));
	const [output, [exitCode]] = await Promise.all([text(run.stdout), once(run, 'exit')]);
	if (exitCode !== 0) throw new Error(`The measured process ended with ${String(exitCode)}.`);
	return JSON.parse(output) as Measured;
}
