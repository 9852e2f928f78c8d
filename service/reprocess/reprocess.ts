import type { Page } from '../contract/page.ts';
import type { Reprocessing, ReprocessSelection, ReprocessUndone } from '../contract/reprocess.ts';
import { ServiceError } from '../errors.ts';
import type { Site } from '../site.ts';
import type { StoredReprocessing, UndoNote } from './reprocess-book.ts';
import { totalsSentence } from './totals.ts';

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
			throw new ServiceError(
				'not-found',
				'No stored mail is among those. Raw mails are kept for 90 days, and only these can be judged again.',
			);
		}
		const at = inside.now();
		const request = { selection, who, at, found, lastJournalId: last };
		const id = await inside.reprocessings.ask(request);
		await inside.audit.note(who, `Asked for ${found} mails to be judged again (${id}).`, at);
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

/** Takes back what judging again did: bounces, and the holds that came and went. What something else changed since is left
 *  as it is.
 *  @throws ServiceError not-found, or conflict while it is not done or when it was undone before. */
export async function undoReprocess(site: Site, id: number, who: string): Promise<ReprocessUndone> {
	return site.inTransaction(async (inside) => {
		const { state } = await stored(inside, id);
		if (state === 'undone') throw new ServiceError('conflict', 'This was undone already.');
		if (state !== 'done')
			throw new ServiceError('conflict', 'This is still going on. Undo it when it is done.');

		const at = inside.now();
		const counts = { bounces: 0, released: 0, held: 0, leftAlone: 0 };
		const notes = await inside.reprocessings.changes(id);
		for (const note of notes) counts[await undoOne(note, inside, who, at)] += 1;
		await inside.reprocessings.setState(id, 'undone', at);
		const sentence =
			`${counts.bounces} bounces are as they were, ${counts.released} holds were lifted and ${counts.held} put back.` +
			(counts.leftAlone > 0 ? ` ${counts.leftAlone} were changed since and left as they are.` : '');
		await inside.audit.note(who, `Undid the judging again ${id}: ${sentence}`, at);
		return { ...counts, sentence, reprocessing: toReprocessing(await stored(inside, id)) };
	});
}

type Undone = 'bounces' | 'released' | 'held' | 'leftAlone';

async function undoOne(note: UndoNote, site: Site, who: string, at: Date): Promise<Undone> {
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
