/** The most that the service takes, in characters or bytes. */
const longestMail = 900_000;

/** What is tried: a text that was pasted, or the bytes of a file, which need not be UTF-8. */
export type Attempt = { raw: string } | { rawBase64: string };

/** What of a pasted text is sent: empty lines before the header are taken away, and what is too long is cut off at the
 *  end, where a bounce has the returned copy. */
export function mailIn(text: string): { text: string; isCut: boolean } {
	const mail = text.replace(/^\uFEFF?(?:[ \t]*\r?\n)+/, '');
	return { text: mail.slice(0, longestMail), isCut: mail.length > longestMail };
}

/** What of a file is sent, byte for byte, and how it is shown: as UTF-8 where it is, else as Windows' Latin letters. */
export function mailInFile(bytes: Uint8Array): {
	text: string;
	isCut: boolean;
	attempt: Attempt;
} {
	const kept = bytes.subarray(0, longestMail);
	return {
		text: shown(kept),
		isCut: bytes.length > longestMail,
		attempt: { rawBase64: base64(kept) },
	};
}

function shown(bytes: Uint8Array): string {
	const text = new TextDecoder().decode(bytes);
	return text.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(bytes) : text;
}

/** In pieces: a function takes only so many arguments. */
function base64(bytes: Uint8Array): string {
	const pieceBytes = 32_768;
	let binary = '';
	for (let at = 0; at < bytes.length; at += pieceBytes) {
		binary += String.fromCharCode(...bytes.subarray(at, at + pieceBytes));
	}
	return btoa(binary);
}
