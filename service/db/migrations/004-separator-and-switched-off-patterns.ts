import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** An account's own separator in its return addresses, and patterns that can be switched off. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await db.schema
		.alterTable('accounts')
		.addColumn('separator_sign', 'varchar(1)', (column) => column.notNull().defaultTo('.'))
		.execute();
	await db.schema
		.alterTable('bounce_patterns')
		.addColumn('is_on', 'smallint', (column) => column.notNull().defaultTo(sql`1`))
		.execute();
}
