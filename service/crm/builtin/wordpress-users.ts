import type { SyncReport, WordPressUser } from '../../contract/site.ts';
import type { SyncOptions } from '../crm.ts';
import type { SiteTables } from './builtin-crm.ts';
import { setContactDeleted } from './standing.ts';

/** See `Crm.syncUsers`: a user is its contact's user id first, else whoever has that address and is nobody's user yet. */
export async function syncUsers(
	tables: SiteTables,
	users: readonly WordPressUser[],
	{ syncId, isLastPart }: SyncOptions,
	at: Date,
): Promise<SyncReport> {
	const counts = { added: 0, changed: 0, unchanged: 0, removed: 0 };
	for (const user of users) counts[await syncUser(tables, user, syncId ?? null, at)] += 1;
	if (syncId && isLastPart) counts.removed = await untieUsersNotIn(tables, syncId);
	return { ...counts, sentence: sentence(counts) };
}

/** See `Crm.removeUsers`. */
export async function removeUsers(
	{ db, siteId }: SiteTables,
	userIds: readonly number[],
): Promise<SyncReport> {
	if (userIds.length === 0)
		return { added: 0, changed: 0, unchanged: 0, removed: 0, sentence: sentence({ removed: 0 }) };
	const { numUpdatedRows } = await db
		.updateTable('contacts')
		.set({ wp_user_id: null, sync_id: null })
		.where('site_id', '=', siteId)
		.where('wp_user_id', 'in', [...userIds])
		.executeTakeFirstOrThrow();
	const removed = Number(numUpdatedRows);
	return { added: 0, changed: 0, unchanged: 0, removed, sentence: sentence({ removed }) };
}

async function syncUser(
	tables: SiteTables,
	user: WordPressUser,
	syncId: string | null,
	at: Date,
): Promise<'added' | 'changed' | 'unchanged'> {
	const { db, siteId } = tables;
	const names = {
		display_name: user.displayName || user.email,
		first_name: user.firstName,
		last_name: user.lastName,
	};
	const contact =
		(await contactOfUser(tables, user.userId)) ?? (await contactWithAddress(tables, user.email));
	if (!contact) {
		const { insertId } = await db
			.insertInto('contacts')
			.values({
				site_id: siteId,
				kind: 'Individual',
				...names,
				wp_user_id: user.userId,
				sync_id: syncId,
				created_at: at.getTime(),
			})
			.executeTakeFirstOrThrow();
		await setPrimaryAddress(tables, Number(insertId), user.email);
		return 'added';
	}

	const isSame =
		contact.wp_user_id === user.userId &&
		contact.display_name === names.display_name &&
		contact.first_name === names.first_name &&
		contact.last_name === names.last_name;
	await db
		.updateTable('contacts')
		.set({ ...names, wp_user_id: user.userId, sync_id: syncId })
		.where('site_id', '=', siteId)
		.where('id', '=', contact.id)
		.execute();
	const isNewAddress = await setPrimaryAddress(tables, contact.id, user.email);
	// A rule deleted the contact for its old address; the new one did not bounce.
	if (isNewAddress) await setContactDeleted(tables, contact.id, null);
	return isSame && !isNewAddress ? 'unchanged' : 'changed';
}

function contacts({ db, siteId }: SiteTables) {
	return db
		.selectFrom('contacts as c')
		.select(['c.id', 'c.wp_user_id', 'c.display_name', 'c.first_name', 'c.last_name'])
		.where('c.site_id', '=', siteId);
}

function contactOfUser(tables: SiteTables, userId: number) {
	return contacts(tables).where('c.wp_user_id', '=', userId).executeTakeFirst();
}

function contactWithAddress(tables: SiteTables, email: string) {
	return contacts(tables)
		.innerJoin('addresses as a', (join) =>
			join.onRef('a.contact_id', '=', 'c.id').onRef('a.site_id', '=', 'c.site_id'),
		)
		.where('a.email_key', '=', email.toLowerCase())
		.where('c.kind', '=', 'Individual')
		.where('c.wp_user_id', 'is', null)
		.where('c.deleted_at', 'is', null)
		.orderBy('c.id')
		.executeTakeFirst();
}

/** Makes an address the contact's primary one; an earlier one stays with its history. @returns whether it is new. */
export async function setPrimaryAddress(
	{ db, siteId }: SiteTables,
	contactId: number,
	email: string,
): Promise<boolean> {
	if (!email.includes('@')) return false;
	const key = email.toLowerCase();
	const mine = await db
		.selectFrom('addresses')
		.select(['id', 'email_key', 'is_primary'])
		.where('site_id', '=', siteId)
		.where('contact_id', '=', contactId)
		.execute();
	const same = mine.find(({ email_key }) => email_key === key);
	if (same?.is_primary) return false;

	if (mine.length > 0) {
		await db
			.updateTable('addresses')
			.set((eb) => ({
				is_primary: eb
					.case()
					.when('id', '=', same?.id ?? 0)
					.then(1)
					.else(0)
					.end(),
			}))
			.where('site_id', '=', siteId)
			.where('contact_id', '=', contactId)
			.execute();
	}
	if (!same) {
		await db
			.insertInto('addresses')
			.values({
				site_id: siteId,
				contact_id: contactId,
				email,
				email_key: key,
				domain: key.slice(key.lastIndexOf('@') + 1),
				is_primary: 1,
				hold: null,
				held_at: null,
				hold_type: null,
				hold_because: null,
				hold_bounce_id: null,
				count_since: 0,
			})
			.execute();
	}
	return true;
}

async function untieUsersNotIn({ db, siteId }: SiteTables, syncId: string): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable('contacts')
		.set({ wp_user_id: null })
		.where('site_id', '=', siteId)
		.where('wp_user_id', 'is not', null)
		.where((eb) => eb.or([eb('sync_id', 'is', null), eb('sync_id', '!=', syncId)]))
		.executeTakeFirstOrThrow();
	return Number(numUpdatedRows);
}

function sentence({
	added = 0,
	changed = 0,
	unchanged = 0,
	removed = 0,
}: Partial<Record<'added' | 'changed' | 'unchanged' | 'removed', number>>): string {
	return `${added} contacts added, ${changed} changed, ${unchanged} unchanged, ${removed} no longer users.`;
}
