import type { Kysely } from 'kysely';

/** What a search for words looks into, in the order of the list, with all that is counted beside it: so nobody has to go to each
 *  contact. It takes the place of an index that it begins with. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.createIndex('contacts_by_name_with_counts')
		.ifNotExists()
		.on('contacts')
		.columns(['site_id', 'deleted_at', 'sort_name', 'display_name', 'id'])
		.columns(['kind', 'status', 'merged_into'])
		.execute();
	await db.schema
		.dropIndex('contacts_by_deleted_at_sort_name_display_name_id')
		.ifExists()
		.execute();
}
