import iconv from 'iconv-lite';
import { isUtf8 } from 'node:buffer';
import { guessCharset } from './guess-charset.ts';

/** Names that mails use for charsets which the Encoding Standard calls otherwise or would read too narrowly. */
const aliases: Readonly<Record<string, string>> = {
	'us-ascii': 'ascii',
	// As browsers do: programs that say Latin-1 mean Windows' superset of it.
	'iso-8859-1': 'windows-1252',
	latin1: 'windows-1252',
	cp1252: 'windows-1252',
	'iso-8859-8-i': 'iso-8859-8',
	'x-sjis': 'shift_jis',
	cp932: 'shift_jis',
	gb2312: 'gb18030',
	'gb_2312-80': 'gb18030',
	gbk: 'gb18030',
	'ks_c_5601-1987': 'euc-kr',
	ks_c_5601: 'euc-kr',
	cp949: 'euc-kr',
	'iso-2022-jp-1': 'iso-2022-jp',
	'iso-2022-jp-2': 'iso-2022-jp',
	'utf-8-strict': 'utf-8',
	'unicode-1-1-utf-7': 'utf-7',
};

const decoders = new Map<string, TextDecoder | null>();

/** Bytes as text (UTF-16).
 *  @param bytes one character a byte
 *  @param charset as the mail declares it; undefined, unknown or evidently wrong ones are guessed. Never throws. */
export function decodeBytes(bytes: string, charset: string | undefined): string {
	const declared = charset
		?.trim()
		.toLowerCase()
		.replace(/^["']|["']$/g, '');
	const name = declared ? (aliases[declared] ?? declared) : undefined;
	const isShifted = bytes.includes('\x1b') || name === 'utf-7' || name === 'hz-gb-2312';
	if (!isShifted && isSevenBit(bytes) && !name?.startsWith('utf-16')) return bytes;

	const buffer = Buffer.from(bytes, 'latin1');
	if (!name || name === 'ascii' || name === 'x-unknown' || name === '8bit') return guessed(buffer);
	if (name === 'utf-8' && !isUtf8(buffer) && !isCutUtf8(buffer)) return guessed(buffer);
	if (!isShifted && !name.startsWith('utf') && isEvidentlyUtf8(buffer)) {
		return buffer.toString('utf8');
	}
	return withCharset(buffer, name) ?? guessed(buffer);
}

function guessed(buffer: Buffer): string {
	return withCharset(buffer, guessCharset(buffer)) ?? buffer.toString('latin1');
}

function withCharset(buffer: Buffer, name: string): string | undefined {
	// Node 20's TextDecoder leaves the bytes 0x80 to 0x9f of windows-1252 undecoded.
	if (name === 'windows-1252') return iconv.decode(buffer, name);
	const decoder = decoderFor(name);
	if (decoder) return decoder.decode(buffer);
	return iconv.encodingExists(name) ? iconv.decode(buffer, name) : undefined;
}

function decoderFor(name: string): TextDecoder | null {
	let decoder = decoders.get(name);
	if (decoder === undefined) {
		// A mail can invent charset names without end; the cache must not grow with them.
		if (decoders.size > 200) decoders.clear();
		decoder = makeDecoder(name);
		decoders.set(name, decoder);
	}
	return decoder;
}

function makeDecoder(name: string): TextDecoder | null {
	if (name === 'hz-gb-2312' || name === 'replacement') return null;
	try {
		return new TextDecoder(name);
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}

/** Programs, and people who paste a mail, turn the bytes into UTF-8 and leave the header as it was. Text in another
 *  charset is UTF-8 only by a chance that is gone after a few words. */
function isEvidentlyUtf8(buffer: Buffer): boolean {
	if (!isUtf8(buffer)) return false;
	let high = 0;
	for (const byte of buffer) if (byte > 127) high++;
	return high >= 8 || (high >= 2 && buffer.includes(0xc3));
}

/** A UTF-8 text of which the last character was cut off, as in shortened mails. */
function isCutUtf8(buffer: Buffer): boolean {
	return [1, 2, 3].some((cut) => buffer.length > cut && isUtf8(buffer.subarray(0, -cut)));
}

const eightBit = /[\u0080-\uffff]/;

/** True for text without any byte above 127. The engine looks for one three times as fast as a loop does. */
function isSevenBit(text: string): boolean {
	return !eightBit.test(text);
}
