import type { Database } from '../db/open.ts';
import type { IncidentRow } from '../db/catalogue-tables.ts';
import { z } from 'zod';
import type { IncidentBook, StoredIncident } from './incident-book.ts';

interface IncidentTables {
	db: Database;
	siteId: string;
}

/** The incidents of one site in the service's own database. */
export function siteIncidentBook({ db, siteId }: IncidentTables): IncidentBook {
	const incidents = () => db.selectFrom('incidents').where('site_id', '=', siteId);
	const bounces = () =>
		db
			.selectFrom('bounces as b')
			.innerJoin('addresses as a', (join) =>
				join.onRef('a.id', '=', 'b.address_id').onRef('a.site_id', '=', 'b.site_id'),
			)
			.where('b.site_id', '=', siteId)
			.where('b.fault', '=', 'sender')
			.where('b.taken_back_at', 'is', null)
			.where('b.deleted_at', 'is', null);
	return {
		ownFaults: async (since) => {
			const rows = await bounces()
				.where('b.recorded_at', '>=', since.getTime())
				.select(['a.domain', 'b.reporting_server', 'b.reason', 'b.recorded_at'])
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.groupBy(['a.domain', 'b.reporting_server', 'b.reason', 'b.recorded_at'])
				.execute();
			return rows.map((row) => ({
				domain: row.domain,
				reportingServer: row.reporting_server,
				reason: row.reason,
				at: new Date(row.recorded_at),
				count: Number(row.count),
			}));
		},
		all: async () => (await incidents().selectAll().execute()).map(toIncident),
		list: async ({ page = 1, per_page = 20, state }) => {
			const query = state ? incidents().where('state', '=', state) : incidents();
			const rows = await query
				.selectAll()
				.orderBy('last_bounce_at', 'desc')
				.orderBy('id', 'desc')
				.limit(per_page)
				.offset((page - 1) * per_page)
				.execute();
			const { total } = await query
				.select((eb) => eb.fn.countAll<number>().as('total'))
				.executeTakeFirstOrThrow();
			return { rows: rows.map(toIncident), total: Number(total) };
		},
		get: async (id) => {
			const row = await incidents().selectAll().where('id', '=', id).executeTakeFirst();
			return row && toIncident(row);
		},
		put: async ({ provider, reason, ...incident }) => {
			const columns = {
				state: incident.state,
				opened_at: incident.openedAt.getTime(),
				counted_since: incident.countedSince.getTime(),
				times_opened: incident.timesOpened,
				last_bounce_at: incident.lastBounceAt.getTime(),
				closed_at: incident.closedAt?.getTime() ?? null,
				closed_by: incident.closedBy,
				bounces: incident.bounces,
				deliveries: incident.deliveries,
				domains: JSON.stringify(incident.domains),
			};
			await db
				.insertInto('incidents')
				.values({ site_id: siteId, provider, reason, ...columns })
				.onConflict((conflict) =>
					conflict.columns(['site_id', 'provider', 'reason']).doUpdateSet(columns),
				)
				.execute();
		},
		bouncesOf: ({ reason, domains, countedSince }, most) =>
			bounces()
				.where('b.reason', '=', reason)
				.where('a.domain', 'in', domains)
				.where('b.recorded_at', '>=', countedSince.getTime())
				.select(['b.id', 'b.diagnostic'])
				.orderBy('b.id', 'desc')
				.limit(most)
				.execute(),
	};
}

const domainList = z.array(z.string());

function toIncident(row: IncidentRow): StoredIncident {
	return {
		id: row.id,
		provider: row.provider,
		reason: row.reason,
		state: row.state,
		openedAt: new Date(row.opened_at),
		countedSince: new Date(row.counted_since),
		timesOpened: row.times_opened,
		lastBounceAt: new Date(row.last_bounce_at),
		closedAt: row.closed_at === null ? null : new Date(row.closed_at),
		closedBy: row.closed_by,
		bounces: row.bounces,
		deliveries: row.deliveries,
		domains: domainList.parse(JSON.parse(row.domains)),
	};
}
