import type { DeedReport, Group } from '../../../contract/contact.ts';
import { inPieces } from '../../../db/open.ts';
import { ServiceError } from '../../../errors.ts';
import type { Author, Chosen, GroupBook, GroupFields } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { writeDeed } from './deeds.ts';
import type { DeedKind, Step } from './deeds.ts';
import { idsOf } from './found.ts';
import { roleGroupsWithout } from './user-sync.ts';
import { counted, countedWere, leftAloneSentence } from './words.ts';

/** The groups of one site. */
export function builtinGroups(tables: SiteTables): GroupBook {
	return {
		list: () => listGroups(tables),
		add: async (fields) => {
			await refuseTakenName(tables, fields.name);
			return groupOf(tables, await insertGroup(tables, fields));
		},
		change: async (id, fields) => {
			await groupOf(tables, id);
			await refuseTakenName(tables, fields.name, id);
			await tables.db
				.updateTable('contact_groups')
				.set(toColumns(fields))
				.where('site_id', '=', tables.siteId)
				.where('id', '=', id)
				.execute();
			return groupOf(tables, id);
		},
		remove: (id, by) => removeGroup(tables, id, by),
		addMembers: (id, who, by) => addMembers(tables, id, who, by),
		removeMembers: (id, who, by) => removeMembers(tables, id, who, by),
	};
}

async function listGroups({ db, siteId }: SiteTables, id?: number): Promise<Group[]> {
	let query = db.selectFrom('contact_groups as g').where('g.site_id', '=', siteId);
	if (id !== undefined) query = query.where('g.id', '=', id);
	const rows = await query.selectAll('g').orderBy('g.name').orderBy('g.id').execute();
	let members = db
		.selectFrom('group_members as m')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'm.contact_id').onRef('c.site_id', '=', 'm.site_id'),
		)
		.select(['m.group_id', (eb) => eb.fn.countAll<number>().as('count')])
		.where('m.site_id', '=', siteId)
		.where('c.deleted_at', 'is', null)
		.groupBy('m.group_id');
	if (id !== undefined) members = members.where('m.group_id', '=', id);
	const countOf = new Map(
		(await members.execute()).map(({ group_id, count }) => [group_id, Number(count)]),
	);
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		description: row.description,
		isMailingList: row.is_mailing_list === 1,
		members: countOf.get(row.id) ?? 0,
	}));
}

/** @throws ServiceError not-found. */
export async function groupOf(tables: SiteTables, id: number): Promise<Group> {
	const [group] = await listGroups(tables, id);
	if (!group)
		throw new ServiceError('not-found', 'There is no such group; it may have been deleted.');
	return group;
}

/** Adds a group. @returns its number. */
export async function insertGroup(
	{ db, siteId }: SiteTables,
	fields: GroupFields,
): Promise<number> {
	const { insertId } = await db
		.insertInto('contact_groups')
		.values({ site_id: siteId, ...toColumns(fields) })
		.executeTakeFirstOrThrow();
	return Number(insertId);
}

function toColumns({ name, description, isMailingList }: GroupFields) {
	return { name, description, is_mailing_list: isMailingList ? 1 : 0 };
}

async function refuseTakenName({ db, siteId }: SiteTables, name: string, except = 0) {
	const groups = await db
		.selectFrom('contact_groups')
		.select(['id', 'name'])
		.where('site_id', '=', siteId)
		.execute();
	const taken = groups.find(
		(group) => group.id !== except && group.name.toLowerCase() === name.toLowerCase(),
	);
	if (taken) {
		const message = `There is a group called “${taken.name}” already.`;
		throw new ServiceError('conflict', message, { fields: { name: message } });
	}
}

async function removeGroup(tables: SiteTables, id: number, by: Author): Promise<DeedReport> {
	const { db, siteId } = tables;
	const group = await groupOf(tables, id);
	const members = await db
		.selectFrom('group_members')
		.select(['contact_id', 'by_role'])
		.where('site_id', '=', siteId)
		.where('group_id', '=', id)
		.execute();
	for (const table of ['group_members', 'contact_groups'] as const) {
		await (
			table === 'group_members'
				? db.deleteFrom(table).where('group_id', '=', id)
				: db.deleteFrom(table).where('id', '=', id)
		)
			.where('site_id', '=', siteId)
			.execute();
	}
	await roleGroupsWithout(tables, id);

	const { name, description, isMailingList } = group;
	const stay =
		members.length === 0
			? 'it had no members'
			: `its ${counted(members.length, 'member')} ${members.length === 1 ? 'stays a contact' : 'stay contacts'}`;
	const sentence = `The group “${name}” was deleted; ${stay}.`;
	const deedId = await writeDeed(tables, { what: 'deleted-group', sentence, ...by }, [
		...members.map((member): Step => membership(member.contact_id, id, name, member, null)),
		{
			contactId: 0,
			thing: 'group',
			thingId: id,
			before: toColumns({ name, description, isMailingList }),
			after: null,
		},
	]);
	return { deedId, touched: members.length, leftAlone: 0, sentence };
}

/** A step that puts a contact into a group or takes it out; the group's name is kept to tell of it. */
export function membership(
	contactId: number,
	groupId: number,
	name: string,
	before: { by_role: string | null } | null,
	after: { by_role: string | null } | null,
): Step {
	const part = (member: { by_role: string | null } | null) =>
		member && { by_role: member.by_role, name };
	return { contactId, thing: 'member', thingId: groupId, before: part(before), after: part(after) };
}

async function addMembers(
	tables: SiteTables,
	id: number,
	who: Chosen,
	by: Author,
): Promise<DeedReport> {
	const { name } = await groupOf(tables, id);
	const ids = await idsOf(tables, who);
	const members = await membersAmong(tables, id, ids);
	const added = ids.filter((contactId) => !members.has(contactId));
	await insertMembers(
		tables,
		id,
		added.map((contactId) => ({ contactId, byRole: null })),
	);
	const steps = added.map((one) => membership(one, id, name, null, { by_role: null }));
	const sentence =
		`${countedWere(added.length, 'contact')} added to the group “${name}”.` +
		leftAloneSentence(ids.length - added.length, 'in the group already');
	return report(tables, 'joined-group', sentence, steps, ids.length - added.length, by);
}

async function removeMembers(
	tables: SiteTables,
	id: number,
	who: Chosen,
	by: Author,
): Promise<DeedReport> {
	const { name } = await groupOf(tables, id);
	const ids = await idsOf(tables, who);
	const members = await membersAmong(tables, id, ids);
	await deleteMembers(tables, id, [...members.keys()]);
	const steps = [...members].map(([one, byRole]) =>
		membership(one, id, name, { by_role: byRole }, null),
	);
	const sentence =
		`${countedWere(members.size, 'contact')} removed from the group “${name}”.` +
		leftAloneSentence(ids.length - members.size, 'not in the group');
	return report(tables, 'left-group', sentence, steps, ids.length - members.size, by);
}

async function report(
	tables: SiteTables,
	what: DeedKind,
	sentence: string,
	steps: readonly Step[],
	leftAlone: number,
	by: Author,
): Promise<DeedReport> {
	const deedId = await writeDeed(tables, { what, sentence, ...by }, steps);
	return { deedId, touched: steps.length, leftAlone, sentence };
}

/** Which of these contacts are in a group, and which role put them there. */
export async function membersAmong(
	{ db, siteId }: SiteTables,
	groupId: number,
	contactIds: readonly number[],
): Promise<Map<number, string | null>> {
	const members = new Map<number, string | null>();
	for (const piece of inPieces(contactIds)) {
		const rows = await db
			.selectFrom('group_members')
			.select(['contact_id', 'by_role'])
			.where('site_id', '=', siteId)
			.where('group_id', '=', groupId)
			.where('contact_id', 'in', piece)
			.execute();
		for (const { contact_id, by_role } of rows) members.set(contact_id, by_role);
	}
	return members;
}

/** Puts contacts into a group; who is in it stays as he is. */
export async function insertMembers(
	{ db, siteId }: SiteTables,
	groupId: number,
	members: readonly { contactId: number; byRole: string | null }[],
): Promise<void> {
	for (const piece of inPieces(members)) {
		await db
			.insertInto('group_members')
			.values(
				piece.map(({ contactId, byRole }) => ({
					site_id: siteId,
					group_id: groupId,
					contact_id: contactId,
					by_role: byRole,
				})),
			)
			.onConflict((conflict) => conflict.doNothing())
			.execute();
	}
}

/** Takes contacts out of a group. */
export async function deleteMembers(
	{ db, siteId }: SiteTables,
	groupId: number,
	contactIds: readonly number[],
): Promise<void> {
	for (const piece of inPieces(contactIds)) {
		await db
			.deleteFrom('group_members')
			.where('site_id', '=', siteId)
			.where('group_id', '=', groupId)
			.where('contact_id', 'in', piece)
			.execute();
	}
}
