/** Expressions as CiviCRM and phpList store them are PCRE's (pcre2pattern). What only PCRE knows is written here in the
 *  words of the engine that will run it. */
export type Engine = 're2' | 'v8';

/** What PCRE can and neither of our engines: the reason is a sentence for people. */
export class OnlyInPcre extends Error {
	/** Where it stands in the expression, from 0. */
	readonly at: number;

	constructor(message: string, at: number) {
		super(message);
		this.name = 'OnlyInPcre';
		this.at = at;
	}
}

/** The same expression for an engine: `\h`, `\R`, `\Q…\E`, `\A`, POSIX classes, comments, named groups, flags in front,
 *  atomic groups and possessive repetitions. What is wrong in PCRE, too, stays for the engine to refuse.
 *  @throws OnlyInPcre for recursion, conditions and the like */
export function writtenFor(engine: Engine, expression: string): string {
	const writer = new Writer(engine, expression);
	return writer.whole();
}

/** PCRE's classes within square brackets, as ranges. */
const posixClasses: Readonly<Record<string, string>> = {
	alnum: '0-9A-Za-z',
	alpha: 'A-Za-z',
	blank: ' \\t',
	cntrl: '\\x00-\\x1f\\x7f',
	digit: '0-9',
	graph: '\\x21-\\x7e',
	lower: 'a-z',
	print: '\\x20-\\x7e',
	punct: '!-\\/:-@\\[-`{-~',
	space: '\\s',
	upper: 'A-Z',
	word: '\\w',
	xdigit: '0-9A-Fa-f',
};

/** Escapes that stand for a set of characters. */
const sets: Readonly<Record<string, string>> = {
	h: ' \\t\\xa0',
	v: '\\n\\x0b\\f\\r',
};

const places: Readonly<Record<string, Readonly<Record<Engine, string>>>> = {
	A: { re2: '\\A', v8: '(?<![\\s\\S])' },
	z: { re2: '\\z', v8: '(?![\\s\\S])' },
	// re2 has no look-ahead and leaves this one to V8.
	Z: { re2: '(?=\\n?\\z)', v8: '(?=\\n?(?![\\s\\S]))' },
};

const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})/;

class Writer {
	readonly #engine: Engine;
	readonly #text: string;
	#at = 0;
	/** Capturing groups written; and which of them the groups of the expression have become. */
	#written = 0;
	readonly #groups: number[] = [];
	#dotIsAnything = false;

	constructor(engine: Engine, text: string) {
		this.#engine = engine;
		this.#text = text;
	}

	whole(): string {
		let written = this.#alternation();
		while (this.#at < this.#text.length) {
			// A bracket that closes nothing: the engine refuses it.
			written += this.#take(1) + this.#alternation();
		}
		return written;
	}

	#alternation(): string {
		let written = this.#sequence();
		while (this.#text[this.#at] === '|') written += this.#take(1) + this.#sequence();
		return written;
	}

	#sequence(): string {
		let written = '';
		while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at]!)) {
			const before = this.#written;
			const atom = this.#atom();
			const repeat = quantifier.exec(this.#text.slice(this.#at, this.#at + 20))?.[0] ?? '';
			this.#at += repeat.length;
			const isPossessive = repeat !== '' && this.#text[this.#at] === '+';
			if (isPossessive) this.#at += 1;
			written += isPossessive ? this.#atomic(atom + repeat, before) : atom + repeat;
		}
		return written;
	}

	/** What was matched once is not given back: JavaScript has no such group, but its look-ahead has the same effect.
	 *  @param before groups that had been written before the body */
	#atomic(body: string, before: number): string {
		this.#written += 1;
		for (const [i, group] of this.#groups.entries()) {
			if (group > before) this.#groups[i] = group + 1;
		}
		return `(?=(${body}))\\${before + 1}`;
	}

	#atom(): string {
		switch (this.#text[this.#at]) {
			case '(':
				return this.#group();
			case '[':
				return this.#set();
			case '\\':
				return this.#escape();
			case '.':
				this.#at += 1;
				return this.#dotIsAnything ? '[\\s\\S]' : '.';
			default:
				return this.#take(1);
		}
	}

	#group(): string {
		const start = this.#at;
		const rest = this.#text.slice(start, start + 60);
		if (rest.startsWith('(?#')) return this.#comment();
		if (/^\(\?(?:R|\d|[+-]\d|&|P>|\()|^\(\*/.test(rest)) {
			throw new OnlyInPcre('recursion, conditions and control verbs are not supported', start);
		}
		const flags = /^\(\?([a-z]*)(?:-[a-z]+)?(:|\))/i.exec(rest);
		if (flags) return this.#flags(flags);

		const back = /^\(\?P=(\w+)\)/.exec(rest);
		if (back) return this.#instead(back[0], `\\k<${back[1]}>`);
		const before = this.#written;
		const named = /^\(\?(?:P?<(?![=!])(\w+)>|'(\w+)')/.exec(rest);
		const open = named?.[0] ?? /^\(\?(?:>|\||[=!]|<[=!])/.exec(rest)?.[0] ?? '(';
		this.#at += open.length;
		if (named || open === '(') this.#groups.push((this.#written += 1));
		const body = this.#scope();
		const close = this.#take(1);
		if (open === '(?>') return this.#atomic(body, before);
		if (named) return `(?<${named[1] ?? named[2]}>${body}${close}`;
		return `${open === '(?|' ? '(?:' : open}${body}${close}`;
	}

	/** Flags in a group end with it. */
	#scope(): string {
		const outside = this.#dotIsAnything;
		const body = this.#alternation();
		this.#dotIsAnything = outside;
		return body;
	}

	/** Case and line ends are as they are for all expressions; `s` is written out. */
	#flags([whole, flags = '', end]: RegExpExecArray): string {
		if (/[xUA-HK-Z]/.test(flags)) {
			throw new OnlyInPcre(`the flag “${flags}” is not supported`, this.#at);
		}
		const outside = this.#dotIsAnything;
		this.#at += whole.length;
		if (flags.includes('s')) this.#dotIsAnything = true;
		if (end === ')') return '';
		const body = this.#alternation();
		this.#dotIsAnything = outside;
		return `(?:${body}${this.#take(1)}`;
	}

	#comment(): string {
		const end = this.#text.indexOf(')', this.#at);
		this.#at = end < 0 ? this.#text.length : end + 1;
		return '';
	}

	#set(): string {
		let written = this.#take(1);
		if (this.#text[this.#at] === '^') written += this.#take(1);
		if (this.#text[this.#at] === ']') written += `\\${this.#take(1)}`;
		while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
			const posix = /^\[:(\^?)(\w+):\]/.exec(this.#text.slice(this.#at, this.#at + 20));
			const ranges = posix && !posix[1] && posixClasses[posix[2]!];
			if (ranges) written += this.#instead(posix[0], ranges);
			else if (this.#text[this.#at] === '[') written += `\\${this.#take(1)}`;
			else if (this.#text[this.#at] === '\\') written += this.#escapeInSet();
			else written += this.#take(1);
		}
		return written + this.#take(1);
	}

	#escapeInSet(): string {
		const set = sets[this.#text[this.#at + 1] ?? ''];
		if (set) return this.#instead('\\h', set);
		return this.#character() ?? this.#take(2);
	}

	#escape(): string {
		const letter = this.#text[this.#at + 1] ?? '';
		const set = sets[letter.toLowerCase()];
		if (set)
			return this.#instead('\\h', letter === letter.toLowerCase() ? `[${set}]` : `[^${set}]`);
		const place = places[letter];
		if (place) return this.#instead('\\A', place[this.#engine]);
		switch (letter) {
			case 'R':
				return this.#instead('\\R', '(?:\\r\\n|[\\n\\x0b\\f\\r])');
			case 'N':
				return this.#instead('\\N', '[^\\n]');
			case 'Q':
				return this.#quoted();
			case 'E':
				return this.#instead('\\E', '');
			case 'G':
			case 'K':
			case 'X':
			case 'C':
				throw new OnlyInPcre(`“\\${letter}” is not supported`, this.#at);
		}
		return this.#character() ?? this.#reference() ?? this.#take(2);
	}

	/** `\x{1F}`, which JavaScript writes `\u001F`, and two letters for control characters. */
	#character(): string | undefined {
		const rest = this.#text.slice(this.#at, this.#at + 12);
		if (rest.startsWith('\\a')) return this.#instead('\\a', '\\x07');
		if (rest.startsWith('\\e')) return this.#instead('\\e', '\\x1b');
		const hex = /^\\x\{([0-9a-f]{1,4})\}/i.exec(rest);
		if (!hex || this.#engine === 're2') return undefined;
		return this.#instead(hex[0], `\\u${hex[1]!.padStart(4, '0')}`);
	}

	/** `\1`, `\g{1}`, `\g{-1}`, `\k{name}`: the groups may have other numbers here. */
	#reference(): string | undefined {
		const rest = this.#text.slice(this.#at, this.#at + 60);
		const named = /^\\[gk](?:\{([a-z_]\w*)\}|<(\w+)>|'(\w+)')/i.exec(rest);
		if (named) return this.#instead(named[0], `\\k<${named[1] ?? named[2] ?? named[3]}>`);
		const numbered = /^\\(?:([1-9])(?!\d)|g(-?\d{1,2})|g\{(-?\d{1,2})\})/.exec(rest);
		if (!numbered) return undefined;
		const number = Number(numbered[1] ?? numbered[2] ?? numbered[3]);
		const group = number < 0 ? this.#groups.at(number) : this.#groups[number - 1];
		return this.#instead(numbered[0], `(?:\\${group ?? number})`);
	}

	#quoted(): string {
		const start = this.#at + 2;
		const end = this.#text.indexOf('\\E', start);
		const literal = this.#text.slice(start, end < 0 ? undefined : end);
		this.#at = end < 0 ? this.#text.length : end + 2;
		return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
	}

	#instead(source: string, written: string): string {
		this.#at += source.length;
		return written;
	}

	#take(length: number): string {
		const taken = this.#text.slice(this.#at, this.#at + length);
		this.#at += length;
		return taken;
	}
}
