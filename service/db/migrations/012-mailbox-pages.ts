import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Since when an account fails, and runs that read only one account. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { addColumns, moment, whole } = columns(db);
	await addColumns('accounts', { failing_since: moment.optional });
	await addColumns('runs', { account_id: whole.optional });
}
