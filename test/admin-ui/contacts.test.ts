import { expect, test } from 'vitest';
import {
	contactFilter,
	contactsAsked,
	contactsKeys,
	countsAsked,
	isNarrowed,
	noFilters,
	queryOf,
	toSection,
	viewOf,
} from '../../admin-ui/pages/contacts/contacts-view.ts';
import type { ContactsValues } from '../../admin-ui/pages/contacts/contacts-view.ts';
import { partsOf, textOf } from '../../admin-ui/pages/contacts/import/file-parts.ts';
import { deedsFor, whoIs } from '../../admin-ui/pages/contacts/list/chosen.ts';
import {
	addressProblems,
	contactAsked,
	draftOf,
	isChanged,
	tidied,
	withAddress,
	withNewAddress,
	withoutAddress,
} from '../../admin-ui/pages/contacts/record/contact-draft.ts';
import { valuesIn } from '../../admin-ui/view-state.ts';
import type { ContactRecord } from '../../service/contract/contact.ts';

const valuesOf = (query: string): ContactsValues => valuesIn(query, contactsKeys);

test('the URL says what the list is narrowed to, and what it has wrong narrows nothing', () => {
	expect(contactFilter(valuesOf('?hold=any&group=3&user=no&s=berg&trash=yes'))).toMatchObject({
		hold: 'any',
		groupId: 3,
		isUser: false,
		search: 'berg',
		deleted: true,
	});
	expect(contactFilter(valuesOf('?hold=maybe&group=-1&kind=Robot&where=%7Bbroken'))).toEqual({
		deleted: false,
	});
	expect(contactsAsked(valuesOf('?paged=3&orderby=email&order=desc'))).toMatchObject({
		page: 3,
		orderby: 'email',
		order: 'desc',
	});
});

test('the counts leave out what they narrow themselves, and keep the other filters', () => {
	expect(countsAsked(valuesOf('?hold=bounce&kind=Household&trash=yes&domain=a.example'))).toEqual({
		deleted: false,
		domain: 'a.example',
	});
});

test('a saved view keeps search, filters and order, and no page, contact or panel', () => {
	const query = queryOf(
		valuesOf('?page=return-channel-contacts&hold=any&paged=4&contact=7&order=desc&orderby=name'),
	);

	expect(query).toBe('hold=any&orderby=name&order=desc');
	expect(valuesOf(`?${query}`).hold).toBe('any');
	expect(viewOf(query)).toMatchObject({ hold: 'any', paged: '', s: '', where: '' });
});

test('“Show all” takes every filter away, but in the search builder keeps what was built', () => {
	const narrowed = valuesOf('?hold=any&where=%7B%7D');

	expect(noFilters(narrowed)).toMatchObject({ hold: '', where: '' });
	expect(noFilters({ ...narrowed, section: 'search' })).toMatchObject({ hold: '', where: '{}' });
	expect(isNarrowed(valuesOf('?orderby=email&paged=2'))).toBe(false);
	expect(toSection('groups')).toMatchObject({ section: 'groups', hold: '', contact: '' });
});

test('a deed is for those that are ticked, or for all that the filter finds', () => {
	const values = valuesOf('?domain=a.example');

	expect(whoIs({ ids: new Set([3, 5]), isAll: false }, values)).toEqual({ ids: [3, 5] });
	expect(whoIs({ ids: new Set([3, 5]), isAll: true }, values)).toEqual({
		filter: { domain: 'a.example', deleted: false },
	});
});

test('in the trash there is nothing to do but to restore', () => {
	expect(deedsFor({ isTrash: true })).toEqual(['restore']);
	expect(deedsFor({ isTrash: false })).not.toContain('restore');
});

test('exactly one address is the primary, whatever is added, chosen and removed', () => {
	const { addresses } = draftOf();
	const two = withNewAddress(addresses);
	expect(two.map(({ isPrimary }) => isPrimary)).toEqual([true, false]);

	const chosen = withAddress(two, two[1]!.key, { isPrimary: true });
	expect(chosen.map(({ isPrimary }) => isPrimary)).toEqual([false, true]);

	const one = withoutAddress(chosen, chosen[1]!.key);
	expect(one.map(({ isPrimary }) => isPrimary)).toEqual([true]);
});

test('mailings go to one address at most', () => {
	const two = withNewAddress(draftOf().addresses);
	const first = withAddress(two, two[0]!.key, { isBulk: true });
	const second = withAddress(first, two[1]!.key, { isBulk: true });

	expect(second.map(({ isBulk }) => isBulk)).toEqual([false, true]);
	expect(withAddress(second, two[1]!.key, { email: 'a@a.example' })[1]!.isBulk).toBe(true);
});

test('a row for an address that nobody wrote is not sent, an emptied one is', () => {
	const draft = draftOf(anna);
	const added = { ...draft, addresses: withNewAddress(draft.addresses) };

	expect(contactAsked(tidied(added)).addresses).toEqual([
		{ id: 11, email: 'anna@example.org', isPrimary: true, isBulk: false },
	]);
	const emptied = { ...draft, addresses: withAddress(draft.addresses, 11, { email: ' ' }) };
	expect(contactAsked(tidied(emptied)).addresses).toMatchObject([{ id: 11, email: '' }]);
});

test('a form that was not touched has nothing to lose', () => {
	const draft = draftOf(anna);

	expect(isChanged(draft, draftOf(anna))).toBe(false);
	expect(isChanged(draft, { ...draft, fields: { ...draft.fields, note: 'x' } })).toBe(true);
});

test('what is wrong with an address stands at that address', () => {
	const problems = {
		'addresses.1.email': 'This is not an e-mail address.',
		firstName: 'Too long.',
	};

	expect(addressProblems(problems, 3)).toEqual([
		undefined,
		'This is not an e-mail address.',
		undefined,
	]);
});

test('a file is sent in parts that put together are the file, and no letter is cut', () => {
	const text = 'ab😀cd😀';
	for (const length of [2, 3, 4, 100]) {
		const parts = partsOf(text, length);
		expect(parts.join('')).toBe(text);
		for (const part of parts) expect(Buffer.from(part).toString()).toBe(part);
	}
	expect(partsOf('')).toEqual(['']);
});

test('files are read in the encodings that spreadsheets write', () => {
	const utf16 = (littleEndian: boolean) => {
		const bytes = Buffer.from('\uFEFFMüller', 'utf16le');
		return new Uint8Array(littleEndian ? bytes : bytes.swap16());
	};

	expect(textOf(new TextEncoder().encode('Müller'))).toBe('Müller');
	expect(textOf(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72]))).toBe('Müller');
	expect(textOf(utf16(true))).toBe('Müller');
	expect(textOf(utf16(false))).toBe('Müller');
});

const anna: ContactRecord = {
	id: 1,
	kind: 'Individual',
	firstName: 'Anna',
	lastName: 'Berg',
	name: '',
	employer: '',
	status: 'confirmed',
	doNotEmail: false,
	isOptedOut: false,
	isDeceased: false,
	note: '',
	displayName: 'Anna Berg',
	wpUserId: null,
	source: 'Added by Bert',
	createdAt: '2026-05-05T12:00:00.000Z',
	changedAt: '2026-05-05T12:00:00.000Z',
	deletedAt: null,
	mergedInto: null,
	addresses: [
		{
			id: 11,
			email: 'anna@example.org',
			isPrimary: true,
			isBulk: false,
			hold: null,
			heldSince: null,
			holdType: null,
			holdBecause: null,
			bounces: 0,
		},
	],
	groups: [{ id: 3, name: 'Friends' }],
	counts: { activities: 0, bounces: 0, sent: 0 },
};
