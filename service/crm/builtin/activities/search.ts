/** The question to the full-text index for what somebody typed: all words, in any of the columns that people see, the last
 *  one also as a beginning ("berg" finds "Bergmann"). Signs of SQLite's FTS5 query language stand for themselves.
 *  @returns undefined when there is no word in it. */
export function matchFor(siteId: string, search: string): string | undefined {
	const words = search.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
	if (words.length === 0) return undefined;
	const quoted = words.slice(0, mostWords).map(quote);
	// Words that begin with one or two letters are in almost every mail, and slow to look up; not so with characters that are
	// words themselves.
	const last = words.at(-1) ?? '';
	const isBeginning = last.length > 2 || /[^\u0000-\u024f]/.test(last);
	const all = quoted.join(' AND ') + (isBeginning ? '*' : '');
	return `site_id : ${quote(siteId)} AND {subject people excerpt} : (${all})`;
}

const mostWords = 20;

function quote(word: string): string {
	return `"${word.replaceAll('"', '""')}"`;
}
