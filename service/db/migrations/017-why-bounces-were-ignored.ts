import type { Kysely } from 'kysely';

/** Mails of a bounce mailbox that were ignored got no reason, so those counted beside the filter did not add up. */
export async function up(
	db: Kysely<{ journal: { outcome: string; ignored_because: string | null } }>,
): Promise<void> {
	await db
		.updateTable('journal')
		.set({ ignored_because: 'other' })
		.where('outcome', '=', 'ignored')
		.where('ignored_because', 'is', null)
		.execute();
}
