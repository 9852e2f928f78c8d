import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { LookPlace } from '../../service/contract/rule.ts';
import { actionPresets } from '../../service/contract/rule.ts';
import type { ServiceError } from '../../service/errors.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { viewOf } from '../../service/rules/mail-view.ts';
import { RuleMatcher } from '../../service/rules/rule-matcher.ts';
import { starterRules } from '../../service/rules/starter-rules.ts';
import { ruleOn } from '../../service/rules/wishes.ts';
import { checkExpression, requireRightExpression } from '../../service/rules/wrong-expression.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aRule } from './a-rule.ts';

const diagnostic = '550 5.2.1 This mailbox has been blocked due to inactivity';
const mail = aBounce({
	diagnostic,
	original: ['X-Secret: a word of the returned copy', 'X-Long: archived recipient'],
});

function view(bytes = mail, isOnly = true) {
	return viewOf(parseMessage(bytes), { diagnostic, isOnly });
}

function matches(expression: string, looksIn: LookPlace = 'everything', seen = view()): boolean {
	return new RuleMatcher([aRule({ expression, looksIn })]).first(seen) !== undefined;
}

describe('where a rule looks', () => {
	test('the header is the mail’s own fields', () => {
		assert.ok(matches('^Subject: Undelivered Mail', 'header'));
		assert.ok(!matches('blocked due to inactivity', 'header'));
	});

	test('the text is what a person would read', () => {
		assert.ok(matches('This is the mail system at host', 'text'));
		assert.ok(!matches('^Subject:', 'text'));
		assert.ok(!matches('Remote-MTA: dns', 'text'));
	});

	test('the diagnostic is what the server said about the recipient', () => {
		assert.ok(matches('blocked due to inactivity', 'diagnostic'));
		assert.ok(!matches('mail system', 'diagnostic'));
	});

	test('everything is all of that and the fields of the report', () => {
		for (const words of [
			'^Subject: Undelivered',
			'mail system at',
			'Remote-MTA: dns',
			'inactivity',
		])
			assert.ok(matches(words), words);
	});

	test('the returned copy of our own mail is never looked at', () => {
		assert.ok(!matches('a word of the returned copy'));
		assert.ok(!matches('archived recipient'));
	});

	test('a sentence that the server wrapped is found', () => {
		const wrapped = mail
			.toString()
			.replaceAll('This mailbox has been blocked', 'This mailbox\n    has been blocked');

		assert.ok(matches('mailbox has been blocked', 'text', view(Buffer.from(wrapped))));
	});

	test('a report on several recipients shows each only its own words', () => {
		const seen = view(mail, false);

		assert.ok(matches('blocked due to inactivity', 'everything', seen));
		assert.ok(!matches('mail system at host', 'everything', seen));
		assert.ok(!matches('mail system at host', 'text', seen));
	});
});

describe('which rule wins', () => {
	const first = aRule({ id: 1, expression: 'nothing like that' });
	const second = aRule({ id: 2, expression: 'blocked (due|for)' });
	const third = aRule({ id: 3, expression: 'inactivity' });

	test('the first that matches, with the words and some of what is around', () => {
		const match = new RuleMatcher([first, second, third]).first(view());

		assert.equal(match!.rule.id, 2);
		assert.equal(match!.excerpt.words, 'blocked due');
		assert.match(match!.excerpt.before, /mailbox has been $/);
		assert.match(match!.excerpt.after, /^ to inactivity/);
	});

	test('in another order another one', () => {
		assert.equal(new RuleMatcher([third, second]).first(view())!.rule.id, 3);
	});

	test('an expression that would run for ever elsewhere is answered at once', () => {
		const rule = aRule({ expression: '(a+)+$', looksIn: 'text' });
		const seen = viewOf(parseMessage(Buffer.from(`Subject: x\n\n${'a'.repeat(90_000)}!\n`)), {
			diagnostic: null,
			isOnly: true,
		});
		const before = process.cpuUsage();

		assert.equal(new RuleMatcher([rule]).first(seen), undefined);
		assert.ok(process.cpuUsage(before).user < 2_000_000);
	});

	test('a rule that is too slow or wrong is left out and named, and the others go on', () => {
		const slow = aRule({ id: 4, expression: '(?=x)?((a+)+)\\2$', looksIn: 'text' });
		const wrong = aRule({ id: 5, expression: '(unclosed' });
		const good = aRule({ id: 6, expression: 'aaa', looksIn: 'text' });
		const matcher = new RuleMatcher([slow, wrong, good]);
		const seen = viewOf(parseMessage(Buffer.from(`Subject: x\n\n${'a'.repeat(60)}!\n`)), {
			diagnostic: null,
			isOnly: true,
		});

		assert.equal(matcher.first(seen)!.rule.id, 6);
		assert.deepEqual([...matcher.problems.keys()].sort(), [4, 5]);
		assert.match(matcher.problems.get(4)!, /longer than/);
	});
});

describe('a wrong expression', () => {
	test.each([
		['(unclosed', 1],
		['no such (user|address', 9],
		['abc)', 4],
		['user [abc', 6],
		['a**b', 2],
		['[z-a]', 2],
		['x{3,2}', 2],
		['ends with \\', 11],
		['\\(fine [)] (but', 12],
		['', 1],
	])('%s is refused at its place', (expression, at) => {
		assert.equal(checkExpression(expression)?.at, at);
		assert.throws(
			() => requireRightExpression(expression),
			(error: ServiceError) =>
				error.kind === 'invalid-request' &&
				(expression === '' || error.message.includes(`at character ${at}`)) &&
				error.fields!['expression'] === error.message,
		);
	});

	test('a right one is not', () => {
		assert.equal(checkExpression('(a|b)[)(]+\\)'), undefined);
	});
});

describe('what a rule wants', () => {
	const concerned = {
		contactId: 70,
		addressId: 7,
		email: 'anna@dest.example',
		trust: 'proved' as const,
	};
	const policy = { unprovedCounts: false };
	const rule = aRule({ actions: ['delete-bounce', 'delete-subscriber', 'hold'] });
	const wanted = (who: Partial<typeof concerned> | { trust: 'unproved' }, unprovedCounts = false) =>
		ruleOn(rule, { ...concerned, ...who }, { unprovedCounts });

	test('its actions, the address before its contact and the bounce last', () => {
		assert.deepEqual(
			wanted({}).wishes.map(({ action }) => action),
			['hold', 'delete-subscriber', 'delete-bounce'],
		);
	});

	test('a bounce that nothing proves touches nobody, and may still be deleted', () => {
		const { wishes, spares } = wanted({ trust: 'unproved' });

		assert.deepEqual(
			wishes.map(({ action }) => action),
			['delete-bounce'],
		);
		assert.equal(spares, 'unproved');
	});

	test('unless the site lets unproved bounces count', () => {
		assert.equal(wanted({ trust: 'unproved' }, true).wishes.length, 3);
	});

	test('a bounce that names nobody we know touches nobody, whatever the site says', () => {
		const nobody = { ...concerned, contactId: null, addressId: null };

		assert.equal(ruleOn(rule, nobody, { unprovedCounts: true }).spares, 'nobody-known');
		assert.deepEqual(ruleOn(aRule({ actions: [] }), nobody, policy), { wishes: [], spares: null });
	});
});

describe('what is shipped', () => {
	test('the nine menu choices of the manual are sets of actions', () => {
		assert.equal(actionPresets.length, 9);
		assert.equal(new Set(actionPresets.map(({ actions }) => [...actions].sort().join())).size, 9);
	});

	test('the starter set is right, and catches the example of the manual', () => {
		for (const { expression } of starterRules) assert.equal(checkExpression(expression), undefined);
		const rules = starterRules.map((fields, index) => aRule({ ...fields, id: index + 1 }));
		const match = new RuleMatcher(rules).first(view());

		assert.equal(match!.rule.comment, 'The account was closed');
		assert.deepEqual(match!.rule.actions, ['delete-subscriber', 'delete-bounce']);
	});
});
