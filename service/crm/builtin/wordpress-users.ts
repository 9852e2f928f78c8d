import type { UserSyncSettings } from '../../contract/contact.ts';
import type { SyncReport, WordPressUser } from '../../contract/site.ts';
import { inPieces } from '../../db/open.ts';
import type { SyncOptions } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';
import { binContacts } from './contacts/bin.ts';
import { sortNameOf } from './contacts/names.ts';
import { leaveRoleGroups, syncRoleGroups } from './contacts/role-groups.ts';
import { userSync } from './contacts/user-sync.ts';
import { counted } from './contacts/words.ts';
import { setContactDeleted } from './standing.ts';

/** Name of WordPress in histories. */
const who = 'WordPress';

/** See `Crm.syncUsers`: a user is its contact's user id first, else whoever has that address and is nobody's user yet. */
export async function syncUsers(
	tables: SiteTables,
	users: readonly WordPressUser[],
	{ syncId, isLastPart }: SyncOptions,
	at: Date,
): Promise<SyncReport> {
	const counts = { added: 0, changed: 0, unchanged: 0, removed: 0 };
	const settings = await userSync(tables);
	for (const user of users)
		counts[await syncUser(tables, user, { syncId: syncId ?? null, settings, at })] += 1;
	if (syncId && isLastPart)
		counts.removed = await letGo(tables, await usersNotIn(tables, syncId), settings, at);
	return { ...counts, sentence: sentence(counts) };
}

/** See `Crm.removeUsers`. */
export async function removeUsers(
	tables: SiteTables,
	userIds: readonly number[],
	at: Date,
): Promise<SyncReport> {
	const gone: number[] = [];
	for (const userId of userIds) {
		const contact = await contactOfUser(tables, userId);
		if (contact) gone.push(contact.id);
	}
	const removed = await letGo(tables, gone, await userSync(tables), at);
	return { added: 0, changed: 0, unchanged: 0, removed, sentence: sentence({ removed }) };
}

interface Syncing {
	syncId: string | null;
	settings: UserSyncSettings;
	at: Date;
}

async function syncUser(
	tables: SiteTables,
	user: WordPressUser,
	syncing: Syncing,
): Promise<'added' | 'changed' | 'unchanged'> {
	const contact =
		(await contactOfUser(tables, user.userId)) ?? (await contactWithAddress(tables, user.email));
	const contactId = contact?.id ?? (await addContactOf(tables, user, syncing));
	const isChanged = contact ? await changeContactOf(tables, contact, user, syncing) : false;
	const isRegrouped = await syncRoleGroups(
		tables,
		contactId,
		user.roles,
		syncing.settings.groupOfRole,
	);
	if (!contact) return 'added';
	return isChanged || isRegrouped ? 'changed' : 'unchanged';
}

function namesOf(user: WordPressUser) {
	const { firstName, lastName } = user;
	const display_name = user.displayName || user.email;
	return {
		display_name,
		first_name: firstName,
		last_name: lastName,
		sort_name: sortNameOf({ kind: 'Individual', firstName, lastName }, display_name),
	};
}

async function addContactOf(
	tables: SiteTables,
	user: WordPressUser,
	{ syncId, at }: Syncing,
): Promise<number> {
	const { insertId } = await tables.db
		.insertInto('contacts')
		.values({
			site_id: tables.siteId,
			kind: 'Individual',
			...namesOf(user),
			wp_user_id: user.userId,
			sync_id: syncId,
			created_at: at.getTime(),
			changed_at: at.getTime(),
			source: 'WordPress user',
		})
		.executeTakeFirstOrThrow();
	await setPrimaryAddress(tables, Number(insertId), user.email);
	return Number(insertId);
}

async function changeContactOf(
	tables: SiteTables,
	contact: NonNullable<Awaited<ReturnType<typeof contactOfUser>>>,
	user: WordPressUser,
	{ syncId, at }: Syncing,
): Promise<boolean> {
	const names = namesOf(user);
	const isSame =
		contact.wp_user_id === user.userId &&
		contact.display_name === names.display_name &&
		contact.first_name === names.first_name &&
		contact.last_name === names.last_name;
	const isNewAddress = await setPrimaryAddress(tables, contact.id, user.email);
	const isChanged = !isSame || isNewAddress;
	await tables.db
		.updateTable('contacts')
		.set({
			...names,
			wp_user_id: user.userId,
			sync_id: syncId,
			...(isChanged ? { changed_at: at.getTime() } : {}),
		})
		.where('site_id', '=', tables.siteId)
		.where('id', '=', contact.id)
		.execute();
	// A rule deleted the contact for its old address; the new one did not bounce.
	if (isNewAddress) await setContactDeleted(tables, contact.id, null);
	return isChanged;
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

async function usersNotIn({ db, siteId }: SiteTables, syncId: string): Promise<number[]> {
	const rows = await db
		.selectFrom('contacts')
		.select('id')
		.where('site_id', '=', siteId)
		.where('wp_user_id', 'is not', null)
		.where((eb) => eb.or([eb('sync_id', 'is', null), eb('sync_id', '!=', syncId)]))
		.execute();
	return rows.map(({ id }) => id);
}

/** Contacts whose users are gone: they have no role any more, and go into the trash where the site wants it.
 *  @returns how many */
async function letGo(
	tables: SiteTables,
	contactIds: readonly number[],
	{ whenUserGoes }: UserSyncSettings,
	at: Date,
): Promise<number> {
	for (const piece of inPieces(contactIds)) {
		await leaveRoleGroups(tables, piece);
		await tables.db
			.updateTable('contacts')
			.set({ wp_user_id: null, sync_id: null, changed_at: at.getTime() })
			.where('site_id', '=', tables.siteId)
			.where('id', 'in', piece)
			.execute();
	}
	if (whenUserGoes === 'delete' && contactIds.length > 0)
		await binContacts(tables, { ids: [...contactIds] }, { who, at });
	return contactIds.length;
}

function sentence({
	added = 0,
	changed = 0,
	unchanged = 0,
	removed = 0,
}: Partial<Record<'added' | 'changed' | 'unchanged' | 'removed', number>>): string {
	return `${counted(added, 'contact')} added, ${changed} changed, ${unchanged} unchanged, ${removed} no longer ${removed === 1 ? 'a user' : 'users'}.`;
}
