/** Lets so many work at a time; the others wait in line. */
export class Turns {
	readonly #atOnce: number;
	readonly #patienceMs: number;
	#working = 0;
	readonly #line: (() => void)[] = [];

	/** @param patienceMs who waits longer than that for somebody else steps aside meanwhile */
	constructor({ atOnce, patienceMs }: { atOnce: number; patienceMs: number }) {
		this.#atOnce = atOnce;
		this.#patienceMs = patienceMs;
	}

	/** Waits for a turn. End it in a `finally`.
	 *  @param isUrgent goes to the head of the line, because somebody sits and waits */
	async begin({ isUrgent = false } = {}): Promise<Turn> {
		await this.#enter(isUrgent);
		return new Turn(this.#patienceMs, {
			leave: () => this.#leave(),
			enter: () => this.#enter(isUrgent),
		});
	}

	async #enter(isUrgent: boolean): Promise<void> {
		if (this.#working < this.#atOnce) {
			this.#working += 1;
			return;
		}
		// Whoever leaves hands its place over.
		await new Promise<void>((called) => {
			if (isUrgent) this.#line.unshift(called);
			else this.#line.push(called);
		});
	}

	#leave(): void {
		const next = this.#line.shift();
		if (next) next();
		else this.#working -= 1;
	}
}

/** The right to work now. */
export class Turn {
	readonly #patienceMs: number;
	readonly #place: { leave: () => void; enter: () => Promise<void> };
	#isTaken = true;

	constructor(patienceMs: number, place: { leave: () => void; enter: () => Promise<void> }) {
		this.#patienceMs = patienceMs;
		this.#place = place;
	}

	/** Waits for something that others do, one thing at a time. If it takes long, the turn goes to the next in line, and is taken again
	 *  before this goes on: a server that hangs keeps nobody waiting but its own account. */
	async waitFor<Result>(other: Promise<Result>): Promise<Result> {
		const timer = setTimeout(() => this.end(), this.#patienceMs);
		try {
			const result = await other;
			clearTimeout(timer);
			if (!this.#isTaken) await this.#place.enter();
			this.#isTaken = true;
			return result;
		} finally {
			clearTimeout(timer);
		}
	}

	end(): void {
		if (this.#isTaken) this.#place.leave();
		this.#isTaken = false;
	}
}
