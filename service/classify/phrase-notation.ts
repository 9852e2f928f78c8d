/** The notation of phrases, read into steps that are searched for. */

/** A step of a phrase. All steps have all members: one shape of object makes the search twice as fast. */
export class Node {
	readonly kind: 'text' | 'choice' | 'gap' | 'letters' | 'end';
	/** Of a text: what must stand here, with and without the space before it. */
	readonly literal: string;
	readonly withoutSpace: string;
	/** What follows; a choice's options know for themselves, and the end is followed by itself. */
	readonly next: Node;
	/** Of a choice. */
	readonly options: readonly Node[];
	readonly byFirst: ByFirst<Node>;
	/** Of a gap: the characters that can end it; undefined when any can. */
	readonly starts: ReadonlySet<number> | undefined;
	/** Of a gap: the word beginnings of which one must stand in the text; undefined when it can be any. */
	readonly begins: readonly number[] | undefined;

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
		this.byFirst = options.length > 0 ? new ByFirst(options, firstsOf) : nothing;
		this.starts = kind === 'gap' || kind === 'letters' ? firstsOf(this.next) : undefined;
		this.begins = kind === 'gap' ? wordBeginningsOf(this.next) : undefined;
	}
}

/** Things sorted by the character that they may begin with. */
export class ByFirst<Thing> {
	/** Character code → the things that may begin so, in their order; `others` may begin with any. */
	readonly #byCode: ReadonlyMap<number, readonly Thing[]>;
	readonly #others: readonly Thing[];
	/** Bits of the characters in the map: most texts have another one, and need no look into it. */
	readonly #codes: number;

	constructor(things: readonly Thing[], firsts: (thing: Thing) => ReadonlySet<number> | undefined) {
		const each = things.map((thing) => firsts(thing));
		const codes = new Set(each.flatMap((first) => [...(first ?? [])]));
		this.#byCode = new Map(
			[...codes].map((code) => [code, things.filter((_, i) => each[i]?.has(code) ?? true)]),
		);
		this.#others = things.filter((_, i) => !each[i]);
		this.#codes = [...codes].reduce((bits, code) => bits | bitOf(code), 0);
	}

	/** All that may begin with the character. */
	at(code: number): readonly Thing[] {
		if ((this.#codes & bitOf(code)) === 0) return this.#others;
		return this.#byCode.get(code) ?? this.#others;
	}

	/** The characters of all; undefined when some may begin with any. */
	get codes(): Set<number> | undefined {
		return this.#others.length > 0 ? undefined : new Set(this.#byCode.keys());
	}
}

/** One of 32 bits for a character. */
function bitOf(code: number): number {
	return 1 << (code & 31);
}

const nothing = new ByFirst<Node>([], () => undefined);

const longestGap = 50;
const longestEnding = 24;
/** Chinese, Japanese, Korean and their neighbours: characters that stand without spaces. */
export const firstIdeograph = 0x0e00;
/** Beginnings are unrolled until they are this long, so that few places of a text need a second look. */
const wantedBeginning = 6;

/** The ways in which a phrase can begin: some characters that must stand there, and the steps after them.
 *  @throws Error when the phrase begins with too little to search for; a fault of whoever wrote it */
export function beginningsOf(text: string): { literal: string; rest: Node }[] {
	const found: { literal: string; rest: Node }[] = [];
	const unroll = (node: Node, literal: string): void => {
		if (node.kind === 'text' && literal.length < wantedBeginning) {
			unroll(node.next, literal + (literal.endsWith(' ') ? node.withoutSpace : node.literal));
		} else if (node.kind === 'choice' && literal.length < wantedBeginning) {
			for (const option of node.options) unroll(option, literal);
		} else if (node.kind === 'gap' && isTooShort(literal) && !isTooShort(`${literal} `)) {
			found.push({ literal: `${literal} `, rest: node });
		} else if (isTooShort(literal)) {
			throw new Error(`The phrase “${text}” begins with too little to search for.`);
		} else found.push({ literal, rest: node });
	};
	unroll(parse(text.replace(/\s+/g, ' ')), '');
	return found;
}

function isTooShort(literal: string): boolean {
	const isIdeographic = literal.charCodeAt(0) >= firstIdeograph;
	return literal.trim().length < 2 || (literal.length < 3 && !isIdeographic);
}

/** A text that is searched, and which words it has, by their first three characters: most phrases with a gap go on with
 *  words that stand nowhere in the text. */
export class Searched {
	readonly text: string;
	#words: Uint32Array | undefined;

	constructor(text: string) {
		this.text = text;
	}

	/** False if none of the words is in the text. */
	hasOneOf(keys: readonly number[]): boolean {
		this.#words ??= wordsIn(this.text);
		for (let i = 0; i < keys.length; i++) {
			const key = keys[i]!;
			if ((this.#words[key >> 5]! >>> (key & 31)) & 1) return true;
		}
		return false;
	}
}

const wordKeys = 2_048;

function wordsIn(text: string): Uint32Array {
	const words = new Uint32Array(wordKeys / 32);
	let wasWord = false;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		const isWord = isWordCharacter(code);
		if (!(isWord && wasWord) && code !== 32) {
			const key = wordKey(text, i);
			words[key >> 5]! |= 1 << (key & 31);
		}
		wasWord = isWord;
	}
	return words;
}

function wordKey(text: string, at: number): number {
	const two = Math.imul(text.charCodeAt(at), 961) + Math.imul(text.charCodeAt(at + 1), 217);
	return (two + Math.imul(text.charCodeAt(at + 2), 127)) & (wordKeys - 1);
}

/** Keys of the first three characters of everything that a match of the node can begin with after a gap; undefined when
 *  it can be shorter or stand within a run of ideographs. */
function wordBeginningsOf(node: Node): number[] | undefined {
	const keys = new Set<number>();
	const unroll = (current: Node, literal: string): boolean => {
		if (literal.length >= 3) {
			keys.add(wordKey(literal, 0));
			return literal.charCodeAt(0) < firstIdeograph;
		}
		if (current.kind === 'choice') return current.options.every((one) => unroll(one, literal));
		if (current.kind !== 'text') return false;
		const isAfterSpace = literal === '' || literal.endsWith(' ');
		return unroll(current.next, literal + (isAfterSpace ? current.withoutSpace : current.literal));
	};
	return unroll(node, '') ? [...keys] : undefined;
}

/** Where a match of `node` that begins at `at` ends, or -1. */
export function endOf(node: Node, searched: Searched, at: number): number {
	const { text } = searched;
	let [step, position] = [node, at];
	while (step.kind === 'text') {
		const literal = text.charCodeAt(position - 1) === 32 ? step.withoutSpace : step.literal;
		if (!standsAt(text, literal, position)) return -1;
		position += literal.length;
		step = step.next;
	}
	switch (step.kind) {
		case 'end':
			return isBoundary(text, position) ? position : -1;
		case 'choice':
			for (const option of step.byFirst.at(text.charCodeAt(position))) {
				const end = endOf(option, searched, position);
				if (end >= 0) return end;
			}
			return -1;
		case 'gap':
			return endAfterGap(step, searched, position);
		case 'letters':
			return endAfterLetters(step, searched, position);
	}
}

function endAfterGap({ begins, starts, next }: Node, searched: Searched, at: number): number {
	const { text } = searched;
	if (!isBoundary(text, at)) return -1;
	if (begins && !searched.hasOneOf(begins)) return -1;
	const last = Math.min(at + longestGap, text.length - 1);
	for (let i = at; i <= last; i++) {
		if (!isBoundary(text, i) || (starts && !starts.has(text.charCodeAt(i)))) continue;
		const end = endOf(next, searched, i);
		if (end >= 0) return end;
	}
	return -1;
}

function endAfterLetters({ next }: Node, searched: Searched, at: number): number {
	const { text } = searched;
	const last = Math.min(at + longestEnding, text.length);
	for (let i = at; i <= last; i++) {
		const end = endOf(next, searched, i);
		if (end >= 0) return end;
		if (!isLetter(text.charCodeAt(i))) return -1;
	}
	return -1;
}

/** `text.startsWith(literal, at)`; most comparisons end at the first or second character, where this is faster. */
export function standsAt(text: string, literal: string, at: number): boolean {
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

export function isWordCharacter(code: number): boolean {
	if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
	return code >= 0xc0 && code < firstIdeograph;
}

function isLetter(code: number): boolean {
	return isWordCharacter(code) || code >= firstIdeograph;
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
	const isGap = text[star - 1] === ' ';
	const after = textNode(text.slice(star + 1), next);
	const gap = new Node(isGap ? 'gap' : 'letters', { next: after });
	// A gap begins where a word ends: at a space, a comma, a bracket.
	return parse(text.slice(0, isGap ? star - 1 : star), gap);
}

/** The characters that a match of the node can begin with; undefined when it can be any. */
export function firstsOf(node: Node): Set<number> | undefined {
	if (node.kind === 'text') {
		const first = new Set([node.literal.charCodeAt(0)]);
		if (node.literal === node.withoutSpace) return first;
		// After a space the node's own is not there any more.
		const then =
			node.withoutSpace === '' ? firstsOf(node.next) : new Set([node.withoutSpace.charCodeAt(0)]);
		return then && new Set([...first, ...then]);
	}
	return node.kind === 'choice' ? node.byFirst.codes : undefined;
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
