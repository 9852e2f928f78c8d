import { z } from 'zod';
import type { ReprocessChangeRow, ReprocessingRow } from '../db/catalogue-tables.ts';
import { inPieces } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { ReprocessBook, StoredReprocessing, UndoNote } from './reprocess-book.ts';
import { nothingYet } from './totals.ts';

/** The reprocessings of one site in the service's own database. */
export function siteReprocessBook({ db, siteId }: { db: Database; siteId: string }): ReprocessBook {
	const rows = () => db.selectFrom('reprocessings').where('site_id', '=', siteId);
	const row = (id: number) =>
		db.updateTable('reprocessings').where('site_id', '=', siteId).where('id', '=', id);
	return {
		ask: async ({ selection, who, at, found, lastJournalId }) => {
			const { insertId } = await db
				.insertInto('reprocessings')
				.values({
					site_id: siteId,
					selection: JSON.stringify(selection),
					state: 'waiting',
					who,
					asked_at: at.getTime(),
					ended_at: null,
					found,
					last_journal_id: lastJournalId,
					done_journal_id: 0,
					totals: JSON.stringify(nothingYet),
				})
				.executeTakeFirstOrThrow();
			return Number(insertId);
		},
		next: async () => {
			const found = await rows()
				.selectAll()
				.where('state', 'in', ['waiting', 'running'])
				.orderBy('id')
				.limit(1)
				.executeTakeFirst();
			return found && toReprocessing(found);
		},
		get: async (id) => {
			const found = await rows().selectAll().where('id', '=', id).executeTakeFirst();
			return found && toReprocessing(found);
		},
		list: async ({ page = 1, per_page = 20 }) => {
			const found = await rows()
				.selectAll()
				.orderBy('id', 'desc')
				.limit(per_page)
				.offset((page - 1) * per_page)
				.execute();
			const { total } = await rows()
				.select((eb) => eb.fn.countAll<number>().as('total'))
				.executeTakeFirstOrThrow();
			return { rows: found.map(toReprocessing), total: Number(total) };
		},
		progress: async (id, doneJournalId, totals) => {
			await row(id)
				.set({
					state: 'running',
					done_journal_id: doneJournalId,
					totals: JSON.stringify(totals),
				})
				.execute();
		},
		setState: async (id, state, at) => {
			await row(id).set({ state, ended_at: at.getTime() }).execute();
		},
		noteChanges: async (id, changes) => {
			for (const piece of inPieces(changes)) {
				await db
					.insertInto('reprocess_changes')
					.values(piece.map((change) => toChangeRow(siteId, id, change)))
					.execute();
			}
		},
		changes: async (id) => {
			const found = await db
				.selectFrom('reprocess_changes')
				.selectAll()
				.where('site_id', '=', siteId)
				.where('reprocessing_id', '=', id)
				.orderBy('id', 'desc')
				.execute();
			return found.map(toNote);
		},
		purge: async (before) => {
			const old = rows().select('id').where('ended_at', '<', before.getTime());
			await db
				.deleteFrom('reprocess_changes')
				.where('site_id', '=', siteId)
				.where('reprocessing_id', 'in', old)
				.execute();
			await db
				.deleteFrom('reprocessings')
				.where('site_id', '=', siteId)
				.where('ended_at', '<', before.getTime())
				.execute();
		},
	};
}

const selection = z.object({
	from: z.string().optional(),
	until: z.string().optional(),
	type: z.string().optional(),
	notRecognised: z.boolean().optional(),
	ids: z.array(z.number()).optional(),
	mailIds: z.array(z.number()).optional(),
});
const count = z.number();
const totals = z.object({
	mails: count,
	changed: count,
	added: count,
	removed: count,
	unchanged: count,
	held: count,
	released: count,
	ruled: count.default(0),
	leftAlone: count,
});
const columns = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const hold = z.object({
	addressId: z.number(),
	hold: z.literal('bounce'),
	type: z.string().nullable(),
	because: z.string(),
	bounceId: z.number().nullable(),
});

function toReprocessing(row: ReprocessingRow): StoredReprocessing {
	return {
		id: row.id,
		selection: selection.parse(JSON.parse(row.selection)),
		state: row.state,
		who: row.who,
		askedAt: new Date(row.asked_at),
		endedAt: row.ended_at === null ? null : new Date(row.ended_at),
		found: row.found,
		lastJournalId: row.last_journal_id,
		doneJournalId: row.done_journal_id,
		totals: totals.parse(JSON.parse(row.totals)),
	};
}

function toChangeRow(siteId: string, reprocessingId: number, note: UndoNote) {
	return {
		site_id: siteId,
		reprocessing_id: reprocessingId,
		what: note.what,
		bounce_id: note.bounceId,
		address_id: 'addressId' in note ? note.addressId : null,
		earlier: JSON.stringify(
			note.what === 'changed' ? note.earlier : note.what === 'released' ? note.hold : {},
		),
		later: JSON.stringify(
			'later' in note ? note.later : note.what === 'ruled' ? { runId: note.runId } : {},
		),
	};
}

const runOf = z.object({ runId: z.number() });

function toNote({ what, bounce_id, address_id, earlier, later }: ReprocessChangeRow): UndoNote {
	const bounceId = bounce_id ?? 0;
	const addressId = address_id ?? 0;
	const read = (json: string) => columns.parse(JSON.parse(json));
	if (what === 'changed') return { what, bounceId, earlier: read(earlier), later: read(later) };
	if (what === 'added') return { what, bounceId, later: read(later) };
	if (what === 'held') return { what, addressId, bounceId };
	if (what === 'ruled') return { what, bounceId, runId: runOf.parse(JSON.parse(later)).runId };
	return { what, addressId, bounceId, hold: hold.parse(JSON.parse(earlier)) };
}
