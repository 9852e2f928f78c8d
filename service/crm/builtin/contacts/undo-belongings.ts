import { sql } from 'kysely';
import { inPieces } from '../../../db/open.ts';
import type { AddressRow } from '../../../db/schema.ts';
import type { SiteTables } from '../site-tables.ts';
import { membersAmong } from './groups.ts';
import type { Part } from './deeds.ts';
import type { StoredStep, Undone } from './undo-step.ts';

/** Takes back that contacts joined or left a group. */
export async function undoMembers(
	tables: SiteTables,
	alike: readonly StoredStep[],
): Promise<Undone[]> {
	const { db, siteId } = tables;
	const { thingId: groupId, before, after } = alike[0]!;
	const group = await db
		.selectFrom('contact_groups')
		.select('id')
		.where('site_id', '=', siteId)
		.where('id', '=', groupId)
		.executeTakeFirst();
	const ids = alike.map(({ contactId }) => contactId);
	const members = await membersAmong(tables, groupId, ids);
	const undone = new Set<number>();
	for (const contactId of group ? ids : []) {
		const byRole = members.get(contactId);
		const isAsLeft = after === null ? byRole === undefined : byRole === after['by_role'];
		if (!isAsLeft) continue;
		undone.add(contactId);
		const mine = db
			.deleteFrom('group_members')
			.where('site_id', '=', siteId)
			.where('group_id', '=', groupId)
			.where('contact_id', '=', contactId);
		await mine.execute();
		if (before === null) continue;
		await db
			.insertInto('group_members')
			.values({
				site_id: siteId,
				group_id: groupId,
				contact_id: contactId,
				by_role: textOrNull(before, 'by_role'),
			})
			.execute();
	}
	return ids.map((contactId) => ({ contactId, isUndone: undone.has(contactId) }));
}

/** Brings a deleted group back, or takes away one that was made and that nobody is in. */
export async function undoGroup(
	{ db, siteId }: SiteTables,
	{ thingId, before, contactId }: StoredStep,
): Promise<Undone> {
	if (before) {
		await db
			.insertInto('contact_groups')
			.values({
				id: thingId,
				site_id: siteId,
				name: String(before['name']),
				description: String(before['description']),
				is_mailing_list: Number(before['is_mailing_list']),
			})
			.execute();
		return { contactId, isUndone: true };
	}
	const { numDeletedRows } = await db
		.deleteFrom('contact_groups')
		.where('site_id', '=', siteId)
		.where('id', '=', thingId)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('group_members as m')
						.select('m.contact_id')
						.where('m.site_id', '=', siteId)
						.where('m.group_id', '=', thingId),
				),
			),
		)
		.executeTakeFirstOrThrow();
	return { contactId, isUndone: numDeletedRows > 0n };
}

/** Takes away an added address, brings back a removed one, or puts its columns back. */
export async function undoAddress(tables: SiteTables, step: StoredStep): Promise<Undone> {
	const { contactId, before, after } = step;
	const row = await tables.db
		.selectFrom('addresses')
		.selectAll()
		.where('site_id', '=', tables.siteId)
		.where('id', '=', step.thingId)
		.executeTakeFirst();
	if (before && after) return { contactId, isUndone: await putAddressBack(tables, row, step) };
	if (before) return { contactId, isUndone: !row && (await bringBack(tables, before)) };

	// It may be on hold by now, or be somebody else's after a merge; then it is no longer what was added.
	const isAsAdded =
		row?.email_key === after?.['email_key'] && row?.contact_id === contactId && row.hold === null;
	if (!isAsAdded) return { contactId, isUndone: false };
	await tables.db
		.deleteFrom('addresses')
		.where('site_id', '=', tables.siteId)
		.where('id', '=', step.thingId)
		.execute();
	return { contactId, isUndone: true };
}

async function putAddressBack(
	{ db, siteId }: SiteTables,
	row: AddressRow | undefined,
	{ before, after }: StoredStep,
): Promise<boolean> {
	if (!row) return false;
	const now = row as unknown as Record<string, unknown>;
	const columns = Object.keys(after ?? {}).filter((name) => now[name] === after?.[name]);
	if (columns.length === 0) return false;
	await db
		.updateTable('addresses')
		.set(Object.fromEntries(columns.map((name) => [name, before?.[name] ?? null])))
		.where('site_id', '=', siteId)
		.where('id', '=', row.id)
		.execute();
	return true;
}

/** Under its old number, so that its history is its own again; unless the contact has that address anew. */
async function bringBack({ db, siteId }: SiteTables, before: NonNullable<Part>): Promise<boolean> {
	const row = before as unknown as AddressRow;
	const same = await db
		.selectFrom('addresses')
		.select('id')
		.where('site_id', '=', siteId)
		.where('contact_id', '=', row.contact_id)
		.where('email_key', '=', row.email_key)
		.executeTakeFirst();
	if (same) return false;
	await db
		.insertInto('addresses')
		.values({ ...row, site_id: siteId })
		.execute();
	return true;
}

/** Gives rows back to whose they were. */
export async function undoMove(
	{ db, siteId }: SiteTables,
	{ contactId, before, after }: StoredStep,
): Promise<Undone> {
	const table = sql.table(String(before?.['table']));
	const column = sql.ref(String(before?.['column']));
	const ids = JSON.parse(String(before?.['ids'])) as number[];
	for (const piece of inPieces(ids)) {
		await sql`update ${table} set ${column} = ${before?.['value']} where site_id = ${siteId}
			and id in (${sql.join(piece)}) and ${column} = ${after?.['value']}`.execute(db);
	}
	return { contactId, isUndone: true };
}

function textOrNull(part: NonNullable<Part>, name: string): string | null {
	const value = part[name];
	return value === null || value === undefined ? null : String(value);
}
