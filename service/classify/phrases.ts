import {
	beginningsOf,
	bitOf,
	ByFirst,
	endOf,
	firstIdeograph,
	firstsOf,
	isWordCharacter,
	Searched,
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

/** What the beginnings of phrases have in common, as a tree of characters. */
class Branch {
	/** The phrases whose beginning ends here, by the character that comes next. */
	byNext: ByFirst<Beginning> | undefined = undefined;
	readonly #byCode = new Map<number, Branch>();
	/** Bits of the characters that go on; most texts end here, and need no look into the map. */
	#codes = 0;

	/** The branch for the rest of a literal, grown where it is missing. */
	grow(literal: string, from: number): Branch {
		if (from === literal.length) return this;
		const code = literal.charCodeAt(from);
		const branch = this.#byCode.get(code) ?? new Branch();
		this.#byCode.set(code, branch);
		this.#codes |= bitOf(code);
		return branch.grow(literal, from + 1);
	}

	next(code: number): Branch | undefined {
		return (this.#codes & bitOf(code)) === 0 ? undefined : this.#byCode.get(code);
	}
}

/** A tree and the characters that lead to it. */
interface Root {
	start: string;
	branch: Branch;
}

const tableSize = 1 << 16;

export class PhraseSet {
	/** By hash of the first four characters, of the first three of short beginnings, or of two ideographs. */
	readonly #roots: Root[][] = [];
	/** Hash → number of its trees in `#roots`, from 1; 0 for none. */
	readonly #rootsOf = new Uint16Array(tableSize * 2);

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
			const { start, branch } = this.#rootFor(literal);
			branch.grow(literal, start.length).byNext = new ByFirst(beginnings, ({ rest }) =>
				firstsOf(rest),
			);
		}
	}

	#rootFor(literal: string): Root {
		const isIdeographic = literal.charCodeAt(0) >= firstIdeograph;
		const length = isIdeographic ? 2 : literal.length >= 4 ? 4 : 3;
		const hash = isIdeographic ? hashOfTwo : length === 4 ? hashOfFour : hashOfThree;
		const key = hash(literal, 0);
		const start = literal.slice(0, length);
		const known = this.#rootsOf[key]! || (this.#rootsOf[key] = this.#roots.push([]));
		const roots = this.#roots[known - 1]!;
		const same = roots.find((root) => root.start === start);
		if (same) return same;
		const root = { start, branch: new Branch() };
		roots.push(root);
		return root;
	}

	/** All phrases in `text`, in its order; the same phrase may be found more than once.
	 *  @param most characters of the text that are looked at */
	find(text: string, most = 4_000): PhraseMatch[] {
		return this.findIn(plainText(text.length > most ? text.slice(0, most) : text));
	}

	/** The same in a text that was made plain before. */
	findIn(plain: PlainText): PhraseMatch[] {
		const matches: PhraseMatch[] = [];
		const searched = new Searched(plain.text);
		const { text } = plain;
		let wasWord = false;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			const isWord = isWordCharacter(code);
			// A phrase begins where a word does; ideographs stand without spaces.
			if (!(isWord && wasWord) && code !== 32) {
				if (code >= firstIdeograph) this.#look(hashOfTwo(text, i), plain, searched, i, matches);
				else {
					this.#look(hashOfFour(text, i), plain, searched, i, matches);
					this.#look(hashOfThree(text, i), plain, searched, i, matches);
				}
			}
			wasWord = isWord;
		}
		return matches;
	}

	#look(
		key: number,
		plain: PlainText,
		searched: Searched,
		start: number,
		matches: PhraseMatch[],
	): void {
		const found = this.#rootsOf[key]!;
		if (found === 0) return;
		for (const root of this.#roots[found - 1]!) {
			if (!standsAt(plain.text, root.start, start)) continue;
			let at = start + root.start.length;
			for (let branch: Branch | undefined = root.branch; branch; at++) {
				const code = plain.text.charCodeAt(at);
				if (branch.byNext) {
					for (const { phrase, rest } of branch.byNext.at(code)) {
						const end = endOf(rest, searched, at);
						if (end > start) matches.push(new PhraseMatch(phrase, plain, start, end));
					}
				}
				branch = branch.next(code);
			}
		}
	}
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
