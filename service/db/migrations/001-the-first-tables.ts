import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Everything that bounces, holds, accounts and jobs need. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, id, site, moment, flag, word, line, prose, json, bytes, whole } = columns(db);

	await table('sites', (t) =>
		t
			.addColumn('id', ...word.primaryKey)
			.addColumn('name', ...line.required)
			.addColumn('url', ...prose.required)
			.addColumn('admin_email', ...line.required)
			.addColumn('created_at', ...moment.required),
	);

	await table('accounts', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('name', ...line.required)
			.addColumn('used_for', ...word.required)
			.addColumn('protocol', ...word.required)
			.addColumn('server', ...line.required)
			.addColumn('port', ...whole.optional)
			.addColumn('security', ...word.required)
			.addColumn('verify_certificate', ...flag)
			.addColumn('user_name', ...line.required)
			.addColumn('password', ...prose.optional)
			.addColumn('local_part', ...line.required)
			.addColumn('email_domain', ...line.required)
			.addColumn('return_path', ...line.required)
			.addColumn('source', ...prose.required)
			.addColumn('filing_folder', ...line.required)
			.addColumn('is_active', ...flag)
			.addColumn('is_default', ...flag)
			.addColumn('last_read_at', ...moment.optional)
			.addColumn('last_problem', ...prose.optional),
	);

	await table('contacts', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('kind', ...word.required)
			.addColumn('display_name', ...line.required)
			.addColumn('first_name', ...line.required)
			.addColumn('last_name', ...line.required)
			.addColumn('wp_user_id', ...whole.optional)
			.addColumn('sync_id', ...word.optional)
			.addColumn('created_at', ...moment.required),
	);
	await unique('contacts', ['site_id', 'wp_user_id']);

	await table('addresses', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('contact_id', ...whole.required)
			.addColumn('email', ...line.required)
			.addColumn('email_key', ...line.required)
			.addColumn('domain', ...line.required)
			.addColumn('is_primary', ...flag)
			.addColumn('hold', ...word.optional)
			.addColumn('held_at', ...moment.optional)
			.addColumn('hold_type', ...word.optional)
			.addColumn('hold_because', ...prose.optional)
			.addColumn('hold_bounce_id', ...whole.optional)
			.addColumn('count_since', ...moment.required),
	);
	await index('addresses', ['site_id', 'email_key']);
	await index('addresses', ['site_id', 'contact_id']);
	await index('addresses', ['site_id', 'hold', 'held_at']);

	await table('contact_groups', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('name', ...line.required)
			.addColumn('is_mailing_list', ...flag),
	);
	await table('group_members', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('group_id', ...whole.required)
			.addColumn('contact_id', ...whole.required)
			.addPrimaryKeyConstraint('group_members_key', ['site_id', 'group_id', 'contact_id'] as never),
	);
	await table('mailings', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('name', ...line.required)
			.addColumn('subject', ...prose.required)
			.addColumn('sent_at', ...moment.optional),
	);
	await table('deliveries', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('mailing_id', ...whole.optional)
			.addColumn('job', ...whole.required)
			.addColumn('address_id', ...whole.required)
			.addColumn('hash', ...word.required)
			.addColumn('message_id', ...line.optional)
			.addColumn('sent_at', ...moment.required),
	);
	await index('deliveries', ['site_id', 'message_id']);
	await index('deliveries', ['site_id', 'address_id', 'sent_at']);

	await table('bounces', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('fingerprint', ...word.required)
			.addColumn('position', ...whole.required)
			.addColumn('account_id', ...whole.required)
			.addColumn('run_id', ...whole.optional)
			.addColumn('recorded_at', ...moment.required)
			.addColumn('kind', ...word.required)
			.addColumn('email', ...line.required)
			.addColumn('address_id', ...whole.optional)
			.addColumn('delivery_id', ...whole.optional)
			.addColumn('mailing_id', ...whole.optional)
			.addColumn('type', ...word.required)
			.addColumn('reason', ...word.required)
			.addColumn('fault', ...word.required)
			.addColumn('status', ...word.optional)
			.addColumn('reply_code', ...whole.optional)
			.addColumn('diagnostic', ...prose.optional)
			.addColumn('reporting_server', ...line.optional)
			.addColumn('decided_by', ...line.required)
			.addColumn('evidence', ...prose.optional)
			.addColumn('is_recognised', ...flag)
			.addColumn('trust', ...word.required)
			.addColumn('matched_by', ...word.required)
			.addColumn('counts', ...flag)
			.addColumn('counting', ...prose.required)
			.addColumn('caused_hold', ...flag)
			.addColumn('because', ...prose.required)
			.addColumn('taken_back_at', ...moment.optional),
	);
	await unique('bounces', ['site_id', 'fingerprint', 'position', 'account_id']);
	await index('bounces', ['site_id', 'address_id', 'type', 'recorded_at']);
	await index('bounces', ['site_id', 'recorded_at']);
	await index('bounces', ['site_id', 'type', 'recorded_at']);

	await table('raw_mails', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('fingerprint', ...word.required)
			.addColumn('bytes', ...bytes)
			.addColumn('size_bytes', ...whole.required)
			.addColumn('is_truncated', ...flag)
			.addColumn('stored_at', ...moment.required)
			.addPrimaryKeyConstraint('raw_mails_key', ['site_id', 'fingerprint'] as never),
	);
	await index('raw_mails', ['site_id', 'stored_at']);

	await table('journal', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('account_id', ...whole.required)
			.addColumn('fingerprint', ...word.required)
			.addColumn('run_id', ...whole.optional)
			.addColumn('at', ...moment.required)
			.addColumn('kind', ...word.optional)
			.addColumn('subject', ...prose.required)
			.addColumn('sender', ...line.required)
			.addColumn('outcome', ...word.required)
			.addColumn('because', ...prose.required)
			.addColumn('file_under', ...word.optional)
			.addColumn('failures', ...whole.required),
	);
	await unique('journal', ['site_id', 'account_id', 'fingerprint']);
	await index('journal', ['site_id', 'at']);

	await table('hold_history', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('address_id', ...whole.required)
			.addColumn('at', ...moment.required)
			.addColumn('what', ...word.required)
			.addColumn('hold', ...word.required)
			.addColumn('type', ...word.optional)
			.addColumn('because', ...prose.optional)
			.addColumn('bounce_id', ...whole.optional)
			.addColumn('release_id', ...whole.optional)
			.addColumn('who', ...line.required)
			.addColumn('earlier_held_at', ...moment.optional)
			.addColumn('earlier_count_since', ...moment.optional),
	);
	await index('hold_history', ['site_id', 'address_id', 'at']);
	await index('hold_history', ['site_id', 'release_id']);

	await table('releases', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('released', ...whole.required)
			.addColumn('left_alone', ...whole.required)
			.addColumn('undone_at', ...moment.optional),
	);

	await table('jobs', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('name', ...word.required)
			.addColumn('frequency', ...word.required)
			.addColumn('is_enabled', ...flag)
			.addColumn('last_run_at', ...moment.optional)
			.addColumn('lease_owner', ...line.optional)
			.addColumn('lease_until', ...moment.optional)
			.addColumn('fence', ...whole.required)
			.addColumn('run_id', ...whole.optional)
			.addPrimaryKeyConstraint('jobs_key', ['site_id', 'name'] as never),
	);
	await table('runs', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('job', ...word.required)
			.addColumn('triggered_by', ...word.required)
			.addColumn('state', ...word.required)
			.addColumn('started_at', ...moment.required)
			.addColumn('ended_at', ...moment.optional)
			.addColumn('done', ...whole.required)
			.addColumn('total', ...whole.optional)
			.addColumn('sentence', ...prose.required),
	);
	await index('runs', ['site_id', 'started_at']);
	await table('run_log', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('run_id', ...whole.required)
			.addColumn('at', ...moment.required)
			.addColumn('level', ...word.required)
			.addColumn('sentence', ...prose.required),
	);
	await index('run_log', ['site_id', 'run_id']);

	await table('settings', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('name', ...word.required)
			.addColumn('value', ...json)
			.addPrimaryKeyConstraint('settings_key', ['site_id', 'name'] as never),
	);
	await table('audit', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('what', ...prose.required),
	);
	await table('nonces', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('nonce', ...word.required)
			.addColumn('seen_at', ...moment.required)
			.addPrimaryKeyConstraint('nonces_key', ['site_id', 'nonce'] as never),
	);

	async function index(on: string, cols: string[]) {
		await db.schema
			.createIndex(`${on}_by_${cols.slice(1).join('_')}`)
			.ifNotExists()
			.on(on)
			.columns(cols)
			.execute();
	}
	async function unique(on: string, cols: string[]) {
		await db.schema
			.createIndex(`${on}_once_${cols.slice(1).join('_')}`)
			.unique()
			.ifNotExists()
			.on(on)
			.columns(cols)
			.execute();
	}
}
