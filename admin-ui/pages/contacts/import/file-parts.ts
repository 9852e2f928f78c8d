/** Letters in a part; the service takes 500,000 at most. */
const partLength = 250_000;

/** The text of a file in parts for the upload, never cut inside a letter; one empty part for an empty text. */
export function partsOf(text: string, length = partLength): string[] {
	const parts: string[] = [];
	let from = 0;
	do {
		let until = Math.min(from + length, text.length);
		// A letter outside the basic plane is two code units, the first of them in this range.
		if (until < text.length && /[\uD800-\uDBFF]/.test(text.charAt(until - 1))) until -= 1;
		parts.push(text.slice(from, until));
		from = until;
	} while (from < text.length);
	return parts;
}

/** Reads a text file in the encodings that spreadsheets write: UTF-8, UTF-16 with its mark, else Windows-1252. */
export function textOf(bytes: Uint8Array): string {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes); // no valid UTF-8
	}
}
