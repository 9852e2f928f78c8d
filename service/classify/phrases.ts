import {
	beginningsOf,
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
 *  - ` * ` for up to fifty characters of anything, from the end of a word on;
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

/** What the beginnings of phrases have in common, as a tree: each branch a run of characters that no phrase ends in. */
class Branch {
	readonly characters: string;
	/** The phrases whose beginning ends here, by the character that comes next. */
	readonly byNext: ByFirst<Beginning> | undefined;
	readonly #branches: readonly Branch[];
	/** First characters of the branches, in their order. */
	readonly #codes: readonly number[];

	/** @param from how much of the literals the trees below this one have in common */
	constructor(beginnings: readonly Beginning[], from: number) {
		const end = from + lengthInCommon(beginnings, from);
		const ending = beginnings.filter(({ literal }) => literal.length === end);
		const byCode = new Map<number, Beginning[]>();
		for (const beginning of beginnings) {
			if (beginning.literal.length === end) continue;
			const code = beginning.literal.charCodeAt(end);
			byCode.set(code, [...(byCode.get(code) ?? []), beginning]);
		}
		this.characters = beginnings[0]!.literal.slice(from, end);
		this.byNext = ending.length > 0 ? new ByFirst(ending, ({ rest }) => firstsOf(rest)) : undefined;
		this.#codes = [...byCode.keys()];
		this.#branches = [...byCode.values()].map((same) => new Branch(same, end));
	}

	next(code: number): Branch | undefined {
		for (let i = 0; i < this.#codes.length; i++) {
			if (this.#codes[i] === code) return this.#branches[i];
		}
		return undefined;
	}
}

function lengthInCommon(beginnings: readonly Beginning[], from: number): number {
	const [first, ...others] = beginnings.map(({ literal }) => literal.slice(from));
	let length = 0;
	while (length < first!.length && others.every((one) => one[length] === first![length])) length++;
	return length;
}

const tableSize = 1 << 14;

export class PhraseSet {
	/** By hash of the first four characters, of the first three of short beginnings, or of two ideographs. */
	readonly #trees: Branch[][] = [];
	/** Hash → number of its trees in `#trees`, from 1; 0 for none. */
	readonly #treesOf = new Uint16Array(tableSize * 2);

	constructor(phrases: readonly Phrase[]) {
		const byStart = new Map<string, Beginning[]>();
		for (const phrase of phrases) {
			for (const beginning of beginningsOf(phrase.text)) {
				const start = beginning.literal.slice(0, keyLength(beginning.literal));
				const same = byStart.get(start);
				if (same) same.push({ phrase, ...beginning });
				else byStart.set(start, [{ phrase, ...beginning }]);
			}
		}
		for (const [start, beginnings] of byStart) {
			const key = hashOf(start);
			const known = this.#treesOf[key]! || (this.#treesOf[key] = this.#trees.push([]));
			this.#trees[known - 1]!.push(new Branch(beginnings, 0));
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
		const found = this.#treesOf[key]!;
		if (found === 0) return;
		for (const tree of this.#trees[found - 1]!) {
			let at = start;
			let branch: Branch | undefined = tree;
			while (branch && standsAt(plain.text, branch.characters, at)) {
				at += branch.characters.length;
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

/** How many characters of a beginning are hashed. */
function keyLength(literal: string): number {
	if (literal.charCodeAt(0) >= firstIdeograph) return 2;
	return literal.length >= 4 ? 4 : 3;
}

function hashOf(start: string): number {
	if (start.length === 2) return hashOfTwo(start, 0);
	return start.length === 4 ? hashOfFour(start, 0) : hashOfThree(start, 0);
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
