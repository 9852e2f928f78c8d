/** A text made ready for matching: lower case, straight quotes, any white space as one space. */
export class PlainText {
	readonly text: string;
	readonly #source: string;
	/** Where each character of `text` came from; undefined when nothing was moved. */
	readonly #offsets: Uint32Array | undefined;

	constructor(text: string, source: string, offsets: Uint32Array | undefined) {
		this.text = text;
		this.#source = source;
		this.#offsets = offsets;
	}

	/** Where a character came from. */
	offsetOf(at: number): number {
		return this.#offsets ? this.#offsets[at]! : at;
	}

	/** The words between two positions as the source has them. */
	original(start: number, end: number): { words: string; at: number } {
		const at = this.offsetOf(start);
		const last = this.offsetOf(end - 1);
		return { words: this.#source.slice(at, last + 1).trim(), at };
	}
}

/** Makes a text plain, remembering where everything was. */
export function plainText(source: string): PlainText {
	const lower = lowerCase(source);
	if (isPlain(lower)) return new PlainText(lower, source, undefined);

	const offsets = new Uint32Array(source.length);
	const characters: string[] = [];
	let wasSpace = false;
	for (let i = 0; i < lower.length; i++) {
		const code = lower.charCodeAt(i);
		const isSpace = isWhite(code);
		if (isSpace && wasSpace) continue;
		wasSpace = isSpace;
		offsets[characters.length] = i;
		characters.push(isSpace ? ' ' : isQuote(code) ? "'" : lower[i]!);
	}
	return new PlainText(characters.join(''), source, offsets);
}

function isPlain(text: string): boolean {
	let wasSpace = false;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const isSpace = code === 32;
		if ((isSpace && wasSpace) || (!isSpace && isWhite(code)) || isQuote(code)) return false;
		wasSpace = isSpace;
	}
	return true;
}

function isWhite(code: number): boolean {
	return code <= 32 || code === 0xa0 || code === 0x3000;
}

/** ‘ ’ and ` are written for an apostrophe. */
function isQuote(code: number): boolean {
	return code === 0x2018 || code === 0x2019 || code === 96;
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
	/[^\s<>()[\]"',;:]{1,128}@[^\s<>()[\]"',;]{1,255}|https?:\/\/[^\s<>"']{1,500}|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}\b/gi;
/** Names that do say something: block lists, and pages that explain a refusal. */
const tellingNames =
	/spamhaus|spamcop|sorbs|barracudacentral|uceprotect|njabl|dsbl|abuseat|surbl|uribl|psbl|manitu|mailspike|invaluement|senderscore|senderbase|openspf|dnsbl|\brbl|\bzen\.|\bbl\.|proofpoint|groups\.google|rfc-ignorant|resolver\.|storedrv|transport\.rules|\b[245]\.\d+\.\d+\b|smtpsend|adr\.|rst\./i;

/** Like `plainText`, with addresses and links (`@`) and host names (`#`) taken out. */
export function plainWords(source: string): PlainText {
	if (!source.includes('.')) return plainText(source);
	const plain = plainText(source);
	const pieces: string[] = [];
	const offsets = new Uint32Array(plain.text.length);
	let [length, end] = [0, 0];
	const keep = (to: number) => {
		for (let i = end; i < to; i++) offsets[length++] = plain.offsetOf(i);
		pieces.push(plain.text.slice(end, to));
	};
	for (const match of plain.text.matchAll(names)) {
		if (tellingNames.test(match[0].slice(0, 100)) || /^[\d.-]+$/.test(match[0])) continue;
		keep(match.index);
		offsets[length++] = plain.offsetOf(match.index);
		pieces.push(/@|:\/\//.test(match[0].slice(0, 130)) ? '@' : '#');
		end = match.index + match[0].length;
	}
	if (end === 0) return plain;
	keep(plain.text.length);
	return new PlainText(pieces.join(''), source, offsets);
}
