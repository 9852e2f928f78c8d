import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, onTestFinished, test } from 'vitest';
import type { ConnectionReport } from '../../service/contract/account.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { aMail, allWindows, reading } from '../contracts/mail-store.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { aMaildirAddress } from './a-maildir-address.ts';

describe('Which files of a Maildir are mails', () => {
	test('mails still being delivered, hidden files, folders and links are none', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'Subject: real' });
		writeFileSync(join(path, 'tmp', '2.M2.h'), 'Subject: half');
		writeFileSync(join(path, 'new', '.hidden'), 'x');
		mkdirSync(join(path, 'cur', '3.M3.h'));
		symlinkSync('/etc/hostname', join(path, 'new', '4.M4.h'));

		const mails = await allMails(path);

		assert.deepEqual(
			mails.map(({ id }) => id),
			['1.M1.h'],
		);
	});

	test('mails marked as deleted do not wait any more', async () => {
		const path = aMaildir({ 'cur/1.M1.h:2,ST': 'gone', 'cur/2.M2.h:2,S': 'here' });

		assert.deepEqual(
			(await allMails(path)).map(({ id }) => id),
			['2.M2.h'],
		);
	});

	test('they come in the order of delivery, whether new or seen', async () => {
		const path = aMaildir({
			'cur/1780000002.M5.h:2,S': 'c',
			'new/1780000001.M900000P1.h': 'b',
			'new/1780000001.M000200P1.h': 'a',
			'new/1780000010.M1.h': 'd',
			'cur/note-saved-by-hand': 'first',
		});

		const mails = await allMails(path);

		assert.equal(mails.map(({ bytes }) => bytes.toString()).join(' '), 'first a b c d');
	});
});

describe('Filing in a Maildir', () => {
	test('flags are kept, and a new mail stays new', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'a', 'cur/2.M2.h:2,FS': 'b' });

		await fileAll(path);

		const filed = join(path, '.CiviMail.processed');
		assert.deepEqual(readdirSync(join(filed, 'new')), ['1.M1.h']);
		assert.deepEqual(readdirSync(join(filed, 'cur')), ['2.M2.h:2,FS']);
		assert.ok(existsSync(join(filed, 'tmp')) && existsSync(join(filed, 'maildirfolder')));
	});

	test('a mail that a mail program renames in the meantime is filed all the same', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'a', 'new/2.M2.h': 'b', 'cur/3.M3.h:2,': 'c' });

		await reading({ address: aMaildirAddress(path) }, {}, async (store) => {
			const [window] = await allWindows(store);
			renameSync(join(path, 'new/1.M1.h'), join(path, 'cur/1.M1.h:2,S'));
			renameSync(join(path, 'cur/3.M3.h:2,'), join(path, 'cur/3.M3.h:2,R'));
			await store.file(window!, 'ignored');
		});

		assert.equal(maildirOnDisk(path).mails().length, 0);
		assert.deepEqual(readdirSync(join(path, '.CiviMail.ignored', 'cur')).sort(), [
			'1.M1.h:2,S',
			'3.M3.h:2,R',
		]);
	});

	test('a mail program that renames every mail between two windows costs no mail', async () => {
		const path = aMaildir(
			Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`new/${n + 1}.M1.h`, `mail ${n}`])),
		);
		let read = 0;

		await reading({ address: aMaildirAddress(path) }, { windowSize: 4 }, async (store) => {
			for await (const window of store.windows()) {
				for (const file of readdirSync(join(path, 'new'))) {
					renameSync(join(path, 'new', file), join(path, 'cur', `${file}:2,`));
				}
				read += window.length;
				await store.file(window, 'processed');
			}
		});

		assert.equal(read, 40);
		assert.equal(maildirOnDisk(join(path, '.CiviMail.processed')).mails().length, 40);
	});

	test('a mail put back under its old name does not overwrite the one filed before', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'first' });
		await fileAll(path);
		writeFileSync(join(path, 'new', '1.M1.h'), 'second');

		await fileAll(path);

		const filed = maildirOnDisk(join(path, '.CiviMail.processed')).mails().map(String);
		assert.deepEqual(filed.sort(), ['first', 'second']);
	});

	test('a source that is a folder of a Maildir has its filing folders beside it, as Maildir++ wants', async () => {
		const path = aMaildir({});
		maildirOnDisk(join(path, '.civicrm')).deliver(aMail('one'));

		await fileAll(join(path, '.civicrm'));

		assert.equal(maildirOnDisk(join(path, '.civicrm.CiviMail.processed')).mails().length, 1);
	});

	test('no name of a filing folder leads out of the Maildir', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'a' });
		const address = { ...aMaildirAddress(path), filingFolder: '../../outside' };

		await reading({ address }, {}, async (store) => {
			for await (const window of store.windows()) await store.file(window, 'processed');
		});

		assert.ok(existsSync(join(path, '.outside.processed', 'new', '1.M1.h')));
	});
});

describe('A Maildir account that does not work is explained', () => {
	test('a path that is not there', async () => {
		const report = await testMailbox(aMaildirAddress('/nowhere/at/all'));

		assert.equal(report.problem, 'maildir-missing');
		assert.match(report.sentence, /no directory \/nowhere\/at\/all/);
	});

	test('a path that depends on where the service was started', async () => {
		const report = await testMailbox(aMaildirAddress('Maildir'));

		assert.equal(report.problem, 'maildir-missing');
	});

	test('the home directory instead of the Maildir in it', async () => {
		const home = join(aMaildir({}), '..');

		const report = await testMailbox(aMaildirAddress(home));

		assert.equal(report.problem, 'not-a-maildir');
		assert.match(report.sentence, /Did you mean .*\/Maildir\?/);
	});

	test('a file', async () => {
		const path = aMaildir({ 'new/1.M1.h': 'a' });

		const report = await testMailbox(aMaildirAddress(join(path, 'new/1.M1.h')));

		assert.equal(report.problem, 'not-a-maildir');
	});

	test('a Maildir of somebody else', async () => {
		const path = aMaildir({});
		chmodSync(join(path, 'new'), 0o500);

		const report = testAsSomebodyElse(path);

		assert.equal(report.problem, 'no-permission', report.sentence);
	});
});

/** Root may do everything, so as root the question is asked by a process of the user "nobody". */
function testAsSomebodyElse(path: string): ConnectionReport {
	const module = fileURLToPath(
		new URL('../../service/mailboxes/test-connection.ts', import.meta.url),
	);
	const program = `
		import { testMailbox } from ${JSON.stringify(module)};
		process.stdout.write(JSON.stringify(await testMailbox(${JSON.stringify(aMaildirAddress(path))})));`;
	const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
	const words = ['--import', 'tsx', '--input-type=module', '--eval', program];
	return JSON.parse(execFileSync(process.execPath, words, { ...nobody, encoding: 'utf8' }));
}

/** A Maildir in a directory of this test, with these files. */
function aMaildir(files: Record<string, string>): string {
	const home = mkdtempSync(join(tmpdir(), 'rc-maildir-'));
	chmodSync(home, 0o755);
	onTestFinished(() => rmSync(home, { recursive: true, force: true }));
	const path = join(home, 'Maildir');
	maildirOnDisk(path).deliver();
	for (const [file, content] of Object.entries(files)) writeFileSync(join(path, file), content);
	return path;
}

async function allMails(path: string) {
	return (await reading({ address: aMaildirAddress(path) }, {}, allWindows)).flat();
}

async function fileAll(path: string): Promise<void> {
	await reading({ address: aMaildirAddress(path) }, {}, async (store) => {
		for await (const window of store.windows()) await store.file(window, 'processed');
	});
}
