import { insertRows, nextId } from '../../../db/insert-rows.ts';
import type { NewPerson } from '../../filing-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { nameColumns } from '../contacts/names.ts';

/** Adds the people whom mails name and nobody knew, as Individuals with one address.
 *  @returns their numbers, by address */
export async function addPeople(
	tables: SiteTables,
	people: readonly NewPerson[],
	at: Date,
): Promise<Map<string, number>> {
	const { db, siteId } = tables;
	const once = [...new Map(people.map((person) => [person.email, person])).values()];
	if (once.length === 0) return new Map();
	const first = await nextId(db, 'contacts');
	const ids = new Map(once.map(({ email }, index) => [email, first + index]));
	await insertRows(
		db,
		'contacts',
		once.map(({ email, firstName, lastName, employer }) => ({
			id: ids.get(email)!,
			site_id: siteId,
			kind: 'Individual' as const,
			...nameColumns({ kind: 'Individual', firstName, lastName, name: '' }, email),
			wp_user_id: null,
			sync_id: null,
			created_at: at.getTime(),
			changed_at: at.getTime(),
			employer,
			source: 'Filed from a mail',
		})),
	);
	await insertRows(
		db,
		'addresses',
		once.map(({ email }) => ({
			site_id: siteId,
			contact_id: ids.get(email)!,
			email,
			email_key: email,
			domain: email.slice(email.lastIndexOf('@') + 1),
			is_primary: 1,
			hold: null,
			held_at: null,
			hold_type: null,
			hold_because: null,
			hold_bounce_id: null,
			count_since: 0,
		})),
	);
	await joinGroups(tables, once, ids);
	return ids;
}

async function joinGroups(
	{ db, siteId }: SiteTables,
	people: readonly NewPerson[],
	ids: ReadonlyMap<string, number>,
): Promise<void> {
	const wanted = [...new Set(people.flatMap(({ groupId }) => groupId ?? []))];
	if (wanted.length === 0) return;
	const groups = await db
		.selectFrom('contact_groups')
		.select('id')
		.where('site_id', '=', siteId)
		.where('id', 'in', wanted)
		.execute();
	// A group that was deleted since somebody chose it is nobody's.
	const rows = people.flatMap(({ email, groupId }) =>
		groups.some(({ id }) => id === groupId)
			? [{ site_id: siteId, group_id: groupId!, contact_id: ids.get(email)! }]
			: [],
	);
	await insertRows(db, 'group_members', rows);
}
