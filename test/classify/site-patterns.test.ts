import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { classify } from '../../service/classify/classify.ts';
import { sitePattern } from '../../service/classify/site-patterns.ts';
import type { SitePattern } from '../../service/classify/catalogue.ts';
import { parseMessage } from '../../service/messages/parse-message.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';

const shipped = shippedCatalogue('recommended');
const pattern = (id: number, type: string, expression: string, reason?: string) =>
	sitePattern({ id, type, expression, ...(reason ? { reason } : {}) });

function verdictsOf(mail: Buffer | string, ...patterns: SitePattern[]) {
	return classify(parseMessage(Buffer.from(mail)), { ...shipped, patterns }).verdicts;
}

const overQuota = aBounce({
	status: '5.2.2',
	diagnostic: '552 5.2.2 The   mailbox of Anna\tis  over its  quota',
});

describe('a site’s own patterns', () => {
	test('decide the type before the shipped layers, and leave the reason and the fault to these', () => {
		const [without] = verdictsOf(overQuota);
		const [verdict] = verdictsOf(overQuota, pattern(17, 'Inactive', 'over its quota'));

		assert.equal(without!.type, 'Quota');
		assert.equal(verdict!.type, 'Inactive');
		assert.equal(verdict!.reason, without!.reason);
		assert.equal(verdict!.fault, without!.fault);
		assert.equal(verdict!.decidedBy, 'pattern 17');
		assert.equal(verdict!.evidence, 'over its quota');
	});

	test('put a reason with its fault in the place of the shipped one when they name it', () => {
		const [verdict] = verdictsOf(
			overQuota,
			pattern(17, 'Invalid', 'over its quota', 'user-unknown'),
		);

		assert.deepEqual(
			[verdict!.type, verdict!.reason, verdict!.fault],
			['Invalid', 'user-unknown', 'address'],
		);
	});

	test('are tried in their order: the first one that matches wins', () => {
		const [verdict] = verdictsOf(
			overQuota,
			pattern(5, 'Away', 'on vacation'),
			pattern(9, 'Host', 'mailbox'),
			pattern(2, 'Spam', 'over its quota'),
		);

		assert.equal(verdict!.decidedBy, 'pattern 9');
	});

	test('make a bounce of a program’s mail that nobody here knew, and never of a person’s letter', () => {
		const mail = (...header: string[]) =>
			[
				...header,
				'From: Postal gateway <robot@gateway.example>',
				'Subject: Zpráva',
				'',
				'Schránka příjemce dora@dest.example u nás není vedena.',
				'',
			].join('\n');
		const known = pattern(8, 'Invalid', 'není vedena', 'user-unknown');

		assert.deepEqual(verdictsOf(mail('Return-Path: <>')), []);
		const [verdict] = verdictsOf(mail('Return-Path: <>'), known);
		assert.deepEqual(
			[verdict?.type, verdict?.reason, verdict?.decidedBy, verdict?.evidence],
			['Invalid', 'user-unknown', 'pattern 8', 'není vedena'],
		);
		assert.deepEqual(verdictsOf(mail('Return-Path: <robot@gateway.example>'), known), []);
		assert.deepEqual(verdictsOf(mail(), known), []);
		assert.deepEqual(verdictsOf(mail('Return-Path: <>'), pattern(9, 'Away', 'vacation')), []);
	});

	test('see all white space as one space, and keep the words as the mail has them', () => {
		const letter = aLetter('Out of office').toString();
		const reply = letter
			.replace('To: office', 'Auto-Submitted: auto-replied\nTo: office')
			.replace('shall we meet\n', '')
			.replace('Dear all, shall we meet at noon?', 'I have left\n  the company.');
		const [verdict] = verdictsOf(reply, pattern(3, 'Inactive', '^I have left the company\\.'));

		assert.equal(verdict!.type, 'Inactive');
		assert.equal(verdict!.evidence, 'I have left\n  the company.');
	});

	test('match in any case and with the expressions that CiviCRM’s administrators write', () => {
		for (const expression of [
			'OVER its (?:disk )?quota',
			'mailbox\\s.*quota',
			'5[45]\\d\\s5\\.2\\.2',
			'(?<!under) its quota',
		]) {
			assert.equal(verdictsOf(overQuota, pattern(1, 'Loop', expression))[0]!.type, 'Loop');
		}
	});

	test('do not make a bounce of ordinary mail', () => {
		assert.deepEqual(verdictsOf(aLetter(), pattern(1, 'Invalid', 'noon')), []);
	});

	test('leave a pattern out, and say so, when it takes too long', () => {
		const slow = pattern(1, 'Loop', '(?=a)(a+)+$');
		const bomb = aBounce({ diagnostic: `550 5.1.1 ${'a'.repeat(40)}! user unknown` });
		const [verdict] = verdictsOf(bomb, slow, pattern(2, 'Host', 'user unknown'));

		assert.equal(verdict!.decidedBy, 'pattern 2');
		assert.ok(slow.isTooSlow());
		assert.equal(slow.find('a'), undefined);
	});

	test('judge several recipients each by what is said about that one', () => {
		const mail = aBounce({ diagnostic: '550 5.1.1 Number 4711 is not here' })
			.toString()
			.replace(
				'Diagnostic-Code: smtp; 550 5.1.1 Number 4711 is not here\n',
				(line) =>
					`${line}\nFinal-Recipient: rfc822; bert@dest.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 Somebody else\n`,
			);
		const verdicts = verdictsOf(mail, pattern(1, 'Host', '4711'));

		assert.equal(verdicts.length, 2);
		assert.equal(verdicts[0]!.type, 'Host');
		assert.notEqual(verdicts[1]!.type, 'Host');
	});
});
