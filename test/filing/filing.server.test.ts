import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openDatabase } from '../../service/db/open.ts';
import type { Database } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import type { Site } from '../../service/site.ts';
import { aMail, anActivityAccount } from '../support/a-filing-site.ts';
import { testSecret } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import { bundled } from '../support/bundled.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, FolderLayout } from '../support/dovecot.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

/** How many child processes at once. */
const atOnce = 2;
const deathsAStep = 3;
/** What must come out in the end, however often a process died on the way. */
const expected = {
	mails: 20,
	activities: 16,
	contacts: 9,
	attachments: 4,
	blobs: 3,
	journal: 20,
	processed: 16,
	ignored: 4,
	running: 0,
};

let folder: string;
let program: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-filing-'));
	program = await bundled(join(import.meta.dirname, '../support/run-and-die.ts'));
});
afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

describe('a process that is killed at any step of filing, and a second run', () => {
	test('lose nothing and file nothing twice', async () => {
		const prepared = join(folder, 'prepared');
		await prepare(prepared);
		const { output, errors } = await run(await copyOf(prepared, 'alive'));
		assert.ok(output, errors);
		const { sentence, steps } = JSON.parse(output) as {
			sentence: string;
			steps: [string, number][];
		};
		assert.equal(sentence, '20 mails read: 16 mails filed, 9 contacts added, 4 mails ignored.');
		assert.ok(
			steps.length >= 15,
			`only ${steps.length} steps: ${steps.map(([step]) => step).join(', ')}`,
		);

		const deadly = steps.filter(([step]) =>
			/filing|blob|mailbox|window|commit|transaction|report\.|jobs\.finish/.test(step),
		);
		const deaths = deadly.flatMap(([step, times]) =>
			[...new Set([1, Math.ceil(times / 2), times])]
				.slice(0, deathsAStep)
				.map((time) => ({ step, time })),
		);
		const queue = deaths.map((death, n) => ({ ...death, n }));
		const lane = async () => {
			for (let death = queue.shift(); death; death = queue.shift())
				await dieAndRunAgain(prepared, death);
		};
		await Promise.all(Array.from({ length: atOnce }, lane));
	}, 600_000);
});

async function dieAndRunAgain(
	prepared: string,
	{ step, time, n }: { step: string; time: number; n: number },
): Promise<void> {
	const what = `killed ${step}, time ${time}`;
	const scene = await copyOf(prepared, `death-${n}`);
	const { signal, errors } = await run(scene, step, String(time));
	assert.equal(signal, 'SIGKILL', `not ${what}: ${errors}`);

	const { db, site } = await open(scene);
	const again = await runJob(site, 'process_incoming_emails', { trigger: 'command-line' });
	assert.equal(again.run.state, 'done', `${what}: ${again.run.sentence}`);
	await site.blobs.purgeUnnamed(new Date(Date.now() + 1_000));
	assert.deepEqual(await found(scene, db), expected, what);
	await db.destroy();
}

async function prepare(scene: string): Promise<void> {
	const inbox = maildirOnDisk(join(scene, 'Maildir'));
	inbox.deliver(...mails());
	const db = await openDatabase(join(scene, 'service.sqlite'));
	const site = await openSites(db, config(), { log: openLog('silent') }).introduce({
		id: '1',
		name: 'Example Trust',
		url: '',
		adminEmail: '',
	});
	await site.accounts.add(anActivityAccount(inbox.path));
	await db.destroy();
}

/** Letters among eight people in four threads, two mails with the same attachment and one with another, one bigger than
 *  what is read at once; automatic replies and copies (ignored). */
function mails(): Buffer[] {
	const person = (n: number) => `Person ${n} <person${n % 8}@people.example>`;
	const letters = Array.from({ length: 12 }, (_, n) =>
		aMail({
			from: person(n),
			to: `${person(n + 1)}, office@example.org`,
			subject: `Letter ${n}`,
			id: `letter-${n}@people.example`,
			headers: n >= 4 ? [`In-Reply-To: <letter-${n - 4}@people.example>`] : [],
		}),
	);
	const away = [1, 2].map((n) =>
		aMail({
			from: person(n),
			subject: `Automatic reply ${n}`,
			headers: ['Auto-Submitted: auto-replied'],
			id: `away-${n}@people.example`,
		}),
	);
	const content = Buffer.alloc(120_000, 'An attachment. ');
	const files = [
		withFile('file-1', content),
		withFile('file-2', content),
		withFile('file-3', Buffer.alloc(60_000, 'Another one. ')),
		withFile('file-4', Buffer.alloc(1_700_000, 'A big one. ')),
	];
	const copies = [3, 4].map((n) =>
		aMail({
			from: person(n),
			to: `${person(n + 1)}, office@example.org`,
			subject: `Letter ${n}`,
			id: `letter-${n}@people.example`,
			headers: n >= 4 ? [`In-Reply-To: <letter-${n - 4}@people.example>`] : [],
			body: 'The copy of a list, with its footer.\n',
		}),
	);
	return [...letters, ...away, ...files, ...copies];
}

function withFile(id: string, content: Buffer): Buffer {
	return aMail({
		from: 'Nora Lund <nora@people.example>',
		subject: id,
		id: `${id}@people.example`,
		headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="m"'],
		body: `--m\n\nSee the file.\n--m\nContent-Type: application/pdf; name="${id}.pdf"\nContent-Transfer-Encoding: base64\n\n${content
			.toString('base64')
			.replace(/.{76}/g, '$&\n')}\n--m--\n`,
	});
}

async function copyOf(prepared: string, name: string): Promise<string> {
	const copy = join(folder, name);
	await cp(prepared, copy, { recursive: true });
	const db = await openDatabase(join(copy, 'service.sqlite'));
	await db
		.updateTable('accounts')
		.set({ source: join(copy, 'Maildir') })
		.execute();
	await db.destroy();
	return copy;
}

function config() {
	return { secret: testSecret, mailFolders: [folder] };
}

async function open(scene: string): Promise<{ db: Database; site: Site }> {
	const db = await openDatabase(join(scene, 'service.sqlite'));
	const site = await openSites(db, config(), { log: openLog('silent') }).find('1');
	return { db, site: site! };
}

function run(scene: string, ...death: string[]) {
	const database = join(scene, 'service.sqlite');
	const child = spawn(process.execPath, [
		program,
		'process_incoming_emails',
		database,
		folder,
		...death,
	]);
	let output = '';
	let errors = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
	return new Promise<{ signal: string | null; output: string; errors: string }>((resolve) => {
		child.on('close', (_code, signal) => resolve({ signal, output, errors }));
	});
}

async function found(scene: string, db: Database): Promise<Record<string, number>> {
	const maildir = join(scene, 'Maildir');
	const lying = (name: string) => maildirOnDisk(join(maildir, name)).mails().length;
	const count = async (table: 'activities' | 'contacts' | 'attachments' | 'blobs' | 'journal') =>
		(
			await db
				.selectFrom(table)
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.executeTakeFirstOrThrow()
		).n;
	const running = await db.selectFrom('runs').select('id').where('state', '=', 'running').execute();
	await checkContents(db);
	return {
		mails: lying('.CiviMail.processed') + lying('.CiviMail.ignored'),
		activities: await count('activities'),
		contacts: await count('contacts'),
		attachments: await count('attachments'),
		blobs: await count('blobs'),
		journal: await count('journal'),
		processed: lying('.CiviMail.processed'),
		ignored: lying('.CiviMail.ignored'),
		running: running.length,
	};
}

/** Every attachment's content is there, whole. */
async function checkContents(db: Database): Promise<void> {
	const rows = await db
		.selectFrom('attachments as a')
		.innerJoin('blob_pieces as p', 'p.sha256', 'a.sha256')
		.select(['a.id', 'a.sha256', 'p.bytes'])
		.orderBy('a.id')
		.orderBy('p.piece')
		.execute();
	const sums = new Map<number, ReturnType<typeof createHash>>();
	for (const { id, bytes } of rows)
		sums.set(id, (sums.get(id) ?? createHash('sha256')).update(bytes));
	for (const [id, sum] of sums)
		assert.equal(sum.digest('hex'), rows.find((row) => row.id === id)!.sha256);
	assert.equal(sums.size, expected.attachments);
}

describe('on a real Dovecot', () => {
	let dovecot: Dovecot;
	beforeAll(async () => {
		dovecot = await startDovecot();
	});
	afterAll(() => dovecot.stop());

	async function aSiteOn(layout: FolderLayout, source: string) {
		const user = dovecot.addUser(layout);
		const { server, port, userName, password } = user.address();
		const bench = await aSite();
		await bench.site.accounts.add({
			...anActivityAccount(source),
			protocol: 'imap',
			server,
			port,
			security: 'none',
			userName,
			password,
			localPart: 'civiemails',
			source,
		});
		const file = async () =>
			(
				await runJob((await bench.sites.find('1'))!, 'process_incoming_emails', {
					trigger: 'by-hand',
				})
			).run.sentence;
		return { ...bench, user, file };
	}

	test('the Bcc way: what was sent with the special address in Bcc is filed, and nobody sees that address', async () => {
		const { user, file, site } = await aSiteOn('slash', 'INBOX');
		user.inbox.deliver(
			aMail({
				from: 'Carla Office <carla@example.org>',
				to: 'Anna Berg <anna@people.example>',
				headers: ['Delivered-To: civiemails@example.org'],
			}),
		);

		assert.equal(await file(), '1 mail read: 1 mail filed, 2 contacts added, 0 mails ignored.');

		const [mail] = (await site.activities.list({})).rows;
		assert.deepEqual(
			mail!.parties.map(({ email, role }) => [email, role]),
			[
				['carla@example.org', 'source'],
				['anna@people.example', 'target'],
			],
		);
		assert.equal(
			user.folder('CiviMail.processed').mails().length +
				user.folder('INBOX.CiviMail.processed').mails().length,
			1,
		);
	});

	test('the folder way: a mail dragged into INBOX.civicrm is filed, and moved into folders below it', async () => {
		const { user, file, site } = await aSiteOn('inbox-prefix', 'INBOX.civicrm');
		const dragged = user.makeFolder('civicrm');
		user.inbox.deliver(aMail({ subject: 'Not for the records' }));
		dragged.deliver(
			aMail({ subject: 'For the records' }),
			aMail({ headers: ['Auto-Submitted: auto-replied'] }),
		);

		assert.equal(await file(), '2 mails read: 1 mail filed, 2 contacts added, 1 mail ignored.');

		assert.deepEqual(
			(await site.activities.list({})).rows.map(({ subject }) => subject),
			['For the records'],
		);
		assert.equal(user.inbox.mails().length, 1);
		assert.equal(user.folder('civicrm.CiviMail.processed').mails().length, 1);
		assert.equal(user.folder('civicrm.CiviMail.ignored').mails().length, 1);
	});

	test('a mail of 8 MB comes over IMAP in pieces, and its attachment is what was sent', async () => {
		const { user, file, db, site } = await aSiteOn('slash', 'INBOX');
		const content = randomBytes(6_000_000);
		user.inbox.deliver(withFile('film', content));

		assert.equal(await file(), '1 mail read: 1 mail filed, 2 contacts added, 0 mails ignored.');

		const { sha256 } = await db
			.selectFrom('attachments')
			.select('sha256')
			.executeTakeFirstOrThrow();
		assert.equal(sha256, createHash('sha256').update(content).digest('hex'));
		const sum = createHash('sha256');
		for await (const piece of site.blobs.read(sha256!)) sum.update(piece);
		assert.equal(sum.digest('hex'), sha256);
	});
});
