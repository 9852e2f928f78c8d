import type { Kysely } from 'kysely';

/** What had no index went through the rows of all sites to find those of one: on a network, the more sites the slower for each. */
export async function up(db: Kysely<unknown>): Promise<void> {
	for (const table of [
		'accounts',
		'contact_groups',
		'mailings',
		'releases',
		'audit',
		'activity_deeds',
	])
		await db.schema
			.createIndex(`${table}_by_site`)
			.ifNotExists()
			.on(table)
			.columns(['site_id', 'id'])
			.execute();
}
