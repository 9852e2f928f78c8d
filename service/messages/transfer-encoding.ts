/** Undoes Content-Transfer-Encoding (RFC 2045 §6). Bytes go in and out as Latin-1 text, one character a byte. */
export function decodeTransfer(body: string, encoding: string | undefined): string {
	switch (encoding?.trim().toLowerCase()) {
		case 'quoted-printable':
			return decodeQuotedPrintable(body);
		case 'base64':
			return decodeBase64(body);
		default:
			return body;
	}
}

/** RFC 2045 §6.7. What is no valid escape stays as it is. */
export function decodeQuotedPrintable(text: string): string {
	if (!text.includes('=')) return text;
	let decoded = '';
	let end = 0;
	for (let at = text.indexOf('='); at >= 0; at = text.indexOf('=', at + 1)) {
		const code = hexByte(text.charCodeAt(at + 1), text.charCodeAt(at + 2));
		if (code >= 0) {
			decoded += text.slice(end, at) + String.fromCharCode(code);
			end = at + 3;
		} else {
			const softBreak = /^=[ \t]{0,20}(?:\n|$)/.exec(text.slice(at, at + 22));
			if (!softBreak) continue;
			decoded += text.slice(end, at);
			end = at + softBreak[0].length;
		}
		at = end - 1;
	}
	return decoded + text.slice(end);
}

/** RFC 2045 §6.8. Foreign characters are skipped, missing padding is forgiven. */
export function decodeBase64(text: string): string {
	return Buffer.from(text, 'base64').toString('latin1');
}

function hexByte(high: number, low: number): number {
	const [h, l] = [hexDigit(high), hexDigit(low)];
	return h < 0 || l < 0 ? -1 : h * 16 + l;
}

function hexDigit(code: number): number {
	if (code >= 48 && code <= 57) return code - 48;
	const lower = code | 32;
	return lower >= 97 && lower <= 102 ? lower - 87 : -1;
}
