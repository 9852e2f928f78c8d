import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** A site's own patterns, stored mails judged again, and incidents. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, id, site, moment, word, line, prose, json, whole } = columns(db);

	await table('bounce_patterns', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('type_id', ...whole.required)
			.addColumn('expression', ...prose.required)
			.addColumn('reason', ...word.optional)
			.addColumn('problem', ...prose.optional),
	);
	await index('bounce_patterns', ['site_id', 'type_id']);

	await table('reprocessings', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('selection', ...json)
			.addColumn('state', ...word.required)
			.addColumn('who', ...line.required)
			.addColumn('asked_at', ...moment.required)
			.addColumn('ended_at', ...moment.optional)
			.addColumn('found', ...whole.required)
			.addColumn('last_journal_id', ...whole.required)
			.addColumn('done_journal_id', ...whole.required)
			.addColumn('totals', ...json),
	);
	await index('reprocessings', ['site_id', 'state']);
	await table('reprocess_changes', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('reprocessing_id', ...whole.required)
			.addColumn('what', ...word.required)
			.addColumn('bounce_id', ...whole.optional)
			.addColumn('address_id', ...whole.optional)
			.addColumn('earlier', ...json)
			.addColumn('later', ...json),
	);
	await index('reprocess_changes', ['site_id', 'reprocessing_id']);

	await table('incidents', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('provider', ...line.required)
			.addColumn('reason', ...word.required)
			.addColumn('state', ...word.required)
			.addColumn('opened_at', ...moment.required)
			.addColumn('counted_since', ...moment.required)
			.addColumn('times_opened', ...whole.required)
			.addColumn('last_bounce_at', ...moment.required)
			.addColumn('closed_at', ...moment.optional)
			.addColumn('closed_by', ...line.optional)
			.addColumn('bounces', ...whole.required)
			.addColumn('deliveries', ...whole.optional)
			.addColumn('domains', ...json),
	);
	await index('incidents', ['site_id', 'provider', 'reason'], true);

	await index('deliveries', ['site_id', 'sent_at']);
	await index('journal', ['site_id', 'id']);

	async function index(on: string, cols: string[], isUnique = false) {
		const name = `${on}_${isUnique ? 'once' : 'by'}_${cols.slice(1).join('_')}`;
		const builder = db.schema.createIndex(name).ifNotExists().on(on).columns(cols);
		await (isUnique ? builder.unique() : builder).execute();
	}
}
