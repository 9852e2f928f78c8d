import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { SiteTables } from '../site-tables.ts';

/** Whose data it is: everybody of flesh and blood who has the address. What an organisation has is its own; of it only the
 *  address is the person's. */
export interface Person {
	/** Lower case: the address that was asked for. */
	email: string;
	contacts: { id: number; name: string; userId: number | null }[];
	/** All addresses of these contacts, and the one that was asked for wherever else it stands. */
	addresses: { id: number; contactId: number; email: string; key: string }[];
	/** Lower case: the one that was asked for, and theirs. */
	emails: string[];
}

/** What stands where somebody's name or address was. */
export const erased = '(erased)';

/** Who asked for erasing, when, and on which page of it this is. */
export interface Asked {
	who: string;
	at: Date;
	/** The first of them begins anew. */
	isFirst: boolean;
}

/** What one step of erasing did. */
export interface Step {
	removed: number;
	/** What stays and why, in sentences. */
	retained: string[];
	/** There may be more of the same. */
	isMore: boolean;
}

/** Finds the person, also in the trash. @param email in any case */
export async function findPerson({ db, siteId }: SiteTables, email: string): Promise<Person> {
	const key = email.trim().toLowerCase();
	const holders = await db
		.selectFrom('addresses as a')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
		)
		.select(['c.id', 'c.kind', 'c.display_name', 'c.wp_user_id', 'a.id as address_id'])
		.where('a.site_id', '=', siteId)
		.where('a.email_key', '=', key)
		.orderBy('c.id')
		.execute();
	const people = holders.filter(({ kind }) => kind === 'Individual');
	const contacts = new Map(
		people.map(({ id, display_name, wp_user_id }) => [
			id,
			{ id, name: display_name, userId: wp_user_id },
		]),
	);
	const rows = await db
		.selectFrom('addresses')
		.select(['id', 'contact_id', 'email', 'email_key'])
		.where('site_id', '=', siteId)
		.where((eb) =>
			eb.or([
				eb('contact_id', 'in', [0, ...contacts.keys()]),
				eb('id', 'in', [0, ...holders.map(({ address_id }) => address_id)]),
			]),
		)
		.orderBy('id')
		.execute();
	const addresses = rows.map((row) => ({
		id: row.id,
		contactId: row.contact_id,
		email: row.email,
		key: row.email_key,
	}));
	return {
		email: key,
		contacts: [...contacts.values()],
		addresses,
		emails: [...new Set([key, ...addresses.map((address) => address.key)])],
	};
}

/** Ids for `in`, which takes no empty list. */
export function idsOf(things: readonly { id: number }[]): number[] {
	return [0, ...things.map(({ id }) => id)];
}

/** A condition: the text in the column names one of these words, in any case of ASCII letters. */
export function names(column: string, words: readonly string[]) {
	const conditions = words.map((word) => sql`instr(lower(${sql.ref(column)}), ${word}) > 0`);
	return sql<SqlBool>`(${sql.join([sql`0`, ...conditions], sql` or `)})`;
}
