import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Accounts that rest after failures, and those that are read as mail arrives. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { addColumns, moment } = columns(db);
	await addColumns('accounts', {
		failures: ['bigint', (column) => column.notNull().defaultTo(0)],
		next_try_at: moment.optional,
		as_mail_arrives: ['smallint', (column) => column.notNull().defaultTo(0)],
	});
}
