import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Accounts that sign in with OAuth2, and requests to their owners that are under way. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, addColumns, site, moment, word, prose, whole } = columns(db);

	await addColumns('accounts', {
		authentication: ['varchar(64)', (column) => column.notNull().defaultTo('password')],
		oauth: ['text', (column) => column.notNull().defaultTo('{}')],
		client_secret: prose.optional,
		oauth_tokens: prose.optional,
		oauth_granted_at: moment.optional,
		oauth_problem: prose.optional,
	});
	await table('oauth_requests', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('state_hash', ...word.required)
			.addColumn('account_id', ...whole.required)
			.addColumn('verifier', ...prose.required)
			.addColumn('redirect_url', ...prose.required)
			.addColumn('asked_at', ...moment.required)
			.addPrimaryKeyConstraint('oauth_requests_key', ['site_id', 'state_hash'] as never),
	);
}
