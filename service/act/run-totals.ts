import { counted, inFigures } from '../words.ts';

/** What a run counts of the mails it dealt with, by the words for one and for many. */
export interface Tally<Decided> {
	/** Adds what was decided about one mail. */
	count(decided: Decided, counts: Counts): void;
	/** Counts that are told even when they are zero, in their order; others follow when they are not. */
	words: readonly { name: string; one: string; many: string; isAlwaysTold?: boolean }[];
}

export type Counts = Map<string, number>;

/** What a run has done so far, and how it says so. */
export class RunTotals<Decided> {
	readonly #tally: Tally<Decided>;
	#waiting = 0;
	#done = 0;
	#again = 0;
	#failed = 0;
	#setAside = 0;
	#counts: Counts = new Map();

	constructor(tally: Tally<Decided>) {
		this.#tally = tally;
	}

	/** Says that so many mails wait in a mailbox that is read now. */
	expect(waiting: number): void {
		this.#waiting = this.#done + waiting;
	}

	get progress(): { done: number; total: number } {
		return { done: this.#done, total: Math.max(this.#waiting, this.#done) };
	}

	/** These totals and some mails more; the totals themselves stay, because writing may still fail. */
	with(decided: readonly Decided[], seenBefore: number): RunTotals<Decided> {
		const next = new RunTotals(this.#tally);
		next.become(this);
		next.#done += decided.length + seenBefore;
		next.#again += seenBefore;
		for (const one of decided) this.#tally.count(one, next.#counts);
		return next;
	}

	become(other: RunTotals<Decided>): void {
		this.#waiting = other.#waiting;
		this.#done = other.#done;
		this.#again = other.#again;
		this.#failed = other.#failed;
		this.#setAside = other.#setAside;
		this.#counts = new Map(other.#counts);
	}

	noteFailure(isSetAside: boolean): void {
		this.#done += 1;
		if (isSetAside) this.#setAside += 1;
		else this.#failed += 1;
	}

	/** "60 mails read: 41 bounces recorded, 12 addresses held, 19 mails ignored." */
	sentence(isDryRun: boolean): string {
		if (this.#done === 0) return 'No new mail in the mailbox.';
		const told = this.#tally.words
			.map((words) => ({ ...words, count: this.#counts.get(words.name) ?? 0 }))
			.filter(({ count, isAlwaysTold }) => isAlwaysTold || count > 0)
			.map(({ count, one, many }) => counted(count, one, many));
		const parts = [
			...told,
			...(this.#again > 0 ? [`${inFigures(this.#again)} dealt with before and only filed`] : []),
			...(this.#failed > 0
				? [`${inFigures(this.#failed)} failed and kept in the mailbox for the next run`]
				: []),
			...(this.#setAside > 0
				? [`${inFigures(this.#setAside)} set aside after failing too often`]
				: []),
		];
		const sentence = `${counted(this.#done, 'mail read', 'mails read')}: ${parts.join(', ')}.`;
		return isDryRun ? `Dry run, nothing was changed. It would have been: ${sentence}` : sentence;
	}
}

/** Adds to one of the counts. */
export function add(counts: Counts, name: string, more = 1): void {
	counts.set(name, (counts.get(name) ?? 0) + more);
}
