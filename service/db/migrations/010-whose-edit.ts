import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Who did something to filed mail, by number: two people may have the same name. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { addColumns, whole } = columns(db);
	await addColumns('activity_deeds', { user_id: whole.optional });
}
