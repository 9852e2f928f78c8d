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

type Node =
	| { kind: 'text'; literal: string; withoutSpace: string; next: Node }
	| {
			kind: 'choice';
			options: readonly Node[];
			/** The options that may begin with a character, by its code: most begin otherwise. */
			byFirst: ReadonlyMap<number, readonly Node[]>;
			/** The options that may begin with any. */
			others: readonly Node[];
	  }
	| { kind: 'gap'; next: Node }
	| { kind: 'letters'; next: Node }
	| { kind: 'end' };

/** A phrase from one of its beginnings on: `literal`, then `rest`. */
interface Beginning {
	phrase: Phrase;
	literal: string;
	rest: Node;
	/** Where the telling characters stand in the literal. */
	tellingAt: number;
}

const longestGap = 50;
const longestEnding = 24;
const tableSize = 1 << 16;
const firstIdeograph = 0x0e00;
/** Beginnings are unrolled until they are this long, so that few places of a text need a second look. */
const wantedBeginning = 5;

export class PhraseSet {
	/** By hash of some telling characters: the beginnings that have them. */
	readonly #long = new Table(longSample);
	readonly #short = new Table(shortSample);

	constructor(phrases: readonly Phrase[]) {
		const beginnings = phrases.flatMap((phrase) => beginningsOf(phrase));
		for (const table of [this.#long, this.#short]) {
			table.fill(beginnings.filter(({ literal }) => tableOf(literal) === table.sample));
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
		for (let i = 0; i + 1 < text.length; i++) {
			const long = this.#long.at(text, i);
			if (long) addMatches(matches, long, plain, i);
			const short = this.#short.at(text, i);
			if (short) addMatches(matches, short, plain, i);
		}
		return matches;
	}
}

function addMatches(
	matches: PhraseMatch[],
	beginnings: readonly Beginning[],
	plain: PlainText,
	i: number,
): void {
	for (const { phrase, literal, rest, tellingAt } of beginnings) {
		const start = i - tellingAt;
		if (start < 0 || !plain.text.startsWith(literal, start) || !isBoundary(plain.text, start))
			continue;
		const end = endOf(rest, plain.text, start + literal.length);
		if (end > start) matches.push(new PhraseMatch(phrase, plain, start, end));
	}
}

/** How many characters are hashed together: more are rarer. Ideographs tell more: two of them are enough. */
const longSample = 4;
const shortSample = 3;

function tableOf(literal: string): number {
	return literal.length >= longSample && literal.charCodeAt(0) < firstIdeograph
		? longSample
		: shortSample;
}

/** Beginnings by a hash of a few characters in them. */
class Table {
	readonly sample: number;
	readonly #rows: (Beginning[] | undefined)[] = new Array<Beginning[] | undefined>(tableSize);
	readonly #isTelling = new Uint8Array(tableSize);

	constructor(sample: number) {
		this.sample = sample;
	}

	fill(beginnings: readonly Beginning[]): void {
		const counts = new Map<number, number>();
		for (const { literal } of beginnings) {
			for (const at of this.#placesIn(literal)) {
				const key = this.#hash(literal, at);
				counts.set(key, (counts.get(key) ?? 0) + 1);
			}
		}
		for (const beginning of beginnings) {
			const rarest = this.#placesIn(beginning.literal).reduce((best, at) =>
				counts.get(this.#hash(beginning.literal, at))! <
				counts.get(this.#hash(beginning.literal, best))!
					? at
					: best,
			);
			beginning.tellingAt = rarest;
			const key = this.#hash(beginning.literal, rarest);
			(this.#rows[key] ??= []).push(beginning);
			this.#isTelling[key] = 1;
		}
	}

	at(text: string, i: number): readonly Beginning[] | undefined {
		const key = this.#hash(text, i);
		return this.#isTelling[key] === 1 ? this.#rows[key] : undefined;
	}

	#placesIn(literal: string): number[] {
		const last = literal.charCodeAt(0) >= firstIdeograph ? 2 : this.sample;
		return Array.from({ length: Math.max(1, literal.length - last + 1) }, (_, at) => at);
	}

	#hash(text: string, at: number): number {
		const first = text.charCodeAt(at);
		const two = Math.imul(first, 961) + Math.imul(text.charCodeAt(at + 1), 217);
		if (this.sample === longSample) {
			return (
				(two + Math.imul(text.charCodeAt(at + 2), 127) + Math.imul(text.charCodeAt(at + 3), 5003)) &
				(tableSize - 1)
			);
		}
		return (
			(first >= firstIdeograph ? two : two + Math.imul(text.charCodeAt(at + 2), 127)) &
			(tableSize - 1)
		);
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
			(literal.length < shortSample && literal.charCodeAt(0) < firstIdeograph)
		) {
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
		return parse(text.slice(0, open), choiceNode(options));
	}
	const star = text.lastIndexOf('*');
	if (star < 0) return textNode(text, next);
	const isGap = text[star - 1] === ' ' || star === 0;
	const after = textNode(text.slice(star + 1), next);
	const gap: Node = { kind: isGap ? 'gap' : 'letters', next: after };
	return parse(text.slice(0, star), gap);
}

function choiceNode(options: readonly Node[]): Node {
	const firsts = options.map((option) => firstsOf(option));
	const codes = new Set(firsts.flatMap((first) => [...(first ?? [])]));
	const byFirst = new Map(
		[...codes].map((code) => [code, options.filter((_, i) => firsts[i]?.has(code) ?? true)]),
	);
	return { kind: 'choice', options, byFirst, others: options.filter((_, i) => !firsts[i]) };
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
