/** What sentences about numbers are made of. English, as all that the service says. */

/** "a", "a and b", "a, b and c". */
export function inARow(parts: readonly string[]): string {
	return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** "1 mail", "1,240 mails". */
export function counted(count: number, one: string, many: string): string {
	return `${inFigures(count)} ${count === 1 ? one : many}`;
}

/** 1240 → "1,240". */
export function inFigures(count: number): string {
	return count.toLocaleString('en');
}
