import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, test } from 'vitest';
import { compilePattern } from '../../service/classify/safe-pattern.ts';
import { cluster } from '../../service/rules/cluster.ts';
import { commonWords, suggestExpression, wordsOf } from '../../service/rules/suggest-expression.ts';

describe('an expression from the words of a bounce', () => {
	test.each([
		[
			'550 5.1.1 <anna@dest.example>: Recipient address rejected: No box here',
			'Recipient address rejected: No box here',
		],
		['smtp; 550 5.2.1 The mailbox was shut (UserSearch)', 'The mailbox was shut \\(UserSearch\\)'],
		['Box of bert.b@two.example is over by 1234 bytes', 'Box of \\S+ is over by \\S+ bytes'],
		['Please see https://help.example/?p=9 a1b2c3d4-77.2 - gsmtp', 'Please see \\S+ \\S+ - gsmtp'],
		['RESOLVER.ADR.RecipNotFound; not found', 'RESOLVER\\.ADR\\.RecipNotFound; not found'],
		['Client host [192.0.2.7] is on a list', 'Client host \\[\\S+\\] is on a list'],
		['Der Empfänger müller@dest.example ist fort', 'Der Empfänger \\S+ ist fort'],
	])('%s', (words, expression) => {
		assert.equal(suggestExpression(words), expression);
		assert.ok(compilePattern(expression).find(words));
	});

	test('says nothing when the bounce does', () => {
		for (const words of ['550', '', '550 5.1.1 <anna@dest.example>', '4.2.2 No'])
			assert.equal(suggestExpression(words), undefined, words);
	});

	test('matches the words it was made from, whatever they are', () => {
		const word = fc.constantFrom(
			'user',
			'mailbox (full)',
			'anna@dest.example',
			'192.0.2.1',
			'550',
			'5.1.1',
			'$^*',
			'mx.dest.example',
			'Q1w2e3r4',
			'[x]',
			'a\\b',
			'größe',
			'—',
			'12:30:01',
		);
		fc.assert(
			fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (pieces) => {
				const words = pieces.join(' ');
				const expression = suggestExpression(words);
				if (expression) assert.ok(compilePattern(expression).find(words), expression);
			}),
		);
	});

	test('is made from the server’s words, else from the line of the text that speaks of a failure', () => {
		const text =
			'Hello,\nyour mail is returned.\n<x@y.example>: 550 the box was closed last year\nBye';

		assert.equal(wordsOf('550 no such box', null, text), '550 no such box');
		assert.match(wordsOf(null, null, text), /the box was closed/);
		assert.match(wordsOf('550', 'is returned', text), /your mail is returned/);
		assert.equal(wordsOf(null, null, 'Hello'), '');
	});
});

describe('bounces that say the same', () => {
	test('are put together, whatever their addresses, hosts and numbers', () => {
		const bounces = [
			'550 the box of a@one.example was closed in 2024',
			'554 5.7.1 something else altogether',
			'550 5.2.1 The box of b@two.example was closed in 2025',
			'550 The  box of c@three.example was closed in 1999',
			'451 only once said by anybody',
		];

		assert.deepEqual(
			cluster(bounces, (words) => words, 10),
			[
				{
					expression: 'the box of \\S+ was closed in',
					members: [bounces[0], bounces[2], bounces[3]],
				},
			],
		);
	});

	test('the most frequent come first, and no more than asked for', () => {
		const bounces = ['first kind', 'second kind', 'second kind', 'second kind', 'first kind'];
		const found = cluster(bounces, (words) => words, 1);

		assert.deepEqual(
			found.map(({ expression }) => expression),
			['second kind'],
		);
		assert.equal(commonWords('550'), '');
	});
});
