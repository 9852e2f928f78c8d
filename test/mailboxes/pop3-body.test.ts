import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { BodyReader } from '../../service/mailboxes/pop3/body.ts';

/** As a server sends it: dots doubled at the begin of lines, a final line break, and the line with one dot. */
function asSent(mail: string): string {
	const whole = mail === '' || mail.endsWith('\r\n') ? mail : `${mail}\r\n`;
	return `${whole.replace(/(^|\r\n)\./g, '$1..')}.\r\n`;
}

/** Reads an answer in pieces. @returns what came out, and what was left over */
function read(pieces: readonly Buffer[]) {
	const parts: Buffer[] = [];
	const reader = new BodyReader((bytes) => parts.push(Buffer.from(bytes)));
	let rest: Buffer | undefined;
	for (const [at, piece] of pieces.entries()) {
		rest = reader.read(piece);
		if (rest) {
			rest = Buffer.concat([rest, ...pieces.slice(at + 1)]);
			break;
		}
	}
	return { body: Buffer.concat(parts).toString('latin1'), rest: rest?.toString('latin1') };
}

/** Cuts bytes at each of the places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
	const sorted = [0, ...[...places].sort((a, b) => a - b), bytes.length];
	return sorted.slice(1).map((end, at) => bytes.subarray(sorted[at]!, end));
}

const awkward = '.\r\n..\r\n.a\r\n\r\n.\r\n.\rb\r\n\n.\n.\r.\r\r\n.\r\n\r\n.\r\n';

test('an answer cut between any two bytes, and into single bytes, comes out the same', () => {
	const sent = Buffer.from(`${asSent(awkward)}+OK next`, 'latin1');
	const expected = { body: awkward, rest: '+OK next' };

	assert.deepEqual(read([sent]), expected);
	assert.deepEqual(read([...sent].map((byte) => Buffer.from([byte]))), expected);
	for (let first = 0; first <= sent.length; first++)
		for (let second = first; second <= sent.length; second++)
			assert.deepEqual(read(cut(sent, [first, second])), expected, `cut at ${first}, ${second}`);
});

test('whatever a mail is made of and however it is cut, it comes out as it went in', () => {
	const byte = fc.constantFrom('.', '.', '\r', '\n', '\r\n', '\r\n.', 'a', '\0', 'ÿ');
	const mail = fc.array(byte, { maxLength: 40 }).map((bytes) => bytes.join(''));

	fc.assert(
		fc.property(mail, fc.array(fc.nat(120), { maxLength: 8 }), (text, places) => {
			const sent = Buffer.from(`${asSent(text)}.+OK`, 'latin1');
			const pieces = cut(
				sent,
				places.filter((place) => place <= sent.length),
			);
			const whole = text === '' || text.endsWith('\r\n') ? text : `${text}\r\n`;
			assert.deepEqual(read(pieces), { body: whole, rest: '.+OK' });
		}),
		{ numRuns: 2_000, seed: 5 },
	);
});

test('an answer without a line is empty', () => {
	assert.deepEqual(read([Buffer.from('.\r\n')]), { body: '', rest: '' });
});
