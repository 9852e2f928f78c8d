import type { ContactDeedStepRow } from '../../../db/people-tables.ts';
import { inPieces } from '../../../db/open.ts';
import type { Author } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';

/** What kind of deed it was. */
export const deedKinds = [
	'added',
	'edited',
	'deleted',
	'restored',
	'merged',
	'joined-group',
	'left-group',
	'deleted-group',
	'imported',
] as const;
export type DeedKind = (typeof deedKinds)[number];

/** Some columns of a row; null: there was no such row. */
export type Part = Readonly<Record<string, string | number | null>> | null;

/** One row that a deed changed, with what is needed to put it back. Rows that were moved from one owner to another (`moved`) are
 *  named in `before.ids` as JSON. */
export interface Step {
	contactId: number;
	thing: ContactDeedStepRow['thing'];
	thingId: number;
	before: Part;
	after: Part;
}

/** Writes down a deed. @returns its number. */
export async function writeDeed(
	tables: SiteTables,
	{ what, sentence, who, at }: { what: DeedKind; sentence: string } & Author,
	steps: readonly Step[],
): Promise<number> {
	const { db, siteId } = tables;
	const { insertId } = await db
		.insertInto('contact_deeds')
		.values({
			site_id: siteId,
			at: at.getTime(),
			who,
			what,
			sentence,
			undone_at: null,
			undone_by: null,
		})
		.executeTakeFirstOrThrow();
	const deedId = Number(insertId);
	await addSteps(tables, deedId, steps);
	return deedId;
}

/** Adds steps to a deed that goes on, such as an import. */
export async function addSteps(
	{ db, siteId }: SiteTables,
	deedId: number,
	steps: readonly Step[],
): Promise<void> {
	for (const piece of inPieces(steps)) {
		await db
			.insertInto('contact_deed_steps')
			.values(
				piece.map(({ contactId, thing, thingId, before, after }) => ({
					site_id: siteId,
					deed_id: deedId,
					contact_id: contactId,
					thing,
					thing_id: thingId,
					before: JSON.stringify(before),
					after: JSON.stringify(after),
				})),
			)
			.execute();
	}
}

/** A stored step, read again. What is in there is what `addSteps` wrote. */
export function toStep(row: ContactDeedStepRow): Step & { id: number; deedId: number } {
	return {
		id: row.id,
		deedId: row.deed_id,
		contactId: row.contact_id,
		thing: row.thing,
		thingId: row.thing_id,
		before: JSON.parse(row.before) as Part,
		after: JSON.parse(row.after) as Part,
	};
}

/** What differs between a row and the columns it gets; undefined when nothing does. */
export function difference(
	row: Readonly<Record<string, unknown>>,
	columns: Readonly<Record<string, string | number | null>>,
): { before: NonNullable<Part>; after: NonNullable<Part> } | undefined {
	const changed = Object.entries(columns).filter(([name, value]) => row[name] !== value);
	if (changed.length === 0) return undefined;
	const before = Object.fromEntries(
		changed.map(([name]) => [name, (row[name] ?? null) as string | number | null]),
	);
	return { before, after: Object.fromEntries(changed) };
}

/** A contact and those that were merged into it: their history is its own. */
export async function selfAndMerged(
	{ db, siteId }: SiteTables,
	contactId: number,
): Promise<number[]> {
	const ids = [contactId];
	for (let next = [contactId]; next.length > 0;) {
		const rows = await db
			.selectFrom('contacts')
			.select('id')
			.where('site_id', '=', siteId)
			.where('merged_into', 'in', next)
			.execute();
		next = rows.map(({ id }) => id).filter((id) => !ids.includes(id));
		ids.push(...next);
	}
	return ids;
}

/** Addresses that contacts had and that were removed: their history goes on under their numbers. */
export async function removedAddressesOf(
	{ db, siteId }: SiteTables,
	contactIds: readonly number[],
): Promise<{ id: number; email: string }[]> {
	const rows = await db
		.selectFrom('contact_deed_steps')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('contact_id', 'in', contactIds)
		.where('thing', '=', 'address')
		.where('after', '=', 'null')
		.execute();
	return rows.map(toStep).map(({ thingId, before }) => ({
		id: thingId,
		email: String(before?.['email'] ?? ''),
	}));
}
