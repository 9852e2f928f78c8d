/** A server that is busy may say now and then that it still is, for so many times as long as it may be silent. */
const silences = 15;
/** What a server sends meanwhile that gets anywhere: with the usual limits, 70 bytes a second. */
const leastBytes = 64 * 1024;

/** Notices a server that is never silent and never gets anywhere: a byte a minute would keep its account busy for years. */
export class Patience {
	#silenceMs: number;
	#since = performance.now();
	#bytes = 0;

	/** @param silenceMs how long the server may say nothing at all */
	constructor(silenceMs: number) {
		this.#silenceMs = silenceMs;
	}

	/** Something was asked, or an answer has come to its end. */
	begin(silenceMs = this.#silenceMs): void {
		this.#silenceMs = silenceMs;
		this.#since = performance.now();
		this.#bytes = 0;
	}

	/** Bytes have come and the answer has not yet. @returns true when there is no point in waiting for more */
	endsWith(bytes: number): boolean {
		this.#bytes += bytes;
		if (this.#bytes >= leastBytes) this.begin();
		return performance.now() - this.#since > silences * this.#silenceMs;
	}
}
