import { inPieces } from '../../../db/open.ts';
import type { SiteTables } from '../builtin-crm.ts';
import type { FilingOfOne } from './file-all.ts';

/** Puts filed mails into their threads (RFC 5322 §3.6.4): those of the mails they answer, also when the answer was filed
 *  before the question. Threads that turn out to be one become one. */
export async function joinThreads(
	tables: SiteTables,
	filings: readonly FilingOfOne[],
	idOf: ReadonlyMap<string, number>,
): Promise<void> {
	if (filings.length === 0) return;
	const known = await threadsOf(tables, filings.flatMap(idsOf));
	const threads = new Threads(known);
	const threadOf = new Map(
		filings.map((filing) => {
			const activityId = idOf.get(filing.fingerprint)!;
			return [activityId, threads.add(activityId, idsOf(filing))] as const;
		}),
	);
	await writeThreads(tables, threadOf, threads);
}

function idsOf({ target: { file } }: FilingOfOne): string[] {
	return [...new Set([...(file.messageId ? [file.messageId] : []), ...file.references])];
}

/** Which thread a Message-ID belongs to, while mails join. */
class Threads {
	/** Message-IDs that are new here, or in another thread now. */
	readonly changed = new Map<string, number>();
	/** Threads that went into another one. */
	readonly merged = new Map<number, number>();
	readonly #threadOf: Map<string, number>;

	constructor(known: ReadonlyMap<string, number>) {
		this.#threadOf = new Map(known);
	}

	/** @returns the thread: the oldest that one of the Message-IDs belongs to, or a new one with the activity's number */
	add(activityId: number, messageIds: readonly string[]): number {
		const found = new Set(messageIds.flatMap((id) => this.#find(id) ?? []));
		const thread = found.size > 0 ? Math.min(...found) : activityId;
		for (const other of found) if (other !== thread) this.merged.set(other, thread);
		for (const id of messageIds) {
			if (this.#threadOf.get(id) === thread) continue;
			this.#threadOf.set(id, thread);
			this.changed.set(id, thread);
		}
		return thread;
	}

	/** Where a thread has gone to. */
	now(thread: number): number {
		let at = thread;
		for (let next = this.merged.get(at); next !== undefined; next = this.merged.get(at)) at = next;
		return at;
	}

	#find(messageId: string): number | undefined {
		const thread = this.#threadOf.get(messageId);
		return thread === undefined ? undefined : this.now(thread);
	}
}

async function threadsOf(
	{ db, siteId }: SiteTables,
	messageIds: readonly string[],
): Promise<Map<string, number>> {
	const threads = new Map<string, number>();
	for (const piece of inPieces([...new Set(messageIds)])) {
		const rows = await db
			.selectFrom('thread_messages')
			.select(['message_id', 'thread_id'])
			.where('site_id', '=', siteId)
			.where('message_id', 'in', piece)
			.execute();
		for (const { message_id, thread_id } of rows) threads.set(message_id, thread_id);
	}
	return threads;
}

async function writeThreads(
	{ db, siteId }: SiteTables,
	threadOf: ReadonlyMap<number, number>,
	threads: Threads,
): Promise<void> {
	const byThread = new Map<number, number[]>();
	const own: number[] = [];
	for (const [activityId, first] of threadOf) {
		const thread = threads.now(first);
		if (thread === activityId) own.push(activityId);
		else byThread.set(thread, [...(byThread.get(thread) ?? []), activityId]);
	}
	for (const piece of inPieces(own)) {
		await db
			.updateTable('activities')
			.set((eb) => ({ thread_id: eb.ref('id') }))
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
	for (const [thread, ids] of byThread) {
		await db
			.updateTable('activities')
			.set({ thread_id: thread })
			.where('site_id', '=', siteId)
			.where('id', 'in', ids)
			.execute();
	}
	for (const gone of threads.merged.keys()) {
		for (const table of ['activities', 'thread_messages'] as const) {
			await db
				.updateTable(table)
				.set({ thread_id: threads.now(gone) })
				.where('site_id', '=', siteId)
				.where('thread_id', '=', gone)
				.execute();
		}
	}
	const rows = [...threads.changed].map(([message_id, thread]) => ({
		site_id: siteId,
		message_id,
		thread_id: threads.now(thread),
	}));
	for (const piece of inPieces(rows)) {
		await db
			.insertInto('thread_messages')
			.values(piece)
			.onConflict((conflict) =>
				conflict
					.columns(['site_id', 'message_id'])
					.doUpdateSet((eb) => ({ thread_id: eb.ref('excluded.thread_id') })),
			)
			.execute();
	}
}
