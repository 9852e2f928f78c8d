import type { SiteTables } from './site-tables.ts';

/** See `Crm.deliveriesByDomain`. */
export async function deliveriesByDomain(
	{ db, siteId }: SiteTables,
	since: Date,
): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('deliveries as d')
		.innerJoin('addresses as a', (join) =>
			join.onRef('a.id', '=', 'd.address_id').onRef('a.site_id', '=', 'd.site_id'),
		)
		.where('d.site_id', '=', siteId)
		.where('d.sent_at', '>=', since.getTime())
		.select('a.domain')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.groupBy('a.domain')
		.execute();
	return new Map(rows.map(({ domain, count }) => [domain, Number(count)]));
}
