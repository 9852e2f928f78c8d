import { decodeQuotedPrintable } from './transfer-encoding.ts';
import type { CutForm } from './skeleton.ts';

/** Undoes a Content-Transfer-Encoding (RFC 2045 §6) piece by piece, and notes how it was written. */
export interface PartDecoder {
	push(bytes: Buffer): Buffer;
	end(): Buffer;
	/** After the end: how to write it again, and the line ends behind it, which are not part of it. */
	readonly form: CutForm & { isExact: boolean; tail: Buffer };
}

/** Gives memory of a size for decoded bytes. */
export type Allocate = (size: number) => Buffer;

/** @param encoding value of Content-Transfer-Encoding; an unknown one is taken as it is */
export function decoderOf(
	encoding: string | undefined,
	allocate: Allocate = (size) => Buffer.allocUnsafe(size),
): PartDecoder {
	switch (encoding?.trim().toLowerCase()) {
		case 'base64':
			return new Base64Decoder(allocate);
		case 'quoted-printable':
			return new QuotedPrintableDecoder();
		default:
			return new IdentityDecoder();
	}
}

const nothing = Buffer.alloc(0);
const lineFeed = 10;
const carriageReturn = 13;

class IdentityDecoder implements PartDecoder {
	readonly form = {
		encoding: 'identity' as const,
		lineLength: 0,
		lineEnd: 'lf' as const,
		isExact: true,
		tail: nothing,
	};
	push(bytes: Buffer): Buffer {
		return bytes;
	}
	end(): Buffer {
		return nothing;
	}
}

class QuotedPrintableDecoder implements PartDecoder {
	#line = '';
	readonly form = {
		encoding: 'quoted-printable' as const,
		lineLength: 76,
		lineEnd: 'crlf' as const,
		// There are many ways to write the same, and nobody can tell which it was.
		isExact: false,
		tail: nothing,
	};
	push(bytes: Buffer): Buffer {
		const text = this.#line + bytes.toString('latin1');
		// A soft line break may be cut in two, and a line without end must not grow without end.
		const at = text.lastIndexOf('\n') + 1 || (text.length > 65_536 ? text.lastIndexOf('=') : 0);
		this.#line = at > 0 ? text.slice(at) : text;
		return at > 0 ? decoded(text.slice(0, at)) : nothing;
	}
	end(): Buffer {
		const rest = this.#line;
		this.#line = '';
		return decoded(rest);
	}
}

function decoded(text: string): Buffer {
	return Buffer.from(decodeQuotedPrintable(text.replaceAll('=\r\n', '=\n')), 'latin1');
}

/** Six bits a letter; 64 for a line end, 65 for padding, 66 for what is no base64. */
const sixBits = new Uint8Array(256).fill(66);
for (const [value, letter] of [
	...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
].entries())
	sixBits[letter.charCodeAt(0)] = value;
sixBits[10] = sixBits[13] = 64;
sixBits[61] = 65;

/** Bytes of a mail that are decoded at once: as a string for a moment, and one of a whole attachment would be garbage by the
 *  megabyte. */
const mostAtOnce = 32 * 1024;

/** Base64 is put back exactly when it is written as nearly all programs do: lines of one length, one kind of line end, no
 *  stray characters. Such lines are decoded by the engine, all others letter by letter. */
class Base64Decoder implements PartDecoder {
	readonly #allocate: Allocate;
	/** Letters of a group of four that is not full yet, and their bits. */
	#letters = 0;
	#bits = 0;
	/** Letters of the line so far, and of a full line. */
	#column = 0;
	#lineLength = 0;
	#lineEnd = '';
	/** Line ends since the last letter. */
	#tail = '';
	/** What comes now can only be the end. */
	#isLastLine = false;
	#isRegular = true;
	#takesLines = true;

	constructor(allocate: Allocate) {
		this.#allocate = allocate;
	}

	get form() {
		return {
			encoding: 'base64' as const,
			lineLength: this.#lineLength || this.#column,
			lineEnd: this.#lineEnd === '\r\n' ? ('crlf' as const) : ('lf' as const),
			isExact: this.#isRegular && this.#lineLength % 4 === 0,
			tail: Buffer.from(this.#tail, 'latin1'),
		};
	}

	push(bytes: Buffer): Buffer {
		const content = this.#allocate(Math.ceil(((bytes.length + 3) * 3) / 4));
		let to = 0;
		for (let at = 0; at < bytes.length;) {
			for (let lines = 1; this.#takesLines && this.#isBetweenLines && lines > 0;) {
				lines = this.#takeLines(bytes, at, content, to);
				at += lines * (this.#lineLength + this.#lineEnd.length);
				to += (lines * this.#lineLength * 3) / 4;
			}
			if (this.#letters === 0) {
				const start = at;
				for (; at + 4 <= bytes.length; at += 4) {
					const a = sixBits[bytes[at]!]!;
					const b = sixBits[bytes[at + 1]!]!;
					const c = sixBits[bytes[at + 2]!]!;
					const d = sixBits[bytes[at + 3]!]!;
					if ((a | b | c | d) > 63) break;
					const bits = (a << 18) | (b << 12) | (c << 6) | d;
					content[to++] = bits >> 16;
					content[to++] = bits >> 8;
					content[to++] = bits;
				}
				if (at > start) this.#countLetters(at - start);
				if (at >= bytes.length) break;
			}
			to = this.#one(bytes[at++]!, content, to);
		}
		return content.subarray(0, to);
	}

	end(): Buffer {
		if (this.#letters === 0) return nothing;
		// The padding is missing.
		this.#isRegular = false;
		const bytes = Buffer.allocUnsafe(3);
		return bytes.subarray(0, this.#flush(bytes, 0));
	}

	/** Behind the end of a full line, when it is known how lines look here. */
	get #isBetweenLines(): boolean {
		return (
			this.#lineEnd !== '' &&
			this.#tail === this.#lineEnd &&
			this.#column === this.#lineLength &&
			this.#lineLength % 4 === 0 &&
			this.#isRegular &&
			!this.#isLastLine
		);
	}

	/** Decodes full lines, as many as there are one after the other.
	 *  @returns how many; none also when a stray character is among them */
	#takeLines(bytes: Buffer, at: number, content: Buffer, to: number): number {
		const lineBytes = this.#lineLength + this.#lineEnd.length;
		const most = Math.min(mostAtOnce, bytes.length - at) / lineBytes;
		let lines = 0;
		while (lines + 1 <= most && this.#endsLine(bytes, at + (lines + 1) * lineBytes)) lines++;
		if (lines === 0) return 0;
		const letters = bytes.toString('latin1', at, at + lines * lineBytes);
		const decoded = content.write(letters, to, 'base64');
		// The engine skips what is no letter, and takes those of base64url (RFC 4648 §5) as well.
		const areAllLetters =
			decoded === (lines * this.#lineLength * 3) / 4 &&
			!letters.includes('-') &&
			!letters.includes('_');
		this.#takesLines = areAllLetters;
		return areAllLetters ? lines : 0;
	}

	#endsLine(bytes: Buffer, end: number): boolean {
		return (
			bytes[end - 1] === lineFeed && (this.#lineEnd === '\n' || bytes[end - 2] === carriageReturn)
		);
	}

	/** Takes one character, of whatever kind. @returns where to write next */
	#one(byte: number, content: Buffer, to: number): number {
		const value = sixBits[byte]!;
		if (value < 64) {
			this.#countLetters(1);
			this.#bits = (this.#bits << 6) | value;
			if (++this.#letters < 4) return to;
			return this.#flush(content, to);
		}
		if (value === 64) this.#endLine(byte);
		else if (value === 65) return this.#pad(content, to);
		else this.#isRegular = false;
		return to;
	}

	/** Writes the bytes of a group of two to four letters. */
	#flush(content: Buffer, to: number): number {
		const count = this.#letters - 1;
		const bits = this.#bits << (6 * (4 - this.#letters));
		// Bits that stand for nothing are zero, unless a program is careless.
		if (count < 3 && (bits & ((1 << (8 * (3 - count))) - 1)) !== 0) this.#isRegular = false;
		if (count > 0) content[to++] = bits >> 16;
		if (count > 1) content[to++] = bits >> 8;
		if (count > 2) content[to++] = bits;
		this.#letters = 0;
		this.#bits = 0;
		return to;
	}

	#pad(content: Buffer, to: number): number {
		const isDue = this.#letters > 1 || (this.#isLastLine && this.#column % 4 !== 0);
		if (!isDue) this.#isRegular = false;
		this.#countLetters(1);
		const next = this.#letters > 0 ? this.#flush(content, to) : to;
		this.#isLastLine = true;
		return next;
	}

	#countLetters(count: number): void {
		const isPadding = this.#column % 4 !== 0;
		if (this.#tail !== '' || this.#isLastLine) this.#goOn(isPadding);
		this.#column += count;
		if (this.#lineLength > 0 && this.#column > this.#lineLength) this.#isRegular = false;
	}

	/** Letters after a line end: the line before has to be a full one. */
	#goOn(isPadding: boolean): void {
		if (this.#isLastLine && !(this.#tail === '' && isPadding)) this.#isRegular = false;
		if (this.#tail === '') return;
		if (this.#lineEnd === '') {
			this.#lineEnd = this.#tail;
			this.#lineLength = this.#column;
		}
		if (this.#tail !== this.#lineEnd || this.#column !== this.#lineLength) this.#isRegular = false;
		if (this.#lineEnd !== '\n' && this.#lineEnd !== '\r\n') this.#isRegular = false;
		this.#tail = '';
		this.#column = 0;
	}

	#endLine(byte: number): void {
		// A mail may have any number of empty lines, and nobody needs them.
		if (this.#tail.length < 1_000) this.#tail += String.fromCharCode(byte);
		else this.#isRegular = false;
	}
}
