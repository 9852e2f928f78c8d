import { insertRows } from '../../../db/insert-rows.ts';
import { inPieces } from '../../../db/open.ts';
import type { FilingDeed, NewActivity } from '../../filing-book.ts';
import type { SiteTables } from '../site-tables.ts';

/** A deed whose mail becomes an activity. */
export type FilingOfOne = FilingDeed & { target: { file: NewActivity } };

/** Finds the threads of mails that are filed next (RFC 5322 §3.6.4): those of the mails they answer, also when the answer was
 *  filed before the question. Threads that turn out to be one become one.
 *  @param idOf the mails' numbers-to-be, by fingerprint. @returns the number of each mail's thread, by fingerprint */
export async function joinThreads(
	tables: SiteTables,
	filings: readonly FilingOfOne[],
	idOf: ReadonlyMap<string, number>,
): Promise<Map<string, number>> {
	if (filings.length === 0) return new Map();
	const threads = new Threads(await threadsOf(tables, filings.flatMap(idsOf)));
	const first = filings.map((filing) => {
		const thread = threads.add(idOf.get(filing.fingerprint)!, idsOf(filing));
		return [filing.fingerprint, thread] as const;
	});
	await writeThreads(tables, threads);
	return new Map(first.map(([fingerprint, thread]) => [fingerprint, threads.now(thread)]));
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

async function writeThreads({ db, siteId }: SiteTables, threads: Threads): Promise<void> {
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
	await insertRows(
		db,
		'thread_messages',
		[...threads.changed].map(([message_id, thread]) => ({
			site_id: siteId,
			message_id,
			thread_id: threads.now(thread),
		})),
		'on conflict (site_id, message_id) do update set thread_id = excluded.thread_id',
	);
}
