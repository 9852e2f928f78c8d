import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { readAddressList } from '../../service/messages/address-list.ts';
import { contentOf } from '../../service/messages/mail-content.ts';
import { MailSplitter, splitMail } from '../../service/messages/mail-splitter.ts';
import type { MailPart } from '../../service/messages/mail-part.ts';
import { wholeMail } from '../../service/messages/skeleton.ts';
import { unflowed } from '../../service/messages/flowed-text.ts';

const holdAll = { holdBytes: Infinity };

/** Decoded contents of all that was cut out, by their sums. */
function contentsIn(part: MailPart, found = new Map<string, Buffer>()): Map<string, Buffer> {
	if (part.body.is === 'decoded') found.set(part.body.sha256, part.body.bytes);
	for (const child of part.children) contentsIn(child, found);
	return found;
}

async function takenApartAndPutTogether(raw: Buffer): Promise<Buffer> {
	const { root, skeleton } = splitMail(raw, holdAll);
	const contents = contentsIn(root);
	const pieces: Uint8Array[] = [];
	const read = async function* (sha256: string) {
		const bytes = contents.get(sha256)!;
		// In pieces that end nowhere near a line's end.
		for (let at = 0; at < bytes.length; at += 1_000) yield bytes.subarray(at, at + 1_000);
	};
	for await (const piece of wholeMail(skeleton, read)) pieces.push(piece);
	return Buffer.concat(pieces);
}

function withBase64(encoded: string, lineEnd = '\n'): Buffer {
	return Buffer.from(
		`Content-Type: multipart/mixed; boundary=b\n\n--b\n\nText\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n${encoded}\n--b--\n`.replaceAll(
			'\n',
			lineEnd,
		),
	);
}

const letters = Buffer.alloc(9_000, 'Some bytes. ').toString('base64');
const lines = (length: number) =>
	letters.replace(new RegExp(`.{${length}}`, 'g'), '$&\n').trimEnd();

describe('a mail that is taken apart', () => {
	test.each([
		['lines of 76', lines(76)],
		['lines of 60', lines(60)],
		['one line', letters],
		['empty lines at the end', `${lines(76)}\n\n\n`],
		['an empty line in the middle', lines(76).replace(/\n(?=.{3000})/s, '\n\n')],
		['lines that are no multiple of four', lines(75)],
		['strange characters', `!${lines(76)}`],
		['no padding', letters.replace(/=+$/, '')],
		['text behind the padding', `${letters}==\nabcd`],
		['careless last bits', `${lines(76).slice(0, -4)}AAB=`],
		['lines of two lengths', `${lines(76)}\n${lines(60)}`],
	])('can be put together again byte for byte: %s', async (_, encoded) => {
		for (const lineEnd of ['\n', '\r\n']) {
			const raw = withBase64(encoded, lineEnd);

			assert.ok((await takenApartAndPutTogether(raw)).equals(raw), lineEnd);
		}
	});

	test('keeps the contents of a regular attachment out of its skeleton', () => {
		const { skeleton } = splitMail(withBase64(lines(76)), holdAll);

		assert.equal(skeleton.cuts.length, 1);
		assert.ok(skeleton.bytes.length < 400);
	});

	test('never throws, is put together again, and is the same in chunks of any size', async () => {
		const piece = fc.oneof(
			fc.constantFrom(
				'--b\n',
				'--b--\n',
				'--b',
				'\n',
				'\r\n',
				'\n\n',
				'Content-Type: multipart/mixed; boundary=b\n',
				'Content-Type: multipart/alternative; boundary="c"\n',
				'--c\n',
				'--c--\r\n',
				'Content-Transfer-Encoding: base64\n',
				'Content-Type: application/pdf; name=x\n',
				'QUJD\n',
				letters,
				lines(76),
				' ',
				'words --b\n',
			),
			fc.string({ maxLength: 40 }),
		);
		await fc.assert(
			fc.asyncProperty(
				fc.array(piece, { maxLength: 25 }),
				fc.integer({ min: 1, max: 50 }),
				async (pieces, chunk) => {
					const raw = Buffer.from(pieces.join(''));
					const whole = splitMail(raw, holdAll);
					const splitter = new MailSplitter(holdAll);
					for (let at = 0; at < raw.length; at += chunk)
						splitter.push(raw.subarray(at, at + chunk));
					const inChunks = splitter.end();

					assert.deepEqual(contentOf(inChunks.root), contentOf(whole.root));
					assert.ok(inChunks.skeleton.bytes.equals(whole.skeleton.bytes));
					assert.ok((await takenApartAndPutTogether(raw)).equals(raw));
				},
			),
			{ numRuns: 300, seed: 20_260_504 },
		);
	}, 60_000);

	test.each([
		['20,000 nested parts', 'Content-Type: multipart/mixed; boundary=b\n\n--b\n'.repeat(20_000)],
		[
			'100,000 parts',
			`Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}`,
		],
		['a header of 5 MB', `Subject: ${'x'.repeat(5_000_000)}\n\nText`],
		['5 MB on one line', `Subject: x\n\n${'y'.repeat(5_000_000)}`],
		[
			'many lines with dashes',
			`Content-Type: multipart/mixed; boundary=b\n\n${'--b c\n'.repeat(200_000)}`,
		],
	])(
		'costs no more than its size is worth: %s',
		(_, text) => {
			const startedAt = process.cpuUsage();
			contentOf(splitMail(Buffer.from(text), holdAll).root);
			const { user, system } = process.cpuUsage(startedAt);

			assert.ok(user + system < 3_000_000, `${(user + system) / 1e6} s`);
		},
		60_000,
	);
});

describe('address lists', () => {
	test.each([
		[
			'a@x.example, b@x.example',
			[
				['', 'a@x.example'],
				['', 'b@x.example'],
			],
		],
		[
			'a@x.example; b@x.example',
			[
				['', 'a@x.example'],
				['', 'b@x.example'],
			],
		],
		['"Berg, Anna" <A@X.example>', [['Berg, Anna', 'a@x.example']]],
		[
			'Berg, Anna <a@x.example>, Bert <b@x.example>',
			[
				['Berg, Anna', 'a@x.example'],
				['Bert', 'b@x.example'],
			],
		],
		['=?utf-8?q?Berg=2C_=C3=84nne?= <a@x.example>', [['Berg, Änne', 'a@x.example']]],
		[
			'Crew: Anna <a@x.example>, b@x.example; c@x.example',
			[
				['Anna', 'a@x.example'],
				['', 'b@x.example'],
				['', 'c@x.example'],
			],
		],
		['undisclosed-recipients:;', []],
		['a@x.example (Anna (Boat) Berg)', [['Anna (Boat) Berg', 'a@x.example']]],
		['Anna <@relay.example:a@x.example>', [['Anna', 'a@x.example']]],
		['Anna a@x.example', [['Anna', 'a@x.example']]],
		['"anna@x.example" <anna@x.example>', [['', 'anna@x.example']]],
		['Anna <mailto:a@x.example>', [['Anna', 'a@x.example']]],
		['Anna <not an address>, <>', []],
		['"quo\\"ted" <a@x.example>', [['quo"ted', 'a@x.example']]],
		['Evil\u202e <a@x.example>', [['Evil', 'a@x.example']]],
		['"anna berg"@x.example', [['', '"annaberg"@x.example']]],
	])('%s', (raw, expected) => {
		assert.deepEqual(
			readAddressList(Buffer.from(raw).toString('latin1')).map(({ name, email }) => [name, email]),
			expected,
		);
	});
});

test('lines of a flowing text are joined, quotes and signatures left alone', () => {
	assert.equal(unflowed('a \nb\n> c \n> d\n>> e\n-- \nf \ng', false), 'a b\n> c d\n>> e\n-- \nf g');
	assert.equal(unflowed('日本 \n語', true), '日本語');
});
