import type { DeedReport } from '../../../contract/contact.ts';
import { inPieces } from '../../../db/open.ts';
import type { Author, Chosen } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { writeDeed } from './deeds.ts';
import type { Step } from './deeds.ts';
import { idsOf } from './found.ts';
import { countedWere, leftAloneSentence } from './words.ts';

/** See `ContactBook.bin`. */
export async function binContacts(
	tables: SiteTables,
	chosen: Chosen,
	by: Author,
): Promise<DeedReport> {
	const ids = await idsOf(tables, chosen);
	const at = by.at.getTime();
	await setDeletedAt(tables, ids, at, at);
	const steps = ids.map((id) => deletion(id, null, at));
	const leftAlone = missing(chosen, ids);
	const sentence =
		`${countedWere(ids.length, 'contact')} put into the trash.` +
		leftAloneSentence(leftAlone, 'in the trash already, merged or not there');
	const deedId = await writeDeed(tables, { what: 'deleted', sentence, ...by }, steps);
	return { deedId, touched: ids.length, leftAlone, sentence };
}

/** See `ContactBook.restore`. */
export async function restoreContacts(
	tables: SiteTables,
	chosen: Chosen,
	by: Author,
): Promise<DeedReport> {
	const { db, siteId } = tables;
	const ids = await idsOf(tables, chosen, { inTrash: true });
	const steps: Step[] = [];
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('contacts')
			.select(['id', 'deleted_at'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		steps.push(...rows.map(({ id, deleted_at }) => deletion(id, deleted_at, null)));
	}
	await setDeletedAt(tables, ids, null, by.at.getTime());
	const leftAlone = missing(chosen, ids);
	const sentence =
		`${countedWere(ids.length, 'contact')} brought back from the trash.` +
		leftAloneSentence(leftAlone, 'not in the trash');
	const deedId = await writeDeed(tables, { what: 'restored', sentence, ...by }, steps);
	return { deedId, touched: ids.length, leftAlone, sentence };
}

function deletion(id: number, before: number | null, after: number | null): Step {
	return {
		contactId: id,
		thing: 'contact',
		thingId: id,
		before: { deleted_at: before },
		after: { deleted_at: after },
	};
}

function missing(chosen: Chosen, ids: readonly number[]): number {
	return 'ids' in chosen ? new Set(chosen.ids).size - ids.length : 0;
}

async function setDeletedAt(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
	deletedAt: number | null,
	at: number,
): Promise<void> {
	for (const piece of inPieces(ids)) {
		await db
			.updateTable('contacts')
			.set({ deleted_at: deletedAt, changed_at: at })
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
}
