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

/** A step of a phrase. All steps have all members: one shape of object makes the search twice as fast. */
class Node {
	readonly kind: 'text' | 'choice' | 'gap' | 'letters' | 'end';
	/** Of a text: what must stand here, with and without the space before it. */
	readonly literal: string;
	readonly withoutSpace: string;
	/** What follows; a choice's options know for themselves, and the end is followed by itself. */
	readonly next: Node;
	/** Of a choice: the options that may begin with a character, by its code (most begin otherwise), and with any. */
	readonly byFirst: ReadonlyMap<number, readonly Node[]>;
	readonly others: readonly Node[];
	readonly options: readonly Node[];

	constructor(
		kind: Node['kind'],
		{
			literal = '',
			next,
			options = [],
		}: { literal?: string; next?: Node; options?: readonly Node[] } = {},
	) {
		this.kind = kind;
		this.literal = literal;
		this.withoutSpace = literal.replace(/^ /, '');
		this.next = next ?? this;
		this.options = options;
		const firsts = options.map((option) => firstsOf(option));
		const codes = new Set(firsts.flatMap((first) => [...(first ?? [])]));
		this.byFirst = new Map(
			[...codes].map((code) => [code, options.filter((_, i) => firsts[i]?.has(code) ?? true)]),
		);
		this.others = options.filter((_, i) => !firsts[i]);
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

const longestGap = 50;
const longestEnding = 24;
const tableSize = 1 << 16;
const firstIdeograph = 0x0e00;
/** Beginnings are unrolled until they are this long, so that few places of a text need a second look. */
const wantedBeginning = 5;

export class PhraseSet {
	/** By hash of the first four characters, of the first three of short beginnings, or of two ideographs. */
	readonly #rows = new Map<number, Row[]>();
	readonly #isUsed = new Uint8Array(tableSize * 2);

	constructor(phrases: readonly Phrase[]) {
		const byLiteral = new Map<string, Beginning[]>();
		for (const beginning of phrases.flatMap((phrase) => beginningsOf(phrase))) {
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
			this.#rows.set(key, [...(this.#rows.get(key) ?? []), row]);
			this.#isUsed[key] = 1;
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
		if (this.#isUsed[key] === 0) return;
		for (const { literal, byNext, others } of this.#rows.get(key)!) {
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

/** Where a match of `node` that begins at `at` ends, or -1. */
function endOf(node: Node, text: string, at: number): number {
	switch (node.kind) {
		case 'end':
			return isBoundary(text, at) ? at : -1;
		case 'text': {
			const literal = text.charCodeAt(at - 1) === 32 ? node.withoutSpace : node.literal;
			return standsAt(text, literal, at) ? endOf(node.next, text, at + literal.length) : -1;
		}
		case 'choice':
			for (const option of node.byFirst.get(text.charCodeAt(at)) ?? node.others) {
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

/** `text.startsWith(literal, at)`; most comparisons end at the first or second character, where this is faster. */
function standsAt(text: string, literal: string, at: number): boolean {
	const { length } = literal;
	if (at + length > text.length) return false;
	for (let i = 0; i < length; i++)
		if (text.charCodeAt(at + i) !== literal.charCodeAt(i)) return false;
	return true;
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
		} else if (
			literal.trim().length < 2 ||
			(literal.length < 3 && literal.charCodeAt(0) < firstIdeograph)
		) {
			throw new Error(`“${phrase.text}” of ${phrase.owner} begins with too little to search for.`);
		} else {
			const key = `${literal}\n${found.size}`;
			found.set(key, { phrase, literal, rest: node });
		}
	};
	unroll(parse(phrase.text.replace(/\s+/g, ' ')), '');
	return [...found.values()];
}

/** Reads the notation from right to left, so that each node knows what follows it. */
function parse(text: string, next: Node = new Node('end')): Node {
	const open = openingOfLastGroup(text);
	if (open >= 0) {
		const close = closingOf(text, open);
		const after = parse(text.slice(close + 1), next);
		const options = optionsIn(text.slice(open + 1, close)).map((option) => parse(option, after));
		return parse(text.slice(0, open), new Node('choice', { options }));
	}
	const star = text.lastIndexOf('*');
	if (star < 0) return textNode(text, next);
	const isGap = text[star - 1] === ' ' || star === 0;
	const after = textNode(text.slice(star + 1), next);
	const gap = new Node(isGap ? 'gap' : 'letters', { next: after });
	return parse(text.slice(0, star), gap);
}

/** The characters that a match of the node can begin with; undefined when it can be any. */
function firstsOf(node: Node): Set<number> | undefined {
	if (node.kind === 'text') {
		const first = new Set([node.literal.charCodeAt(0)]);
		if (node.literal === node.withoutSpace) return first;
		// After a space the node's own is not there any more.
		const then =
			node.withoutSpace === '' ? firstsOf(node.next) : new Set([node.withoutSpace.charCodeAt(0)]);
		return then && new Set([...first, ...then]);
	}
	if (node.kind !== 'choice' || node.others.length > 0) return undefined;
	return new Set(node.byFirst.keys());
}

function textNode(literal: string, next: Node): Node {
	if (literal === '') return next;
	return new Node('text', { literal, next });
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
