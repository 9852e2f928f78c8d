import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { columns } from '../columns.ts';

/** Contacts as people edit them, mail filed on their records, and the ledger of every mail's outcome. */
export async function up(db: Kysely<unknown>): Promise<void> {
	const { table, addColumns, id, site, moment, flag, word, line, prose, json, bytes, whole } =
		columns(db);
	const off: typeof flag = ['smallint', (column) => column.notNull().defaultTo(0)];
	const empty = (type: 'text' | 'varchar(320)'): typeof flag => [
		type,
		(column) => column.notNull().defaultTo(''),
	];

	await addColumns('contacts', {
		employer: empty('varchar(320)'),
		sort_name: empty('varchar(320)'),
		do_not_email: off,
		is_opted_out: off,
		is_deceased: off,
		note: empty('text'),
		source: empty('varchar(320)'),
		changed_at: ['bigint', (column) => column.notNull().defaultTo(0)],
		merged_into: whole.optional,
		last_mail_at: moment.optional,
		mails: ['bigint', (column) => column.notNull().defaultTo(0)],
	});
	await sql`update contacts set sort_name = lower(case when last_name <> '' then last_name || ', ' || first_name else display_name end), changed_at = created_at where sort_name = ''`.execute(
		db,
	);
	// Searching by name reads only this one; it is longer than the order needs.
	await index('contacts', ['site_id', 'deleted_at', 'sort_name', 'display_name', 'id']);
	await index('contacts', ['site_id', 'deleted_at', 'status', 'kind']);
	await index('contacts', ['site_id', 'deleted_at', 'mails']);
	await index('contacts', ['site_id', 'merged_into']);
	await index('contacts', ['site_id', 'deleted_at', 'last_mail_at', 'id']);
	await index('contacts', ['site_id', 'deleted_at', 'created_at', 'id']);
	await addColumns('addresses', { is_bulk: off });
	await index('addresses', ['site_id', 'is_primary', 'email_key', 'contact_id']);
	await index('addresses', ['site_id', 'is_primary', 'hold', 'contact_id']);
	await index('addresses', ['site_id', 'domain', 'contact_id']);
	await addColumns('contact_groups', { description: empty('text') });
	await addColumns('group_members', { by_role: word.optional });
	await index('group_members', ['site_id', 'contact_id']);

	await table('contact_deeds', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('what', ...word.required)
			.addColumn('sentence', ...prose.required)
			.addColumn('undone_at', ...moment.optional)
			.addColumn('undone_by', ...line.optional),
	);
	await index('contact_deeds', ['site_id', 'at']);
	await table('contact_deed_steps', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('deed_id', ...whole.required)
			.addColumn('contact_id', ...whole.required)
			.addColumn('thing', ...word.required)
			.addColumn('thing_id', ...whole.required)
			.addColumn('before', ...json)
			.addColumn('after', ...json),
	);
	await index('contact_deed_steps', ['site_id', 'deed_id']);
	await index('contact_deed_steps', ['site_id', 'contact_id']);

	await table('contact_imports', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('file_name', ...line.required)
			.addColumn('state', ...word.required)
			.addColumn('who', ...line.required)
			.addColumn('created_at', ...moment.required)
			.addColumn('mapping', ...json)
			.addColumn('options', ...json)
			.addColumn('columns', ...json)
			.addColumn('rows_in_all', ...whole.required)
			.addColumn('done', ...whole.required)
			.addColumn('totals', ...json)
			.addColumn('problems', ...json)
			.addColumn('deed_id', ...whole.optional)
			.addColumn('sentence', ...prose.required),
	);
	await index('contact_imports', ['site_id', 'created_at']);
	await table('contact_import_parts', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('import_id', ...whole.required)
			.addColumn('part', ...whole.required)
			.addColumn('text', ...prose.required)
			.addPrimaryKeyConstraint('contact_import_parts_key', [
				'site_id',
				'import_id',
				'part',
			] as never),
	);
	await table('saved_views', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('page', ...word.required)
			.addColumn('name', ...line.required)
			.addColumn('query', ...prose.required)
			.addColumn('is_shared', ...flag)
			.addColumn('user_id', ...whole.required)
			.addColumn('created_at', ...moment.required),
	);
	await index('saved_views', ['site_id', 'page']);

	await addColumns('accounts', {
		filing: ['text', (column) => column.notNull().defaultTo('{}')],
	});

	await table('activities', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('type', ...word.required)
			.addColumn('subject', ...prose.required)
			.addColumn('occurred_at', ...moment.required)
			.addColumn('filed_at', ...moment.required)
			.addColumn('status', ...word.required)
			.addColumn('campaign', ...line.required)
			.addColumn('token', ...word.optional)
			.addColumn('people', ...prose.required)
			.addColumn('excerpt', ...prose.required)
			.addColumn('attachments', ...whole.required)
			.addColumn('thread_id', ...whole.required)
			.addColumn('message_id', ...line.optional)
			.addColumn('fingerprint', ...word.required)
			.addColumn('account_id', ...whole.required)
			.addColumn('run_id', ...whole.optional)
			.addColumn('because', ...prose.required)
			.addColumn('is_truncated', ...flag)
			.addColumn('damage', ...json)
			.addColumn('edited_at', ...moment.optional)
			.addColumn('edited_by', ...line.optional)
			.addColumn('deleted_at', ...moment.optional),
	);
	for (const filter of [[], ['account_id'], ['campaign'], ['status']])
		await index('activities', ['site_id', 'deleted_at', ...filter, 'occurred_at']);
	await index('activities', ['site_id', 'filed_at']);
	await index('activities', ['site_id', 'thread_id', 'occurred_at']);
	await index('activities', ['site_id', 'message_id']);
	await index('activities', ['site_id', 'fingerprint']);

	await table('activity_bodies', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('activity_id', ...whole.required)
			.addColumn('text', ...prose.required)
			.addColumn('html', ...prose.optional)
			.addPrimaryKeyConstraint('activity_bodies_key', ['site_id', 'activity_id'] as never),
	);
	await table('activity_parties', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('activity_id', ...whole.required)
			.addColumn('contact_id', ...whole.required)
			.addColumn('role', ...word.required)
			.addColumn('place', ...word.required)
			.addColumn('email', ...line.required)
			.addColumn('name', ...line.required)
			.addColumn('occurred_at', ...moment.required),
	);
	await index('activity_parties', ['site_id', 'activity_id']);
	await index('activity_parties', ['site_id', 'contact_id', 'occurred_at', 'activity_id']);
	await index('activity_parties', ['site_id', 'email']);
	// What the never-file list asks for. (MariaDB wants a generated column for it.)
	await sql`create index if not exists activity_parties_by_domain on activity_parties (site_id, substr(email, instr(email, '@') + 1))`.execute(
		db,
	);

	await table('attachments', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('activity_id', ...whole.required)
			.addColumn('position', ...whole.required)
			.addColumn('file_name', ...prose.required)
			.addColumn('content_type', ...line.required)
			.addColumn('content_id', ...line.optional)
			.addColumn('is_inline', ...flag)
			.addColumn('size_bytes', ...whole.required)
			.addColumn('sha256', ...word.optional)
			.addColumn('problem', ...prose.optional),
	);
	await index('attachments', ['site_id', 'activity_id']);
	await index('attachments', ['site_id', 'sha256']);
	await table('blobs', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('sha256', ...word.required)
			.addColumn('size_bytes', ...whole.required)
			.addColumn('stored_at', ...moment.required)
			.addPrimaryKeyConstraint('blobs_key', ['site_id', 'sha256'] as never),
	);
	await table('blob_pieces', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('sha256', ...word.required)
			.addColumn('piece', ...whole.required)
			.addColumn('bytes', ...bytes)
			.addPrimaryKeyConstraint('blob_pieces_key', ['site_id', 'sha256', 'piece'] as never),
	);

	await table('raw_mail_cuts', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('fingerprint', ...word.required)
			.addColumn('position', ...whole.required)
			.addColumn('starts_at', ...whole.required)
			.addColumn('sha256', ...word.required)
			.addColumn('size_bytes', ...whole.required)
			.addColumn('encoding', ...word.required)
			.addColumn('line_length', ...whole.required)
			.addColumn('line_end', ...word.required)
			.addPrimaryKeyConstraint('raw_mail_cuts_key', [
				'site_id',
				'fingerprint',
				'position',
			] as never),
	);
	await index('raw_mail_cuts', ['site_id', 'sha256']);

	await table('thread_messages', (t) =>
		t
			.addColumn('site_id', ...site)
			.addColumn('message_id', ...line.required)
			.addColumn('thread_id', ...whole.required)
			.addPrimaryKeyConstraint('thread_messages_key', ['site_id', 'message_id'] as never),
	);
	await index('thread_messages', ['site_id', 'thread_id']);

	await table('never_file', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('pattern', ...line.required)
			.addColumn('note', ...prose.required)
			.addColumn('added_at', ...moment.required)
			.addColumn('who', ...line.required),
	);
	await index('never_file', ['site_id', 'pattern'], true);
	await table('activity_deeds', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('at', ...moment.required)
			.addColumn('who', ...line.required)
			.addColumn('what', ...word.required)
			.addColumn('sentence', ...prose.required)
			.addColumn('undone_at', ...moment.optional)
			.addColumn('undone_by', ...line.optional),
	);
	await table('activity_deed_steps', (t) =>
		t
			.addColumn('id', ...id)
			.addColumn('site_id', ...site)
			.addColumn('deed_id', ...whole.required)
			.addColumn('activity_id', ...whole.required)
			.addColumn('before', ...json)
			.addColumn('after', ...json),
	);
	await index('activity_deed_steps', ['site_id', 'deed_id']);
	await index('activity_deed_steps', ['site_id', 'activity_id']);

	await addColumns('journal', {
		ignored_because: word.optional,
		message_id: line.optional,
		activity_id: whole.optional,
	});
	await index('journal', ['site_id', 'at']);
	await index('journal', ['site_id', 'outcome', 'at']);
	await index('journal', ['site_id', 'outcome', 'ignored_because', 'account_id']);
	await index('journal', ['site_id', 'message_id']);
	await addSearch(db);
	await countMails(db);

	async function index(on: string, cols: string[], isUnique = false) {
		const name = `${on}_${isUnique ? 'once' : 'by'}_${cols.slice(1).join('_')}`;
		const builder = db.schema.createIndex(name).ifNotExists().on(on).columns(cols);
		await (isUnique ? builder.unique() : builder).execute();
	}
}

/** Words of filed mails, found in milliseconds among a million: SQLite's FTS5 over the columns themselves, kept in step by
 *  triggers; the site is a word too, so that one site's search does not wade through another's mail. (MariaDB has a FULLTEXT index for it.) */
async function addSearch(db: Kysely<unknown>): Promise<void> {
	await sql`create virtual table if not exists activity_words using fts5(site_id, subject, people, excerpt, content='activities', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='3')`.execute(
		db,
	);
	await sql`create trigger if not exists activities_added after insert on activities begin
		insert into activity_words(rowid, site_id, subject, people, excerpt) values (new.id, new.site_id, new.subject, new.people, new.excerpt);
	end`.execute(db);
	await sql`create trigger if not exists activities_gone after delete on activities begin
		insert into activity_words(activity_words, rowid, site_id, subject, people, excerpt) values ('delete', old.id, old.site_id, old.subject, old.people, old.excerpt);
	end`.execute(db);
	await sql`create trigger if not exists activities_changed after update of subject, people, excerpt on activities begin
		insert into activity_words(activity_words, rowid, site_id, subject, people, excerpt) values ('delete', old.id, old.site_id, old.subject, old.people, old.excerpt);
		insert into activity_words(rowid, site_id, subject, people, excerpt) values (new.id, new.site_id, new.subject, new.people, new.excerpt);
	end`.execute(db);
}

/** Keeps `contacts.mails`, because counting a million rows anew for each search takes too long: a mail counts once for each of
 *  its contacts, and not while it is in the trash. (The plus keeps SQLite from going through all mails of a contact.) */
async function countMails(db: Kysely<unknown>): Promise<void> {
	const isFirst = (row: 'new' | 'old') =>
		`not exists (select 1 from activity_parties p where p.site_id = ${row}.site_id and p.activity_id = ${row}.activity_id
			and +p.contact_id = ${row}.contact_id and p.id <> ${row}.id)
		and exists (select 1 from activities a where a.id = ${row}.activity_id and a.deleted_at is null)`;
	const count = (row: 'new' | 'old', by: '+ 1' | '- 1') =>
		`update contacts set mails = mails ${by} where id = ${row}.contact_id and site_id = ${row}.site_id and ${isFirst(row)};`;
	const countAll = (row: 'new' | 'old', by: '+ 1' | '- 1') =>
		`update contacts set mails = mails ${by} where site_id = ${row}.site_id and id in
			(select contact_id from activity_parties where site_id = ${row}.site_id and activity_id = ${row}.id);`;
	const triggers = {
		activity_parties_added: `after insert on activity_parties begin ${count('new', '+ 1')} end`,
		activity_parties_gone: `after delete on activity_parties begin ${count('old', '- 1')} end`,
		activity_parties_moved: `after update of contact_id on activity_parties when new.contact_id <> old.contact_id
			begin ${count('old', '- 1')} ${count('new', '+ 1')} end`,
		activities_binned: `after update of deleted_at on activities when old.deleted_at is null and new.deleted_at is not null
			begin ${countAll('new', '- 1')} end`,
		activities_brought_back: `after update of deleted_at on activities when old.deleted_at is not null and new.deleted_at is null
			begin ${countAll('new', '+ 1')} end`,
		activities_purged: `before delete on activities when old.deleted_at is null begin ${countAll('old', '- 1')} end`,
	};
	for (const [name, rule] of Object.entries(triggers))
		await sql.raw(`create trigger if not exists ${name} ${rule}`).execute(db);
}
