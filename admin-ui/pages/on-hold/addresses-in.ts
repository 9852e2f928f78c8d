/** The e-mail addresses that somebody typed or pasted, each once, in lower case: one in a line, or between commas, semicolons
 *  or spaces; of "Anna Berg <anna@example.org>" the address. What is none is in the list too, so that it can be named. */
export function addressesIn(text: string): string[] {
	const found = text
		.split(/[\n,;]+/)
		.flatMap((item) => /<([^<>]*)>/.exec(item)?.[1] ?? item.split(/\s+/))
		.map((item) => item.trim().toLowerCase())
		.filter((item) => item !== '');
	return [...new Set(found)];
}
