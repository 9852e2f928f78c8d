/** Bytes that are not what they should be. */
export class Malformed extends Error {}

/** Property number → its value, the first one of several: a text, bytes, or a number. Of named properties nothing is kept. */
export type Properties = Map<number, string | Buffer | number>;

/** Reads numbers and bytes in order. @throws Malformed past the end */
export class TnefCursor {
	readonly #bytes: Buffer;
	#at = 0;

	constructor(bytes: Buffer) {
		this.#bytes = bytes;
	}

	get isAtEnd(): boolean {
		return this.#at >= this.#bytes.length;
	}

	uint8(): number {
		return this.bytes(1).readUInt8(0);
	}

	uint16(): number {
		return this.bytes(2).readUInt16LE(0);
	}

	uint32(): number {
		return this.bytes(4).readUInt32LE(0);
	}

	bytes(length: number): Buffer {
		if (length > this.#bytes.length - this.#at) throw new Malformed();
		this.#at += length;
		return this.#bytes.subarray(this.#at - length, this.#at);
	}

	/** Skips what fills up to a multiple of four; at the end it may be missing. */
	fill(length: number): void {
		this.#at = Math.min(this.#at + ((4 - (length % 4)) % 4), this.#bytes.length);
	}
}

/** Types of values (MS-OXCDATA §2.11.1) with a fixed length, and the bytes that they take here. */
const fixedBytes: Readonly<Record<number, number>> = {
	0x0002: 4, // 16 bits, filled up
	0x0003: 4,
	0x0004: 4,
	0x0005: 8,
	0x0006: 8,
	0x0007: 8,
	0x000a: 4,
	0x000b: 4, // true or false, filled up
	0x0014: 8,
	0x0040: 8,
	0x0048: 16,
};
const object = 0x000d;
const text8 = 0x001e;
const text16 = 0x001f;
const binary = 0x0102;
const several = 0x1000;
const integer = 0x0003;
const firstNamed = 0x8000;

/** Reads a list of properties (MS-OXTNEF §2.1.3.4) into a map. What it says of numbers and lengths is never believed: every
 *  step takes bytes that are there.
 *  @throws Malformed when it breaks off; what was read before is in the map */
export function readProperties(bytes: Buffer, properties: Properties): void {
	const cursor = new TnefCursor(bytes);
	const count = cursor.uint32();
	for (let n = 0; n < count; n++) {
		const type = cursor.uint16();
		const id = cursor.uint16();
		if (id >= firstNamed) skipName(cursor);
		const value = readValue(cursor, type);
		if (id < firstNamed && value !== undefined && !properties.has(id)) properties.set(id, value);
	}
}

function skipName(cursor: TnefCursor): void {
	cursor.bytes(16);
	if (cursor.uint32() === 0) {
		cursor.uint32();
		return;
	}
	const length = cursor.uint32();
	cursor.bytes(length);
	cursor.fill(length);
}

function readValue(cursor: TnefCursor, type: number): string | Buffer | number | undefined {
	const single = type & ~several;
	const size = fixedBytes[single];
	const isVariable = [object, text8, text16, binary].includes(single);
	if (size === undefined && !isVariable) throw new Malformed();
	// A length of its own comes before each value that has none by its type.
	const count = isVariable || type & several ? cursor.uint32() : 1;
	let first: Buffer | undefined;
	for (let n = 0; n < count; n++) {
		const length = size ?? cursor.uint32();
		const value = cursor.bytes(length);
		cursor.fill(length);
		first ??= value;
	}
	if (!first) return undefined;
	if (single === text16) return first.toString('utf16le', 0, first.length & ~1);
	if (single === integer) return first.readUInt32LE(0);
	return isVariable ? first : undefined;
}
