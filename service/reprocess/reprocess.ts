import { undoDeeds } from '../act/undo-deeds.ts';
import type { Page } from '../contract/page.ts';
import type { Reprocessing, ReprocessSelection, ReprocessUndone } from '../contract/reprocess.ts';
import { ServiceError } from '../errors.ts';
import type { Site } from '../site.ts';
import type { StoredReprocessing, UndoNote } from './reprocess-book.ts';
import { totalsSentence } from './totals.ts';
import { counted, inARow } from '../words.ts';

/** Said when a selection finds no mail that could be judged again. */
export const noneKept =
	'No stored mail is among those. Raw mails are kept for 90 days, and only these can be judged again.';

/** Asks for stored mails to be judged again for good; the job Judge Mails Again does it.
 *  @throws ServiceError not-found when no kept mail is selected. */
export async function askForReprocess(
	site: Site,
	selection: ReprocessSelection,
	who: string,
): Promise<Reprocessing> {
	return site.inTransaction(async (inside) => {
		const { found, last } = await inside.archive.countMails(selection, 1);
		if (found === 0) {
			throw new ServiceError('not-found', noneKept);
		}
		const at = inside.now();
		const request = { selection, who, at, found, lastJournalId: last };
		const id = await inside.reprocessings.ask(request);
		const mails = counted(found, 'mail', 'mails');
		await inside.audit.note(who, `Asked for ${mails} to be judged again (${id}).`, at);
		return toReprocessing((await inside.reprocessings.get(id))!);
	});
}

/** @throws ServiceError not-found. */
export async function reprocessing(site: Site, id: number): Promise<Reprocessing> {
	return toReprocessing(await stored(site, id));
}

/** One page of what was judged again, the latest first. */
export async function listReprocessings(
	site: Site,
	filters: { page?: number; per_page?: number },
): Promise<Page<Reprocessing>> {
	const { rows, total } = await site.reprocessings.list(filters);
	return { rows: rows.map(toReprocessing), total };
}

/** Takes back what judging again did: what rules did about it, bounces, and the holds that came and went. What something
 *  else changed since is left as it is.
 *  @throws ServiceError not-found, or conflict while it is not done or when it was undone before. */
export async function undoReprocess(site: Site, id: number, who: string): Promise<ReprocessUndone> {
	return site.inTransaction(async (inside) => {
		const { state } = await stored(inside, id);
		if (state === 'undone') throw new ServiceError('conflict', 'This was undone already.');
		if (state !== 'done')
			throw new ServiceError('conflict', 'This is still going on. Undo it when it is done.');

		const at = inside.now();
		const notes = await inside.reprocessings.changes(id);
		const deeds = await undoRules(notes, inside, who, at);
		const counts = { bounces: 0, released: 0, held: 0, leftAlone: deeds.leftAlone };
		for (const note of notes)
			if (note.what !== 'ruled') counts[await undoOne(note, inside, who, at)] += 1;
		await inside.reprocessings.setState(id, 'undone', at);
		const undone = { ...counts, deeds: deeds.undone };
		const sentence = undoneSentence(undone);
		await inside.audit.note(who, `Undid the judging again ${id}: ${sentence}`, at);
		return { ...undone, sentence, reprocessing: toReprocessing(await stored(inside, id)) };
	});
}

/** Undoes what rules did because of the bounces; first of all, because it came last. */
async function undoRules(notes: readonly UndoNote[], site: Site, who: string, at: Date) {
	const bouncesOfRun = new Map<number, number[]>();
	for (const note of notes) {
		if (note.what !== 'ruled') continue;
		const bounceIds = bouncesOfRun.get(note.runId) ?? [];
		bouncesOfRun.set(note.runId, [...bounceIds, note.bounceId]);
	}
	const counts = { undone: 0, leftAlone: 0 };
	for (const [runId, bounceIds] of bouncesOfRun) {
		const { undone, leftAlone } = await undoDeeds({ runId, bounceIds }, { who, at }, site);
		counts.undone += undone;
		counts.leftAlone += leftAlone;
	}
	return counts;
}

type Undone = 'bounces' | 'released' | 'held' | 'leftAlone';

async function undoOne(
	note: Exclude<UndoNote, { what: 'ruled' }>,
	site: Site,
	who: string,
	at: Date,
): Promise<Undone> {
	switch (note.what) {
		case 'held':
			return (await site.crm.takeBackHold(note.bounceId, who, at)) ? 'released' : 'leftAlone';
		case 'released': {
			const [address] = await site.crm.findAddresses({ ids: [note.addressId], emails: [] });
			if (!address || address.hold !== null) return 'leftAlone';
			await site.crm.hold([note.hold], who, at);
			return 'held';
		}
		case 'changed':
		case 'added': {
			const now = (await site.archive.columnsOf([note.bounceId])).get(note.bounceId);
			if (JSON.stringify(now) !== JSON.stringify(note.later)) return 'leftAlone';
			if (note.what === 'changed') await site.archive.setColumns(note.bounceId, note.earlier);
			else {
				await site.archive.setKind([note.bounceId], 'not-bounce');
				await site.archive.setWithdrawn([note.bounceId], at);
			}
			return 'bounces';
		}
	}
}

function undoneSentence(undone: Omit<ReprocessUndone, 'reprocessing' | 'sentence'>): string {
	const { bounces, released, held, deeds, leftAlone } = undone;
	const done = [
		bounces > 0 && counted(bounces, 'bounce is as it was', 'bounces are as they were'),
		released > 0 && counted(released, 'hold was lifted', 'holds were lifted'),
		held > 0 && counted(held, 'hold was put back', 'holds were put back'),
		deeds > 0 && counted(deeds, 'deed of a rule was undone', 'deeds of rules were undone'),
	].filter((part) => part !== false);
	const left =
		leftAlone > 0
			? ` ${counted(leftAlone, 'was changed since and is left as it is', 'were changed since and are left as they are')}.`
			: '';
	return `${inARow(done) || 'There was nothing to put back'}.${left}`;
}

async function stored(site: Site, id: number): Promise<StoredReprocessing> {
	const found = await site.reprocessings.get(id);
	if (!found) throw new ServiceError('not-found', 'There is nothing of this number.');
	return found;
}

function toReprocessing(stored: StoredReprocessing): Reprocessing {
	const { id, selection, state, who, found, totals } = stored;
	return {
		id,
		selection,
		state,
		who,
		askedAt: stored.askedAt.toISOString(),
		endedAt: stored.endedAt?.toISOString() ?? null,
		found,
		totals,
		sentence: totalsSentence(totals, 'did'),
	};
}
