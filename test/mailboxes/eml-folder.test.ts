import assert from 'node:assert/strict';
import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows, aMail, reading } from '../contracts/mail-store.ts';
import { aMaildirAddress } from './a-maildir-address.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-eml-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function aFolder(files: Record<string, Buffer> = {}) {
	const path = mkdtempSync(join(root, 'folder-'));
	for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
	return { path, address: { ...aMaildirAddress(path), protocol: 'eml-folder' as const } };
}

test('only whole mails are taken: no half-written, hidden or other files, no links', async () => {
	const folder = aFolder({
		'1.eml': aMail('1'),
		'2.EML': aMail('2'),
		'.3.eml': aMail('3'),
		'4.eml.part': aMail('4'),
		'5.eml.tmp': aMail('5'),
		'notes.txt': Buffer.from('not a mail'),
	});
	symlinkSync('/etc/passwd', join(folder.path, '6.eml'));
	mkdirSync(join(folder.path, '7.eml'));

	const read = (await reading(folder, {}, allWindows)).flat();

	assert.deepEqual(read.map(({ id }) => id).sort(), ['1.eml', '2.EML']);
});

test('mails come by the time of their files, and those of one moment by name', async () => {
	const folder = aFolder({ 'b.eml': aMail('b'), 'a.eml': aMail('a'), 'oldest.eml': aMail('o') });
	const at = (name: string, seconds: number) =>
		utimesSync(join(folder.path, name), seconds, seconds);
	at('b.eml', 1_800_000_000);
	at('a.eml', 1_800_000_000);
	at('oldest.eml', 1_700_000_000);

	const read = (await reading(folder, {}, allWindows)).flat();

	assert.deepEqual(
		read.map(({ id }) => id),
		['oldest.eml', 'a.eml', 'b.eml'],
	);
	assert.equal(read[0]!.receivedAt?.getTime(), 1_700_000_000_000);
});

test('a file that grew after it was read stays for the next run', async () => {
	const folder = aFolder({ 'growing.eml': aMail('half'), 'whole.eml': aMail('whole') });

	await reading(folder, {}, async (store) => {
		const [window] = await allWindows(store);
		appendFileSync(join(folder.path, 'growing.eml'), 'the other half\r\n');
		await store.file(window!, 'processed');
	});

	assert.deepEqual(readdirSync(folder.path).sort(), ['CiviMail', 'growing.eml']);
});

test('a mail of a name that was filed before gets another, and none is lost', async () => {
	const folder = aFolder();
	for (const text of ['first', 'second', 'third']) {
		writeFileSync(join(folder.path, 'mail.eml.gz'), gzipSync(aMail(text)));
		await reading(folder, {}, async (store) =>
			store.file((await allWindows(store))[0]!, 'ignored'),
		);
	}

	assert.deepEqual(readdirSync(join(folder.path, 'CiviMail', 'ignored')).sort(), [
		'mail.eml.gz',
		'mail_1.eml.gz',
		'mail_2.eml.gz',
	]);
});

test('a packed mail is known by its first bytes, whatever its name', async () => {
	const folder = aFolder({ 'packed.eml': gzipSync(aMail('p')), 'plain.eml.gz': aMail('q') });

	const read = (await reading(folder, {}, allWindows)).flat();

	assert.deepEqual(
		new Map(read.map(({ id, bytes }) => [id, bytes.toString()])),
		new Map([
			['packed.eml', aMail('p').toString()],
			['plain.eml.gz', aMail('q').toString()],
		]),
	);
});

test('a damaged packed mail gives what it has, and the others are read', async () => {
	const packed = gzipSync(Buffer.concat([aMail('damaged'), randomText(200_000)]));
	const folder = aFolder({
		'1.eml.gz': packed.subarray(0, packed.length / 2),
		'2.eml.gz': gzipSync(aMail('2')),
	});

	const read = (await reading(folder, {}, allWindows)).flat();

	assert.equal(read.length, 2);
	assert.equal(read[0]!.isTruncated, true);
	assert.match(read[0]!.bytes.toString(), /^From: .*\r\nSubject: damaged/);
});

test('a mail that unpacks without end is given up, with little memory', async () => {
	const bomb = gzipSync(Buffer.concat([aMail('bomb'), Buffer.alloc(64 * 1024 * 1024, ' ')]));
	const folder = aFolder({ 'bomb.eml.gz': bomb });

	await reading(folder, { readLimitBytes: 64 * 1024 }, async (store) => {
		const [mail] = (await allWindows(store)).flat();
		let bytes = 0;
		for await (const piece of store.pieces(mail!)) bytes += piece.length;

		assert.equal(mail!.isTruncated, true);
		assert.equal(mail!.bytes.length, 64 * 1024);
		assert.ok(bytes < 16 * 1024 * 1024);
	});
});

test.each(['big.eml', 'big.eml.gz'])('all of %s comes in pieces', async (name) => {
	const big = Buffer.concat([aMail('big'), randomText(500_000)]);
	const folder = aFolder({ [name]: name.endsWith('gz') ? gzipSync(big) : big });

	await reading(folder, { readLimitBytes: 10_000 }, async (store) => {
		const [mail] = (await allWindows(store)).flat();
		const pieces: Buffer[] = [];
		for await (const piece of store.pieces(mail!)) pieces.push(Buffer.from(piece));

		assert.ok(pieces.every(({ length }) => length <= 10_000));
		assert.deepEqual(Buffer.concat(pieces), big);
	});
});

test('what is wrong with a folder is said in words', async () => {
	const { path, address } = aFolder({ 'all.mbox': Buffer.from('From a') });

	const problemOf = async (source: string) => (await testMailbox({ ...address, source })).problem;

	assert.equal(await problemOf('relative/path'), 'folder-missing');
	assert.equal(await problemOf(''), 'folder-missing');
	assert.equal(await problemOf(join(path, 'all.mbox')), 'not-a-folder');
	await assert.rejects(openMailbox({ ...address, source: join(path, 'none') }), /whole path/);
});

/** Text that packs no better than mail does, the same each time. */
function randomText(bytes: number): Buffer {
	let state = 1;
	return Buffer.from(
		Array.from({ length: bytes }, (_, at) => {
			state = (state * 48_271) % 2_147_483_647;
			return at % 78 === 77 ? 10 : 97 + (state % 26);
		}),
	);
}
