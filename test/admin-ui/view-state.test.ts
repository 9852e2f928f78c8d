import { expect, test } from 'vitest';
import { idIn, oneOf, valuesIn, withChanges } from '../../admin-ui/view-state.ts';
import { bounceKeys, bouncesAsked, noFilters } from '../../admin-ui/pages/bounces/bounce-view.ts';
import {
	holdFilter,
	holdKeys,
	holdsAsked,
	optOutsIn,
} from '../../admin-ui/pages/on-hold/hold-view.ts';

test('a change of the view leaves WordPress’s own part of the URL alone', () => {
	const search = '?page=return-channel&type=Quota&paged=3';

	expect(withChanges(search, { type: 'Invalid', paged: '' })).toBe(
		'?page=return-channel&type=Invalid',
	);
	expect(withChanges(search, noFilters)).toBe('?page=return-channel');
});

test('what the URL does not say is not set', () => {
	expect(valuesIn('?page=x&s=anna', ['s', 'type'])).toEqual({ s: 'anna', type: '' });
});

test('only a positive whole number opens a panel', () => {
	expect(idIn('12')).toBe(12);
	for (const value of ['', '0', '-1', '1.5', 'new', '1e3']) expect(idIn(value)).toBeUndefined();
});

test('a word that is no choice is no choice', () => {
	expect(oneOf(['asc', 'desc'], 'asc')).toBe('asc');
	expect(oneOf(['asc', 'desc'], 'up')).toBeUndefined();
});

test('the bounces page asks for what its URL says, and ignores what it says wrongly', () => {
	const url = '?paged=2&s=anna&fault=address&trust=certain&recognised=no&mailing=7&orderby=email';

	const asked = bouncesAsked(valuesIn(url, bounceKeys));

	expect(asked).toMatchObject({
		page: 2,
		search: 'anna',
		fault: 'address',
		trust: undefined,
		recognised: false,
		mailingId: 7,
		orderby: 'email',
		order: undefined,
	});
});

test('"all that match" releases what the list’s filters find, whatever its page and order', () => {
	const values = valuesIn('?paged=4&orderby=email&order=asc&domain=example.org', holdKeys);

	expect(holdsAsked(values)).toMatchObject({ page: 4, orderby: 'email', domain: 'example.org' });
	expect(JSON.parse(JSON.stringify(holdFilter(values)))).toEqual({ domain: 'example.org' });
});

test('opt-outs among what matches are counted before a release, unless the filter leaves none in', () => {
	expect(optOutsIn(valuesIn('?domain=example.org', holdKeys))).toMatchObject({
		domain: 'example.org',
		hold: 'opt-out',
	});
	expect(optOutsIn(valuesIn('?hold=bounce', holdKeys))).toBeUndefined();
});
