import { decodeBytes } from './charset.ts';
import { decodeWords } from './encoded-words.ts';
import { Headers } from './headers.ts';

/** A mail may claim any number of fields of any length; nobody reads more of them than this. */
export const mostFields = 2_000;
export const longestField = 32_768;

/** A header block: its fields, and where the body begins. */
export interface HeaderBlock {
	fields: [name: string, rawValue: string][];
	bodyStart: number;
	isCutShort: boolean;
}

/** Reads the header block at the beginning of `raw` (RFC 5322 §2.2): bytes as Latin-1 text, lines ending in LF.
 *  A line that is no field ends it, as in mails whose empty line got lost; mbox "From " lines are skipped. */
export function readHeaderBlock(raw: string, start = 0): HeaderBlock {
	const fields: [string, string][] = [];
	const end = raw.length;
	let isCutShort = false;
	let position = start;

	while (position < end) {
		let lineEnd = endOfLine(raw, position);
		if (lineEnd === position) return { fields, bodyStart: lineEnd + 1, isCutShort };

		const colon = nameEnd(raw, position, lineEnd);
		if (colon < 0) {
			if (!isFromLine(raw, position) && !isBlank(raw, position)) {
				return { fields, bodyStart: position, isCutShort };
			}
			position = lineEnd + 1;
			continue;
		}
		const name = raw.slice(position, colon).trimEnd();
		while (isFolded(raw, lineEnd + 1)) lineEnd = endOfLine(raw, lineEnd + 1);
		if (fields.length < mostFields) {
			fields.push([name, unfold(raw.slice(colon + 1, Math.min(lineEnd, colon + longestField)))]);
		} else isCutShort = true;
		position = lineEnd + 1;
	}
	return { fields, bodyStart: end, isCutShort };
}

/** The fields as a person reads them: RFC 2047 words and undeclared 8-bit text decoded. */
export function readableHeaders(fields: readonly (readonly [string, string])[]): Headers {
	return new Headers(fields.map(([name, value]) => [name, readable(value)]));
}

function readable(value: string): string {
	const text = isAscii(value) ? value : decodeBytes(value, undefined);
	return text.includes('=?') ? decodeWords(text) : text;
}

const eightBit = /[\u0080-\uffff]/;

/** True for text without any byte above 127. The engine looks for one three times as fast as a loop does. */
export function isAscii(text: string): boolean {
	return !eightBit.test(text);
}

function endOfLine(raw: string, from: number): number {
	const at = raw.indexOf('\n', from);
	return at < 0 ? raw.length : at;
}

/** Position of the colon of "Name:" or "Name :", or -1 when the line is no field. */
function nameEnd(raw: string, start: number, lineEnd: number): number {
	let i = start;
	while (i < lineEnd) {
		const code = raw.charCodeAt(i);
		if (code === 58) return i > start ? i : -1;
		if (code <= 32 || code > 126) break;
		i++;
	}
	if (i === start) return -1;
	while (i < lineEnd && (raw.charCodeAt(i) === 32 || raw.charCodeAt(i) === 9)) i++;
	return raw.charCodeAt(i) === 58 && i < lineEnd ? i : -1;
}

function isFromLine(raw: string, at: number): boolean {
	return raw.startsWith('From ', at) || raw.startsWith('>From ', at);
}

function isBlank(raw: string, at: number): boolean {
	return raw.charCodeAt(at) === 32 || raw.charCodeAt(at) === 9;
}

function isFolded(raw: string, at: number): boolean {
	return at < raw.length && isBlank(raw, at);
}

function unfold(value: string): string {
	if (!value.includes('\n')) return value.trim();
	return value
		.split('\n')
		.map((line) => line.trim())
		.join(' ')
		.trim();
}
