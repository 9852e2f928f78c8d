import { inflateRawSync } from 'node:zlib';
import type { Answers } from '../../../contract/messages.ts';
import type { SiteTables } from '../builtin-crm.ts';
import { findPerson, idsOf } from './person.ts';
import type { Person } from './person.ts';

type Item = Answers['exportPersonalData']['data'][number];

/** Items a page; WordPress asks for one page after the other. */
const itemsAPage = 100;
const longestHeader = 20_000;

/** One kind of thing that is held about people. */
interface Section {
	count(tables: SiteTables, person: Person): Promise<number>;
	items(tables: SiteTables, person: Person, window: Window): Promise<Item[]>;
}

interface Window {
	offset: number;
	limit: number;
}

/** See `PersonalData.export`. */
export async function exportPersonalData(
	tables: SiteTables,
	email: string,
	page: number,
): Promise<Answers['exportPersonalData']> {
	const person = await findPerson(tables, email);
	const data: Item[] = [];
	let offset = (page - 1) * itemsAPage;
	let left = itemsAPage;
	let isMore = false;
	for (const section of sections) {
		const count = await section.count(tables, person);
		const taken = Math.max(0, Math.min(count - offset, left));
		if (taken > 0) data.push(...(await section.items(tables, person, { offset, limit: taken })));
		isMore ||= count - offset > left;
		offset = Math.max(0, offset - count);
		left -= taken;
	}
	return { data, done: !isMore };
}

const contacts: Section = {
	count: async (_tables, person) => person.contacts.length,
	items: async ({ db, siteId }, person, window) => {
		const rows = await db
			.selectFrom('contacts')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', 'in', idsOf(person.contacts))
			.orderBy('id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
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

const addresses: Section = {
	count: async (_tables, person) => person.addresses.length,
	items: async ({ db, siteId }, person, window) => {
		const rows = await db
			.selectFrom('addresses')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', 'in', idsOf(person.addresses))
			.orderBy('id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
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

const groups: Section = {
	count: async ({ db, siteId }, person) =>
		total(
			await db
				.selectFrom('group_members')
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.where('site_id', '=', siteId)
				.where('contact_id', 'in', idsOf(person.contacts))
				.executeTakeFirst(),
		),
	items: async ({ db, siteId }, person, window) => {
		const rows = await db
			.selectFrom('group_members as m')
			.innerJoin('contact_groups as g', (join) =>
				join.onRef('g.id', '=', 'm.group_id').onRef('g.site_id', '=', 'm.site_id'),
			)
			.select(['g.id', 'g.name', 'm.contact_id'])
			.where('m.site_id', '=', siteId)
			.where('m.contact_id', 'in', idsOf(person.contacts))
			.orderBy('g.id')
			.orderBy('m.contact_id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
		return rows.map((row) =>
			item('group', 'Groups', `${row.id}-${row.contact_id}`, { Group: row.name }),
		);
	},
};

const holds: Section = {
	count: async ({ db, siteId }, person) =>
		total(
			await db
				.selectFrom('hold_history')
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.where('site_id', '=', siteId)
				.where('address_id', 'in', idsOf(person.addresses))
				.executeTakeFirst(),
		),
	items: async ({ db, siteId }, person, window) => {
		const rows = await db
			.selectFrom('hold_history')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('address_id', 'in', idsOf(person.addresses))
			.orderBy('id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
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

const lists: Section = {
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

const sent: Section = {
	count: async ({ db, siteId }, person) =>
		total(
			await db
				.selectFrom('deliveries')
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.where('site_id', '=', siteId)
				.where('address_id', 'in', idsOf(person.addresses))
				.executeTakeFirst(),
		),
	items: async ({ db, siteId }, person, window) => {
		const rows = await db
			.selectFrom('deliveries as d')
			.leftJoin('mailings as m', (join) =>
				join.onRef('m.id', '=', 'd.mailing_id').onRef('m.site_id', '=', 'd.site_id'),
			)
			.select(['d.id', 'd.sent_at', 'd.message_id', 'm.name'])
			.where('d.site_id', '=', siteId)
			.where('d.address_id', 'in', idsOf(person.addresses))
			.orderBy('d.id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
		return rows.map((row) =>
			item('sent', 'Mails that were sent', row.id, {
				Sent: moment(row.sent_at),
				Mailing: row.name ?? '',
				'Message-ID': row.message_id ?? '',
			}),
		);
	},
};

const bounces: Section = {
	count: async (tables, person) =>
		total(
			await bouncesOf(tables, person)
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.executeTakeFirst(),
		),
	items: async (tables, person, window) => {
		const rows = await bouncesOf(tables, person)
			.selectAll()
			.orderBy('id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
		return rows.map((row) =>
			item('bounce', 'Bounces', row.id, {
				Address: row.email,
				Date: moment(row.recorded_at),
				Type: row.type,
				Status: row.status ?? '',
				'What the mail server said': row.diagnostic ?? '',
				'What was done': row.because,
			}),
		);
	},
};

function bouncesOf({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('bounces')
		.where('site_id', '=', siteId)
		.where((eb) =>
			eb.or([eb('address_id', 'in', idsOf(person.addresses)), eb('email', 'in', person.emails)]),
		);
}

const activities: Section = {
	count: async (tables, person) =>
		total(
			await tables.db
				.selectFrom(activityIdsOf(tables, person).as('mine'))
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.executeTakeFirst(),
		),
	items: async (tables, person, window) => {
		const { db, siteId } = tables;
		const ids = await activityIdsOf(tables, person)
			.orderBy('activity_id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
		const rows = await db
			.selectFrom('activities as a')
			.leftJoin('activity_bodies as b', (join) =>
				join.onRef('b.activity_id', '=', 'a.id').onRef('b.site_id', '=', 'a.site_id'),
			)
			.leftJoin('raw_mails as r', (join) =>
				join.onRef('r.fingerprint', '=', 'a.fingerprint').onRef('r.site_id', '=', 'a.site_id'),
			)
			.select(['a.id', 'a.subject', 'a.occurred_at', 'a.type', 'a.people', 'a.deleted_at'])
			.select(['b.text', 'r.bytes'])
			.where('a.site_id', '=', siteId)
			.where('a.id', 'in', [0, ...ids.map(({ activity_id }) => activity_id)])
			.orderBy('a.id')
			.execute();
		const files = await fileNames(
			tables,
			rows.map(({ id }) => id),
		);
		return rows.map((row) =>
			item('activity', 'Filed mail', row.id, {
				Type: row.type,
				Date: moment(row.occurred_at),
				Subject: row.subject,
				People: row.people,
				Text: row.text ?? '',
				Attachments: (files.get(row.id) ?? []).join(', '),
				'In the trash since': moment(row.deleted_at),
				'Mail header': row.bytes ? headerOf(row.bytes) : '',
			}),
		);
	},
};

/** The mails that a person has part in, also those in the trash. */
export function activityIdsOf({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('activity_parties')
		.select('activity_id')
		.distinct()
		.where('site_id', '=', siteId)
		.where((eb) =>
			eb.or([eb('contact_id', 'in', idsOf(person.contacts)), eb('email', 'in', person.emails)]),
		);
}

async function fileNames(
	{ db, siteId }: SiteTables,
	activityIds: readonly number[],
): Promise<Map<number, string[]>> {
	const rows = await db
		.selectFrom('attachments')
		.select(['activity_id', 'file_name'])
		.where('site_id', '=', siteId)
		.where('activity_id', 'in', [0, ...activityIds])
		.orderBy('position')
		.execute();
	const byMail = new Map<number, string[]>();
	for (const { activity_id, file_name } of rows)
		byMail.set(activity_id, [...(byMail.get(activity_id) ?? []), file_name]);
	return byMail;
}

/** Mails that came in and became nothing of the above. */
const seen: Section = {
	count: async (tables, person) =>
		total(
			await seenFrom(tables, person)
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.executeTakeFirst(),
		),
	items: async (tables, person, window) => {
		const rows = await seenFrom(tables, person)
			.leftJoin('raw_mails as r', (join) =>
				join.onRef('r.fingerprint', '=', 'j.fingerprint').onRef('r.site_id', '=', 'j.site_id'),
			)
			.select(['j.id', 'j.at', 'j.subject', 'j.sender', 'j.because', 'r.bytes'])
			.orderBy('j.id')
			.limit(window.limit)
			.offset(window.offset)
			.execute();
		return rows.map((row) =>
			item('mail', 'Mails that came in', row.id, {
				Date: moment(row.at),
				From: row.sender,
				Subject: row.subject,
				'What was done': row.because,
				'Mail header': row.bytes ? headerOf(row.bytes) : '',
			}),
		);
	},
};

function seenFrom({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('journal as j')
		.where('j.site_id', '=', siteId)
		.where((eb) => eb.fn('lower', ['j.sender']), 'in', person.emails)
		.where('j.activity_id', 'is', null);
}

const sections = [contacts, addresses, groups, lists, holds, sent, activities, bounces, seen];

function item(
	group: string,
	label: string,
	id: number | string,
	fields: Record<string, string>,
): Item {
	return {
		group_id: `return-channel-${group}`,
		group_label: label,
		item_id: `return-channel-${group}-${id}`,
		data: Object.entries(fields)
			.filter(([, value]) => value !== '')
			.map(([name, value]) => ({ name, value })),
	};
}

function total(row: { n: number } | undefined): number {
	return Number(row?.n ?? 0);
}

function moment(at: number | null): string {
	return at === null ? '' : new Date(at).toISOString();
}

function yes(flag: number): string {
	return flag === 1 ? 'yes' : 'no';
}

function headerOf(deflated: Uint8Array): string {
	const raw = inflateRawSync(deflated).subarray(0, longestHeader).toString('utf8');
	return raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
}
