import type { SiteTables } from '../site-tables.ts';
import { idsOf } from './person.ts';
import type { Person } from './person.ts';
import { countOf, item, moment, rowsIn, yes } from './section.ts';
import type { Section } from './section.ts';

export const contacts: Section = {
	count: async (_tables, person) => person.contacts.length,
	items: async ({ db, siteId }, person, window) => {
		const mine = db
			.selectFrom('contacts')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', 'in', idsOf(person.contacts))
			.orderBy('id');
		const rows = await rowsIn(window, mine);
		return rows.map((row) =>
			item('contact', 'Contact', row.id, {
				Name: row.display_name,
				'First name': row.first_name,
				'Last name': row.last_name,
				Employer: row.employer,
				Status: row.status,
				'Do not e-mail': yes(row.do_not_email),
				'Opted out of mailings': yes(row.is_opted_out),
				Deceased: yes(row.is_deceased),
				Note: row.note,
				Source: row.source,
				Added: moment(row.created_at),
				'In the trash since': moment(row.deleted_at),
			}),
		);
	},
};

export const addresses: Section = {
	count: async (_tables, person) => person.addresses.length,
	items: async ({ db, siteId }, person, window) => {
		const mine = db
			.selectFrom('addresses')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', 'in', idsOf(person.addresses))
			.orderBy('id');
		const rows = await rowsIn(window, mine);
		return rows.map((row) =>
			item('address', 'E-mail addresses', row.id, {
				Address: row.email,
				Primary: yes(row.is_primary),
				'For mailings': yes(row.is_bulk),
				'On hold': row.hold ?? 'no',
				'On hold since': moment(row.held_at),
				'On hold because': row.hold_because ?? '',
			}),
		);
	},
};

export const groups: Section = {
	count: (tables, person) => countOf(memberships(tables, person)),
	items: async (tables, person, window) => {
		const named = memberships(tables, person)
			.innerJoin('contact_groups as g', (join) =>
				join.onRef('g.id', '=', 'm.group_id').onRef('g.site_id', '=', 'm.site_id'),
			)
			.select(['g.id', 'g.name', 'm.contact_id'])
			.orderBy('g.id')
			.orderBy('m.contact_id');
		const rows = await rowsIn(window, named);
		return rows.map((row) =>
			item('group', 'Groups', `${row.id}-${row.contact_id}`, { Group: row.name }),
		);
	},
};

function memberships({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('group_members as m')
		.where('m.site_id', '=', siteId)
		.where('m.contact_id', 'in', idsOf(person.contacts));
}

export const holds: Section = {
	count: (tables, person) => countOf(holdsOf(tables, person)),
	items: async (tables, person, window) => {
		const rows = await rowsIn(window, holdsOf(tables, person).selectAll().orderBy('id'));
		const emailOf = new Map(person.addresses.map(({ id, email }) => [id, email]));
		return rows.map((row) =>
			item('hold', 'Holds of e-mail addresses', row.id, {
				Address: emailOf.get(row.address_id) ?? '',
				Date: moment(row.at),
				What: row.what,
				Kind: row.hold,
				Because: row.because ?? '',
			}),
		);
	},
};

function holdsOf({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('hold_history')
		.where('site_id', '=', siteId)
		.where('address_id', 'in', idsOf(person.addresses));
}

export const lists: Section = {
	count: async (tables, person) => (await listed(tables, person)).length,
	items: async (tables, person, { offset, limit }) =>
		(await listed(tables, person))
			.slice(offset, offset + limit)
			.map(({ list, id, email, at, because }) =>
				item('list', 'Lists', `${list}-${id}`, {
					List: list,
					Entry: email,
					Since: moment(at),
					Because: because,
				}),
			),
};

async function listed({ db, siteId }: SiteTables, person: Person) {
	const doNotSend = await db
		.selectFrom('do_not_send')
		.select(['id', 'email', 'added_at as at', 'because'])
		.where('site_id', '=', siteId)
		.where('email', 'in', person.emails)
		.orderBy('id')
		.execute();
	const neverFile = await db
		.selectFrom('never_file')
		.select(['id', 'pattern as email', 'added_at as at', 'note as because'])
		.where('site_id', '=', siteId)
		.where('pattern', 'in', person.emails)
		.orderBy('id')
		.execute();
	return [
		...doNotSend.map((row) => ({ ...row, list: 'Do not send' })),
		...neverFile.map((row) => ({ ...row, list: 'Never file' })),
	];
}
