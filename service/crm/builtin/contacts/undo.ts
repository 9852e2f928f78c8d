import type { DeedReport } from '../../../contract/contact.ts';
import { ServiceError } from '../../../errors.ts';
import type { Author } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { toStep } from './deeds.ts';
import { counted, leftAloneSentence } from './words.ts';
import { undoAddress, undoGroup, undoMembers, undoMove } from './undo-belongings.ts';
import { undoContacts } from './undo-contacts.ts';
import type { StoredStep, Undone } from './undo-step.ts';
import { keepOnePrimary } from './primary.ts';

/** Steps read at once. */
const pieceSize = 500;

/** See `ContactBook.undo`: the steps of a deed are taken back, last first; what was changed since is left alone. */
export async function undoDeed(
	tables: SiteTables,
	deedId: number,
	by: Author,
): Promise<DeedReport> {
	const { db, siteId } = tables;
	const deed = await db
		.selectFrom('contact_deeds')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.executeTakeFirst();
	if (!deed) throw new ServiceError('not-found', 'There is no such change; it may be too old.');
	if (deed.undone_at !== null)
		throw new ServiceError(
			'conflict',
			`This was undone already, by ${deed.undone_by ?? 'somebody'}.`,
		);

	const undone = new Set<number>();
	const left = new Set<number>();
	const withAddresses = new Set<number>();
	for await (const steps of stepsBackwards(tables, deedId)) {
		for (const { thing, contactId } of steps) if (thing === 'address') withAddresses.add(contactId);
		for (const { contactId, isUndone } of await undoSteps(tables, steps, by))
			(isUndone ? undone : left).add(contactId);
	}
	await keepOnePrimary(tables, [...withAddresses]);
	await db
		.updateTable('contact_deeds')
		.set({ undone_at: by.at.getTime(), undone_by: by.who })
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.execute();

	await db
		.updateTable('contact_imports')
		.set({ state: 'undone' })
		.where('site_id', '=', siteId)
		.where('deed_id', '=', deedId)
		.execute();

	for (const contactId of undone) left.delete(contactId);
	for (const contacts of [undone, left]) contacts.delete(0);
	const are = undone.size === 1 ? 'is as it was' : 'are as they were';
	const sentence =
		`Undone: “${deed.sentence}” ${counted(undone.size, 'contact')} ${are} before.` +
		leftAloneSentence(left.size, 'somebody changed them since');
	return { deedId, touched: undone.size, leftAlone: left.size, sentence };
}

async function* stepsBackwards(
	{ db, siteId }: SiteTables,
	deedId: number,
): AsyncGenerator<StoredStep[]> {
	let before = Number.MAX_SAFE_INTEGER;
	for (;;) {
		const rows = await db
			.selectFrom('contact_deed_steps')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('deed_id', '=', deedId)
			.where('id', '<', before)
			.orderBy('id', 'desc')
			.limit(pieceSize)
			.execute();
		const last = rows.at(-1);
		if (!last) return;
		yield rows.map(toStep);
		before = last.id;
	}
}

async function undoSteps(
	tables: SiteTables,
	steps: readonly StoredStep[],
	{ at }: Author,
): Promise<Undone[]> {
	const results: Undone[] = [];
	for (const alike of runsOfAlike(steps)) {
		const [first] = alike;
		switch (first?.thing) {
			case 'contact':
				results.push(...(await undoContacts(tables, alike, at)));
				break;
			case 'member':
				results.push(...(await undoMembers(tables, alike)));
				break;
			case 'group':
				for (const step of alike) results.push(await undoGroup(tables, step));
				break;
			case 'address':
				for (const step of alike) results.push(await undoAddress(tables, step));
				break;
			case 'moved':
				for (const step of alike) results.push(await undoMove(tables, step));
		}
	}
	return results;
}

/** Neighbours that changed the same in the same way are taken back together. */
function runsOfAlike(steps: readonly StoredStep[]): StoredStep[][] {
	const runs: StoredStep[][] = [];
	let lastKey: string | undefined;
	for (const step of steps) {
		const { thing, before, after } = step;
		const key = JSON.stringify([thing, thing === 'member' ? step.thingId : 0, before, after]);
		if (key === lastKey) runs.at(-1)!.push(step);
		else runs.push([step]);
		lastKey = key;
	}
	return runs;
}
