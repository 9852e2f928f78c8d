import { sql } from 'kysely';
import type { ActivityParty, ActivitySummary } from '../../../contract/activity.ts';
import type { Page } from '../../../contract/page.ts';
import { dayAfter, startOfDay } from '../../../db/filters.ts';
import { inPieces } from '../../../db/open.ts';
import type { ActivityRow } from '../../../db/people-tables.ts';
import type { ActivityFilters } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { matchFor } from './search.ts';

/** Mails that a search, or a contact's list, looks at: the newest so many. More take longer than anybody waits. */
const mostLookedAt = 5_000;

/** See `ActivityBook.list`. */
export async function listActivities(
	tables: SiteTables,
	filters: ActivityFilters,
): Promise<Page<ActivitySummary>> {
	const { page = 1, per_page = 20, orderby = 'occurredAt', order = 'desc' } = filters;
	const column = { occurredAt: 'a.occurred_at', filedAt: 'a.filed_at' } as const;

	const ids = await found(tables, filters)
		.select('a.id')
		.orderBy(column[orderby], order)
		.orderBy('a.id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await tables.db
		.selectFrom(found(tables, filters).select('a.id').limit(mostCounted(filters)).as('all'))
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const rows = await summaries(
		tables,
		ids.map(({ id }) => id),
	);
	return { rows, total: Number(total) };
}

/** Summaries of these activities, in their order; those that are gone are left out. */
export async function summaries(
	tables: SiteTables,
	ids: readonly number[],
): Promise<ActivitySummary[]> {
	if (ids.length === 0) return [];
	const rows = await tables.db
		.selectFrom('activities')
		.selectAll()
		.where('site_id', '=', tables.siteId)
		.where('id', 'in', [...ids])
		.execute();
	const parties = await partiesOf(tables, ids);
	const inThread = await threadCounts(
		tables,
		rows.map(({ thread_id }) => thread_id),
	);
	const byId = new Map(rows.map((row) => [row.id, row]));
	return ids.flatMap((id) => {
		const row = byId.get(id);
		return row ? [toSummary(row, parties.get(id) ?? [], inThread.get(row.thread_id) ?? 1)] : [];
	});
}

/** How far a list is counted: what an index alone can count very far, what needs a look at each mail less so. */
function mostCounted({ hasAttachments }: ActivityFilters): number {
	return hasAttachments === undefined ? 100_000 : 1_000;
}

/** The activities that the filters find, as `a`. */
function found({ db, siteId }: SiteTables, filters: ActivityFilters) {
	const match = filters.search ? matchFor(siteId, filters.search) : undefined;
	let query = db
		.selectFrom('activities as a')
		.where('a.site_id', '=', siteId)
		.where('a.deleted_at', 'is', null);
	if (match !== undefined)
		query = query.where('a.id', 'in', (eb) =>
			eb
				.selectFrom('activity_words')
				.select('rowid')
				.where('activity_words', sql`match`, match)
				.orderBy('rowid', 'desc')
				.limit(mostLookedAt),
		);
	if (filters.contactId !== undefined)
		query = query.where('a.id', 'in', (eb) =>
			eb
				.selectFrom('activity_parties as p')
				.select('p.activity_id')
				.where('p.site_id', '=', siteId)
				.where('p.contact_id', '=', filters.contactId!)
				.orderBy('p.occurred_at', 'desc')
				.limit(mostLookedAt),
		);
	if (filters.accountId) query = query.where('a.account_id', '=', filters.accountId);
	if (filters.threadId) query = query.where('a.thread_id', '=', filters.threadId);
	if (filters.status) query = query.where('a.status', '=', filters.status);
	if (filters.campaign) query = query.where('a.campaign', '=', filters.campaign);
	if (filters.hasAttachments !== undefined)
		query = query.where('a.attachments', filters.hasAttachments ? '>' : '=', 0);
	if (filters.from) query = query.where('a.occurred_at', '>=', startOfDay(filters.from));
	if (filters.until) query = query.where('a.occurred_at', '<', dayAfter(filters.until));
	return query;
}

const places = { from: 0, to: 1, cc: 2, bcc: 3 } as const;

/** Who has part in these activities: the sender first. */
export async function partiesOf(
	{ db, siteId }: SiteTables,
	activityIds: readonly number[],
): Promise<Map<number, ActivityParty[]>> {
	const parties = new Map<number, ActivityParty[]>();
	for (const piece of inPieces([...new Set(activityIds)])) {
		const rows = await db
			.selectFrom('activity_parties as p')
			.leftJoin('contacts as c', (join) =>
				join.onRef('c.id', '=', 'p.contact_id').onRef('c.site_id', '=', 'p.site_id'),
			)
			.select(['p.activity_id', 'p.contact_id', 'p.role', 'p.place', 'p.email', 'p.name'])
			.select(['c.display_name', 'c.deleted_at', 'c.id as known_id'])
			.where('p.site_id', '=', siteId)
			.where('p.activity_id', 'in', piece)
			.orderBy('p.id')
			.execute();
		for (const row of rows) {
			const party = {
				contactId: row.contact_id,
				name: row.display_name || row.name || row.email,
				email: row.email,
				role: row.role,
				place: row.place,
				isDeleted: row.known_id === null || row.deleted_at !== null,
			};
			parties.set(row.activity_id, [...(parties.get(row.activity_id) ?? []), party]);
		}
	}
	for (const list of parties.values()) list.sort((a, b) => places[a.place] - places[b.place]);
	return parties;
}

async function threadCounts(
	{ db, siteId }: SiteTables,
	threadIds: readonly number[],
): Promise<Map<number, number>> {
	if (threadIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('activities')
		.select(['thread_id', (eb) => eb.fn.countAll<number>().as('count')])
		.where('site_id', '=', siteId)
		.where('thread_id', 'in', [...new Set(threadIds)])
		.where('deleted_at', 'is', null)
		.groupBy('thread_id')
		.execute();
	return new Map(rows.map(({ thread_id, count }) => [thread_id, Number(count)]));
}

function toSummary(row: ActivityRow, parties: ActivityParty[], inThread: number): ActivitySummary {
	return {
		id: row.id,
		type: row.type,
		subject: row.subject,
		occurredAt: new Date(row.occurred_at).toISOString(),
		filedAt: new Date(row.filed_at).toISOString(),
		status: row.status,
		campaign: row.campaign,
		token: row.token,
		parties,
		attachments: row.attachments,
		threadId: row.thread_id,
		inThread,
		excerpt: row.excerpt,
		accountId: row.account_id,
	};
}
