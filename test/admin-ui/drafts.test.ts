import { expect, test } from 'vitest';
import { bounceKeys, selectionOf } from '../../admin-ui/pages/bounces/bounce-view.ts';
import type { BounceValues } from '../../admin-ui/pages/bounces/bounce-view.ts';
import {
	actionsOf,
	movedOrder,
	presetOf,
	withAction,
} from '../../admin-ui/pages/rules/rule-draft.ts';
import { mailIn, mailInFile } from '../../admin-ui/pages/try-bounce/mail-text.ts';
import { changesOf, noDraft, withReason, withType } from '../../admin-ui/pages/types/draft.ts';
import { expressionFor, wrongAt } from '../../admin-ui/words/expression.ts';
import type { CatalogueSettings } from '../../service/contract/catalogue.ts';
import { actionPresets } from '../../service/contract/rule.ts';

const quota = {
	id: 8,
	name: 'Quota',
	description: '',
	holdThreshold: 3,
	presetThreshold: 3,
	isOn: true,
	isShipped: true,
	patterns: 0,
};
const settings: CatalogueSettings = {
	version: 1,
	preset: 'recommended',
	differsFromPreset: false,
	types: [quota],
	reasons: [
		{
			name: 'blocklisted',
			label: 'Our server is blocked',
			type: 'Spam',
			fault: 'sender',
			advice: '',
			countsTowardHold: false,
			presetCounts: false,
		},
	],
	counting: { unprovedCounts: false, windowDays: null },
};

test('only what really differs is a change, and what is put back is none', () => {
	const changed = withReason(withType(noDraft, 8, { holdThreshold: '5' }), 'blocklisted', true);
	expect(changesOf(settings, changed)).toEqual({
		asked: {
			types: [{ id: 8, holdThreshold: 5 }],
			reasons: [{ name: 'blocklisted', countsTowardHold: true }],
		},
		count: 2,
		isRight: true,
	});

	const back = withReason(withType(changed, 8, { holdThreshold: '3' }), 'blocklisted', false);
	expect(changesOf(settings, back)).toEqual({ asked: {}, count: 0, isRight: true });
});

test('a threshold that is no whole number is a change that cannot be saved', () => {
	for (const holdThreshold of ['', '-1', '2.5', '1001', 'many']) {
		const { asked, count, isRight } = changesOf(settings, withType(noDraft, 8, { holdThreshold }));
		expect([asked, count, isRight], holdThreshold).toEqual([{}, 1, false]);
	}
});

test('an empty window counts all bounces, and days are a whole number', () => {
	const withDays = { ...settings, counting: { unprovedCounts: false, windowDays: 90 } };

	expect(changesOf(withDays, { ...noDraft, windowDays: '' }).asked).toEqual({
		counting: { windowDays: null },
	});
	expect(changesOf(withDays, { ...noDraft, windowDays: '0' }).isRight).toBe(false);
});

test('words become an expression that finds them in other bounces', () => {
	expect(expressionFor('550 5.1.1 <a.b@example.org>:  User unknown (x)')).toBe(
		'550 5\\.1\\.1 \\S+: User unknown \\(x\\)',
	);
	expect(expressionFor('host [192.0.2.17] said 4qX8tz91Lm, id 123456')).toBe(
		'host \\[\\S+\\] said \\w+, id \\d+',
	);
	expect(expressionFor('  ')).toBe('');
});

test('an expression made from words matches them and the same words about somebody else', () => {
	const about = (who: string) =>
		`<${who}>: host mx.example [192.0.2.${who.length}] said: 550 No user`;
	const expression = new RegExp(expressionFor(about('anna@example.org')));

	expect(expression.test(about('anna@example.org'))).toBe(true);
	expect(expression.test(about('bertram.long@example.net'))).toBe(true);
});

test('the place of a mistake is read from the sentence about it', () => {
	expect(wrongAt('The expression is wrong at character 7, “(a”: missing ).')).toBe(7);
	expect(wrongAt('The expression is empty.')).toBeUndefined();
});

test('each choice of the manual is found again by its actions, in any order', () => {
	expect(actionPresets).toHaveLength(9);
	for (const { name, actions } of actionPresets) {
		expect(presetOf([...actions].reverse())).toBe(name);
		expect(actionsOf(name)).toEqual(actions);
	}
	expect(presetOf(['hold', 'delete-bounce'])).toBe('');
});

test('actions are ticked one by one and keep their order', () => {
	const both = withAction(['delete-bounce'], 'unconfirm-subscriber', true);

	expect(both).toEqual(['unconfirm-subscriber', 'delete-bounce']);
	expect(withAction(both, 'delete-bounce', false)).toEqual(['unconfirm-subscriber']);
});

test('a rule moves one place, and not beyond the ends', () => {
	const rules = [{ id: 4 }, { id: 2 }, { id: 9 }];

	expect(movedOrder(rules, 9, -1)).toEqual([4, 9, 2]);
	expect(movedOrder(rules, 4, 1)).toEqual([2, 4, 9]);
	expect(movedOrder(rules, 4, -1)).toBeUndefined();
	expect(movedOrder(rules, 9, 1)).toBeUndefined();
});

test('a pasted mail loses the empty lines before its header and what is too long', () => {
	expect(mailIn('\r\n  \nFrom: a@example.org\n\nHello')).toEqual({
		text: 'From: a@example.org\n\nHello',
		isCut: false,
	});
	expect(mailIn('x'.repeat(900_001))).toMatchObject({ isCut: true });
});

test('a mail in a file is sent byte for byte, whatever its charset, and shown as well as can be', () => {
	const latin1 = Buffer.from('Subject: Gr\xfc\xdfe', 'latin1');
	expect(mailInFile(latin1)).toEqual({
		text: 'Subject: Grüße',
		isCut: false,
		attempt: { rawBase64: latin1.toString('base64') },
	});

	const shiftJis = Buffer.from([0x83, 0x81, 0x81, 0x5b, 0x83, 0x8b]);
	expect(mailInFile(shiftJis).attempt).toEqual({ rawBase64: shiftJis.toString('base64') });
	expect(mailInFile(Buffer.from('Größe')).text).toBe('Größe');
	expect(mailInFile(Buffer.alloc(900_001, 65))).toMatchObject({ isCut: true });
});

test('mails are judged again by type, day and recognition, and by nothing else', () => {
	const none = Object.fromEntries(bounceKeys.map((key) => [key, ''])) as BounceValues;

	expect(selectionOf({ ...none, type: 'Quota', recognised: 'no' })).toEqual({
		type: 'Quota',
		notRecognised: true,
	});
	expect(selectionOf({ ...none, s: 'anna' })).toBeUndefined();
	expect(selectionOf({ ...none, recognised: 'yes' })).toBeUndefined();
});
