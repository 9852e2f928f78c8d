import { expect, test } from 'vitest';
import {
	allLines,
	draftIn,
	emptyLine,
	emptySearch,
	fieldNames,
	isIncomplete,
	onHoldSearch,
	searchIn,
	searchOf,
	withField,
} from '../../admin-ui/pages/contacts/search/search-draft.ts';
import { searchInWords } from '../../admin-ui/words/search.ts';
import { searchFields } from '../../service/contract/contact.ts';
import type { Condition, SearchFieldKind } from '../../service/contract/contact.ts';
import { condition } from '../../service/contract/contact-messages.ts';

const noGroups = new Map<number, string>();

test('“Contacts, On Hold, Primary, =, Yes” is one press away, and reads as it is documented', () => {
	const search = searchOf(onHoldSearch)!;

	expect(search).toEqual({
		all: [{ field: 'onHold', place: 'primary', operator: '=', value: 'yes' }],
	});
	expect(searchInWords(search, noGroups)).toBe('Contacts where On Hold (Primary) = Yes.');
});

test('every field starts with a comparison that the service takes', () => {
	for (const field of fieldNames) {
		const line = { ...withField(emptyLine, field), value: valueFor(field) };
		const search = searchOf({ ...emptySearch, lines: [line] });

		expect(condition.safeParse(search).success, field).toBe(true);
	}
});

test('a field of another kind brings its own comparison and no old value', () => {
	const byName = { ...emptyLine, operator: 'starts' as const, value: 'Be' };

	expect(withField(byName, 'lastName')).toEqual({ ...byName, field: 'lastName' });
	expect(withField(byName, 'bounces')).toMatchObject({ operator: '=', value: '' });
	expect(withField(byName, 'isUser')).toMatchObject({ operator: '=', value: 'yes' });
});

test('a search with something missing is not asked', () => {
	expect(searchOf(emptySearch)).toBeUndefined();
	expect(isIncomplete({ ...emptyLine, operator: 'empty' })).toBe(false);
	expect(isIncomplete({ ...emptyLine, field: 'bounces', operator: '>', value: '-1' })).toBe(true);
	expect(isIncomplete({ ...emptyLine, field: 'group', operator: '=', value: '3' })).toBe(false);
});

test('a search survives the way through the URL', () => {
	const search: Condition = {
		any: [
			{ field: 'name', operator: 'contains', value: 'Bér "g"' },
			{
				all: [
					{ field: 'domain', place: 'any', operator: 'ends', value: '.example' },
					{ field: 'holdType', place: 'bulk', operator: 'empty' },
				],
			},
		],
	};

	expect(searchIn(JSON.stringify(search))).toEqual(search);
	expect(allLines(draftIn(JSON.stringify(search))!)).toHaveLength(3);
	expect(searchIn(JSON.stringify({ field: 'isUser', operator: '=', value: 'no' }))).toEqual({
		all: [{ field: 'isUser', operator: '=', value: 'no' }],
	});
});

test('what is no search, or one that the page cannot show, is none', () => {
	const wrong = [
		'',
		'{',
		'[]',
		'null',
		'{"all":[]}',
		'{"all":[{"field":"password","operator":"="}]}',
		'{"all":[{"field":"isUser","operator":"contains","value":"x"}]}',
		'{"all":[{"any":[{"all":[]}]}]}',
	];
	for (const where of wrong) expect(searchIn(where), where).toBeUndefined();
});

test('a search is told in words: what is joined, names of groups, dates and numbers', () => {
	const search: Condition = {
		all: [
			{ field: 'group', operator: '!=', value: '3' },
			{ field: 'createdAt', operator: '<', value: '2026-05-03' },
			{
				any: [
					{ field: 'bounces', operator: '>', value: '2' },
					{ field: 'email', place: 'any', operator: 'ends', value: 'a.example' },
				],
			},
		],
	};

	expect(searchInWords(search, new Map([[3, 'Friends']]))).toBe(
		'Contacts where Group is not Friends and Added on is before 2026-05-03 and ' +
			'(Number of bounces is more than 2 or E-mail address (Any address) ends with “a.example”).',
	);
});

test('a group of one condition reads as that condition', () => {
	const search: Condition = {
		all: [
			{ field: 'isUser', operator: '=', value: 'no' },
			{ any: [{ field: 'note', operator: 'not-empty' }] },
		],
	};

	expect(searchInWords(search, noGroups)).toBe(
		'Contacts where WordPress user = No and Note is not empty.',
	);
});

function valueFor(field: keyof typeof searchFields): string {
	const values: Record<SearchFieldKind, string> = {
		text: 'x',
		'yes-no': 'yes',
		kind: 'Household',
		status: 'confirmed',
		hold: 'bounce',
		type: 'Quota',
		date: '2026-05-03',
		number: '3',
		group: '3',
	};
	return values[searchFields[field].kind];
}
