import { mostFields, readHeaderBlock } from './header-fields.ts';
import type { HeaderBlock } from './header-fields.ts';
import { fieldOf } from './mail-part.ts';
import type { MailPart, SplitOptions } from './mail-part.ts';
import { OpenBody } from './part-body.ts';
import { parameter } from './parameters.ts';
import { SkeletonBuilder } from './skeleton.ts';
import type { Skeleton } from './skeleton.ts';

/** Deeper or more numerous parts than these are no mail that a person wrote. */
const deepest = 20;
const mostParts = 500;
/** A header block that does not end within this many bytes is cut off there. */
const longestHeader = 256 * 1024;
/** RFC 2046 §5.1.1 allows 70 characters; programs that write more are read up to here. */
const longestDelimiter = 300;

const lineFeed = 10;

/** A whole mail in its parts. */
export interface SplitMail {
	root: MailPart;
	skeleton: Skeleton;
	/** What could not be read, in words. */
	damage: string[];
}

interface OpenPart {
	part: MailPart;
	/** "--" and the boundary, of a multipart. */
	delimiter?: string;
}

/** Takes a mail apart while it comes in, in chunks of any size: the structure and the texts stay in memory, big attachments
 *  pass through. Forgives missing, wrong and unterminated boundaries; linear in the mail's size; never throws. */
export class MailSplitter {
	readonly #options: SplitOptions;
	readonly #skeleton = new SkeletonBuilder();
	readonly #damage: string[] = [];
	/** From the root to the part that is open. */
	#stack: OpenPart[] = [];
	#root: MailPart | undefined;
	#body: OpenBody | undefined;
	/** Bytes that came in and are not dealt with yet. */
	#pending: Buffer = Buffer.alloc(0);
	#isInHeader = true;
	/** A delimiter may stand here, because a line begins. */
	#isAtLineStart = true;
	#parts = 0;

	constructor(options: SplitOptions) {
		this.#options = options;
	}

	/** Takes the next bytes of the mail. */
	push(chunk: Buffer): void {
		this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk]);
		this.#advance(false);
	}

	/** Takes the end of the mail.
	 *  @param isCutOff only the beginning of the mail was given: what it ended in is not whole */
	end(isCutOff = false): SplitMail {
		this.#advance(true);
		this.#closeBody(!isCutOff);
		const root = this.#root ?? aPart([], 'text/plain');
		return { root, skeleton: this.#skeleton.finish(), damage: this.#damage };
	}

	#advance(isEnd: boolean): void {
		for (;;) {
			const before = this.#pending.length;
			const wasInHeader = this.#isInHeader;
			if (this.#isInHeader) this.#readHeader(isEnd);
			else this.#readBody(isEnd);
			const isStuck = this.#pending.length === before && this.#isInHeader === wasInHeader;
			if (isStuck || (this.#pending.length === 0 && !this.#isInHeader)) return;
		}
	}

	#readHeader(isEnd: boolean): void {
		const bytes = this.#pending;
		const length = endOfHeader(bytes);
		const isWhole = length >= 0 || isEnd || bytes.length > longestHeader;
		if (!isWhole) return;
		const until = length >= 0 ? length : Math.min(bytes.length, longestHeader);
		const block = readFields(bytes.subarray(0, until));
		this.#take(block.bodyStart);
		this.#isInHeader = false;
		this.#isAtLineStart = true;
		if (block.isCutShort)
			this.#damage.push(`Only the first ${mostFields} header fields were read.`);
		this.#openPart(block.fields);
	}

	#openPart(fields: HeaderBlock['fields']): void {
		const parent = this.#stack.at(-1)?.part;
		const part = aPart(
			fields,
			parent?.type === 'multipart/digest' ? 'message/rfc822' : 'text/plain',
		);
		if (parent) parent.children.push(part);
		else this.#root = part;
		this.#parts++;
		const isMultipart = part.type.startsWith('multipart/');
		if (isMultipart && this.#stack.length >= deepest) {
			this.#damage.push(
				`Parts are nested more than ${deepest} deep; the inner ones were not read.`,
			);
		}
		const boundary = isMultipart ? parameter(part.contentType, 'boundary') : undefined;
		const isContainer = isMultipart && this.#stack.length < deepest;
		if (isContainer)
			this.#stack.push({ part, ...(boundary ? { delimiter: `--${boundary.trimEnd()}` } : {}) });
		this.#body = new OpenBody(part, isContainer, this.#options);
	}

	#readBody(isEnd: boolean): void {
		const bytes = this.#pending;
		if (this.#isAtLineStart && bytes.length < 2 && !isEnd) return;
		const isDelimiter = this.#isAtLineStart && startsWithDashes(bytes);
		let from = isDelimiter ? 0 : lineWithDashes(bytes, 0);
		while (from >= 0) {
			const lineEnd = bytes.indexOf(lineFeed, from);
			const isUndecided = lineEnd < 0 && !isEnd && bytes.length - from <= longestDelimiter;
			if (isUndecided) return this.#pass(beforeLineEnd(bytes, from));
			const owner = this.#ownerOf(bytes, from);
			if (owner) return this.#passDelimiter(owner, from, lineEnd < 0 ? bytes.length : lineEnd + 1);
			from = lineWithDashes(bytes, from + 1);
		}
		// A line end and two dashes may be cut in two by the chunks.
		this.#pass(isEnd ? bytes.length : Math.max(0, bytes.length - 3));
	}

	/** Gives the first bytes that wait to the open body. */
	#pass(length: number): void {
		if (length <= 0) return;
		this.#isAtLineStart = false;
		const bytes = this.#take(length, false);
		if (this.#body) this.#body.add(bytes, this.#skeleton);
		else this.#skeleton.add(bytes);
	}

	#passDelimiter({ level, isClosing }: Owner, from: number, until: number): void {
		const bodyEnd = beforeLineEnd(this.#pending, from);
		this.#pass(bodyEnd);
		this.#closeBody(true, this.#stack[level]);
		this.#take(until - bodyEnd);
		this.#stack.length = level + 1;
		this.#isInHeader = !isClosing && this.#parts < mostParts;
		this.#isAtLineStart = true;
		if (this.#parts === mostParts && !isClosing) {
			this.#damage.push(`The mail has more than ${mostParts} parts; the rest is kept as one file.`);
			this.#stack = [{ part: this.#stack[0]!.part }];
			this.#openPart([['Content-Type', 'application/octet-stream; name="other parts.txt"']]);
		}
	}

	/** @param by the multipart whose delimiter ends it; none at the mail's end */
	#closeBody(isWhole: boolean, by?: OpenPart): void {
		const body = this.#body;
		this.#body = undefined;
		if (!body) return;
		body.close(isWhole, this.#skeleton);
		if (body.isPreamble && by?.part !== body.part) this.#readWithoutBoundary(body.part);
	}

	/** A multipart that names no boundary, or a wrong one: its first line with dashes is taken for one. */
	#readWithoutBoundary(part: MailPart): void {
		if (part.body.is !== 'held') return;
		const text = part.body.bytes.toString('latin1').replace(/\r\n?/g, '\n');
		const guess = /(?:^|\n)(--[^\s-][^\n]{0,200})\n/.exec(text.slice(0, 8_192))?.[1]?.trimEnd();
		if (guess) part.children.push(...partsWithin(text, guess.slice(2), this.#options));
	}

	#take(length: number, intoSkeleton = true): Buffer {
		const bytes = this.#pending.subarray(0, length);
		this.#pending = this.#pending.subarray(length);
		if (intoSkeleton) this.#skeleton.add(bytes);
		return bytes;
	}

	#ownerOf(bytes: Buffer, from: number): Owner | undefined {
		// Most lines with dashes differ from every delimiter in their next character.
		const next = bytes[from + 2];
		if (!this.#stack.some(({ delimiter }) => delimiter?.charCodeAt(2) === next)) return undefined;
		const lineEnd = bytes.indexOf(lineFeed, from);
		const until = Math.min(lineEnd < 0 ? bytes.length : lineEnd, from + longestDelimiter);
		const line = bytes.toString('latin1', from, until).trimEnd();
		for (let level = this.#stack.length - 1; level >= 0; level--) {
			const { delimiter } = this.#stack[level]!;
			if (line === delimiter) return { level, isClosing: false };
			if (delimiter !== undefined && line === `${delimiter}--`) return { level, isClosing: true };
		}
		return undefined;
	}
}

/** Which of the open multiparts a delimiter line belongs to. */
interface Owner {
	level: number;
	isClosing: boolean;
}

/** Splits a whole mail that is in memory.
 *  @param isCutOff it is only the beginning of a bigger one */
export function splitMail(bytes: Buffer, options: SplitOptions, isCutOff = false): SplitMail {
	const splitter = new MailSplitter(options);
	splitter.push(bytes);
	return splitter.end(isCutOff);
}

/** Parts of a body whose boundary was guessed. */
function partsWithin(body: string, boundary: string, options: SplitOptions): MailPart[] {
	const header = `Content-Type: multipart/mixed; boundary="${boundary.replace(/["\\]/g, '\\$&')}"\n\n`;
	return splitMail(Buffer.from(header + body, 'latin1'), options).root.children;
}

function aPart(fields: MailPart['fields'], defaultType: string): MailPart {
	const contentType = fieldOf(fields, 'content-type') ?? defaultType;
	const type = /^\s{0,20}([\w.+-]{1,60}\/[\w.+-]{1,80})/.exec(contentType)?.[1]?.toLowerCase();
	const isMultipart = contentType.trimStart().toLowerCase().startsWith('multipart');
	return {
		type: type ?? (isMultipart ? 'multipart/mixed' : defaultType),
		contentType,
		fields,
		children: [],
		body: { is: 'held', bytes: Buffer.alloc(0), isWhole: true },
	};
}

/** Length of the header block with the empty line that ends it, or -1 when it has not ended yet. */
function endOfHeader(bytes: Buffer): number {
	let start = 0;
	// Empty lines before a mail's first field are forgiven, as the reader of fields does; a part may have no field at all.
	if (bytes[0] === lineFeed) return 1;
	if (bytes[0] === 13 && bytes[1] === lineFeed) return 2;
	for (;;) {
		const at = bytes.indexOf(lineFeed, start);
		if (at < 0 || at > longestHeader) return -1;
		if (bytes[at + 1] === lineFeed) return at + 2;
		if (bytes[at + 1] === 13 && bytes[at + 2] === lineFeed) return at + 3;
		start = at + 1;
	}
}

/** Reads the fields of a header block; `bodyStart` counts its bytes as they are, with their line ends. */
function readFields(bytes: Buffer): HeaderBlock {
	const raw = bytes.toString('latin1');
	if (!raw.includes('\r')) return readHeaderBlock(raw);
	const plain = raw.replace(/\r\n?/g, '\n');
	const block = readHeaderBlock(plain);
	if (block.bodyStart >= plain.length) return { ...block, bodyStart: bytes.length };
	let position = 0;
	const lines = plain.slice(0, block.bodyStart).split('\n').length - 1;
	for (let line = 0; line < lines; line++) position = bytes.indexOf(lineFeed, position) + 1;
	return { ...block, bodyStart: position };
}

function startsWithDashes(bytes: Buffer): boolean {
	return bytes[0] === 45 && bytes[1] === 45;
}

const lineEndAndDashes = Buffer.from('\n--');

/** Where the next line begins that starts with two dashes, or -1. */
function lineWithDashes(bytes: Buffer, from: number): number {
	const at = bytes.indexOf(lineEndAndDashes, Math.max(0, from - 1));
	return at < 0 ? -1 : at + 1;
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1). */
function beforeLineEnd(bytes: Buffer, from: number): number {
	if (bytes[from - 1] !== lineFeed) return from;
	return bytes[from - 2] === 13 ? from - 2 : from - 1;
}
