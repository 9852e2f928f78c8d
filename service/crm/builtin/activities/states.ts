import type { ActivityStatus, PartyPlace, PartyRole } from '../../../contract/activity.ts';
import { inPieces } from '../../../db/open.ts';
import { excerptOf } from '../../../messages/quoted-text.ts';
import type { SiteTables } from '../site-tables.ts';

/** What of an activity a deed changed, and only that: enough to do it and to undo it. */
export interface ActivityState {
	subject?: string;
	occurredAt?: number;
	status?: ActivityStatus;
	campaign?: string;
	parties?: PartyState[];
	body?: { text: string; html: string | null };
	deletedAt?: number | null;
	edited?: { at: number | null; by: string | null };
}

export interface PartyState {
	contactId: number;
	role: PartyRole;
	place: PartyPlace;
	email: string;
	name: string;
}

/** How activities are now, by id; those that were deleted for good are left out. Without their bodies. */
export async function readStates(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
): Promise<Map<number, Required<Omit<ActivityState, 'body'>>>> {
	const states = new Map<number, Required<Omit<ActivityState, 'body'>>>();
	for (const piece of inPieces([...new Set(ids)])) {
		const rows = await db
			.selectFrom('activities')
			.select(['id', 'subject', 'occurred_at', 'status', 'campaign', 'deleted_at'])
			.select(['edited_at', 'edited_by'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		for (const row of rows)
			states.set(row.id, {
				subject: row.subject,
				occurredAt: row.occurred_at,
				status: row.status,
				campaign: row.campaign,
				parties: [],
				deletedAt: row.deleted_at,
				edited: { at: row.edited_at, by: row.edited_by },
			});
		const parties = await db
			.selectFrom('activity_parties')
			.select(['activity_id', 'contact_id', 'role', 'place', 'email', 'name'])
			.where('site_id', '=', siteId)
			.where('activity_id', 'in', piece)
			.orderBy('id')
			.execute();
		for (const { activity_id, contact_id, ...party } of parties)
			states.get(activity_id)?.parties.push({ contactId: contact_id, ...party });
	}
	return states;
}

/** The text and the HTML of an activity. */
export async function readBody(
	{ db, siteId }: SiteTables,
	id: number,
): Promise<{ text: string; html: string | null }> {
	const row = await db
		.selectFrom('activity_bodies')
		.select(['text', 'html'])
		.where('site_id', '=', siteId)
		.where('activity_id', '=', id)
		.executeTakeFirst();
	return row ?? { text: '', html: null };
}

/** Makes an activity what a state says, and leaves what it does not name. What is searched and counted follows. */
export async function writeState(
	tables: SiteTables,
	id: number,
	state: ActivityState,
): Promise<void> {
	const { db, siteId } = tables;
	const before = await contactsOf(tables, [id]);
	const { subject, occurredAt, status, campaign, deletedAt, edited, body, parties } = state;
	const columns = {
		...(subject === undefined ? {} : { subject }),
		...(occurredAt === undefined ? {} : { occurred_at: occurredAt }),
		...(status === undefined ? {} : { status }),
		...(campaign === undefined ? {} : { campaign }),
		...(deletedAt === undefined ? {} : { deleted_at: deletedAt }),
		...(edited === undefined ? {} : { edited_at: edited.at, edited_by: edited.by }),
		...(body === undefined ? {} : { excerpt: excerptOf(body.text) }),
		...(parties === undefined ? {} : { people: peopleOf(parties) }),
	};
	if (Object.keys(columns).length > 0)
		await db
			.updateTable('activities')
			.set(columns)
			.where('site_id', '=', siteId)
			.where('id', '=', id)
			.execute();
	if (body) await writeBody(tables, id, body);
	if (parties) await writeParties(tables, id, parties);
	if (occurredAt !== undefined)
		await db
			.updateTable('activity_parties')
			.set({ occurred_at: occurredAt })
			.where('site_id', '=', siteId)
			.where('activity_id', '=', id)
			.execute();
	if (parties || occurredAt !== undefined || deletedAt !== undefined)
		await noteLastMail(tables, [...before, ...(await contactsOf(tables, [id]))]);
}

/** Names and addresses of everybody in a mail, to be searched. */
export function peopleOf(parties: readonly Pick<PartyState, 'name' | 'email'>[]): string {
	return parties
		.map(({ name, email }) => (name ? `${name} ${email}` : email))
		.join(', ')
		.slice(0, 4_000);
}

/** Contacts that have part in these activities. */
export async function contactsOf(
	{ db, siteId }: SiteTables,
	activityIds: readonly number[],
): Promise<number[]> {
	const found = new Set<number>();
	for (const piece of inPieces(activityIds)) {
		const rows = await db
			.selectFrom('activity_parties')
			.select('contact_id')
			.where('site_id', '=', siteId)
			.where('activity_id', 'in', piece)
			.execute();
		for (const { contact_id } of rows) found.add(contact_id);
	}
	return [...found];
}

/** Notes on contacts when their last mail was, after mails of theirs changed. */
export async function noteLastMail(
	{ db, siteId }: SiteTables,
	contactIds: readonly number[],
): Promise<void> {
	for (const piece of inPieces([...new Set(contactIds)])) {
		await db
			.updateTable('contacts')
			.set((eb) => ({
				last_mail_at: eb
					.selectFrom('activity_parties as p')
					.innerJoin('activities as a', (join) =>
						join.onRef('a.id', '=', 'p.activity_id').onRef('a.site_id', '=', 'p.site_id'),
					)
					.select('p.occurred_at')
					.whereRef('p.site_id', '=', 'contacts.site_id')
					.whereRef('p.contact_id', '=', 'contacts.id')
					.where('a.deleted_at', 'is', null)
					.orderBy('p.occurred_at', 'desc')
					.limit(1),
			}))
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
}

async function writeBody(
	{ db, siteId }: SiteTables,
	id: number,
	{ text, html }: { text: string; html: string | null },
): Promise<void> {
	await db
		.insertInto('activity_bodies')
		.values({ site_id: siteId, activity_id: id, text, html })
		.onConflict((conflict) =>
			conflict.columns(['site_id', 'activity_id']).doUpdateSet({ text, html }),
		)
		.execute();
}

async function writeParties(
	{ db, siteId }: SiteTables,
	id: number,
	parties: readonly PartyState[],
): Promise<void> {
	await db
		.deleteFrom('activity_parties')
		.where('site_id', '=', siteId)
		.where('activity_id', '=', id)
		.execute();
	if (parties.length === 0) return;
	const { occurred_at } = await db
		.selectFrom('activities')
		.select('occurred_at')
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.executeTakeFirstOrThrow();
	await db
		.insertInto('activity_parties')
		.values(
			parties.map(({ contactId, role, place, email, name }) => ({
				site_id: siteId,
				activity_id: id,
				contact_id: contactId,
				role,
				place,
				email,
				name,
				occurred_at,
			})),
		)
		.execute();
}
