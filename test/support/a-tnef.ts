/** A winmail.dat of our own (MS-OXTNEF), to test its reader. */
export interface TnefParts {
	/** Properties of the letter, by number. */
	letter?: Record<number, Value>;
	/** The letter as Outlook 97 wrote it. */
	body?: string;
	codePage?: number;
	files?: TnefFileParts[];
}

export interface TnefFileParts {
	title?: string;
	bytes?: Buffer;
	properties?: Record<number, Value>;
}

/** A text (UTF-16), a text in the code page, bytes, a number, or a mail within. */
type Value =
	{ text: string } | { text8: Buffer } | { bytes: Buffer } | { number: number } | { mail: Buffer };

export const tnefNumbers = {
	subject: 0x0037,
	body: 0x1000,
	rtf: 0x1009,
	html: 0x1013,
	attachmentData: 0x3701,
	attachmentName: 0x3707,
	attachmentType: 0x370e,
	contentId: 0x3712,
	codePage: 0x3fde,
} as const;

export function aTnef({ letter, body, codePage = 1252, files = [] }: TnefParts): Buffer {
	return Buffer.concat([
		uint32(0x223e9f78),
		uint16(1),
		attribute(1, 0x00089006, uint32(0x00010000)),
		attribute(1, 0x00069007, Buffer.concat([uint32(codePage), uint32(0)])),
		attribute(1, 0x00078008, Buffer.from('IPM.Microsoft Mail.Note\0')),
		...(body === undefined ? [] : [attribute(1, 0x0002800c, Buffer.from(`${body}\0`, 'latin1'))]),
		...(letter ? [attribute(1, 0x00069003, properties(letter))] : []),
		...files.flatMap(({ title, bytes, properties: own }) => [
			attribute(2, 0x00069002, Buffer.alloc(14, 1)),
			...(title === undefined ? [] : [attribute(2, 0x00018010, Buffer.from(`${title}\0`))]),
			...(bytes ? [attribute(2, 0x0006800f, bytes)] : []),
			...(own ? [attribute(2, 0x00069005, properties(own))] : []),
		]),
	]);
}

/** One attribute: level, number, length, data, sum. */
export function attribute(level: number, id: number, data: Buffer, claimed = data.length): Buffer {
	let sum = 0;
	for (const byte of data) sum = (sum + byte) & 0xffff;
	return Buffer.concat([Buffer.from([level]), uint32(id), uint32(claimed), data, uint16(sum)]);
}

/** A list of properties, a named one among them. */
export function properties(values: Record<number, Value>): Buffer {
	const entries = Object.entries(values);
	const name = Buffer.from('Keywords\0', 'utf16le');
	return Buffer.concat([
		uint32(entries.length + 2),
		// A named property with several texts.
		...[uint16(0x101f), uint16(0x8001), Buffer.alloc(16, 7), uint32(1), uint32(name.length)],
		...[filled(name), uint32(2), ...['a', 'bcd'].map((word) => sized(utf16(word)))],
		// One that takes two bytes and is filled up.
		...[uint16(0x000b), uint16(0x0e1f), uint32(1)],
		...entries.map(([id, value]) => property(Number(id), value)),
	]);
}

function property(id: number, value: Value): Buffer {
	const of = (type: number, ...data: Buffer[]) =>
		Buffer.concat([uint16(type), uint16(id), ...data]);
	if ('number' in value) return of(0x0003, uint32(value.number));
	if ('text' in value) return of(0x001f, uint32(1), sized(utf16(value.text)));
	if ('text8' in value) return of(0x001e, uint32(1), sized(value.text8));
	if ('bytes' in value) return of(0x0102, uint32(1), sized(value.bytes));
	const mark = Buffer.from('0703020000000000c000000000000046', 'hex');
	return of(0x000d, uint32(1), sized(Buffer.concat([mark, value.mail])));
}

/** RTF as Outlook packs it, without packing it: each byte stands for itself (MS-OXRTFCP). */
export function packedRtf(rtf: string, claimed = rtf.length): Buffer {
	const bytes = Buffer.from(rtf, 'latin1');
	const content: Buffer[] = [];
	for (let at = 0; at < bytes.length; at += 8)
		content.push(Buffer.from([0]), bytes.subarray(at, at + 8));
	const packed = Buffer.concat(content);
	return Buffer.concat([
		uint32(packed.length + 12),
		uint32(claimed),
		Buffer.from('LZFu'),
		uint32(crc(packed)),
		packed,
	]);
}

function crc(bytes: Buffer): number {
	let sum = 0;
	for (const byte of bytes) {
		sum ^= byte;
		for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
	}
	return sum >>> 0;
}

function sized(bytes: Buffer): Buffer {
	return Buffer.concat([uint32(bytes.length), filled(bytes)]);
}

function filled(bytes: Buffer): Buffer {
	return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}

function utf16(text: string): Buffer {
	return Buffer.from(`${text}\0`, 'utf16le');
}

function uint16(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

export function uint32(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value >>> 0);
	return bytes;
}
