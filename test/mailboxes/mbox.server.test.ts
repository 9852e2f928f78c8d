import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import { allWindows, aMail, reading } from '../contracts/mail-store.ts';
import { aMaildirAddress } from './a-maildir-address.ts';
import { rememberedMails } from './remembered-mails.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-mbox-dovecot-'));
const inbox = join(root, 'inbox');
/** Dovecot gives root no mailboxes: "nobody" has uid and gid 65534 everywhere. */
const owner = 65_534;

beforeAll(() => {
	writeFileSync(join(root, 'dovecot.conf'), configuration());
	writeFileSync(inbox, '');
	for (const path of [root, inbox]) chownSync(path, owner, owner);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('while Dovecot delivers to an mbox, mails are read and taken out, none is lost and none comes twice', async () => {
	const subjects = Array.from({ length: 24 }, (_, at) => String(at + 1));
	const filed: string[] = [];
	const readOnce = () =>
		reading({ address: anAddress() }, { windowSize: 3 }, async (store) => {
			for await (const window of store.windows()) {
				filed.push(...window.map(subjectOf));
				await store.file(window, 'processed');
			}
		});

	let isDelivering = true;
	const delivering = deliverAll(subjects).finally(() => (isDelivering = false));
	while (isDelivering) await readOnce();
	await delivering;
	await readOnce();

	const byNumber = (a: string, b: string) => Number(a) - Number(b);
	assert.deepEqual(filed.sort(byNumber), subjects);
	assert.deepEqual(subjectsIn(join(`${inbox}.CiviMail`, 'processed')).sort(byNumber), subjects);
	assert.deepEqual(subjectsIn(inbox), []);
	assert.deepEqual(await dovecotFinds(), []);
}, 120_000);

test('what Dovecot stored is read to the byte, and Dovecot reads what is left', async () => {
	const returned = 'Returned:\r\n\r\nFrom alice@example.org Thu Apr 29 23:34:45 2027\r\nHello\r\n';
	await deliver(Buffer.concat([aMail('1'), Buffer.from(returned)]));
	await deliver(aMail('2'));

	await reading({ address: anAddress() }, {}, async (store) => {
		const read = (await allWindows(store)).flat();
		assert.deepEqual(read.map(subjectOf), ['1', '2']);
		assert.ok(read[0]!.bytes.toString().endsWith(returned.replaceAll('\r\n', '\n')));
		await store.file(read.slice(0, 1), 'ignored');
	});
	assert.deepEqual(await dovecotFinds(), ['2']);

	await reading({ address: anAddress() }, {}, (store) => store.bringBackIgnored());
	assert.deepEqual((await dovecotFinds()).sort(), ['1', '2']);
}, 60_000);

async function deliverAll(subjects: readonly string[]): Promise<void> {
	for (const subject of subjects) await deliver(aMail(subject));
}

async function deliver(mail: Buffer): Promise<void> {
	await doveadm(['save', '-m', 'INBOX'], mail);
}

async function dovecotFinds(): Promise<string[]> {
	const output = await doveadm(['fetch', 'hdr.subject', 'mailbox', 'INBOX', 'all']);
	return [...output.matchAll(/^hdr\.subject: (\d+)/gm)].map(([, number]) => number!);
}

async function doveadm(command: readonly string[], input?: Buffer): Promise<string> {
	const child = spawn('doveadm', ['-c', join(root, 'dovecot.conf'), ...command], {
		uid: owner,
		gid: owner,
		env: { ...process.env, HOME: root, USER: 'nobody' },
		cwd: root,
	});
	let output = '';
	child.stdout.on('data', (data: Buffer) => (output += data.toString()));
	child.stderr.on('data', (data: Buffer) => (output += data.toString()));
	child.stdin.end(input);
	const [code] = (await once(child, 'close')) as [number | null];
	assert.equal(code, 0, output);
	return output;
}

function anAddress() {
	const deletes = { processed: true, ignored: true };
	return {
		...aMaildirAddress(inbox),
		protocol: 'mbox' as const,
		leaving: { deletes, seen: rememberedMails() },
	};
}

function subjectOf({ bytes }: { bytes: Buffer }): string {
	return /^Subject: (\d+)/m.exec(bytes.toString('latin1'))?.[1] ?? '';
}

function subjectsIn(path: string): string[] {
	const text = existsSync(path) ? readFileSync(path, 'latin1') : '';
	return [...text.matchAll(/^Subject: (\d+)/gm)].map(([, number]) => number!);
}

function configuration(): string {
	return `
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/log
ssl = no
mail_location = mbox:${root}/mail:INBOX=${inbox}
mbox_read_locks = fcntl
mbox_write_locks = dotlock fcntl
mail_uid = ${owner}
mail_gid = ${owner}
first_valid_uid = 1
first_valid_gid = 1
`;
}
