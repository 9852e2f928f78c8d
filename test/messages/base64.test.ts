import assert from 'node:assert/strict';
import fc from 'fast-check';
import { test } from 'vitest';
import { decoderOf } from '../../service/messages/part-decoder.ts';

function decoded(encoded: Buffer, chunk: number) {
	const decoder = decoderOf('base64');
	const pieces: Buffer[] = [];
	for (let at = 0; at < encoded.length; at += chunk)
		pieces.push(Buffer.from(decoder.push(encoded.subarray(at, at + chunk))));
	pieces.push(decoder.end());
	return { content: Buffer.concat(pieces).toString('hex'), form: decoder.form };
}

test('base64 is read the same in one go and byte by byte, whatever stands between its letters', () => {
	const stray = fc.constantFrom('', '-', '_', '=', ' ', '!', '\n', '\r', '\r\n', 'AAAA', 'é', '\0');
	fc.assert(
		fc.property(
			fc.uint8Array({ minLength: 200, maxLength: 600 }),
			fc.constantFrom(4, 60, 75, 76),
			fc.constantFrom('\n', '\r\n', '\r'),
			stray,
			fc.nat(800),
			fc.nat(2),
			(bytes, length, lineEnd, disturbance, place, left) => {
				const regular = Buffer.from(bytes)
					.toString('base64')
					.replace(new RegExp(`.{${length}}`, 'g'), `$&${lineEnd}`);
				const encoded = Buffer.from(
					regular.slice(0, place) + disturbance + regular.slice(place + left),
					'latin1',
				);

				assert.deepEqual(decoded(encoded, encoded.length), decoded(encoded, 1));
				if (disturbance === '' && left === 0)
					assert.equal(decoded(encoded, 100).content, Buffer.from(bytes).toString('hex'));
			},
		),
		{ numRuns: 500, seed: 20_261_121 },
	);
});
