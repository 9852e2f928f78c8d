import type { Kysely } from 'kysely';

/** Which contacts have bounces is read from an index alone: the rows of bounces are long, with the words of servers in them. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createIndex('bounces_by_address_id_type_recorded_at_deleted_at')
		.ifNotExists()
		.on('bounces')
		.columns(['site_id', 'address_id', 'type', 'recorded_at', 'deleted_at'])
		.execute();
	await db.schema.dropIndex('bounces_by_address_id_type_recorded_at').ifExists().execute();
}
