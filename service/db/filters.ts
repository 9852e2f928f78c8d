import { sql } from 'kysely';
import type { SqlBool } from 'kysely';

/** A condition: the column's text contains the words, in any case; `%` and `_` stand for themselves. */
export function contains(column: string, words: string) {
	const pattern = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
	return sql<SqlBool>`${sql.ref(column)} like ${pattern} escape '\\'`;
}

/** Milliseconds at which a day ("2026-05-03", UTC) begins. */
export function startOfDay(day: string): number {
	return Date.parse(`${day}T00:00:00Z`);
}

/** Milliseconds at which the day after begins. */
export function dayAfter(day: string): number {
	return startOfDay(day) + 24 * 60 * 60 * 1000;
}
