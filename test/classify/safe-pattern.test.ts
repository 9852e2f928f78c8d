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
		['user\\hunknown', 'User\tunknown', 'User\tunknown'],
		['\\Quser (x)\\E!', 'no user (x)!', 'user (x)!'],
		['\\Auser', 'the user', undefined],
		['unknown\\Z', 'user unknown\n', 'unknown'],
		['\\d++ of \\d++', '12 of 13', '12 of 13'],
		['\\d++2', '12', undefined],
		['(?>a|ab)c', 'abc', undefined],
		['(?>x+)(\\w)\\1', 'xxaa', 'xxaa'],
		['((a)(b))?+\\3', 'abb', 'abb'],
		['is[[:space:]]+full', 'is  full', 'is  full'],
		['[^[:digit:]]9', 'a9', 'a9'],
		['[]x]y', ']y', ']y'],
		['(?i)user', 'USER', 'USER'],
		['(?s)a.b', 'a\nb', 'a\nb'],
		['(?P<letter>\\w)(?P=letter)', 'aa', 'aa'],
		['(?|a(b)|c(d))', 'cd', 'cd'],
		['user(?#or several)s?', 'users', 'users'],
		['\\x{41}b', 'ab', 'ab'],
		['a\\Rb', 'a\nb', 'a\nb'],
		['5\\.\\d\\.\\d (?!relay)\\w+', '5.1.1 relay 5.1.1 user', '5.1.1 user'],
		['a{,2}b', 'a{,2}b', 'a{,2}b'],
	])('of PCRE, %s, works in “%s”', (expression, text, words) => {
		assert.equal(find(expression, text), words);
	});

	test.each([
		['(unclosed', /parenthes|missing/i],
		['a**b', /character 2|repetition/i],
		['[z-a]', /character 2|range/i],
		['user(?R)unknown', /character 5.*recursion/i],
		['(user)?(?(1)a|b)', /character 8.*conditions/i],
		['user\\Kunknown', /character 5.*not supported/i],
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
		['[\\]x]yes', ['yes']],
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
