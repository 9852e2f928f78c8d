import { expect, test } from 'vitest';
import { idIn, oneOf, valuesIn, withChanges } from '../../admin-ui/view-state.ts';
import {
	bounceKeys,
	bouncesAsked,
	countsAsked,
	isNarrowed,
	noFilters,
} from '../../admin-ui/pages/bounces/bounce-view.ts';
import { addressesIn } from '../../admin-ui/pages/on-hold/addresses-in.ts';
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

test('the counts by type are the same whatever type the list shows', () => {
	const counts = (search: string) =>
		JSON.parse(JSON.stringify(countsAsked(valuesIn(search, bounceKeys)))) as unknown;

	expect(counts('?type=Quota&paged=3&fault=sender')).toEqual(counts('?fault=sender'));
	expect(counts('?type=Quota')).not.toEqual(counts('?fault=sender'));
});

test('a list is narrowed by its search, its type and its filters, not by page and order', () => {
	expect(isNarrowed(valuesIn('?paged=2&orderby=email', bounceKeys))).toBe(false);
	for (const search of ['?s=anna', '?type=Quota', '?trust=proved'])
		expect(isNarrowed(valuesIn(search, bounceKeys))).toBe(true);
});

test('addresses are found in what somebody pastes, each once, and what is none is named', () => {
	expect(
		addressesIn(
			'anna@example.org\nBert Berg <Bert@Example.org>, carla@example.org; anna@example.org',
		),
	).toEqual(['anna@example.org', 'bert@example.org', 'carla@example.org']);
	expect(addressesIn(' dora@example.org  emil.example.org\r\n')).toEqual([
		'dora@example.org',
		'emil.example.org',
	]);
	expect(addressesIn(' \n ')).toEqual([]);
});
