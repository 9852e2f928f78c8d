import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Runs that found nothing new leave one row, however many they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { addColumns, moment } = columns(db);
	await addColumns('runs', {
		quiet_times: ['bigint', (column) => column.notNull().defaultTo(0)],
		quiet_since: moment.optional,
	});
}
