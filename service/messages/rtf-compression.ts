/** Decompressed RTF that is read at most: as RTF, a page of text has some ten kilobytes. */
const mostRtf = 4 * 1024 * 1024;

const headerBytes = 16;
const compressed = 0x75465a4c; // "LZFu"
const uncompressed = 0x414c454d; // "MELA"
const dictionaryBytes = 4096;

/** What the dictionary holds at the beginning (MS-OXRTFCP §2.1.2.1). */
const preset = Buffer.from(
	'{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
	'latin1',
);

/** Decompresses what Outlook calls PidTagRtfCompressed (MS-OXRTFCP §2.1.3). Believes no length that it is told; linear; never
 *  throws.
 *  @returns the RTF as far as it could be read; `isWhole` is false when it breaks off or its sum is wrong */
export function decompressRtf(bytes: Buffer): { rtf: Buffer; isWhole: boolean } {
	const nothing = { rtf: Buffer.alloc(0), isWhole: false };
	if (bytes.length < headerBytes) return nothing;
	// The first length counts what follows it.
	const end = Math.min(bytes.length, bytes.readUInt32LE(0) + 4);
	const claimed = bytes.readUInt32LE(4);
	const content = bytes.subarray(headerBytes, Math.max(headerBytes, end));
	switch (bytes.readUInt32LE(8)) {
		case uncompressed: {
			const rtf = content.subarray(0, Math.min(claimed, mostRtf));
			return { rtf, isWhole: rtf.length === claimed };
		}
		case compressed: {
			const isSound = checksum(content) === bytes.readUInt32LE(12);
			const rtf = unpack(content, Math.min(claimed, mostRtf));
			return { rtf, isWhole: isSound && rtf.length === claimed };
		}
		default:
			return nothing;
	}
}

/** Each control byte announces eight items, lowest bit first: a byte, or two bytes that point into the last 4 kB: twelve bits
 *  where, four bits how many. A pointer to where the next byte goes ends it. */
function unpack(content: Buffer, most: number): Buffer {
	// Two bytes give 17 at most.
	const out = Buffer.alloc(Math.min(most, content.length * 9));
	const dictionary = Buffer.alloc(dictionaryBytes);
	preset.copy(dictionary);
	let write = preset.length;
	let length = 0;
	const put = (byte: number) => {
		dictionary[write] = byte;
		write = (write + 1) % dictionaryBytes;
		out[length++] = byte;
	};
	let at = 0;
	while (at < content.length) {
		const control = content[at++]!;
		for (let bit = 0; bit < 8; bit++) {
			if (length >= out.length || at >= content.length) return out.subarray(0, length);
			if (((control >> bit) & 1) === 0) {
				put(content[at++]!);
				continue;
			}
			if (at + 2 > content.length) return out.subarray(0, length);
			const pointer = content.readUInt16BE(at);
			at += 2;
			const from = pointer >> 4;
			if (from === write) return out.subarray(0, length);
			const count = Math.min((pointer & 15) + 2, out.length - length);
			for (let n = 0; n < count; n++) put(dictionary[(from + n) % dictionaryBytes]!);
		}
	}
	return out.subarray(0, length);
}

/** The sum of MS-OXRTFCP §2.1.3.2: a CRC-32 that begins with zero and is not inverted in the end. */
function checksum(bytes: Buffer): number {
	let sum = 0;
	for (const byte of bytes) sum = crcTable[(sum ^ byte) & 255]! ^ (sum >>> 8);
	return sum >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
	let value = n;
	for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
	return value >>> 0;
});
