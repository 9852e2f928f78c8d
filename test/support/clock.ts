/** A clock that tests set: a Tuesday in May, until it is moved. */
export class TestClock {
	#now = Date.parse('2026-05-05T10:00:00Z');

	readonly now = (): Date => new Date(this.#now);

	advance({
		days = 0,
		hours = 0,
		seconds = 0,
	}: {
		days?: number;
		hours?: number;
		seconds?: number;
	}): void {
		this.#now += ((days * 24 + hours) * 3600 + seconds) * 1000;
	}
}
