/** Shorter pieces of text stand in too many mails to be worth a look. */
const shortestWord = 3;

/** Words of which a text must contain at least one, in lower case, or the expression cannot match it; undefined when there
 *  is no such list. A look for words is many times faster than the expression, and most mails have none of them.
 *  Errs on the safe side: what it does not understand ends a word. */
export function requiredWords(expression: string): string[] | undefined {
	if (!/^[\x20-\x7e]*$/.test(expression) || /\(\?(?!:)/.test(expression)) return undefined;
	const reader = { text: expression, at: 0 };
	const words = alternation(reader);
	return reader.at === expression.length ? words : undefined;
}

interface Reader {
	text: string;
	at: number;
}

/** a|b|c: one word of each branch; nothing if a branch has none. */
function alternation(reader: Reader): string[] | undefined {
	const branches = [sequence(reader)];
	while (reader.text[reader.at] === '|') {
		reader.at += 1;
		branches.push(sequence(reader));
	}
	return branches.every((branch) => branch !== undefined) ? branches.flat() : undefined;
}

/** The best choice among the runs of letters and the groups that stand one after another. */
function sequence(reader: Reader): string[] | undefined {
	let best: string[] | undefined;
	let run = '';
	const offer = (words: string[] | undefined) => {
		if (words && worth(words) > worth(best)) best = words;
	};
	const endRun = () => {
		offer(run.length >= shortestWord ? [run] : undefined);
		run = '';
	};

	while (reader.at < reader.text.length && !'|)'.includes(reader.text[reader.at]!)) {
		const piece = atom(reader);
		const repetition = repeat(reader);
		if (typeof piece === 'string' && repetition === 'once') {
			run += piece;
			continue;
		}
		if (typeof piece === 'string' && repetition === 'often') run += piece;
		endRun();
		if (Array.isArray(piece) && repetition !== 'perhaps') offer(piece);
	}
	endRun();
	return best;
}

/** A letter, the words of a group, or undefined for what may be anything. */
function atom(reader: Reader): string | string[] | undefined {
	const character = reader.text[reader.at]!;
	reader.at += 1;
	if (character === '(') {
		if (reader.text.startsWith('?:', reader.at)) reader.at += 2;
		const words = alternation(reader);
		reader.at += 1;
		return words;
	}
	if (character === '[') {
		skipSet(reader);
		return undefined;
	}
	if (character === '\\') {
		const escaped = reader.text[reader.at] ?? '';
		reader.at += 1;
		return /[^A-Za-z0-9]/.test(escaped) ? escaped.toLowerCase() : undefined;
	}
	return '.^$'.includes(character) ? undefined : character.toLowerCase();
}

/** A bracket that closes stands for itself where a set begins. */
function skipSet(reader: Reader): void {
	if (reader.text[reader.at] === '^') reader.at += 1;
	if (reader.text[reader.at] === ']') reader.at += 1;
	while (reader.at < reader.text.length && reader.text[reader.at] !== ']') {
		reader.at += reader.text[reader.at] === '\\' ? 2 : 1;
	}
	reader.at += 1;
}

function repeat(reader: Reader): 'once' | 'often' | 'perhaps' {
	const [whole, minimum] = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})[?+]?/.exec(
		reader.text.slice(reader.at, reader.at + 20),
	) ?? [''];
	reader.at += whole.length;
	if (whole === '') return 'once';
	const isSure = minimum === undefined ? whole.startsWith('+') : Number(minimum) > 0;
	return isSure ? 'often' : 'perhaps';
}

/** A list is as good as its shortest word, and better the shorter it is. */
function worth(words: string[] | undefined): number {
	return words ? Math.min(...words.map(({ length }) => length)) - words.length / 100 : 0;
}
