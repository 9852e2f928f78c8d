import type { SiteTables } from '../site-tables.ts';
import { inARow } from '../../../words.ts';
import { erased, idsOf } from './person.ts';
import type { Asked, Person, Step } from './person.ts';

/** Makes the contacts nobody: without name, note, employer and address, in the trash, which Clean Up empties. Whoever asked not to
 *  be written to stays on the do-not-send list by the address alone: without it nobody could keep the promise. */
export async function eraseContacts(
	tables: SiteTables,
	person: Person,
	{ who, at }: Asked,
): Promise<Step> {
	const { db, siteId } = tables;
	const retained = [
		...(await keepOptOuts(tables, person, who, at)),
		...(await kept(tables, person)),
	];
	const contactIds = idsOf(person.contacts);
	await db
		.deleteFrom('group_members')
		.where('site_id', '=', siteId)
		.where('contact_id', 'in', contactIds)
		.execute();
	await db
		.updateTable('contacts')
		.set({
			display_name: erased,
			first_name: '',
			last_name: '',
			employer: '',
			sort_name: erased,
			note: '',
			source: 'Erased on request',
			wp_user_id: null,
			sync_id: null,
			changed_at: at.getTime(),
			deleted_at: at.getTime(),
		})
		.where('site_id', '=', siteId)
		.where('id', 'in', contactIds)
		.execute();
	for (const { id, contactId } of person.addresses) {
		if (!contactIds.includes(contactId)) continue;
		// The row stays for the statistics of mailings; its key is one that no address can have.
		await db
			.updateTable('addresses')
			.set({ email: erased, email_key: `erased-${id}`, domain: '', hold_because: null })
			.where('site_id', '=', siteId)
			.where('id', '=', id)
			.execute();
	}
	return { removed: person.contacts.length, retained, isMore: false };
}

/** Takes the address off organisations and households that have it. @returns how many had it. */
export async function forgetAddressElsewhere(
	{ db, siteId }: SiteTables,
	{ contacts, addresses }: Person,
): Promise<number> {
	const own = new Set(contacts.map(({ id }) => id));
	const elsewhere = addresses.filter(({ contactId }) => !own.has(contactId));
	if (elsewhere.length === 0) return 0;
	await db
		.deleteFrom('addresses')
		.where('site_id', '=', siteId)
		.where('id', 'in', idsOf(elsewhere))
		.execute();
	for (const { contactId } of elsewhere) {
		const next = await db
			.selectFrom('addresses')
			.select('id')
			.where('site_id', '=', siteId)
			.where('contact_id', '=', contactId)
			.orderBy('is_primary', 'desc')
			.orderBy('id')
			.limit(1)
			.executeTakeFirst();
		if (next)
			await db
				.updateTable('addresses')
				.set({ is_primary: 1 })
				.where('site_id', '=', siteId)
				.where('id', '=', next.id)
				.execute();
	}
	return elsewhere.length;
}

const because = 'Asked not to be written to; everything else about this address was erased.';

/** Puts the addresses of whoever opted out on the do-not-send list. @returns what stays, in sentences. */
async function keepOptOuts(
	{ db, siteId }: SiteTables,
	person: Person,
	who: string,
	at: Date,
): Promise<string[]> {
	const rows = await db
		.selectFrom('addresses as a')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
		)
		.select('a.email_key')
		.where('a.site_id', '=', siteId)
		.where('c.id', 'in', idsOf(person.contacts))
		.where((eb) =>
			eb.or([
				eb('a.hold', '=', 'opt-out'),
				eb('c.is_opted_out', '=', 1),
				eb('c.do_not_email', '=', 1),
				eb('c.status', '=', 'blacklisted'),
			]),
		)
		.execute();
	const wanted = rows.map(({ email_key }) => email_key).filter((key) => key.includes('@'));
	for (const email of new Set(wanted))
		await db
			.insertInto('do_not_send')
			.values({ site_id: siteId, email, added_at: at.getTime(), who, because })
			.onConflict((conflict) => conflict.columns(['site_id', 'email']).doNothing())
			.execute();
	const onList = await db
		.selectFrom('do_not_send')
		.select('email')
		.where('site_id', '=', siteId)
		.where('email', 'in', person.emails)
		.orderBy('email')
		.execute();
	if (onList.length === 0) return [];
	const emails = onList.map(({ email }) => email);
	await db
		.updateTable('do_not_send')
		.set({ because })
		.where('site_id', '=', siteId)
		.where('email', 'in', emails)
		.execute();
	return [
		`${inARow(emails)} ${emails.length === 1 ? 'stays' : 'stay'} on the do-not-send list, and nothing else about it: without the address nobody could be kept from writing to it again.`,
	];
}

/** What else stays, and why. */
async function kept({ db, siteId }: SiteTables, person: Person): Promise<string[]> {
	const unfiled = await db
		.selectFrom('never_file')
		.select('pattern')
		.where('site_id', '=', siteId)
		.where('pattern', 'in', person.emails)
		.orderBy('pattern')
		.execute();
	return [
		...(unfiled.length > 0
			? [
					`${inARow(unfiled.map(({ pattern }) => pattern))} stays on the never-file list, so that mail from there is not kept from now on either.`,
				]
			: []),
		...(person.contacts.some(({ userId }) => userId !== null)
			? [
					'While there is a WordPress account with this address, a contact is made for it again at the next synchronisation. Delete the account to prevent that.',
				]
			: []),
	];
}
