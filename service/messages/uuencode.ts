/** A file that stands in the text of a mail, as before MIME (POSIX uuencode). */
export interface UuencodedFile {
	fileName: string;
	bytes: Buffer;
}

const mostFiles = 50;

/** Takes uuencoded files out of a text. A block without its end is left in the text.
 *  @returns the text without them, and the files */
export function takeUuencoded(text: string): { text: string; files: UuencodedFile[] } {
	const files: UuencodedFile[] = [];
	if (!/^begin [0-7]{3,4} \S/m.test(text)) return { text, files };
	const rest = text.replace(
		/^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{1,80}\n)*?)[ `]?\n?end[ \t]*$/gm,
		(whole, name: string, body: string) => {
			if (files.length >= mostFiles) return whole;
			files.push({ fileName: name.trim(), bytes: decode(body) });
			return '';
		},
	);
	return { text: rest.trim(), files };
}

function decode(body: string): Buffer {
	return Buffer.concat(
		body.split('\n').map((line) => {
			const length = valueOf(line.charCodeAt(0));
			if (line === '' || length === 0) return Buffer.alloc(0);
			const bytes: number[] = [];
			for (let at = 1; bytes.length < length; at += 4) {
				const [a, b, c, d] = [0, 1, 2, 3].map((i) => valueOf(line.charCodeAt(at + i)));
				bytes.push((a! << 2) | (b! >> 4), ((b! & 15) << 4) | (c! >> 2), ((c! & 3) << 6) | d!);
			}
			return Buffer.from(bytes.slice(0, length));
		}),
	);
}

/** Space and back quote are zero; what is missing at a line's end was spaces. */
function valueOf(code: number): number {
	return Number.isNaN(code) ? 0 : (code - 32) & 63;
}
