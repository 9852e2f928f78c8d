import { decodeBytes } from './charset.ts';
import { decodeBase64, decodeQuotedPrintable } from './transfer-encoding.ts';

/** An encoded word has at most 75 characters (RFC 2047 §2); programs that write longer ones are read up to here. */
const encodedWord = /=\?([^?\s]{1,60})\?([bq])\?([^?\n]{0,4000})\?=/gi;

/** Decodes the encoded words in a header value (RFC 2047, with the language tag of RFC 2231 §5). Words of one charset
 *  that stand side by side are joined before decoding: a character may be cut in two. What can't be decoded stays. */
export function decodeWords(value: string): string {
	let decoded = '';
	let end = 0;
	let waiting: { charset: string; bytes: string } | undefined;
	const flush = () => {
		if (waiting) decoded += decodeBytes(waiting.bytes, waiting.charset);
		waiting = undefined;
	};

	for (const match of value.matchAll(encodedWord)) {
		const between = value.slice(end, match.index);
		const charset = match[1]!.split('*')[0]!.toLowerCase();
		if (!waiting || between.trim() !== '' || waiting.charset !== charset) {
			const joins = waiting && between.trim() === '';
			flush();
			if (!joins) decoded += between;
			waiting = { charset, bytes: '' };
		}
		waiting.bytes += bytesOf(match[2]!, match[3]!);
		end = match.index + match[0].length;
	}
	flush();
	return decoded + value.slice(end);
}

function bytesOf(encoding: string, text: string): string {
	if (encoding.toLowerCase() === 'b') return decodeBase64(text);
	return decodeQuotedPrintable(text.replaceAll('_', ' '));
}
