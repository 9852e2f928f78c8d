import { sql } from 'kysely';
import type { Kysely } from 'kysely';

/** What filing asks of a big site. The triggers that count a contact's mails looked for its other parts in the same mail
 *  along an index that begins with the site alone, because SQLite believes that a site has ten rows: a walk through all
 *  parties of the site for each new one. Now an index has all three columns, and they name all three. */
export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`drop index if exists activity_parties_by_activity_id`.execute(db);
	await sql`create index if not exists activity_parties_by_activity_id_contact_id on activity_parties (site_id, activity_id, contact_id)`.execute(
		db,
	);
	await countMailsAlongTheIndex(db);
}

async function countMailsAlongTheIndex(db: Kysely<unknown>): Promise<void> {
	const count = (row: 'new' | 'old', by: '+ 1' | '- 1') =>
		`update contacts set mails = mails ${by} where id = ${row}.contact_id and site_id = ${row}.site_id
			and not exists (select 1 from activity_parties p where p.site_id = ${row}.site_id
				and p.activity_id = ${row}.activity_id and p.contact_id = ${row}.contact_id and p.id <> ${row}.id)
			and exists (select 1 from activities a where a.id = ${row}.activity_id and a.deleted_at is null);`;
	const triggers = {
		activity_parties_added: `after insert on activity_parties begin ${count('new', '+ 1')} end`,
		activity_parties_gone: `after delete on activity_parties begin ${count('old', '- 1')} end`,
		activity_parties_moved: `after update of contact_id on activity_parties when new.contact_id <> old.contact_id
			begin ${count('old', '- 1')} ${count('new', '+ 1')} end`,
	};
	for (const [name, rule] of Object.entries(triggers)) {
		await sql.raw(`drop trigger if exists ${name}`).execute(db);
		await sql.raw(`create trigger ${name} ${rule}`).execute(db);
	}
}
