import type {
	FilingFolder,
	MailReading,
	MailStore,
	NamedMail,
	WaitingMail,
} from '../mailboxes/mail-store.ts';
import type { Turn, Turns } from '../turns.ts';

type Begin = () => Promise<Turn>;

/** A mailbox whose mails are read when it is their turn, because each window of them takes memory. An empty one needs no turn. */
export class StoreInTurn implements MailStore {
	readonly name: string;
	readonly #store: MailStore;
	readonly #begin: Begin;
	readonly #reading: MailReading;
	#isEmpty = false;

	constructor(store: MailStore, turns: Turns, { isUrgent }: { isUrgent: boolean }) {
		this.name = store.name;
		this.#store = store;
		this.#begin = () => turns.begin({ isUrgent });
		this.#reading = new ReadingInTurn(store, this.#begin);
	}

	async countWaiting(): Promise<number> {
		const waiting = await this.#store.countWaiting();
		this.#isEmpty = waiting === 0;
		return waiting;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		if (!this.#isEmpty) yield* this.#reading.windows();
	}

	pieces(mail: WaitingMail): AsyncIterable<Buffer> {
		return this.#reading.pieces(mail);
	}

	file(mails: readonly NamedMail[], under: FilingFolder): Promise<void> {
		return this.#store.file(mails, under);
	}

	bringBackIgnored(): Promise<number> {
		return this.#store.bringBackIgnored();
	}

	countIgnored(): Promise<number> {
		return this.#store.countIgnored();
	}

	ignored(): MailReading {
		return new ReadingInTurn(this.#store.ignored(), this.#begin);
	}

	close(): Promise<void> {
		return this.#store.close();
	}
}

class ReadingInTurn implements MailReading {
	readonly #reading: MailReading;
	readonly #begin: Begin;
	#turn?: Turn;

	constructor(reading: MailReading, begin: Begin) {
		this.#reading = reading;
		this.#begin = begin;
	}

	async *windows(): AsyncGenerator<readonly WaitingMail[], void, undefined> {
		const turn = await this.#begin();
		this.#turn = turn;
		try {
			yield* waitingFor(this.#reading.windows(), turn);
		} finally {
			turn.end();
		}
	}

	pieces(mail: WaitingMail): AsyncIterable<Buffer> {
		const pieces = this.#reading.pieces(mail);
		return this.#turn ? waitingFor(pieces, this.#turn) : pieces;
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
