/** Signs that are not seen or that turn the order of letters (Unicode bidirectional controls), with which "exe.gpj" is shown as
 *  "jpg.exe"; and control characters. */
const unseen = /[\p{Cc}\p{Cf}\u2028\u2029\u115f\u1160\u3164\uffa0]/gu;

/** An attachment's name as it is safe to show and to save: one line, no unseen signs, no way into another folder. */
export function safeFileName(name: string): string {
	const plain = name
		.normalize('NFC')
		.replace(unseen, '')
		.replace(/[/\\:*?"<>|]+/g, '_')
		.replace(/\s+/g, ' ')
		.replace(/^[.\s]+|[.\s]+$/g, '');
	const ending = /\.[^.]{1,12}$/.exec(plain)?.[0] ?? '';
	return plain.slice(0, 150 - ending.length) + (plain.length > 150 ? ending : '') || 'attachment';
}

/** The ending by which a computer would open a file, in lower case without its dot: what is left after all that systems ignore
 *  at the end of names. "Invoice.pdf.exe . " → "exe". Empty when there is none. */
export function endingOf(name: string): string {
	const plain = name
		.normalize('NFKC')
		.replace(unseen, '')
		// "a.exe:stream" and "a.exe::$DATA" are a.exe to Windows.
		.replace(/:.*$/, '')
		.replace(/[.\s]+$/, '');
	return /\.([^./\\\s]+)$/.exec(plain)?.[1]?.toLowerCase() ?? '';
}
