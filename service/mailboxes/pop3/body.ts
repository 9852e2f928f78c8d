const carriageReturn = 13;
const lineFeed = 10;
const dot = 46;

/** Takes the bytes of one multi-line answer (RFC 1939 §3) as they come off the wire, cut anywhere: removes the dot that
 *  the server put before lines that begin with one, finds the line with a lone dot that ends the answer, and leaves every
 *  other byte as it is. A line begins after CRLF only; a bare CR or LF is part of a line. */
export class BodyReader {
	private readonly onBytes: (bytes: Buffer) => void;
	/** Bytes that mean something only together with those to come: at most three. */
	private held: Buffer = Buffer.alloc(0);
	private isAtLineStart = true;

	/** @param onBytes gets the answer piece by piece, its last CRLF included; the pieces are views of what was read */
	constructor(onBytes: (bytes: Buffer) => void) {
		this.onBytes = onBytes;
	}

	/** @returns undefined while the answer goes on; at its end, the bytes that follow it */
	read(chunk: Buffer): Buffer | undefined {
		const data = this.held.length > 0 ? Buffer.concat([this.held, chunk]) : chunk;
		this.held = data.subarray(data.length);
		let at = 0;
		while (at < data.length) {
			if (this.isAtLineStart && data[at] === dot) {
				const isUndecided =
					at + 1 === data.length || (data[at + 1] === carriageReturn && at + 2 === data.length);
				if (isUndecided) {
					this.held = data.subarray(at);
					return undefined;
				}
				if (data[at + 1] === carriageReturn && data[at + 2] === lineFeed) {
					return data.subarray(at + 3);
				}
				at++;
			}
			at = this.passLines(data, at);
		}
		return undefined;
	}

	/** Passes on all up to the next line that begins with a dot. @returns where that line, or what is held back, begins */
	private passLines(data: Buffer, from: number): number {
		const next = data.indexOf('\r\n.', from, 'latin1');
		if (next >= 0) {
			this.isAtLineStart = true;
			this.onBytes(data.subarray(from, next + 2));
			return next + 2;
		}
		const isCut = data[data.length - 1] === carriageReturn;
		const until = isCut ? data.length - 1 : data.length;
		this.isAtLineStart =
			until - from >= 2 &&
			data[until - 1] === lineFeed &&
			data[until - 2] === carriageReturn &&
			!isCut;
		if (until > from) this.onBytes(data.subarray(from, until));
		this.held = data.subarray(until);
		return data.length;
	}
}
