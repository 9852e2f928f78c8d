import { decodeQuotedPrintable } from './transfer-encoding.ts';
import type { CutForm } from './skeleton.ts';

/** Undoes a Content-Transfer-Encoding (RFC 2045 §6) piece by piece, and notes how it was written. */
export interface PartDecoder {
	push(bytes: Buffer): Buffer;
	end(): Buffer;
	/** After the end: how to write it again, and the line ends behind it, which are not part of it. */
	readonly form: CutForm & { isExact: boolean; tail: Buffer };
}

/** @param encoding value of Content-Transfer-Encoding; an unknown one is taken as it is */
export function decoderOf(encoding: string | undefined): PartDecoder {
	switch (encoding?.trim().toLowerCase()) {
		case 'base64':
			return new Base64Decoder();
		case 'quoted-printable':
			return new QuotedPrintableDecoder();
		default:
			return new IdentityDecoder();
	}
}

const nothing = Buffer.alloc(0);

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

/** Base64 is put back exactly when it is written as nearly all programs do: lines of one length, one kind of line end, no
 *  stray characters. */
class Base64Decoder implements PartDecoder {
	#rest = '';
	#lineLength = 0;
	#lineEnd = '';
	/** Encoded characters so far, line ends included, without those at the end. */
	#position = 0;
	/** The same without line ends. */
	#letters = 0;
	#tail = '';
	#isRegular = true;
	#last = '';
	#hasEnded = false;

	get form() {
		return {
			encoding: 'base64' as const,
			lineLength: this.#lineLength,
			lineEnd: this.#lineEnd === '\r\n' ? ('crlf' as const) : ('lf' as const),
			isExact: this.#isRegular,
			tail: Buffer.from(this.#tail, 'latin1'),
		};
	}

	push(bytes: Buffer): Buffer {
		const text = this.#tail + bytes.toString('latin1');
		let end = text.length;
		while (end > 0 && (text.charCodeAt(end - 1) === 10 || text.charCodeAt(end - 1) === 13)) end--;
		this.#tail = text.slice(end);
		const body = text.slice(0, end);
		if (this.#isRegular) this.#watch(body);
		this.#position += body.length;

		const fresh = body.replace(/[\r\n]+/g, '');
		this.#letters += fresh.length;
		const letters = this.#rest + fresh;
		const whole = letters.length - (letters.length % 4);
		this.#rest = letters.slice(whole);
		return this.#decode(letters.slice(0, whole));
	}

	end(): Buffer {
		const rest = this.#decode(this.#rest);
		if (this.#rest !== '') this.#isRegular = false;
		this.#rest = '';
		if (this.#last !== '' && Buffer.from(this.#last, 'base64').toString('base64') !== this.#last)
			this.#isRegular = false;
		if (this.#lineLength === 0) this.#lineLength = this.#position;
		const lineEnds = Math.max(0, Math.ceil(this.#letters / Math.max(1, this.#lineLength)) - 1);
		if (this.#position !== this.#letters + lineEnds * this.#lineEnd.length) this.#isRegular = false;
		return rest;
	}

	#decode(letters: string): Buffer {
		if (letters === '') return nothing;
		const content = Buffer.from(letters, 'base64');
		const padding = letters.endsWith('==') ? 2 : letters.endsWith('=') ? 1 : 0;
		// Node skips what is no base64, and stops at padding.
		if (this.#hasEnded || content.length !== (letters.length / 4) * 3 - padding)
			this.#isRegular = false;
		this.#hasEnded ||= padding > 0;
		this.#last = letters.slice(-4);
		return content;
	}

	/** Looks at the places where line ends have to stand, and only there. */
	#watch(text: string): void {
		if (this.#lineLength === 0) {
			const [lineEnd] = /\r?\n/.exec(text) ?? [];
			if (lineEnd === undefined) return;
			this.#lineEnd = lineEnd;
			this.#lineLength = this.#position + text.indexOf(lineEnd);
			if (this.#lineLength === 0 || this.#lineLength % 4 !== 0) this.#isRegular = false;
		}
		const stride = this.#lineLength + this.#lineEnd.length;
		const first = this.#lineLength - (this.#position % stride);
		for (let at = first < 0 ? first + stride : first; at < text.length; at += stride) {
			if (text.charCodeAt(at) === this.#lineEnd.charCodeAt(0)) continue;
			this.#isRegular = false;
			return;
		}
	}
}
