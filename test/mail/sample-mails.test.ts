import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faults, mailKinds, shippedBounceTypes } from '../../service/contract/bounce.ts';
import { fillIn } from './fill-in.ts';
import { mailFolders, namesIn, readMail, usualPlaceholders } from './mails.ts';

describe('filling in a template', () => {
	test('the recipient and its two halves are put in', () => {
		const eml = Buffer.from('To: {{recipient}} ({{recipient-local}} at {{recipient-domain}})');

		expect(fillIn(eml, usualPlaceholders).toString()).toBe(
			'To: anna.berg@mail.example (anna.berg at mail.example)',
		);
	});

	test('bytes that are no UTF-8 stay as they are', () => {
		const eml = Buffer.concat([
			Buffer.from([0xcf, 0x80, 0xff, 0x1b]),
			Buffer.from('{{message-id}}'),
		]);

		const filled = fillIn(eml, usualPlaceholders);

		expect([...filled.subarray(0, 4)]).toEqual([0xcf, 0x80, 0xff, 0x1b]);
		expect(filled.subarray(4).toString()).toBe(usualPlaceholders['message-id']);
	});

	test('a misspelt placeholder is an error', () => {
		expect(() => fillIn(Buffer.from('{{recipent}}'), usualPlaceholders)).toThrow('{{recipent}}');
	});
});

describe('the sample mails', () => {
	test.each(mailFolders)(
		'in %s each mail has its expectation, and no file is left over',
		(folder) => {
			const files = readdirSync(join(import.meta.dirname, folder));

			expect(files.sort()).toEqual(
				namesIn(folder)
					.flatMap((name) => [`${name}.eml`, `${name}.json`])
					.map((name) => name.slice(folder.length + 1))
					.sort(),
			);
		},
	);

	test('expect only kinds, types and faults that the contract knows', () => {
		const known = new Set<string>([...mailKinds, ...shippedBounceTypes, ...faults]);
		const said = mailFolders.flatMap(namesIn).flatMap((name) => {
			const { kind, recipients } = readMail(name).expected;
			return [
				kind,
				...recipients.flatMap(({ type, typeOk = [], fault, faultOk = [] }) => [
					type,
					...typeOk,
					fault,
					...faultOk,
				]),
			];
		});

		expect(said.filter((word) => !known.has(word))).toEqual([]);
	});

	test('of the demo all exist, and each template has somebody to be filled in for', () => {
		const demo = JSON.parse(readFileSync(join(import.meta.dirname, 'demo.json'), 'utf8')) as {
			mail: string;
			recipient?: string;
		}[];

		expect(
			demo.filter(({ mail, recipient }) => readMail(mail).expected.isTemplate && !recipient),
		).toEqual([]);
	});
});
