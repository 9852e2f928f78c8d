import {
	beginningsOf,
	endOf,
	firstIdeograph,
	firstsOf,
	isWordCharacter,
	standsAt,
} from './phrase-notation.ts';
import type { Node } from './phrase-notation.ts';
import { plainText } from './plain-text.ts';
import type { PlainText } from './plain-text.ts';

/** Finds many phrases in one pass over a text, without regular expressions: the cost is bounded by the text's length
 *  for any text. A phrase is written as servers say it, in lower case, with
 *  - `(a|b|)` for one of several words, also none, nested if need be;
 *  - ` * ` for up to fifty characters of anything;
 *  - `word*` for any ending: `block*` is block, blocked, blocking.
 *  It begins and ends at word boundaries. A space stands for any run of white space, and two for one. */
export interface Phrase {
	/** Whose phrase it is. */
	owner: string;
	/** Which of the owner's phrases, from 1: an administrator finds it by "user-unknown/3". */
	number: number;
	text: string;
}

/** Where a phrase was found. */
export class PhraseMatch {
	readonly phrase: Phrase;
	/** Characters of the text made plain that it covers. */
	readonly length: number;
	readonly #plain: PlainText;
	readonly #start: number;

	constructor(phrase: Phrase, plain: PlainText, start: number, end: number) {
		this.phrase = phrase;
		this.length = end - start;
		this.#plain = plain;
		this.#start = start;
	}

	/** The words found, literally as the text has them. */
	get words(): string {
		return this.#plain.original(this.#start, this.#start + this.length).words;
	}

	/** Offset of the words in the text. */
	get at(): number {
		return this.#plain.original(this.#start, this.#start + this.length).at;
	}
}

/** A phrase from one of its beginnings on: `literal`, then `rest`. */
interface Beginning {
	phrase: Phrase;
	literal: string;
	rest: Node;
}

/** All phrases with one beginning, by the character that comes next. */
interface Row {
	literal: string;
	byNext: Map<number, Beginning[]>;
	/** Those that may go on with any character, or end here. */
	others: readonly Beginning[];
}

const tableSize = 1 << 16;

export class PhraseSet {
	/** By hash of the first four characters, of the first three of short beginnings, or of two ideographs. */
	readonly #rows: Row[][] = [];
	/** Hash → number of its rows in `#rows`, from 1; 0 for none. */
	readonly #rowsOf = new Uint16Array(tableSize * 2);

	constructor(phrases: readonly Phrase[]) {
		const byLiteral = new Map<string, Beginning[]>();
		for (const beginning of phrases.flatMap((phrase) =>
			beginningsOf(phrase.text).map((beginning) => ({ phrase, ...beginning })),
		)) {
			const same = byLiteral.get(beginning.literal);
			if (same) same.push(beginning);
			else byLiteral.set(beginning.literal, [beginning]);
		}
		for (const [literal, beginnings] of byLiteral) {
			const isIdeographic = literal.charCodeAt(0) >= firstIdeograph;
			const key = isIdeographic
				? hashOfTwo(literal, 0)
				: literal.length >= 4
					? hashOfFour(literal, 0)
					: hashOfThree(literal, 0);
			const row = rowOf(literal, beginnings);
			const known = this.#rowsOf[key]!;
			if (known > 0) this.#rows[known - 1]!.push(row);
			else this.#rowsOf[key] = this.#rows.push([row]);
		}
	}

	/** All phrases in `text`, in its order; the same phrase may be found more than once.
	 *  @param most characters of the text that are looked at */
	find(text: string, most = 4_000): PhraseMatch[] {
		return this.findIn(plainText(text.length > most ? text.slice(0, most) : text));
	}

	/** The same in a text that was made plain before. */
	findIn(plain: PlainText): PhraseMatch[] {
		const matches: PhraseMatch[] = [];
		const { text } = plain;
		let wasWord = false;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			const isWord = isWordCharacter(code);
			// A phrase begins where a word does; ideographs stand without spaces.
			if (!(isWord && wasWord) && code !== 32) {
				if (code >= firstIdeograph) this.#look(hashOfTwo(text, i), plain, i, matches);
				else {
					this.#look(hashOfFour(text, i), plain, i, matches);
					this.#look(hashOfThree(text, i), plain, i, matches);
				}
			}
			wasWord = isWord;
		}
		return matches;
	}

	#look(key: number, plain: PlainText, start: number, matches: PhraseMatch[]): void {
		const found = this.#rowsOf[key]!;
		if (found === 0) return;
		for (const { literal, byNext, others } of this.#rows[found - 1]!) {
			if (!standsAt(plain.text, literal, start)) continue;
			const at = start + literal.length;
			for (const { phrase, rest } of byNext.get(plain.text.charCodeAt(at)) ?? others) {
				const end = endOf(rest, plain.text, at);
				if (end > start) matches.push(new PhraseMatch(phrase, plain, start, end));
			}
		}
	}
}

function rowOf(literal: string, beginnings: readonly Beginning[]): Row {
	const firsts = beginnings.map(({ rest }) => firstsOf(rest));
	const codes = new Set(firsts.flatMap((first) => [...(first ?? [])]));
	return {
		literal,
		byNext: new Map(
			[...codes].map((code) => [code, beginnings.filter((_, i) => firsts[i]?.has(code) ?? true)]),
		),
		others: beginnings.filter((_, i) => !firsts[i]),
	};
}

function hashOfTwo(text: string, at: number): number {
	return (Math.imul(text.charCodeAt(at), 961) + text.charCodeAt(at + 1)) & (tableSize - 1);
}

/** In the second half of the table, so that the three kinds seldom meet. */
function hashOfThree(text: string, at: number): number {
	const two = Math.imul(text.charCodeAt(at), 961) + Math.imul(text.charCodeAt(at + 1), 217);
	return tableSize + ((two + Math.imul(text.charCodeAt(at + 2), 127)) & (tableSize - 1));
}

function hashOfFour(text: string, at: number): number {
	const two = Math.imul(text.charCodeAt(at), 1361) + Math.imul(text.charCodeAt(at + 1), 217);
	return (
		(two + Math.imul(text.charCodeAt(at + 2), 127) + Math.imul(text.charCodeAt(at + 3), 5003)) &
		(tableSize - 1)
	);
}

/** Numbers the phrases of one owner. */
export function phrasesOf(owner: string, texts: readonly string[]): Phrase[] {
	return texts.map((text, i) => ({ owner, number: i + 1, text }));
}
