import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What filing asks of a big site. Without statistics SQLite believes that a site has ten rows in each table, and prefers an index
 *  that begins with the site and has all columns that are asked for to one that finds the row and lacks one of them. So the
 *  contacts of each window's addresses, and the addresses of each contact, were looked for among all addresses of the site, and
 *  the triggers that count a contact's mails went through all parties, or all contacts, of the site for each mail. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await widen('activity_parties', ['activity_id'], ['contact_id']);
	await widen('addresses', ['email_key'], ['contact_id', 'is_primary']);
	await widen('addresses', ['contact_id'], ['is_primary', 'email_key']);
	await countMailsAlongTheIndex(db);

	/** Adds the columns to an index, so that nothing beside it is read. */
	async function widen(table: string, columns: string[], more: string[]): Promise<void> {
		const all = [...columns, ...more];
		await db.schema
			.dropIndex(`${table}_by_${columns.join('_')}`)
			.ifExists()
			.execute();
		await db.schema
			.createIndex(`${table}_by_${all.join('_')}`)
			.ifNotExists()
			.on(table)
			.columns(['site_id', ...all])
			.execute();
	}
}

/** Each trigger as it was, but along these indexes. The plus sign keeps SQLite from the site's contacts where their numbers are known. */
async function countMailsAlongTheIndex(db: Kysely<unknown>): Promise<void> {
	const count = (row: 'new' | 'old', by: '+ 1' | '- 1') =>
		`update contacts set mails = mails ${by} where id = ${row}.contact_id and site_id = ${row}.site_id
			and not exists (select 1 from activity_parties p where p.site_id = ${row}.site_id
				and p.activity_id = ${row}.activity_id and p.contact_id = ${row}.contact_id and p.id <> ${row}.id)
			and exists (select 1 from activities a where a.id = ${row}.activity_id and a.deleted_at is null);`;
	const countAll = (row: 'new' | 'old', by: '+ 1' | '- 1') =>
		`update contacts set mails = mails ${by} where +site_id = ${row}.site_id and id in
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
	for (const [name, rule] of Object.entries(triggers)) {
		await sql.raw(`drop trigger if exists ${name}`).execute(db);
		await sql.raw(`create trigger ${name} ${rule}`).execute(db);
	}
}
