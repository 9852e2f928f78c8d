import { sql } from 'kysely';
import type { SqlBool } from 'kysely';

/** How words are looked for in a text. */
export type TextMatch = 'is' | 'contains' | 'starts' | 'ends';

/** A condition: the column's text contains the words, in any case; `%` and `_` stand for themselves. */
export function contains(column: string, words: string) {
	return textMatches(column, 'contains', words);
}

/** A condition: the column's text is, contains, starts or ends with the words, in any case. SQLite's `like` knows the cases
 *  of A to Z only, so words with other letters are looked for by `glob`, with both cases of each letter. */
export function textMatches(column: string, how: TextMatch, words: string) {
	const opens = how === 'contains' || how === 'ends';
	const goesOn = how === 'contains' || how === 'starts';
	const around = (any: string, pattern: string) =>
		`${opens ? any : ''}${pattern}${goesOn ? any : ''}`;
	if (isAscii.test(words)) {
		const pattern = around('%', words.replace(/[\\%_]/g, '\\$&'));
		return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
	}
	const pattern = around('*', [...words].map(inBothCases).join(''));
	return sql<SqlBool>`${sql.ref(column)} glob ${pattern}`;
}

const isAscii = /^[\x20-\x7e]*$/;

/** One character for `glob`: "[äÄ]"; what has a meaning there stands in brackets too. */
function inBothCases(character: string): string {
	const cases = new Set([character, character.toLowerCase(), character.toUpperCase()]);
	const single = [...cases].filter((one) => [...one].length === 1);
	return single.length > 1 || '*?['.includes(character) ? `[${single.join('')}]` : character;
}

/** Milliseconds at which a day ("2026-05-03", UTC) begins. */
export function startOfDay(day: string): number {
	return Date.parse(`${day}T00:00:00Z`);
}

/** Milliseconds at which the day after begins. */
export function dayAfter(day: string): number {
	return startOfDay(day) + 24 * 60 * 60 * 1000;
}
