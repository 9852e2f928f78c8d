import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import { requiredWords } from '../../service/classify/required-words.ts';
import { compilePattern, PatternTooSlow } from '../../service/classify/safe-pattern.ts';
import type { ServiceError } from '../../service/errors.ts';

const find = (expression: string, text: string) => compilePattern(expression).find(text)?.words;

describe('an administrator’s expression', () => {
	test('finds the words that matched and where, without regard to case', () => {
		assert.deepEqual(compilePattern('user\\s+unknown').find('550 5.1.1 User  Unknown here'), {
			at: 10,
			words: 'User  Unknown',
		});
		assert.equal(find('no mailbox', 'nothing of the kind'), undefined);
		assert.equal(find('^Status: 5', 'Action: failed\nStatus: 5.1.1'), 'Status: 5');
		assert.equal(find('größe', 'GRÖßE überschritten'), 'GRÖßE');
	});

	test('of the manual is taken as it is', () => {
		const expression =
			'(account is disabled|This mailbox has been blocked due to inactivity|This is a permanent error .* local delivery failed)';

		assert.equal(
			find(expression, 'Sorry. This is a permanent error: local delivery failed'),
			undefined,
		);
		assert.equal(
			find(expression, 'This is a permanent error so local delivery failed'),
			'This is a permanent error so local delivery failed',
		);
	});

	test('that would run for ever elsewhere takes linear time', () => {
		const before = process.cpuUsage();

		assert.equal(find('(a+)+$', `${'a'.repeat(50_000)}!`), undefined);
		assert.ok(process.cpuUsage(before).user < 2_000_000);
	});

	test('with look-around or back-references works under a time limit', () => {
		assert.equal(find('(?<!not )delivered', 'was delivered'), 'delivered');
		assert.equal(find('(\\w)\\1\\1', 'xx zzz'), 'zzz');
		assert.throws(
			() => compilePattern('(?=x)?((a+)+)\\2$').find(`${'a'.repeat(40)}!`),
			PatternTooSlow,
		);
	});

	test.each([
		['(unclosed', /parenthes|missing/i],
		['a**b', /character 2|repetition/i],
		['[z-a]', /character 2|range/i],
		['user\\hunknown', /character 5|escape/i],
		['', /Write an expression/],
		['x'.repeat(5000), /longer than/],
	])('%.20s is refused with a reason', (expression, reason) => {
		assert.throws(
			() => compilePattern(expression),
			(error: ServiceError) => reason.test(error.message) && Boolean(error.fields?.['expression']),
		);
	});
});

describe('the words an expression requires', () => {
	test.each([
		['user unknown', ['user unknown']],
		['(no such user|unknown (user|mailbox)) here', ['no such user', 'unknown ']],
		['mailbox.*full', ['mailbox']],
		['x?abc+', ['abc']],
		['(ab|quota)', undefined],
		['.*', undefined],
		['[0-9]+ messages', [' messages']],
		['5\\.1\\.1', ['5.1.1']],
		['(?i)user', undefined],
	])('of %s are %s', (expression, words) => {
		assert.deepEqual(requiredWords(expression), words);
	});

	test('never hide a match', () => {
		const piece = fc.constantFrom(
			'user',
			'quota',
			'a',
			'.*',
			'(full|over)',
			'(x|)',
			'b+',
			'c?',
			'\\.',
			'[ab]',
			'|',
			' ',
		);
		const expressions = fc
			.array(piece, { minLength: 1, maxLength: 6 })
			.map((pieces) => pieces.join(''));
		const texts = fc.array(
			fc.constantFrom('user', 'quota', 'a', 'b', 'c', 'full', 'over', 'x', '.', ' '),
			{ maxLength: 8 },
		);

		fc.assert(
			fc.property(expressions, texts, (expression, words) => {
				const text = words.join('');
				const plain = new RegExp(expression, 'im').exec(text);
				assert.equal(compilePattern(expression).find(text)?.words, plain?.[0]);
			}),
		);
	});
});
