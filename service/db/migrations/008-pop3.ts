import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** POP3 accounts: which mails they delete, and which they saw. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, addColumns, site, word, line, whole } = columns(db);
	await addColumns('accounts', {
		purge_processed: ['smallint', (column) => column.notNull().defaultTo(1)],
		purge_unprocessed: ['smallint', (column) => column.notNull().defaultTo(0)],
	});
	await table('seen_uidls', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('account_id', ...whole.required)
			.addColumn('uidl_hex', ...line.required)
			.addColumn('filed_under', ...word.required)
			.addPrimaryKeyConstraint('seen_uidls_key', ['site_id', 'account_id', 'uidl_hex'] as never),
	);
}
