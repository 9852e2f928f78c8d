import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classify } from '../../service/classify/classify.ts';
import type { Classification } from '../../service/classify/classification.ts';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { mailFolders, namesIn, readMail } from '../mail/mails.ts';

const catalogue = shippedCatalogue('recommended');
const samples = mailFolders.flatMap((folder) =>
	namesIn(folder).map((name) => readMail(name).bytes),
);
const judge = (bytes: Buffer): Classification => classify(parseMessage(bytes), catalogue);

/** A sample mail with pieces cut out, doubled, or overwritten. */
const brokenMail = fc
	.record({
		sample: fc.nat(samples.length - 1),
		cuts: fc.array(
			fc.record({
				at: fc.double({ min: 0, max: 1, noNaN: true }),
				length: fc.nat(300),
				bytes: fc.uint8Array({ maxLength: 40 }),
			}),
			{ maxLength: 6 },
		),
	})
	.map(({ sample, cuts }) =>
		cuts.reduce((bytes, { at, length, bytes: instead }) => {
			const start = Math.floor(at * bytes.length);
			return Buffer.concat([bytes.subarray(0, start), instead, bytes.subarray(start + length)]);
		}, samples[sample]!),
	);

describe('whatever the mail', () => {
	test('nothing throws, and the same mail gives the same answer', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					brokenMail,
					fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
				),
				(bytes) => {
					expect(judge(bytes)).toEqual(judge(bytes));
				},
			),
			{ numRuns: 400, seed: 20261121 },
		);
	});

	test('evidence is a literal part of the diagnostic or of the text', () => {
		for (const bytes of samples) {
			const message = parseMessage(bytes);
			for (const { evidence, diagnostic } of classify(message, catalogue).verdicts) {
				if (evidence === undefined) continue;
				expect(
					(diagnostic?.includes(evidence) ?? false) || message.text.includes(evidence) || evidence,
				).toBe(true);
			}
		}
	});

	test.each([
		['CRLF', '\r\n'],
		['CR', '\r'],
	])('line ends of %s change no verdict', (_, lineEnd) => {
		for (const bytes of samples) {
			const plain = bytes.toString('latin1').replace(/\r\n?/g, '\n');
			const other = Buffer.from(plain.replaceAll('\n', lineEnd), 'latin1');

			expect(judge(other)).toEqual(judge(Buffer.from(plain, 'latin1')));
		}
	});
});

test('a verdict names a reason and a type that the catalogue knows', () => {
	for (const bytes of samples) {
		for (const { reason, type } of judge(bytes).verdicts) {
			expect(catalogue.reasons.has(reason)).toBe(true);
			expect(catalogue.types.has(type)).toBe(true);
		}
	}
});

test('only what is the address’s own fault or a complaint holds at once under the recommended preset', () => {
	for (const { type, fault, countsTowardHold, name } of catalogue.reasons.values()) {
		const holdsAtOnce = countsTowardHold && catalogue.types.get(type)?.holdThreshold === 1;
		expect(!holdsAtOnce || ['address', 'complaint'].includes(fault) || name).toBe(true);
	}
});

test('“as documented” counts everything, and “CiviCRM today” is patient with absences', () => {
	const documented = shippedCatalogue('as-documented');

	expect([...documented.reasons.values()].every(({ countsTowardHold }) => countsTowardHold)).toBe(
		true,
	);
	expect(documented.types.get('Away')?.holdThreshold).toBe(3);
	expect(shippedCatalogue('civicrm-today').types.get('Away')?.holdThreshold).toBe(30);
});

test('the shipped reasons are told apart by name, and each has a file of that name', () => {
	for (const name of catalogue.reasons.keys()) {
		const file = readFileSync(
			new URL(`../../service/classify/reasons/${name}.ts`, import.meta.url),
			'utf8',
		);
		expect(file).toContain(`name: '${name}'`);
	}
});
