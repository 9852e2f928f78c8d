/** A mail without its attachments: what is small and worth keeping as it is. Each cut leaves a mark of one line, which names
 *  what was there; the mark only makes the skeleton of another mail another one, and what belongs there is known from
 *  the list of cuts, so that no mail can name the attachment of another. */
export interface Skeleton {
	bytes: Buffer;
	cuts: Cut[];
}

/** How something was written in the mail. */
export interface CutForm {
	encoding: 'base64' | 'quoted-printable' | 'identity';
	/** Characters a line of base64. */
	lineLength: number;
	lineEnd: 'lf' | 'crlf';
}

/** Something that was cut out. */
export interface Cut extends CutForm {
	/** Where its mark begins in the skeleton. */
	startsAt: number;
	/** Of the decoded bytes, hexadecimal. */
	sha256: string;
	/** Decoded. */
	sizeBytes: number;
}

/** Collects the skeleton of a mail while the mail comes in. */
export class SkeletonBuilder {
	readonly #pieces: Buffer[] = [];
	readonly #cuts: Cut[] = [];
	#length = 0;

	add(bytes: Buffer): void {
		if (bytes.length === 0) return;
		this.#pieces.push(bytes);
		this.#length += bytes.length;
	}

	cut({ sha256, sizeBytes, encoding, lineLength, lineEnd }: Omit<Cut, 'startsAt'>): void {
		const cut = { startsAt: this.#length, sha256, sizeBytes, encoding, lineLength, lineEnd };
		this.#cuts.push(cut);
		this.add(markOf(cut));
	}

	finish(): Skeleton {
		return { bytes: Buffer.concat(this.#pieces), cuts: this.#cuts };
	}
}

function markOf({ sha256, sizeBytes }: Pick<Cut, 'sha256' | 'sizeBytes'>): Buffer {
	return Buffer.from(`[${sizeBytes} bytes, SHA-256 ${sha256}]`);
}

/** Puts a mail together again.
 *  @param contentOf the decoded bytes of a cut, in pieces of any size; nothing when it was not kept
 *  @returns the mail as it came, in pieces; what was not kept is left empty */
export async function* wholeMail(
	{ bytes, cuts }: Skeleton,
	contentOf: (sha256: string) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
	let position = 0;
	for (const cut of [...cuts].sort((a, b) => a.startsAt - b.startsAt)) {
		yield bytes.subarray(position, cut.startsAt);
		yield* encoded(contentOf(cut.sha256), cut);
		position = cut.startsAt + markOf(cut).length;
	}
	yield bytes.subarray(position);
}

async function* encoded(
	content: AsyncIterable<Uint8Array>,
	{ encoding, lineLength, lineEnd }: CutForm,
): AsyncGenerator<Uint8Array, void, undefined> {
	if (encoding === 'identity') return yield* content;
	const newLine = lineEnd === 'crlf' ? '\r\n' : '\n';
	if (encoding === 'quoted-printable') {
		for await (const piece of content) yield quotedPrintable(piece);
		return;
	}
	// Whole lines at a time, each of which stands for a whole number of bytes.
	const lettersALine = Math.max(4, lineLength - (lineLength % 4));
	const bytesALine = (lettersALine / 4) * 3;
	let rest = Buffer.alloc(0);
	let isFirst = true;
	for await (const piece of content) {
		const bytes = Buffer.concat([rest, piece]);
		// The last line waits, because no line end follows it.
		const whole = Math.max(0, Math.ceil(bytes.length / bytesALine) - 1) * bytesALine;
		if (whole > 0) yield lines(bytes.subarray(0, whole));
		rest = bytes.subarray(whole);
	}
	if (rest.length > 0) yield lines(rest);

	function lines(bytes: Buffer): Buffer {
		const letters = bytes.toString('base64');
		const cut: string[] = [];
		for (let at = 0; at < letters.length; at += lettersALine)
			cut.push(letters.slice(at, at + lettersALine));
		const before = isFirst ? '' : newLine;
		isFirst = false;
		return Buffer.from(before + cut.join(newLine), 'latin1');
	}
}

/** RFC 2045 §6.7, each line broken softly, so that pieces can follow each other anywhere. */
function quotedPrintable(bytes: Uint8Array): Buffer {
	let text = '';
	let length = 0;
	for (const byte of bytes) {
		const isPlain = byte > 32 && byte < 127 && byte !== 61;
		const sign = isPlain
			? String.fromCharCode(byte)
			: `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		if (length + sign.length > 72) {
			text += '=\r\n';
			length = 0;
		}
		text += sign;
		length += sign.length;
	}
	return Buffer.from(`${text}=\r\n`, 'latin1');
}
