import { inPieces } from '../../../db/open.ts';
import type { SiteTables } from '../site-tables.ts';
import { deleteMembers, insertMembers } from './groups.ts';

/** Keeps a user's contact in the groups of its roles. Who loses a role leaves only groups that a role put him into; a group that
 *  somebody put him into by hand he stays in.
 *  @param roles undefined: WordPress does not tell, so nothing changes
 *  @returns whether anything changed */
export async function syncRoleGroups(
	tables: SiteTables,
	contactId: number,
	roles: readonly string[] | undefined,
	groupOfRole: Readonly<Record<string, number>>,
): Promise<boolean> {
	if (!roles) return false;
	const wanted = new Map<number, string>();
	for (const role of roles) {
		const groupId = groupOfRole[role];
		if (groupId !== undefined && !wanted.has(groupId)) wanted.set(groupId, role);
	}
	const memberships = await tables.db
		.selectFrom('group_members')
		.select(['group_id', 'by_role'])
		.where('site_id', '=', tables.siteId)
		.where('contact_id', '=', contactId)
		.execute();
	const joins = [...wanted].filter(([id]) => !memberships.some(({ group_id }) => group_id === id));
	const leaves = memberships.filter(
		({ group_id, by_role }) => by_role !== null && !wanted.has(group_id),
	);
	for (const [groupId, byRole] of joins)
		await insertMembers(tables, groupId, [{ contactId, byRole }]);
	for (const { group_id } of leaves) await deleteMembers(tables, group_id, [contactId]);
	return joins.length + leaves.length > 0;
}

/** Takes contacts out of all groups that a role put them into. */
export async function leaveRoleGroups(
	{ db, siteId }: SiteTables,
	contactIds: readonly number[],
): Promise<void> {
	for (const piece of inPieces(contactIds)) {
		await db
			.deleteFrom('group_members')
			.where('site_id', '=', siteId)
			.where('contact_id', 'in', piece)
			.where('by_role', 'is not', null)
			.execute();
	}
}
