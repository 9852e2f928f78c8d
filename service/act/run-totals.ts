import { counted, inFigures } from '../words.ts';

/** What a run counts of the mails it dealt with, by the words for one and for many. */
export interface Tally<Decided> {
	/** Adds what was decided about one mail. */
	count(decided: Decided, counts: Counts): void;
	/** Counts that are told even when they are zero, in their order; others follow when they are not. */
	words: readonly {
		name: string;
		one: string;
		many: string;
		/** Of mails that had been ignored before: "ignored again". */
		again?: string;
		isAlwaysTold?: boolean;
	}[];
}

export type Counts = Map<string, number>;

interface Progress {
	done: number;
	total: number;
}

export const nothingNew = 'No new mail in the mailbox.';

/** What a run has done so far, and how it says so. */
export class RunTotals<Decided> {
	readonly #tally: Tally<Decided>;
	/** How far other mailboxes of the same run are. */
	readonly #others: () => Progress[];
	#waiting = 0;
	#done = 0;
	#again = 0;
	#failed = 0;
	#setAside = 0;
	#missed = 0;
	#counts: Counts = new Map();
	/** Of ignored mails that a dry run looked at again. */
	#ofIgnored?: RunTotals<Decided>;

	constructor(tally: Tally<Decided>, others: () => Progress[] = () => []) {
		this.#tally = tally;
		this.#others = others;
	}

	/** Totals of mailboxes that are read side by side: each counts its own mails, and its progress is that of all.
	 *  @returns so many of them, and how to get what they count together */
	static sideBySide<Decided>(
		tally: Tally<Decided>,
		count: number,
	): { parts: RunTotals<Decided>[]; whole: () => RunTotals<Decided> } {
		const parts: RunTotals<Decided>[] = Array.from(
			{ length: count },
			(_, own) =>
				new RunTotals(tally, () => parts.filter((_, at) => at !== own).map((part) => part.#own)),
		);
		return {
			parts,
			whole: () => {
				const whole = new RunTotals(tally);
				for (const part of parts) whole.#takeOver(part);
				return whole;
			},
		};
	}

	/** For ignored mails that a dry run looks at again: they are counted apart, because they are what was asked about. */
	ofIgnored(): RunTotals<Decided> {
		return (this.#ofIgnored ??= new RunTotals(this.#tally));
	}

	/** Says that so many mails wait in a mailbox that is read now. */
	expect(waiting: number): void {
		this.#waiting = this.#done + waiting;
	}

	get progress(): Progress {
		return this.#others().reduce(
			(sum, { done, total }) => ({ done: sum.done + done, total: sum.total + total }),
			this.#own,
		);
	}

	/** How many mails it dealt with. */
	get done(): number {
		return this.#done;
	}

	get #own(): Progress {
		return { done: this.#done, total: Math.max(this.#waiting, this.#done) };
	}

	/** These totals and some mails more; the totals themselves stay, because writing may still fail. */
	with(decided: readonly Decided[], seenBefore: number): RunTotals<Decided> {
		const next = new RunTotals(this.#tally, this.#others);
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
		this.#missed = other.#missed;
		this.#counts = new Map(other.#counts);
		this.#ofIgnored = other.#ofIgnored;
	}

	#takeOver(part: RunTotals<Decided>): void {
		this.#waiting += part.#waiting;
		this.#done += part.#done;
		this.#again += part.#again;
		this.#failed += part.#failed;
		this.#setAside += part.#setAside;
		this.#missed += part.#missed;
		for (const [name, count] of part.#counts) add(this.#counts, name, count);
		if (part.#ofIgnored) this.ofIgnored().#takeOver(part.#ofIgnored);
	}

	noteFailure(isSetAside: boolean): void {
		this.#done += 1;
		if (isSetAside) this.#setAside += 1;
		else this.#failed += 1;
	}

	/** Mails that waited and could not be had. */
	noteMissed(mails: number): void {
		this.#missed += mails;
	}

	/** "60 mails read: 41 bounces recorded, 12 addresses held, 19 mails ignored." */
	sentence(isDryRun: boolean): string {
		const read = this.#isNothing
			? undefined
			: `${counted(this.#done, 'mail read', 'mails read')}: ${this.#told()}.`;
		if (!isDryRun) return read ?? nothingNew;

		const again = this.#ofIgnored && this.#ofIgnored.#sentenceOfIgnored();
		const foreseen = [...(read ? [`It would have been: ${read}`] : []), ...(again ? [again] : [])];
		return [
			...(foreseen.length > 0 ? ['Dry run, nothing was changed.', ...foreseen] : [nothingNew]),
			...(this.#ofIgnored && !again ? ['There is no ignored mail.'] : []),
		].join(' ');
	}

	/** "Of 85 ignored mails it would have been: 12 bounces recorded, 3 addresses held, 70 ignored again."
	 *  @returns undefined when there are none */
	#sentenceOfIgnored(): string | undefined {
		if (this.#isNothing) return undefined;
		const mails = counted(this.#done, 'ignored mail', 'ignored mails');
		return `Of ${mails} it would have been: ${this.#told({ isAgain: true })}.`;
	}

	get #isNothing(): boolean {
		return this.#done === 0 && this.#missed === 0;
	}

	#told({ isAgain = false } = {}): string {
		const told = this.#tally.words
			.map((words) => ({ ...words, count: this.#counts.get(words.name) ?? 0 }))
			.filter(({ count, isAlwaysTold }) => isAlwaysTold || count > 0)
			.map(({ count, one, many, again }) =>
				isAgain && again ? counted(count, again, again) : counted(count, one, many),
			);
		return [
			...told,
			...(this.#again > 0 ? [`${inFigures(this.#again)} dealt with before and only filed`] : []),
			...(this.#failed > 0
				? [`${inFigures(this.#failed)} failed and kept in the mailbox for the next run`]
				: []),
			...(this.#setAside > 0
				? [`${inFigures(this.#setAside)} set aside after failing too often`]
				: []),
			...(this.#missed > 0
				? [`${inFigures(this.#missed)} gone meanwhile or not to be read now`]
				: []),
		].join(', ');
	}
}

/** Adds to one of the counts. */
export function add(counts: Counts, name: string, more = 1): void {
	counts.set(name, (counts.get(name) ?? 0) + more);
}
