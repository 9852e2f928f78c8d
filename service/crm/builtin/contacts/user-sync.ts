import { z } from 'zod';
import type { UserSyncSettings } from '../../../contract/contact.ts';
import { ServiceError } from '../../../errors.ts';
import type { SiteTables } from '../site-tables.ts';

/** Name in the settings table. */
const settingName = 'contacts.user-sync';
const usual: UserSyncSettings = { groupOfRole: {}, whenUserGoes: 'keep' };
const shape = z.object({
	groupOfRole: z.record(z.string(), z.number()),
	whenUserGoes: z.enum(['keep', 'delete']),
});

/** See `ContactBook.userSync`. */
export async function userSync({ db, siteId }: SiteTables): Promise<UserSyncSettings> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('site_id', '=', siteId)
		.where('name', '=', settingName)
		.executeTakeFirst();
	return row ? shape.parse(JSON.parse(row.value)) : usual;
}

/** See `ContactBook.setUserSync`. */
export async function setUserSync(tables: SiteTables, settings: UserSyncSettings): Promise<void> {
	const { db, siteId } = tables;
	const groups = await db
		.selectFrom('contact_groups')
		.select('id')
		.where('site_id', '=', siteId)
		.execute();
	const known = new Set(groups.map(({ id }) => id));
	for (const [role, groupId] of Object.entries(settings.groupOfRole)) {
		if (!known.has(groupId))
			throw new ServiceError(
				'not-found',
				`The group for the role “${role}” is not there; it may have been deleted.`,
			);
	}
	const value = JSON.stringify(settings);
	await db
		.insertInto('settings')
		.values({ site_id: siteId, name: settingName, value })
		.onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value }))
		.execute();
}

/** No role puts anybody into a group that is deleted. */
export async function roleGroupsWithout(tables: SiteTables, groupId: number): Promise<void> {
	const settings = await userSync(tables);
	const roles = Object.entries(settings.groupOfRole);
	const kept = roles.filter(([, id]) => id !== groupId);
	if (kept.length < roles.length)
		await setUserSync(tables, { ...settings, groupOfRole: Object.fromEntries(kept) });
}
