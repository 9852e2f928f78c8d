/** What differs from one bounce to the next: addresses and IP addresses, identifiers (letters and digits mixed), numbers. */
const variableParts =
	/(<?[^\s<>"'()]+@[^\s<>"'()]+>?|\b\d{1,3}(?:\.\d{1,3}){3}\b)|(\b(?=[a-z]*\d)(?=\d*[a-z])\w{8,}\b)|(\b\d{4,}\b)/gi;
const wildcards = ['\\S+', '\\w+', '\\d+'];

/** An expression that finds the same words in other bounces: letters are taken literally, addresses, identifiers and long
 *  numbers become wildcards, any white space is one space. "" for no words. */
export function expressionFor(words: string): string {
	const text = words.trim().replace(/\s+/g, ' ');
	let expression = '';
	let done = 0;
	for (const match of text.matchAll(variableParts)) {
		const kind = match.slice(1).findIndex((part) => part !== undefined);
		expression += literally(text.slice(done, match.index)) + wildcards[kind];
		done = match.index + match[0].length;
	}
	return expression + literally(text.slice(done));
}

function literally(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Where a sentence of the service says that an expression is wrong: "… at character 7 …" → 7, counted from 1. */
export function wrongAt(sentence: string): number | undefined {
	const place = /at character (\d+)/.exec(sentence)?.[1];
	return place ? Number(place) : undefined;
}
