/** A text made ready for matching: lower case, straight quotes, any white space as one space. */
export class PlainText {
	readonly text: string;
	readonly #source: string;
	/** Makes the table of where each character came from; most texts are never asked. */
	readonly #locate: (() => Uint32Array) | undefined;
	#offsets: Uint32Array | undefined;

	constructor(text: string, source: string, locate?: () => Uint32Array) {
		this.text = text;
		this.#source = source;
		this.#locate = locate;
	}

	/** Where a character came from. */
	offsetOf(at: number): number {
		if (!this.#locate) return at;
		this.#offsets ??= this.#locate();
		return this.#offsets[at]!;
	}

	/** The words between two positions as the source has them. */
	original(start: number, end: number): { words: string; at: number } {
		const at = this.offsetOf(start);
		return { words: this.#source.slice(at, this.offsetOf(end - 1) + 1).trim(), at };
	}
}

const whiteSpace = /[\x00-\x1f\u00a0\u3000][\x00-\x20\u00a0\u3000]*| [\x00-\x20\u00a0\u3000]+/g;
/** ‘ ’ and ` are written for an apostrophe. */
const quotes = /[\u2018\u2019`]/g;

/** Makes a text plain, remembering where everything was. */
export function plainText(source: string): PlainText {
	const plain = lowerCase(source).replace(whiteSpace, ' ').replace(quotes, "'");
	return plain.length === source.length
		? new PlainText(plain, source)
		: new PlainText(plain, source, () => offsetsOf(source, plain.length));
}

function offsetsOf(source: string, length: number): Uint32Array {
	const offsets = new Uint32Array(length);
	let [at, wasSpace] = [0, false];
	for (let i = 0; i < source.length; i++) {
		const code = source.charCodeAt(i);
		const isSpace = code <= 32 || code === 0xa0 || code === 0x3000;
		if (isSpace && wasSpace) continue;
		wasSpace = isSpace;
		offsets[at++] = i;
	}
	return offsets;
}

/** Lower case of the same length: a few letters (Turkish İ) become two when made small, which would shift the rest. */
function lowerCase(text: string): string {
	const lower = text.toLowerCase();
	if (lower.length === text.length) return lower;
	return Array.from({ length: text.length }, (_, i) => {
		const small = text[i]!.toLowerCase();
		return small.length === 1 ? small : text[i]!;
	}).join('');
}

/** Addresses, links and host names: names, not words, and a mailbox "spam@" or a server "virus.example.org" says nothing. */
const names =
	/[245]\d\d[ -][245]\.\d{1,2}\.\d{1,3} |[^\s<>()[\]"',;:]{1,128}@[^\s<>()[\]"',;:]{1,255}|https?:\/\/[^\s<>"']{1,500}|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}\b/gi;
/** Names that do say something: block lists, and pages that explain a refusal. */
const tellingNames =
	/spamhaus|spamcop|sorbs|barracudacentral|uceprotect|njabl|dsbl|abuseat|surbl|uribl|psbl|manitu|mailspike|invaluement|senderscore|senderbase|openspf|dnsbl|\brbl|\bzen\.|\bbl\.|proofpoint|groups\.google|rfc-ignorant|resolver\.|storedrv|transport\.rules|\b[245]\.\d+\.\d+\b|smtpsend|mapiexception|adr\.|rst\.|nosuch/i;

/** A line of a reply that goes on begins with its codes again: "550-5.7.1 … 550 5.7.1 …". */
const repeatedCode = /^[245]\d\d[ -]/;

/** Like `plainText`, with addresses and links (`@`) and host names (`#`) taken out. */
export function plainWords(source: string): PlainText {
	const plain = plainText(source);
	if (!/[.@]/.test(source)) return plain;
	const kept: { start: number; end: number; filler: string }[] = [];
	let start = 0;
	let hasCode = false;
	for (const match of plain.text.matchAll(names)) {
		const name = match[0].slice(0, 130);
		if (repeatedCode.test(name)) {
			if (hasCode) {
				kept.push({ start, end: match.index, filler: '' });
				start = match.index + match[0].length;
			}
			hasCode = true;
			continue;
		}
		if (tellingNames.test(name) || /^[\d.-]+$/.test(name)) continue;
		kept.push({ start, end: match.index, filler: /@|:\/\//.test(name) ? '@' : '#' });
		start = match.index + match[0].length;
	}
	if (kept.length === 0) return plain;
	kept.push({ start, end: plain.text.length, filler: '' });
	const text = kept
		.map((piece) => plain.text.slice(piece.start, piece.end) + piece.filler)
		.join('');
	return new PlainText(text, source, () => {
		const offsets = new Uint32Array(text.length);
		let at = 0;
		for (const piece of kept) {
			for (let i = piece.start; i < piece.end + piece.filler.length; i++)
				offsets[at++] = plain.offsetOf(i);
		}
		return offsets;
	});
}
