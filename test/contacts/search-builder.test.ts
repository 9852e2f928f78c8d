import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contactStatuses, holdKinds } from '../../service/contract/address.ts';
import { condition as conditionShape } from '../../service/contract/contact-messages.ts';
import {
	addressPlaces,
	contactKinds,
	operatorsOf,
	searchFields,
} from '../../service/contract/contact.ts';
import type { Condition, SearchField } from '../../service/contract/contact.ts';
import type { Database } from '../../service/db/open.ts';
import { aSite } from '../support/a-site.ts';
import { addBounce } from './a-history.ts';
import { holds } from './evaluate.ts';
import type { Person } from './evaluate.ts';

const days = ['2026-01-31', '2026-02-01', '2026-02-02'];
const moments = [
	...days.flatMap((day) => [Date.parse(`${day}T00:00:00Z`), Date.parse(`${day}T23:59:59.999Z`)]),
];
const words = ['anna', 'ANNA', 'Ä_1', 'ä%', '100%', 'a*b', '[x]', 'o’Hara', 'É?', "'; drop", ''];
const domains = ['one.example', 'Two.example', 'ÄÖ.example'];
const word = fc.constantFrom(...words);
const moment = fc.constantFrom(...moments);
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

const anAddress = fc.record({
	local: fc.constantFrom('anna', 'Bert', 'c_d', 'e%f'),
	domain: fc.constantFrom(...domains),
	isBulk: fc.boolean(),
	hold: orNull(fc.constantFrom(...holdKinds)),
	holdType: orNull(fc.constantFrom('Invalid', 'Quota')),
	heldSince: orNull(moment),
	bounces: fc.integer({ min: 0, max: 2 }),
});
const aPerson: fc.Arbitrary<Person> = fc
	.record({
		kind: fc.constantFrom(...contactKinds),
		name: word,
		firstName: word,
		lastName: word,
		employer: word,
		note: word,
		status: fc.constantFrom(...contactStatuses),
		isUser: fc.boolean(),
		doNotEmail: fc.boolean(),
		isOptedOut: fc.boolean(),
		isDeceased: fc.boolean(),
		createdAt: moment,
		lastMailAt: orNull(moment),
		mails: fc.integer({ min: 0, max: 3 }),
		groups: fc.uniqueArray(fc.constantFrom(1, 2)),
		addresses: fc.array(anAddress, { maxLength: 3 }),
	})
	.map(({ addresses, ...person }) => ({
		...person,
		addresses: addresses.map(({ local, domain, ...address }, index) => ({
			...address,
			isPrimary: index === 0,
			email: `${local}@${domain}`.toLowerCase(),
			domain: domain.toLowerCase(),
		})),
	}));

const valueOf = {
	text: fc.constantFrom(...words.filter(Boolean), ...domains, 'anna@one.example', '_', '%', 'ä'),
	'yes-no': fc.constantFrom('yes', 'no'),
	kind: fc.constantFrom<string>(...contactKinds),
	status: fc.constantFrom<string>(...contactStatuses),
	hold: fc.constantFrom<string>(...holdKinds),
	type: fc.constantFrom('Invalid', 'Quota', 'Loop'),
	date: fc.constantFrom(...days),
	number: fc.constantFrom('0', '1', '2'),
	group: fc.constantFrom('1', '2', '3'),
};
const aComparison: fc.Arbitrary<Condition> = fc
	.constantFrom(...(Object.keys(searchFields) as SearchField[]))
	.chain((field) => {
		const { kind, of } = searchFields[field];
		return fc.record({
			field: fc.constant(field),
			operator: fc.constantFrom(...operatorsOf[kind]),
			value: valueOf[kind],
			...(of === 'address' ? { place: fc.constantFrom(...addressPlaces) } : {}),
		});
	});
const several = (inside: fc.Arbitrary<Condition>) =>
	fc.oneof(
		fc.record({ all: fc.array(inside, { maxLength: 3 }) }),
		fc.record({ any: fc.array(inside, { maxLength: 3 }) }),
	);
const aCondition = fc.oneof(
	aComparison,
	several(aComparison),
	several(fc.oneof(aComparison, several(aComparison))),
);

test('a search finds exactly those of whom it is true, whatever is asked and whoever is there', async () => {
	const { db, site } = await aSite();
	await fc.assert(
		fc.asyncProperty(
			fc.array(aPerson, { maxLength: 6 }),
			fc.array(aCondition, { minLength: 5, maxLength: 20 }),
			async (people, conditions) => {
				await db.transaction().execute((inside) => replaceContacts(inside, people));
				for (const where of conditions) {
					conditionShape.parse(where);
					const expected = people.flatMap((person, index) =>
						holds(where, person) ? [index + 1] : [],
					);
					const { rows, total } = await site.contacts.list({ where, per_page: 100 });

					expect([where, rows.map(({ id }) => id).sort()]).toEqual([where, expected]);
					expect(total).toBe(expected.length);
				}
			},
		),
		{ numRuns: 30, seed: 4 },
	);
});

/** Makes the people the only contacts of site 1, numbered from 1; site 2 has somebody of each kind too. */
async function replaceContacts(db: Database, people: readonly Person[]) {
	for (const table of [
		'contacts',
		'addresses',
		'group_members',
		'bounces',
		'contact_groups',
	] as const)
		await db.deleteFrom(table).execute();
	for (const id of [1, 2])
		await db
			.insertInto('contact_groups')
			.values({ id, site_id: '1', name: `Group ${id}`, is_mailing_list: 0 })
			.execute();
	let addressId = 0;
	for (const [index, person] of people.entries()) {
		const id = index + 1;
		for (const [siteId, contactId] of [
			['1', id],
			['2', id + 100],
		] as const) {
			await db
				.insertInto('contacts')
				.values({
					id: contactId,
					site_id: siteId,
					kind: person.kind,
					display_name: person.name,
					first_name: person.firstName,
					last_name: person.lastName,
					employer: person.employer,
					note: person.note,
					status: person.status,
					wp_user_id: person.isUser ? id : null,
					sync_id: null,
					do_not_email: Number(person.doNotEmail),
					is_opted_out: Number(person.isOptedOut),
					is_deceased: Number(person.isDeceased),
					created_at: person.createdAt,
					last_mail_at: person.lastMailAt,
					mails: person.mails,
				})
				.execute();
		}
		for (const group_id of person.groups)
			await db
				.insertInto('group_members')
				.values({ site_id: '1', group_id, contact_id: id })
				.execute();
		for (const address of person.addresses) {
			addressId += 1;
			await db
				.insertInto('addresses')
				.values({
					id: addressId,
					site_id: '1',
					contact_id: id,
					email: address.email,
					email_key: address.email,
					domain: address.domain,
					is_primary: Number(address.isPrimary),
					is_bulk: Number(address.isBulk),
					hold: address.hold,
					held_at: address.heldSince,
					hold_type: address.holdType,
					hold_because: null,
					hold_bounce_id: null,
					count_since: 0,
				})
				.execute();
			for (let position = 0; position < address.bounces; position += 1)
				await addBounce(db, addressId, position);
		}
	}
}
