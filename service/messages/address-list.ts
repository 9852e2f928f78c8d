import { addressesIn, tidyAddress } from './addresses.ts';
import { decodeBytes } from './charset.ts';
import { decodeWords } from './encoded-words.ts';
import { isAscii } from './header-fields.ts';

/** Somebody a mail names. */
export interface Mailbox {
	/** As the mail writes it, decoded; empty when there is none. */
	name: string;
	/** Lower case. */
	email: string;
}

/** A list that names more people than this is read no further. */
const most = 1_000;
const longestList = 256 * 1024;
/** RFC 3696 erratum 1690. */
const longestAddress = 320;

/** Reads an address list (RFC 5322 §3.4) as programs really write them: groups, comments, quoted names, encoded words (RFC
 *  2047), semicolons for commas, names with unquoted commas, addresses without a name. Linear; never throws.
 *  @param raw the field's value, unfolded, its encoded words not decoded yet: a decoded name may contain a comma */
export function readAddressList(raw: string): Mailbox[] {
	const value = raw.slice(0, longestList);
	const text = isAscii(value) ? value : decodeBytes(value, undefined);
	const found: Mailbox[] = [];
	/** A name whose comma was not quoted: "Berg, Anna <anna@example.org>". */
	let dangling = '';
	for (const piece of piecesOf(text)) {
		const mailbox = mailboxOf(piece, dangling);
		dangling = mailbox ? '' : [dangling, nameIn(piece)].filter(Boolean).join(', ');
		if (mailbox) found.push(mailbox);
		if (found.length >= most) break;
	}
	return found;
}

/** One mailbox between two commas, taken apart. */
interface Piece {
	/** Words and quoted strings outside of angles. */
	phrase: string;
	comment: string;
	/** What stood in angles. */
	angle?: string;
}

function* piecesOf(text: string): Generator<Piece> {
	let piece: Piece = { phrase: '', comment: '' };
	for (let at = 0; at < text.length;) {
		const sign = text[at]!;
		if (sign === ',' || sign === ';') {
			yield piece;
			piece = { phrase: '', comment: '' };
			at++;
		} else if (sign === ':' && !piece.phrase.includes('@') && piece.angle === undefined) {
			// The name of a group; "mailto:" comes the same way, and goes.
			piece = { phrase: '', comment: '' };
			at++;
		} else if (sign === '"') {
			const end = endOfQuoted(text, at, '"');
			piece.phrase += text.slice(at, end);
			at = end;
		} else if (sign === '(') {
			const end = endOfComment(text, at);
			piece.comment += `${piece.comment && ' '}${text.slice(at + 1, end - 1)}`;
			at = end;
		} else if (sign === '<') {
			const close = text.indexOf('>', at);
			const end = close < 0 ? text.length : close;
			piece.angle ??= text.slice(at + 1, end);
			at = end + 1;
		} else {
			const end = endOfWords(text, at + 1);
			piece.phrase += text.slice(at, end);
			at = end;
		}
	}
	yield piece;
}

const signs = /[,;:"(<]/g;

/** Where the next sign stands that means something. */
function endOfWords(text: string, start: number): number {
	signs.lastIndex = start;
	return signs.test(text) ? signs.lastIndex - 1 : text.length;
}

/** Behind the closing sign; the text's end when there is none. */
function endOfQuoted(text: string, start: number, closing: string): number {
	for (let at = start + 1; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === closing) return at + 1;
	}
	return text.length;
}

function endOfComment(text: string, start: number): number {
	let depth = 0;
	for (let at = start; at < text.length; at++) {
		if (text[at] === '\\') at++;
		else if (text[at] === '(') depth++;
		else if (text[at] === ')' && --depth === 0) return at + 1;
	}
	return text.length;
}

function mailboxOf(piece: Piece, dangling: string): Mailbox | undefined {
	const { phrase, comment, angle } = piece;
	if (angle !== undefined) {
		// An obsolete route before the address (RFC 5322 §4.4).
		const email = cleanAddress(angle.startsWith('@') ? angle.slice(angle.indexOf(':') + 1) : angle);
		if (!email) return undefined;
		const name = [dangling, nameIn(piece)].filter(Boolean).join(', ') || readable(comment);
		return { name: name.toLowerCase() === email ? '' : name, email };
	}
	if (!phrase.includes('@')) return undefined;
	const [found] = addressesIn(phrase, 1);
	const email = found && cleanAddress(found);
	if (!email) return undefined;
	const beside = readable(phrase.replace(/"[^"]*"@\S+|\S*@\S*/g, ' ').replaceAll('"', ''));
	return { name: beside || readable(comment), email };
}

function nameIn({ phrase }: Piece): string {
	return readable(
		phrase.replace(/"((?:[^"\\]|\\.)*)"?/g, (_, quoted: string) => {
			return ` ${quoted.replace(/\\(.)/g, '$1')} `;
		}),
	);
}

/** Encoded words decoded, spaces as one, and without signs that turn the direction of text or hide. */
function readable(text: string): string {
	return decodeWords(text)
		.replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 250);
}

function cleanAddress(raw: string): string | undefined {
	const bare = tidyAddress(raw.replace(/\s+/g, ''))?.toLowerCase();
	if (!bare || bare.length > longestAddress) return undefined;
	return /^(?:"[^"]+"|[^\s<>()[\],;:"\\]+)@[^\s@<>()[\],;:"\\]+$/u.test(bare) ? bare : undefined;
}
