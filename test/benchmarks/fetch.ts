/** `npm run bench:fetch -- [--full] [--disk] [imap tls far idle big pop3 maildir mbox]`: how fast bounces go from a mailbox into their
 *  filing folder, and what that costs, beside a bare client that only fetches and moves the same mails in the same
 *  minute. The mailboxes lie in memory (/dev/shm), where moving costs the server next to nothing: the harder test of the
 *  program; `--disk` puts them into the system's folder for temporary files. `--full` adds mailboxes of 50,000. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { fetchAndMoveBarely } from './bare-client.ts';
import { fetchAndDeleteBarely } from './bare-pop3-client.ts';
import type { Measured } from './fetch-run.ts';
import { asStarted } from './as-started.ts';
import { aBounceWithAttachment, rememberMails, Scenes } from './fetch-scenes.ts';
import type { Scene } from './fetch-scenes.ts';

/** What we hold ourselves to. */
const targets = {
	shareOfBare: { few: 0.25, many: 0.5 },
	steadiness: 0.85,
	megabytes: 180,
	farSeconds: 0.6,
	idleCpuSeconds: 0.01,
	bigMailMegabytes: 130,
};
/** A mailbox of so many is big. */
const many = 10_000;
const bareWindow = 2_000;
const roundTripMs = 20;
const history = 100_000;
const bigAttachmentBytes = 25 * 1024 * 1024;

const measurements: Record<string, () => Promise<void>> = {
	imap: () => measureServer('imap', false),
	tls: () => measureServer('imap', true),
	far: measureFar,
	idle: measureIdle,
	big: measureBigMail,
	pop3: () => measureServer('pop3', false),
	maildir: () => measureOnDisk('maildir'),
	mbox: () => measureOnDisk('mbox'),
};

const words = process.argv.slice(2);
const names = words.filter((word) => !word.startsWith('--'));
const options = words.filter((word) => word.startsWith('--'));
if (
	names.some((name) => !measurements[name]) ||
	options.some((option) => !['--full', '--disk'].includes(option))
) {
	const all = Object.keys(measurements).join(' ');
	console.error(`Usage: npm run bench:fetch -- [--full] [--disk] [${all}]`);
	process.exit(2);
}
if (!options.includes('--disk') && existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';
const counts = options.includes('--full') ? [1_000, many, 50_000] : [1_000, many];

const program = await bundled(fileURLToPath(new URL('fetch-run.ts', import.meta.url)));
const dovecot = await startDovecot();
const scenes = new Scenes(dovecot);
const missed: string[] = [];
try {
	console.log(
		row('', 'mails', 'bare, mails/s', 'ours, mails/s', 'share', 'CPU ms / 1,000', 'peak MB', ''),
	);
	for (const name of names.length > 0 ? names : Object.keys(measurements))
		await measurements[name]!();
} finally {
	await dovecot.stop();
	scenes.clear();
}
if (missed.length > 0) process.exitCode = 1;
console.log(missed.length > 0 ? `\nMissed:\n  ${missed.join('\n  ')}` : '\nAll targets are met.');

/** The whole run beside the bare client, for mailboxes of growing size. */
async function measureServer(protocol: 'imap' | 'pop3', isTls: boolean): Promise<void> {
	const rates: number[] = [];
	const name = isTls ? `${protocol} over TLS` : protocol;
	for (const count of protocol === 'pop3' ? [many] : counts) {
		// The bare client first and last, because the machine may be busier at one end.
		const before = await measureBare(count, protocol, isTls);
		const run = await measured('run', await scenes.site(count, { protocol, isTls }));
		const bare = (2 * count) / (before + (await measureBare(count, protocol, isTls)));
		const rate = count / run.seconds;
		rates.push(rate);
		const share = count < many ? targets.shareOfBare.few : targets.shareOfBare.many;
		show(name, run, { bare }, [
			protocol === 'pop3' || [rate / bare >= share, `${percent(share)} of bare`],
			[run.peakMegabytes <= targets.megabytes, `${targets.megabytes} MB`],
		]);
	}
	if (rates.length < 2) return;
	const steadiness = rates.at(-1)! / rates.at(-2)!;
	const isSteady = steadiness >= targets.steadiness || counts.at(-1) === many;
	judge(name, [[isSteady, `${percent(targets.steadiness)} of the rate at the smaller mailbox`]]);
	console.log(`  the biggest mailbox is read at ${percent(steadiness)} of the rate before`);
}

/** A server that is twenty milliseconds away, read by a service that runs for a while: Node is slow when it begins. */
async function measureFar(): Promise<void> {
	const proxy = await startTcpProxy(dovecot.imapPort, { delayMs: roundTripMs / 2 });
	try {
		const earlier = await scenes.site(1_000, { protocol: 'imap' });
		const far = await scenes.site(1_000, { protocol: 'imap', port: proxy.port });
		const run = await measured('run', far, earlier);
		const isMet = run.seconds <= targets.farSeconds;
		show(`imap, ${roundTripMs} ms away: ${run.seconds.toFixed(2)} s`, run, {}, [
			[isMet, `${targets.farSeconds} s`],
		]);
	} finally {
		await proxy.close();
	}
}

/** A mailbox where nothing is new, and a long history. */
async function measureIdle(): Promise<void> {
	const scene = await scenes.site(0, { protocol: 'imap' });
	const fresh = await measured('idle', scene);
	await rememberMails(scene, history);
	const old = await measured('idle', scene);
	for (const [name, run] of [
		['nothing new', fresh],
		[`… after ${history.toLocaleString('en')} mails`, old],
	] as const) {
		const own = run.cpuSeconds - (run.bareCpuSeconds ?? 0);
		const said = `${name}: ${inMs(own)} of ${inMs(run.cpuSeconds)} ms CPU are ours, not imapflow's`;
		show(said, run, {}, [
			[own <= targets.idleCpuSeconds, `${inMs(targets.idleCpuSeconds)} ms of our own`],
		]);
	}
}

function inMs(seconds: number): string {
	return (seconds * 1000).toFixed(1);
}

async function measureBigMail(): Promise<void> {
	const mails = [aBounceWithAttachment(bigAttachmentBytes)];
	const run = await measured('run', await scenes.site(0, { protocol: 'imap', mails }));
	const isMet = run.peakMegabytes <= targets.bigMailMegabytes;
	show(`a mail with 25 MB: ${run.seconds.toFixed(2)} s`, run, {}, [
		[isMet, `${targets.bigMailMegabytes} MB`],
	]);
}

async function measureOnDisk(protocol: 'maildir' | 'mbox'): Promise<void> {
	show(protocol, await measured('run', await scenes.site(many, { protocol })), {}, []);
}

/** @returns seconds */
async function measureBare(
	count: number,
	protocol: 'imap' | 'pop3',
	isTls: boolean,
): Promise<number> {
	const { name, password } = scenes.bareMailbox(count);
	const startedAt = performance.now();
	const done =
		protocol === 'pop3'
			? await fetchAndDeleteBarely(dovecot.pop3Port, name, password, bareWindow)
			: await fetchAndMoveBarely(
					{ port: isTls ? dovecot.imapsPort : dovecot.imapPort, isTls, name, password },
					'INBOX/CiviMail/processed',
					bareWindow,
				);
	if (done !== count) throw new Error(`The bare client moved ${done} of ${count} mails.`);
	return (performance.now() - startedAt) / 1000;
}

async function measured(
	what: 'run' | 'idle',
	{ database, folder, count }: Scene,
	earlier?: Scene,
): Promise<Measured> {
	const sites = [database, folder, ...(earlier ? [earlier.database] : [])];
	const words = [...asStarted, program, what, ...sites];
	const run = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
	const [output, [exitCode]] = await Promise.all([text(run.stdout), once(run, 'exit')]);
	if (exitCode !== 0) throw new Error(`The measured process ended with ${String(exitCode)}.`);
	const result = JSON.parse(output) as Measured;
	if (result.mails !== count) throw new Error(`Only ${result.mails} of ${count} mails were read.`);
	return result;
}

type Target = [isMet: boolean, target: string] | true;

function show(name: string, run: Measured, { bare }: { bare?: number }, held: Target[]): void {
	const rate = run.mails / run.seconds;
	const isRate = run.mails > 1;
	const cpu = isRate ? ((run.cpuSeconds * 1e6) / run.mails).toFixed(0) : '';
	console.log(
		row(
			name,
			run.mails.toLocaleString('en'),
			bare ? bare.toFixed(0) : '',
			isRate ? rate.toFixed(0) : '',
			bare ? percent(rate / bare) : '',
			cpu,
			run.peakMegabytes.toFixed(0),
			held.every((one) => one === true || one[0]) ? '' : 'MISSED',
		),
	);
	judge(`${name}, ${run.mails} mails`, held);
}

function judge(name: string, held: Target[]): void {
	for (const one of held) if (one !== true && !one[0]) missed.push(`${name}: ${one[1]}`);
}

function row(name: string, ...columns: string[]): string {
	return name.padEnd(44) + columns.map((column) => column.padStart(16)).join('');
}

function percent(share: number): string {
	return `${(share * 100).toFixed(0)} %`;
}
