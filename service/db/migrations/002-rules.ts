import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Rules, their deeds, and how contacts stand. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, addColumns, id, site, moment, word, line, prose, json, whole } = columns(db);

	await table('rules', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('position', ...whole.required)
			.addColumn('expression', ...prose.required)
			.addColumn('looks_in', ...word.required)
			.addColumn('actions', ...json)
			.addColumn('state', ...word.required)
			.addColumn('comment', ...prose.required)
			.addColumn('revision', ...whole.required)
			.addColumn('problem', ...prose.optional)
			.addColumn('origin', ...word.required)
			.addColumn('starter', ...word.optional)
			.addColumn('changed_at', ...moment.required),
	);
	await index('rules', ['site_id', 'position']);
	await index('rules', ['site_id', 'starter'], true);

	await table('rule_deeds', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('bounce_id', ...whole.required)
			.addColumn('rule_id', ...whole.required)
			.addColumn('revision', ...whole.required)
			.addColumn('action', ...word.required)
			.addColumn('run_id', ...whole.optional)
			.addColumn('at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('contact_id', ...whole.optional)
			.addColumn('address_id', ...whole.optional)
			.addColumn('email', ...line.required)
			.addColumn('target', ...line.required)
			.addColumn('before', ...word.required)
			.addColumn('after', ...word.required)
			.addColumn('because', ...prose.required)
			.addColumn('undone_at', ...moment.optional)
			.addColumn('undone_by', ...line.optional),
	);
	await index('rule_deeds', ['site_id', 'bounce_id', 'rule_id', 'revision', 'action'], true);
	await index('rule_deeds', ['site_id', 'target']);
	await index('rule_deeds', ['site_id', 'rule_id']);
	await index('rule_deeds', ['site_id', 'run_id']);
	await index('rule_deeds', ['site_id', 'contact_id']);

	await table('do_not_send', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('email', ...line.required)
			.addColumn('added_at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('because', ...prose.required),
	);
	await index('do_not_send', ['site_id', 'email'], true);

	const [statusType] = word.required;
	await addColumns('contacts', {
		status: [statusType, (column) => column.notNull().defaultTo('confirmed')],
		deleted_at: moment.optional,
	});
	await addColumns('bounces', {
		rule_id: whole.optional,
		rule_revision: whole.optional,
		deleted_at: moment.optional,
	});
	await index('bounces', ['site_id', 'rule_id']);

	async function index(on: string, cols: string[], isUnique = false) {
		const name = `${on}_${isUnique ? 'once' : 'by'}_${cols.slice(1).join('_')}`;
		const create = db.schema.createIndex(name).ifNotExists().on(on).columns(cols);
		await (isUnique ? create.unique() : create).execute();
	}
}
