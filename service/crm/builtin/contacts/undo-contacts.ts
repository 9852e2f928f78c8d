import { inPieces } from '../../../db/open.ts';
import type { ContactRow } from '../../../db/schema.ts';
import type { SiteTables } from '../site-tables.ts';
import type { Part } from './deeds.ts';
import type { StoredStep, Undone } from './undo-step.ts';

/** Columns that only make sense together: they are put back together or not at all. */
const nameColumns = [
	'kind',
	'first_name',
	'last_name',
	'display_name',
	'sort_name',
	'employer',
] as const;

/** Takes back steps that did the same to several contacts. */
export async function undoContacts(
	tables: SiteTables,
	alike: readonly StoredStep[],
	at: Date,
): Promise<Undone[]> {
	const { before, after } = alike[0]!;
	const results: Undone[] = [];
	for (const piece of inPieces(alike)) {
		const rows = await rowsOf(
			tables,
			piece.map(({ contactId }) => contactId),
		);
		const undone =
			before === null
				? await binAdded(tables, rows, piece, at)
				: await putBack(tables, rows, before, after ?? {}, at);
		results.push(...piece.map(({ contactId }) => ({ contactId, isUndone: undone.has(contactId) })));
	}
	return results;
}

function rowsOf({ db, siteId }: SiteTables, ids: readonly number[]): Promise<ContactRow[]> {
	return db
		.selectFrom('contacts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', 'in', ids)
		.execute();
}

/** Contacts that were added go into the trash, with the history they have by now; unless somebody has worked with them since. */
async function binAdded(
	tables: SiteTables,
	rows: readonly ContactRow[],
	steps: readonly StoredStep[],
	at: Date,
): Promise<Set<number>> {
	const { db, siteId } = tables;
	const ids = rows
		.filter(({ deleted_at, wp_user_id }) => deleted_at === null && wp_user_id === null)
		.map(({ id }) => id);
	if (ids.length === 0) return new Set();
	const later = await db
		.selectFrom('contact_deed_steps as s')
		.innerJoin('contact_deeds as d', (join) =>
			join.onRef('d.id', '=', 's.deed_id').onRef('d.site_id', '=', 's.site_id'),
		)
		.select('s.contact_id')
		.where('s.site_id', '=', siteId)
		.where('s.contact_id', 'in', ids)
		.where('s.deed_id', '>', steps[0]!.deedId)
		.where('d.undone_at', 'is', null)
		.execute();
	const touched = new Set(later.map(({ contact_id }) => contact_id));
	const untouched = ids.filter((id) => !touched.has(id));
	await update(tables, untouched, { deleted_at: at.getTime() }, at);
	return new Set(untouched);
}

/** @returns contacts of which anything was put back. */
async function putBack(
	tables: SiteTables,
	rows: readonly ContactRow[],
	before: NonNullable<Part>,
	after: NonNullable<Part>,
	at: Date,
): Promise<Set<number>> {
	const columns = Object.keys(after);
	const isAsLeft = (row: ContactRow) => columns.every((name) => isSame(row, after, name));
	const asLeft = rows.filter(isAsLeft).map(({ id }) => id);
	const undone = new Set<number>();
	if (!('wp_user_id' in after)) {
		await update(tables, asLeft, before, at);
		for (const id of asLeft) undone.add(id);
	}
	for (const row of rows.filter(({ id }) => !undone.has(id))) {
		const set = await stillOurs(tables, row, before, after);
		if (Object.keys(set).length === 0) continue;
		await update(tables, [row.id], set, at);
		undone.add(row.id);
	}
	return undone;
}

/** The columns that nobody changed since. */
async function stillOurs(
	tables: SiteTables,
	row: ContactRow,
	before: NonNullable<Part>,
	after: NonNullable<Part>,
): Promise<NonNullable<Part>> {
	const names = nameColumns.filter((name) => name in after);
	const namesAreOurs = names.every((name) => isSame(row, after, name));
	const columns = Object.keys(after).filter((name) =>
		names.some((one) => one === name) ? namesAreOurs : isSame(row, after, name),
	);
	const set = Object.fromEntries(columns.map((name) => [name, before[name] ?? null]));
	const userId = set['wp_user_id'];
	if (typeof userId === 'number' && (await isTaken(tables, userId, row.id)))
		delete set['wp_user_id'];
	return set;
}

/** A WordPress user is one contact. */
async function isTaken(
	{ db, siteId }: SiteTables,
	userId: number,
	exceptId: number,
): Promise<boolean> {
	const other = await db
		.selectFrom('contacts')
		.select('id')
		.where('site_id', '=', siteId)
		.where('wp_user_id', '=', userId)
		.where('id', '!=', exceptId)
		.executeTakeFirst();
	return other !== undefined;
}

function isSame(row: ContactRow, after: NonNullable<Part>, name: string): boolean {
	return (row as unknown as Record<string, unknown>)[name] === after[name];
}

async function update(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
	columns: NonNullable<Part>,
	at: Date,
): Promise<void> {
	if (ids.length === 0) return;
	await db
		.updateTable('contacts')
		.set({ ...columns, changed_at: at.getTime() })
		.where('site_id', '=', siteId)
		.where('id', 'in', ids)
		.execute();
}
