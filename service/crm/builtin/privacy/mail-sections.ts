import { inflateRawSync } from 'node:zlib';
import type { SiteTables } from '../site-tables.ts';
import { idsOf } from './person.ts';
import type { Person } from './person.ts';
import { nextMentions } from './raw-mentions.ts';
import { countOf, item, moment, rowsIn } from './section.ts';
import type { Item, Section } from './section.ts';

const longestHeader = 20_000;

export const sent: Section = {
	count: (tables, person) => countOf(deliveriesTo(tables, person)),
	items: async (tables, person, window) => {
		const named = deliveriesTo(tables, person)
			.leftJoin('mailings as m', (join) =>
				join.onRef('m.id', '=', 'd.mailing_id').onRef('m.site_id', '=', 'd.site_id'),
			)
			.select(['d.id', 'd.sent_at', 'd.message_id', 'm.name'])
			.orderBy('d.id');
		const rows = await rowsIn(window, named);
		return rows.map((row) =>
			item('sent', 'Mails that were sent', row.id, {
				Sent: moment(row.sent_at),
				Mailing: row.name ?? '',
				'Message-ID': row.message_id ?? '',
			}),
		);
	},
};

function deliveriesTo({ db, siteId }: SiteTables, person: Person) {
	return db
		.selectFrom('deliveries as d')
		.where('d.site_id', '=', siteId)
		.where('d.address_id', 'in', idsOf(person.addresses));
}

export const bounces: Section = {
	count: (tables, person) => countOf(bouncesOf(tables, person)),
	items: async (tables, person, window) => {
		const rows = await rowsIn(window, bouncesOf(tables, person).selectAll().orderBy('id'));
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

export const activities: Section = {
	count: (tables, person) => countOf(activityIdsOf(tables, person)),
	items: async (tables, person, window) => {
		const { db, siteId } = tables;
		const ids = await rowsIn(window, activityIdsOf(tables, person).orderBy('activity_id'));
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
	const parties = () =>
		db.selectFrom('activity_parties').select('activity_id').where('site_id', '=', siteId);
	const byContact = parties().where('contact_id', 'in', idsOf(person.contacts));
	// Two questions, because each has an index; one with "or" would walk through all mails.
	const byAddress = parties().where('email', 'in', person.emails);
	return db.selectFrom(byContact.union(byAddress).as('mine')).select('activity_id');
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
export const seen: Section = {
	count: (tables, person) => countOf(seenFrom(tables, person)),
	items: async (tables, person, window) => {
		const withRaw = seenFrom(tables, person)
			.leftJoin('raw_mails as r', (join) =>
				join.onRef('r.fingerprint', '=', 'j.fingerprint').onRef('r.site_id', '=', 'j.site_id'),
			)
			.select(['j.id', 'j.at', 'j.subject', 'j.sender', 'j.because', 'r.bytes'])
			.orderBy('j.id');
		const rows = await rowsIn(window, withRaw);
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

/** Stored mails of others that name the person, beside those above: that they are there, and when they came. */
export async function named(
	tables: SiteTables,
	person: Person,
	{ isFirst, most }: { isFirst: boolean; most: number },
): Promise<{ items: Item[]; isMore: boolean }> {
	const { db, siteId } = tables;
	const found = await nextMentions(tables, person, { purpose: 'export', isFirst, most });
	const places = new Map(found.mentions.map((one) => [one.fingerprint, one.isInHeader]));
	const rows = await db
		.selectFrom('journal as j')
		.select(['j.id', 'j.at', 'j.fingerprint'])
		.where('j.site_id', '=', siteId)
		.where('j.fingerprint', 'in', ['', ...places.keys()])
		.where('j.fingerprint', 'not in', bouncesOf(tables, person).select('fingerprint'))
		.where((eb) =>
			eb.or([
				eb('j.activity_id', 'is', null),
				eb('j.activity_id', 'not in', activityIdsOf(tables, person)),
			]),
		)
		.where((eb) => eb(eb.fn('lower', ['j.sender']), 'not in', person.emails))
		.orderBy('j.id')
		.execute();
	const items = rows.map(({ id, at, fingerprint }) =>
		item('mention', 'Mails of others that name you', id, {
			Date: moment(at),
			'Named in': places.get(fingerprint) ? 'its header' : 'its text',
		}),
	);
	return { items, isMore: found.isMore };
}

function headerOf(deflated: Uint8Array): string {
	const raw = inflateRawSync(deflated).subarray(0, longestHeader).toString('utf8');
	return raw.split(/\r?\n\r?\n/, 1)[0] ?? '';
}
