import type { FilingFolder, MailStore, WaitingMail } from '../mailboxes/mail-store.ts';
import type { Turn, Turns } from '../turns.ts';

/** A mailbox whose mails are read when it is their turn, because each window of them takes memory. An empty one needs no turn. */
export class StoreInTurn implements MailStore {
	readonly name: string;
	readonly #store: MailStore;
	readonly #begin: () => Promise<Turn>;
	#turn?: Turn;
	#isEmpty = false;

	constructor(store: MailStore, turns: Turns, { isUrgent }: { isUrgent: boolean }) {
		this.name = store.name;
		this.#store = store;
		this.#begin = () => turns.begin({ isUrgent });
	}

	async countWaiting(): Promise<number> {
		const waiting = await this.#store.countWaiting();
		this.#isEmpty = waiting === 0;
		return waiting;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		if (this.#isEmpty) return;
		const turn = await this.#begin();
		this.#turn = turn;
		try {
			yield* waitingFor(this.#store.windows(), turn);
		} finally {
			turn.end();
		}
	}

	pieces(mail: WaitingMail): AsyncIterable<Buffer> {
		const pieces = this.#store.pieces(mail);
		return this.#turn ? waitingFor(pieces, this.#turn) : pieces;
	}

	file(mails: readonly WaitingMail[], under: FilingFolder): Promise<void> {
		return this.#store.file(mails, under);
	}

	bringBackIgnored(): Promise<number> {
		return this.#store.bringBackIgnored();
	}

	countIgnored(): Promise<number> {
		return this.#store.countIgnored();
	}

	close(): Promise<void> {
		return this.#store.close();
	}
}

async function* waitingFor<Item>(
	items: AsyncIterable<Item>,
	turn: Turn,
): AsyncGenerator<Item, void, undefined> {
	const iterator = items[Symbol.asyncIterator]();
	try {
		for (;;) {
			const { done, value } = await turn.waitFor(iterator.next());
			if (done) return;
			yield value;
		}
	} finally {
		await iterator.return?.();
	}
}
