import { isUtf8 } from 'node:buffer';

/** How much of a text is looked at. */
const sampleBytes = 4_096;

/** Charsets of 8-bit texts without a declaration, in the order of trial, with what a real text in them is full of. */
const candidates: readonly { charset: string; isTypical: (code: number) => boolean }[] = [
	// Kana: hardly any Japanese sentence is without them.
	{ charset: 'euc-jp', isTypical: (code) => code >= 0x3040 && code <= 0x30ff },
	{ charset: 'shift_jis', isTypical: (code) => code >= 0x3040 && code <= 0x30ff },
	{ charset: 'euc-kr', isTypical: (code) => code >= 0xac00 && code <= 0xd7a3 },
	{ charset: 'gb18030', isTypical: (code) => code >= 0x4e00 && code <= 0x9fa5 },
	{ charset: 'big5', isTypical: (code) => code >= 0x4e00 && code <= 0x9fa5 },
];

/** Names the charset of bytes that declare none: UTF-8 where it is valid, else what the bytes look most like,
 *  windows-1252 (the web's default) in the end. */
export function guessCharset(bytes: Buffer): string {
	const sample = bytes.subarray(0, sampleBytes);
	const text = sample.toString('latin1');
	if (/\x1b\$[@B]|\x1b\([JI]/.test(text)) return 'iso-2022-jp';
	if (/\x1b\$\)C/.test(text)) return 'iso-2022-kr';
	if (isUtf8(bytes)) return 'utf-8';
	return guessDoubleByte(sample) ?? guessCyrillic(sample) ?? 'windows-1252';
}

function guessDoubleByte(sample: Buffer): string | undefined {
	const high = countBytes(sample, 0x80, 0xff);
	if (high < 6 || isScattered(sample, high)) return undefined;
	for (const { charset, isTypical } of candidates) {
		const text = new TextDecoder(charset).decode(sample);
		const share = typicalShare(text, isTypical);
		if (share.broken <= 1 && share.typical > (charset === 'gb18030' ? 0.75 : 0.35)) return charset;
	}
	return undefined;
}

/** Single letters with accents among plain ones, as Europeans write: read as pairs, “über” is a Chinese sign and “er”. */
function isScattered(sample: Buffer, high: number): boolean {
	const plain = countBytes(sample, 0x41, 0x5a) + countBytes(sample, 0x61, 0x7a);
	if (high > (high + plain) * 0.2) return false;
	let alone = 0;
	for (let at = 0; at < sample.length; at++) {
		const isHigh = sample[at]! >= 0x80;
		if (isHigh && (sample[at - 1] ?? 0) < 0x80 && (sample[at + 1] ?? 0) < 0x80) alone++;
	}
	return alone >= high * 0.6;
}

function typicalShare(text: string, isTypical: (code: number) => boolean) {
	let [foreign, typical, broken] = [0, 0, 0];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code < 128) continue;
		foreign++;
		if (code === 0xfffd) broken++;
		else if (isTypical(code)) typical++;
	}
	return { typical: typical / Math.max(1, foreign), broken };
}

/** Russian text is mostly high bytes; which half the small letters are in tells KOI8-R from windows-1251. */
function guessCyrillic(sample: Buffer): string | undefined {
	const high = countBytes(sample, 0xc0, 0xff);
	const letters = high + countBytes(sample, 0x41, 0x5a) + countBytes(sample, 0x61, 0x7a);
	if (high < 8 || high < letters * 0.4) return undefined;
	return countBytes(sample, 0xc0, 0xdf) > countBytes(sample, 0xe0, 0xff)
		? 'koi8-r'
		: 'windows-1251';
}

function countBytes(sample: Buffer, from: number, to: number): number {
	let count = 0;
	for (const byte of sample) if (byte >= from && byte <= to) count++;
	return count;
}
