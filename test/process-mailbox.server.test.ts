import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openDatabase } from '../service/db/open.ts';
import type { Database } from '../service/db/open.ts';
import type { RuleFields } from '../service/contract/rule.ts';
import { runJob } from '../service/jobs/run-job.ts';
import { openLog } from '../service/log.ts';
import { openSites } from '../service/sites.ts';
import { aBounce, aLetter } from './support/a-bounce.ts';
import { bundled } from './support/bundled.ts';
import { addressing, sendMailingTo, testSecret } from './support/a-mailing.ts';
import { startDovecot } from './support/dovecot.ts';
import type { Dovecot, DovecotUser } from './support/dovecot.ts';
import { maildirOnDisk } from './support/maildir-on-disk.ts';
import type { MaildirOnDisk } from './support/maildir-on-disk.ts';

/** Deaths at each step of a run: early, in the middle and late. */
const deathsAStep = 3;
/** How many child processes at once. */
const atOnce = 2;

/** What must come out in the end, however often a process died on the way. */
const expected = { mails: 36, bounces: 30, holds: 11, caught: 5, processed: 28, ignored: 8 };

let folder: string;
/** The doomed program in one file, so that it starts in no time. */
let program: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-kill-'));
	program = await bundled(join(import.meta.dirname, 'support/run-and-die.ts'));
});
afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

describe('a process that is killed at any step of a run, and a second run', () => {
	test('lose nothing and count nothing twice, on a Maildir', async () => {
		const prepared = await prepare('maildir');
		const steps = await stepsOfARun(await copyOf(prepared, 'alive'));
		assert.ok(
			steps.length >= 25,
			`only ${steps.length} steps: ${steps.map(([step]) => step).join(', ')}`,
		);

		await inParallel(deathsAt(steps), async ({ step, occurrence, n }) => {
			const scene = await copyOf(prepared, `death-${n}`);
			await dieAndRunAgain(scene, step, occurrence);
		});
	}, 600_000);

	describe('on IMAP', () => {
		let dovecot: Dovecot;
		beforeAll(async () => {
			dovecot = await startDovecot();
		});
		afterAll(() => dovecot.stop());

		test('lose nothing and count nothing twice', async () => {
			const all = await stepsOfARun(await prepare('imap-alive', dovecot.addUser()));
			const steps = all.filter(([step]) =>
				/mailbox|window|filing|commit|recordBounces|crm\.hold/.test(step),
			);
			assert.ok(
				steps.length >= 12,
				`only ${steps.length} steps: ${steps.map(([step]) => step).join(', ')}`,
			);

			await inParallel(deathsAt(steps), async ({ step, occurrence, n }) => {
				await dieAndRunAgain(await prepare(`imap-${n}`, dovecot.addUser()), step, occurrence);
			});
		}, 600_000);
	});
});

/** A step and how often a run takes it. */
type Step = [name: string, times: number];

function deathsAt(steps: readonly Step[]) {
	return steps
		.flatMap(([step, times]) =>
			[1, Math.ceil(times / 2), times]
				.slice(0, deathsAStep)
				.map((occurrence) => ({ step, occurrence })),
		)
		.map((death, n) => ({ ...death, n }));
}

async function dieAndRunAgain(scene: Scene, step: string, occurrence: number): Promise<void> {
	const what = `killed ${step}, time ${occurrence}`;
	const { signal, errors } = await runProcess(scene, step, String(occurrence));
	assert.equal(signal, 'SIGKILL', `not ${what}: ${errors}`);

	const db = await openDatabase(join(scene.folder, 'service.sqlite'));
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [folder] },
		{ log: openLog('silent') },
	);
	const { run } = await runJob((await sites.find('1'))!, 'fetch_bounces', {
		trigger: 'command-line',
	});
	assert.equal(run.state, 'done', `${what}: ${run.sentence}`);
	await checkScene(scene, db, what);
	await db.destroy();
}

async function stepsOfARun(scene: Scene): Promise<Step[]> {
	const { output, errors } = await runProcess(scene);
	assert.ok(output, errors);
	const { sentence, steps } = JSON.parse(output) as { sentence: string; steps: Step[] };
	assert.equal(
		sentence,
		'36 mails read: 30 bounces recorded, 11 addresses held, 6 mails ignored, 5 caught by rules.',
	);
	return steps;
}

interface Scene {
	folder: string;
	inbox: MaildirOnDisk;
	processed: MaildirOnDisk;
	ignored: MaildirOnDisk;
}

function aScene(sceneFolder: string, user?: DovecotUser): Scene {
	const maildir = join(sceneFolder, 'Maildir');
	return {
		folder: sceneFolder,
		inbox: user?.inbox ?? maildirOnDisk(maildir),
		processed:
			user?.folder('INBOX.CiviMail.processed') ??
			maildirOnDisk(join(maildir, '.CiviMail.processed')),
		ignored:
			user?.folder('INBOX.CiviMail.ignored') ?? maildirOnDisk(join(maildir, '.CiviMail.ignored')),
	};
}

async function prepare(name: string, user?: DovecotUser): Promise<Scene> {
	const scene = aScene(join(folder, name), user);
	const db = await openDatabase(join(scene.folder, 'service.sqlite'));
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [folder] },
		{ log: openLog('silent') },
	);
	const site = await sites.introduce({ id: '1', name: 'Example Trust', url: '', adminEmail: '' });

	await site.rules.add(rule, 'by-hand', site.now());
	scene.inbox.deliver(...(await mailsFor(site)));
	const address = user?.address();
	await site.accounts.add({
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: user ? 'imap' : 'maildir',
		server: address?.server ?? '',
		port: address?.port ?? null,
		security: address?.security ?? 'none',
		verifyCertificate: false,
		userName: address?.userName ?? '',
		password: address?.password ?? '',
		...addressing,
		returnPath: '',
		source: user ? '' : scene.inbox.path,
		filingFolder: 'CiviMail',
		isActive: true,
	});
	await db.destroy();
	return scene;
}

/** Catches the blocklistings. */
const rule: RuleFields = {
	expression: 'using a DNS blocklist',
	looksIn: 'everything',
	actions: ['unconfirm-subscriber', 'blacklist-address', 'delete-bounce'],
	state: 'active',
	comment: '',
};

/** Ten unknown users (held), one full mailbox three times (held) and another twice (not), five blocklistings (caught by
 *  the rule),
 *  ten bounces of one person whom the first one holds, and letters and forgeries (ignored). */
async function mailsFor(site: Parameters<typeof sendMailingTo>[0]): Promise<Buffer[]> {
	const people = Array.from({ length: 10 }, (_, n) => `person-${n}@dest.example`);
	const recipients = await sendMailingTo(site, ...people);
	const unknown = recipients.map(({ returnAddress, email }) =>
		aBounce({ returnAddress, recipient: email }),
	);

	const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };
	const fullTwiceAndThrice = [];
	for (const email of [
		'full@dest.example',
		'fuller@dest.example',
		'full@dest.example',
		'fuller@dest.example',
		'full@dest.example',
	]) {
		const [recipient] = await sendMailingTo(site, email);
		fullTwiceAndThrice.push(
			aBounce({ ...full, returnAddress: recipient!.returnAddress, recipient: email }),
		);
	}

	const blocked = await sendMailingTo(
		site,
		...Array.from({ length: 5 }, (_, n) => `blocked-${n}@dest.example`),
	);
	const blocklistings = blocked.map(({ returnAddress, email }) =>
		aBounce({
			returnAddress,
			recipient: email,
			status: '5.7.1',
			diagnostic:
				'554 5.7.1 Service unavailable; client host [192.0.2.7] blocked using a DNS blocklist',
		}),
	);
	const again = [];
	for (let n = 0; n < 8; n++) {
		const [recipient] = await sendMailingTo(site, people[0]!);
		again.push(aBounce({ returnAddress: recipient!.returnAddress, recipient: people[0]! }));
	}
	const forged = [1, 2].map((n) =>
		aBounce({
			returnAddress: `return+b.12.${n}.ffffffffffffffff@example.org`,
			recipient: people[n]!,
		}),
	);
	const letters = Array.from({ length: 6 }, (_, n) => aLetter(`Letter ${n}`));
	return [...unknown, ...letters, ...fullTwiceAndThrice, ...blocklistings, ...forged, ...again];
}

/** The same scene again, with a Maildir of its own. */
async function copyOf(scene: Scene, name: string): Promise<Scene> {
	const copy = join(folder, `copy-${name}`);
	await cp(scene.folder, copy, { recursive: true });
	const db = await openDatabase(join(copy, 'service.sqlite'));
	await db
		.updateTable('accounts')
		.set({ source: join(copy, 'Maildir') })
		.execute();
	await db.destroy();
	return aScene(copy);
}

async function runProcess(scene: Scene, ...death: string[]) {
	const database = join(scene.folder, 'service.sqlite');
	const child = spawn(process.execPath, [program, 'fetch_bounces', database, folder, ...death]);
	let output = '';
	let errors = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
	return new Promise<{ signal: string | null; output: string; errors: string }>((resolve) => {
		child.on('close', (_code, signal) => resolve({ signal, output, errors }));
	});
}

type CountedTable =
	'bounces' | 'journal' | 'raw_mails' | 'hold_history' | 'rule_deeds' | 'do_not_send';

async function checkScene(scene: Scene, db: Database, what: string): Promise<void> {
	assert.deepEqual(
		[scene.inbox, scene.processed, scene.ignored].map((one) => one.mails().length),
		[0, expected.processed, expected.ignored],
		what,
	);
	const count = async (table: CountedTable) =>
		(
			await db
				.selectFrom(table)
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.executeTakeFirstOrThrow()
		).n;
	const onHold = await db
		.selectFrom('addresses')
		.select('email')
		.where('hold', 'is not', null)
		.orderBy('email')
		.execute();
	const unconfirmed = await db
		.selectFrom('contacts')
		.select('id')
		.where('status', '=', 'unconfirmed')
		.execute();
	const deleted = await db
		.selectFrom('bounces')
		.select('id')
		.where('deleted_at', 'is not', null)
		.where('rule_id', 'is not', null)
		.execute();
	const running = await db.selectFrom('runs').select('id').where('state', '=', 'running').execute();
	assert.deepEqual(
		{
			bounces: await count('bounces'),
			journal: await count('journal'),
			raw: await count('raw_mails'),
			held: await count('hold_history'),
			onHold: onHold.length,
			deeds: await count('rule_deeds'),
			doNotSend: await count('do_not_send'),
			unconfirmed: unconfirmed.length,
			deleted: deleted.length,
			running: running.length,
		},
		{
			bounces: expected.bounces,
			journal: expected.mails,
			raw: expected.mails,
			held: expected.holds,
			onHold: expected.holds,
			deeds: expected.caught * rule.actions.length,
			doNotSend: expected.caught,
			unconfirmed: expected.caught,
			deleted: expected.caught,
			running: 0,
		},
		what,
	);
	assert.ok(
		onHold.some(({ email }) => email === 'full@dest.example'),
		what,
	);
	assert.ok(!onHold.some(({ email }) => email === 'fuller@dest.example'), what);
}

async function inParallel<Item>(items: Item[], work: (item: Item) => Promise<void>): Promise<void> {
	const waiting = [...items];
	await Promise.all(
		Array.from({ length: atOnce }, async () => {
			for (let item = waiting.shift(); item; item = waiting.shift()) await work(item);
		}),
	);
}
