import assert from 'node:assert/strict';
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, test } from 'vitest';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows, mails, reading } from '../contracts/mail-store.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';
import { aMaildirAddress } from './a-maildir-address.ts';
import { rememberedMails } from './remembered-mails.ts';

const root = mkdtempSync(join(tmpdir(), 'rc-mbox-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let count = 0;

const fromLine = 'From alice@example.org Thu Apr 29 23:34:45 2027\n';
const oneMail = (text: string) => `Subject: ${text}\n\nThe body of ${text}.\n`;

/** An mbox whose mails are taken out when they are done. */
function anMbox(text = '') {
	const path = join(root, `mbox-${++count}`);
	writeFileSync(path, text, 'latin1');
	return {
		path,
		address: {
			...aMaildirAddress(path),
			protocol: 'mbox' as const,
			leaving: { deletes: { processed: true, ignored: true }, seen: rememberedMails() },
		},
		bytes: () => readFileSync(path, 'latin1'),
		filed: (under: string) => readFileSync(join(`${path}.CiviMail`, under), 'latin1'),
	};
}

async function textsOf(text: string): Promise<string[]> {
	const windows = await reading(anMbox(text), {}, allWindows);
	return windows.flat().map(({ bytes }) => bytes.toString('latin1'));
}

test('a line that begins with "From " is no mail unless it stands after an empty line and tells a date', async () => {
	const body = `${oneMail('1')}From here on it is text.\n\nFrom now on, too.\n${fromLine}`;
	const mbox = `${fromLine}${body}\n${fromLine}${oneMail('2')}\n`;

	assert.deepEqual(await textsOf(mbox), [body, oneMail('2')]);
});

test('a Content-Length that leads to the next mail or to the end is believed, as Dovecot writes it', async () => {
	const body = `Hello\n\n${fromLine}This was returned.\n`;
	const mail = `Subject: 1\nContent-Length: ${body.length}\n\n${body}`;

	assert.deepEqual(await textsOf(`${fromLine}${mail}\n${fromLine}${mail}`), [mail, mail]);
});

test('a Content-Length that leads nowhere is not believed', async () => {
	for (const length of [3, 99_999_999, 0]) {
		const mail = `Subject: 1\nContent-Length: ${length}\n\nHello, you\n`;

		assert.deepEqual(await textsOf(`${fromLine}${mail}\n${fromLine}${oneMail('2')}\n`), [
			mail,
			oneMail('2'),
		]);
	}
});

test('the ">" of quoted lines is taken away once', async () => {
	const quoted = `Subject: 1\n\n>From me\n>>From you\n> From nobody\n>From`;

	assert.deepEqual(await textsOf(`${fromLine}${quoted}\n\n`), [
		'Subject: 1\n\nFrom me\n>From you\n> From nobody\n>From\n',
	]);
});

test('quoted lines of a big mail are whole, wherever its beginning is cut', async () => {
	const lines = Array.from({ length: 40 }, (_, at) => `From line ${at}\n`).join('');
	const quoted = lines.replace(/^From/gm, '>From');
	const mbox = anMbox(`${fromLine}Subject: big\n\n${quoted}\n`);

	for (let readLimitBytes = 100; readLimitBytes < 140; readLimitBytes++) {
		await reading(mbox, { readLimitBytes }, async (store) => {
			const [mail] = (await allWindows(store)).flat();
			const pieces: Buffer[] = [];
			for await (const piece of store.pieces(mail!)) pieces.push(Buffer.from(piece));
			assert.equal(Buffer.concat(pieces).toString(), `Subject: big\n\n${lines}`);
		});
	}
});

test('lines may end as on Windows, and empty lines may stand before the first mail', async () => {
	const crlf = (text: string) => text.replaceAll('\n', '\r\n');
	const mbox = `\n${fromLine}${oneMail('1')}\n${fromLine}${oneMail('2')}\n`;

	assert.deepEqual(await textsOf(crlf(mbox)), [crlf(oneMail('1')), crlf(oneMail('2'))]);
});

test('a mail that was cut off is a mail, and so are those after it', async () => {
	const mbox = `${fromLine}Subject: cut\n\n${fromLine}${oneMail('2')}\n${fromLine}Subj`;

	assert.deepEqual(await textsOf(mbox), ['Subject: cut\n', oneMail('2'), 'Subj']);
});

test('mails are found across the pieces in which the file is read', async () => {
	const path = anMbox().path;
	const mbox = mboxOnDisk(path);
	const filler = Buffer.from(`${'x'.repeat(78)}\n`.repeat(1_300));
	mbox.deliver(...mails(60).map((mail) => Buffer.concat([mail, filler])));
	const address = { ...anMbox().address, source: path };

	const read = (await reading({ address }, {}, allWindows)).flat();

	assert.equal(read.length, 60);
	assert.deepEqual(
		read.map(({ bytes }) => bytes),
		mbox.mails(),
	);
});

test('the notes of a mail program at the beginning are no mail and stay', async () => {
	const notes = `From MAILER-DAEMON Thu Apr 29 23:34:45 2027\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nX-IMAP: 1 2\n\nNotes.\n\n`;
	const mbox = anMbox(`${notes}${fromLine}${oneMail('1')}\n`);

	await reading(mbox, {}, async (store) => {
		assert.equal(await store.countWaiting(), 1);
		await store.file((await allWindows(store)).flat(), 'processed');
	});

	assert.equal(mbox.bytes(), notes);
	assert.equal(mbox.filed('processed'), `${fromLine}${oneMail('1')}\n`);
});

test('what a mail program notes in the header of a mail does not make it another', async () => {
	const mbox = anMbox(`${fromLine}${oneMail('1')}\n`);
	const noted = `${fromLine}Status: RO\nX-UID: 7\nContent-Length: 15\n${oneMail('1')}\n`;
	const ids = async () => (await reading(mbox, {}, allWindows)).flat().map(({ id }) => id);

	const before = await ids();
	writeFileSync(mbox.path, noted);

	assert.deepEqual(await ids(), before);
});

test('the file stays the same file with its rights, for programs that have it open', async () => {
	const mbox = anMbox(`${fromLine}${oneMail('1')}\n${fromLine}${oneMail('2')}\n`);
	const { ino, mode } = statSync(mbox.path);

	await reading(mbox, {}, async (store) => {
		const [first] = (await allWindows(store)).flat();
		await store.file([first!], 'processed');
	});

	assert.equal(mbox.bytes(), `${fromLine}${oneMail('2')}\n`);
	assert.deepEqual([statSync(mbox.path).ino, statSync(mbox.path).mode], [ino, mode]);
	assert.ok(!existsSync(`${mbox.path}.lock`));
});

test('two mails that are alike are two mails', async () => {
	const mbox = anMbox(`${fromLine}${oneMail('1')}\n`.repeat(2));

	await reading(mbox, {}, async (store) => {
		const alike = (await allWindows(store)).flat();
		assert.equal(alike.length, 2);
		await store.file(alike.slice(1), 'processed');
	});

	assert.equal(mbox.bytes(), `${fromLine}${oneMail('1')}\n`);
	assert.equal(mbox.filed('processed'), mbox.bytes());
});

test('a lock that another program holds is waited for and named; one that was left is removed', async () => {
	const mbox = anMbox(`${fromLine}${oneMail('1')}\n`);
	const lock = `${mbox.path}.lock`;
	const read = () => reading(mbox, { silenceMs: 1 }, allWindows);

	writeFileSync(lock, `${process.pid}:${hostname()}`);
	await assert.rejects(read(), { problem: 'mailbox-locked' });
	writeFileSync(lock, '1:elsewhere.example');
	await assert.rejects(read(), { problem: 'mailbox-locked' });

	const longAgo = Date.now() / 1000 - 600;
	utimesSync(lock, longAgo, longAgo);
	assert.equal((await read()).length, 1);
	writeFileSync(lock, `999999999:${hostname()}`);
	assert.equal((await read()).length, 1);
	assert.ok(!existsSync(lock));
});

test('an mbox that is left as it is has no byte changed, and what is gone is forgotten', async () => {
	const mbox = anMbox(`${fromLine}${oneMail('1')}\n`);
	const seen = rememberedMails();
	const address = {
		...mbox.address,
		leaving: { deletes: { processed: false, ignored: false }, seen },
	};
	const fileAll = () =>
		reading({ address }, {}, async (store) => {
			const waiting = (await allWindows(store)).flat();
			await store.file(waiting, 'processed');
			return waiting.length;
		});

	assert.equal(await fileAll(), 1);
	assert.equal(await fileAll(), 0);
	assert.equal(mbox.bytes(), `${fromLine}${oneMail('1')}\n`);
	writeFileSync(mbox.path, `${fromLine}${oneMail('2')}\n`);
	appendFileSync(mbox.path, `${fromLine}${oneMail('3')}\n`);
	assert.equal(await fileAll(), 2);
	assert.equal(seen.now.size, 2);
});

test('a packed mbox is read, and neither it nor anything beside it is changed', async () => {
	const mbox = anMbox();
	const packed = gzipSync(`${fromLine}${oneMail('1')}\n${fromLine}${oneMail('2')}\n`);
	writeFileSync(mbox.path, packed);

	const waiting = await reading(mbox, {}, async (store) => {
		const read = (await allWindows(store)).flat();
		await store.file(read.slice(0, 1), 'processed');
		return read.map(({ bytes }) => bytes.toString());
	});

	assert.deepEqual(waiting, [oneMail('1'), oneMail('2')]);
	assert.deepEqual(readFileSync(mbox.path), packed);
	assert.ok(!existsSync(`${mbox.path}.CiviMail`));
	assert.equal((await testMailbox(mbox.address)).waitingMails, 1);
	assert.equal((await reading(mbox, {}, allWindows)).flat().length, 1);
});

test('a packed mbox that is damaged, a trap or no mbox is refused in words', async () => {
	const mbox = anMbox();
	const problemOf = async (packed: Buffer) => {
		writeFileSync(mbox.path, packed);
		return (await testMailbox(mbox.address)).problem;
	};
	const text = `${fromLine}${oneMail('1')}\n`;

	assert.equal(await problemOf(gzipSync(text).subarray(0, 60)), 'damaged-gzip');
	assert.equal(await problemOf(gzipSync(text + ' '.repeat(40 * 1024 * 1024))), 'unpacks-too-big');
	assert.equal(await problemOf(gzipSync('no mbox')), 'not-an-mbox');
});

test('what is wrong with an mbox is said in words', async () => {
	const mbox = anMbox('Subject: a mail without a beginning\n\n');
	const link = join(root, 'link');
	symlinkSync(anMbox(`${fromLine}${oneMail('1')}\n`).path, link);
	const problemOf = async (source: string) =>
		(await testMailbox({ ...mbox.address, source })).problem;

	assert.equal(await problemOf(''), 'mbox-missing');
	assert.equal(await problemOf('relative'), 'mbox-missing');
	assert.equal(await problemOf(root), 'not-an-mbox');
	assert.equal(await problemOf(mbox.path), 'not-an-mbox');
	assert.equal((await testMailbox({ ...mbox.address, source: link })).isWorking, false);
});
