/** Memory for one window of mails or for their attachments, used again for the next: a run over thousands of mails would otherwise
 *  hold some 60 MB of garbage at any time, because memory outside of V8's heap is collected late. */
export class Arena {
	readonly #slab: Buffer;
	#used = 0;

	/** @param bytes what a window usually needs; more is taken from elsewhere */
	constructor(bytes: number) {
		this.#slab = Buffer.allocUnsafeSlow(bytes);
	}

	/** Memory that is good until the next `clear`. */
	take = (size: number): Buffer => {
		if (this.#used + size > this.#slab.length) return Buffer.allocUnsafe(size);
		const memory = this.#slab.subarray(this.#used, this.#used + size);
		this.#used += size;
		return memory;
	};

	/** From now on all of it is free. */
	clear(): void {
		this.#used = 0;
	}
}
