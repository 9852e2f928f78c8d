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

export interface PhraseMatch {
	phrase: Phrase;
	/** The words found, literally as the text has them. */
	words: string;
	/** Offset of the words in the text. */
	at: number;
}

type Node =
	| { kind: 'text'; literal: string; withoutSpace: string; next: Node }
	| { kind: 'choice'; options: readonly Node[] }
	| { kind: 'gap'; next: Node }
	| { kind: 'letters'; next: Node }
	| { kind: 'end' };

/** A phrase from one of its beginnings on: `literal`, then `rest`. */
interface Beginning {
	phrase: Phrase;
	literal: string;
	rest: Node;
	/** Where the three telling characters stand in the literal. */
	tellingAt: number;
}

const longestGap = 50;
const longestEnding = 24;
const tableSize = 1 << 16;
const firstIdeograph = 0x0e00;
/** Beginnings are unrolled until they are this long, so that few places of a text need a second look. */
const wantedBeginning = 5;

export class PhraseSet {
	/** By hash of three characters: beginnings that contain them. */
	readonly #table: (Beginning[] | undefined)[] = new Array<Beginning[] | undefined>(tableSize);
	readonly #isTelling = new Uint8Array(tableSize);

	constructor(phrases: readonly Phrase[]) {
		const beginnings = phrases.flatMap((phrase) => beginningsOf(phrase));
		const rarity = countTriples(beginnings.map(({ literal }) => literal));
		for (const beginning of beginnings) {
			beginning.tellingAt = rarestTriple(beginning.literal, rarity);
			const key = hashAt(beginning.literal, beginning.tellingAt);
			(this.#table[key] ??= []).push(beginning);
			this.#isTelling[key] = 1;
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
		for (let i = 0; i + 1 < plain.text.length; i++) {
			const key = hashAt(plain.text, i);
			if (this.#isTelling[key] === 0) continue;
			for (const { phrase, literal, rest, tellingAt } of this.#table[key]!) {
				const start = i - tellingAt;
				if (start < 0 || !plain.text.startsWith(literal, start) || !isBoundary(plain.text, start))
					continue;
				const end = endOf(rest, plain.text, start + literal.length);
				if (end > start) matches.push({ phrase, ...plain.original(start, end) });
			}
		}
		return matches;
	}
}

/** Numbers the phrases of one owner. */
export function phrasesOf(owner: string, texts: readonly string[]): Phrase[] {
	return texts.map((text, i) => ({ owner, number: i + 1, text }));
}

/** Where a match of `node` that begins at `at` ends, or -1. */
function endOf(node: Node, text: string, at: number): number {
	switch (node.kind) {
		case 'end':
			return isBoundary(text, at) ? at : -1;
		case 'text': {
			const literal = text.charCodeAt(at - 1) === 32 ? node.withoutSpace : node.literal;
			return text.startsWith(literal, at) ? endOf(node.next, text, at + literal.length) : -1;
		}
		case 'choice':
			for (const option of node.options) {
				const end = endOf(option, text, at);
				if (end >= 0) return end;
			}
			return -1;
		case 'gap':
			for (let i = at; i <= at + longestGap && i < text.length; i++) {
				const end = isBoundary(text, i) ? endOf(node.next, text, i) : -1;
				if (end >= 0) return end;
			}
			return -1;
		case 'letters':
			for (let i = at; i <= at + longestEnding && i <= text.length; i++) {
				const end = endOf(node.next, text, i);
				if (end >= 0) return end;
				if (!isLetter(text.charCodeAt(i))) return -1;
			}
			return -1;
	}
}

/** Between a word character and something else; Chinese and Japanese have no spaces between words. */
function isBoundary(text: string, at: number): boolean {
	if (at === 0 || at >= text.length) return true;
	return !(isWordCharacter(text.charCodeAt(at - 1)) && isWordCharacter(text.charCodeAt(at)));
}

function isWordCharacter(code: number): boolean {
	if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
	return code >= 0xc0 && code < firstIdeograph;
}

function isLetter(code: number): boolean {
	return isWordCharacter(code) || code >= firstIdeograph;
}

/** A phrase unrolled from the left until each beginning is long enough to be searched for. */
function beginningsOf(phrase: Phrase): Beginning[] {
	const found = new Map<string, Beginning>();
	const unroll = (node: Node, literal: string): void => {
		if (node.kind === 'text' && literal.length < wantedBeginning) {
			unroll(node.next, literal + (literal.endsWith(' ') ? node.withoutSpace : node.literal));
		} else if (node.kind === 'choice' && literal.length < wantedBeginning) {
			for (const option of node.options) unroll(option, literal);
		} else if (literal.length < telling(literal, 0) || literal.trim().length < 2) {
			throw new Error(`“${phrase.text}” of ${phrase.owner} begins with too little to search for.`);
		} else {
			const key = `${literal}\n${found.size}`;
			found.set(key, { phrase, literal, rest: node, tellingAt: 0 });
		}
	};
	unroll(parse(phrase.text.replace(/\s+/g, ' ')), '');
	return [...found.values()];
}

/** Reads the notation from right to left, so that each node knows what follows it. */
function parse(text: string, next: Node = { kind: 'end' }): Node {
	const open = openingOfLastGroup(text);
	if (open >= 0) {
		const close = closingOf(text, open);
		const after = parse(text.slice(close + 1), next);
		const options = optionsIn(text.slice(open + 1, close)).map((option) => parse(option, after));
		return parse(text.slice(0, open), { kind: 'choice', options });
	}
	const star = text.lastIndexOf('*');
	if (star < 0) return textNode(text, next);
	const isGap = text[star - 1] === ' ' || star === 0;
	const after = textNode(text.slice(star + 1), next);
	const gap: Node = { kind: isGap ? 'gap' : 'letters', next: after };
	return parse(text.slice(0, star), gap);
}

function textNode(literal: string, next: Node): Node {
	if (literal === '') return next;
	return { kind: 'text', literal, withoutSpace: literal.replace(/^ /, ''), next };
}

/** The last group that is not inside another one. */
function openingOfLastGroup(text: string): number {
	let depth = 0;
	for (let i = text.length - 1; i >= 0; i--) {
		if (text[i] === ')') depth++;
		else if (text[i] === '(' && --depth === 0) return i;
	}
	return -1;
}

function closingOf(text: string, open: number): number {
	let depth = 0;
	for (let i = open; i < text.length; i++) {
		if (text[i] === '(') depth++;
		else if (text[i] === ')' && --depth === 0) return i;
	}
	throw new Error(`“${text}” has a bracket that does not close.`);
}

function optionsIn(group: string): string[] {
	const options = [''];
	let depth = 0;
	for (const character of group) {
		if (character === '(') depth++;
		if (character === ')') depth--;
		if (character === '|' && depth === 0) options.push('');
		else options[options.length - 1] += character;
	}
	return options;
}

function countTriples(literals: readonly string[]): Map<number, number> {
	const counts = new Map<number, number>();
	for (const literal of literals) {
		for (let i = 0; i + 1 < literal.length; i++) {
			const key = hashAt(literal, i);
			counts.set(key, (counts.get(key) ?? 0) + 1);
		}
	}
	return counts;
}

function rarestTriple(literal: string, counts: Map<number, number>): number {
	let best = 0;
	for (let i = 1; i + telling(literal, i) <= literal.length; i++) {
		if (counts.get(hashAt(literal, i))! < counts.get(hashAt(literal, best))!) best = i;
	}
	return best;
}

/** How many characters are hashed together at this place. */
function telling(text: string, at: number): number {
	return text.charCodeAt(at) >= firstIdeograph ? 2 : 3;
}

function hashAt(text: string, at: number): number {
	const first = text.charCodeAt(at);
	const two = Math.imul(first, 961) + text.charCodeAt(at + 1) * 217;
	// Chinese and Japanese characters tell more: two of them are enough.
	return (first >= firstIdeograph ? two : two + text.charCodeAt(at + 2) * 127) & (tableSize - 1);
}
