import type { ContactDeedRow } from '../../../db/people-tables.ts';
import type { ContactChange } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { deedKinds, toStep } from './deeds.ts';
import type { DeedKind, Step } from './deeds.ts';
import { stepsInWords } from './steps-in-words.ts';
import { listed } from './words.ts';

/** What was done to a contact by people, newest first, and how many things in all.
 *  @param contactIds the contact and those that were merged into it
 *  @param most of the newest */
export async function changesOf(
	tables: SiteTables,
	contactIds: readonly number[],
	most: number,
): Promise<{ rows: ContactChange[]; total: number }> {
	const { db, siteId } = tables;
	const about = db
		.selectFrom('contact_deeds as d')
		.where('d.site_id', '=', siteId)
		.where('d.id', 'in', (eb) =>
			eb
				.selectFrom('contact_deed_steps as s')
				.select('s.deed_id')
				.where('s.site_id', '=', siteId)
				.where('s.contact_id', 'in', contactIds),
		);
	const { total, undone } = await about
		.select((eb) => [
			eb.fn.countAll<number>().as('total'),
			eb.fn.count<number>('d.undone_at').as('undone'),
		])
		.executeTakeFirstOrThrow();
	const deeds = await about
		.selectAll('d')
		.orderBy((eb) => eb.fn.coalesce('d.undone_at', 'd.at'), 'desc')
		.orderBy('d.id', 'desc')
		.limit(most)
		.execute();
	const rows = [];
	for (const deed of deeds) rows.push(...(await toChanges(tables, deed, contactIds)));
	rows.sort((a, b) => b.at.getTime() - a.at.getTime());
	return { rows: rows.slice(0, most), total: Number(total) + Number(undone) };
}

async function toChanges(
	tables: SiteTables,
	deed: ContactDeedRow,
	contactIds: readonly number[],
): Promise<ContactChange[]> {
	const { db, siteId } = tables;
	const steps = await db
		.selectFrom('contact_deed_steps')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('deed_id', '=', deed.id)
		.where('contact_id', 'in', contactIds)
		.where('thing', '!=', 'moved')
		.orderBy('id')
		.execute();
	const kind = deedKinds.find((one) => one === deed.what) ?? 'edited';
	const isOurs = kind === 'merged' || !(await isAboutOthers(tables, deed.id, contactIds));
	const done: ContactChange = {
		at: new Date(deed.at),
		what: eventOf[kind],
		sentence: sentenceOf(kind, deed, steps.map(toStep)),
		...(isOurs && deed.undone_at === null ? { deedId: deed.id } : {}),
	};
	if (deed.undone_at === null) return [done];
	const sentence = `${deed.undone_by ?? 'Somebody'} undid this: ${done.sentence}`;
	return [{ at: new Date(deed.undone_at), what: 'undone', sentence }, done];
}

/** What was done to many is undone where it was done, not from the record of one of them. */
async function isAboutOthers(
	{ db, siteId }: SiteTables,
	deedId: number,
	contactIds: readonly number[],
): Promise<boolean> {
	const other = await db
		.selectFrom('contact_deed_steps')
		.select('id')
		.where('site_id', '=', siteId)
		.where('deed_id', '=', deedId)
		.where('contact_id', 'not in', contactIds)
		.limit(1)
		.executeTakeFirst();
	return other !== undefined;
}

const eventOf: Readonly<Record<DeedKind, ContactChange['what']>> = {
	added: 'added',
	edited: 'edited',
	deleted: 'deleted',
	restored: 'undone',
	merged: 'merged',
	'joined-group': 'group',
	'left-group': 'group',
	'deleted-group': 'group',
	imported: 'edited',
};

function sentenceOf(
	kind: DeedKind,
	{ who, sentence }: ContactDeedRow,
	steps: readonly Step[],
): string {
	switch (kind) {
		case 'added':
			return `${who} added this contact.`;
		case 'deleted':
			return `${who} put it into the trash.`;
		case 'restored':
			return `${who} brought it back from the trash.`;
		case 'merged':
			return `${who} merged two contacts: ${sentence}`;
		case 'deleted-group':
			return `${who}: ${sentence}`;
		case 'imported':
			return steps.some(({ thing, before }) => thing === 'contact' && before === null)
				? `${who} added it by an import.`
				: `An import by ${who} ${did(steps)}.`;
		default:
			return `${who} ${did(steps)}.`;
	}
}

function did(steps: readonly Step[]): string {
	const words = stepsInWords(steps);
	return words.length === 0 ? 'changed nothing' : listed(words);
}
