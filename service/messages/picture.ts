/** Kinds of picture that browsers show and that can do nothing else, by their first bytes: PNG (ISO/IEC 15948 §5.2), JPEG
 *  (ITU-T T.81 B.1.1.3), GIF (GIF89a §17), WebP (RFC 9649 §2.4). SVG is absent on purpose: it is a document with scripts. */
const signatures: readonly { type: string; at: number; bytes: string }[] = [
	{ type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
	{ type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
	{ type: 'image/gif', at: 0, bytes: 'GIF87a' },
	{ type: 'image/gif', at: 0, bytes: 'GIF89a' },
	{ type: 'image/webp', at: 8, bytes: 'WEBP' },
];

/** The kind of picture that these bytes are, whatever the mail says; undefined for anything else. */
export function pictureType(bytes: Uint8Array): string | undefined {
	const beginning = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
	return signatures.find(({ at, bytes: sign }) => beginning.startsWith(sign, at))?.type;
}
