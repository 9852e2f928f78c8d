import { safeName } from './attachment-name.ts';
import { decodeBytes } from './charset.ts';
import { charsetOfCodePage } from './code-pages.ts';
import { htmlToText } from './html-to-text.ts';
import { readRtf } from './rtf.ts';
import { decompressRtf } from './rtf-compression.ts';
import { Malformed, readProperties, TnefCursor } from './tnef-properties.ts';
import type { Properties } from './tnef-properties.ts';

/** What was in a winmail.dat. */
export interface TnefContent {
	text: string;
	/** As it was written, decoded; empty when there is none. */
	html: string;
	files: TnefFile[];
	/** All of it could be read. */
	isWhole: boolean;
}

export interface TnefFile {
	fileName: string;
	contentType: string;
	/** Without angle brackets. */
	contentId: string | null;
	bytes: Buffer;
}

const signature = 0x223e9f78;
const mostFiles = 200;
const mostAttributes = 10_000;
/** Mails within mails within mails. */
const deepest = 4;

/** Names of attributes (MS-OXTNEF §2.1.3.2): the ones that matter for reading. */
const attribute = {
	oemCodePage: 0x00069007,
	body: 0x0002800c,
	properties: 0x00069003,
	attachmentBegins: 0x00069002,
	attachmentTitle: 0x00018010,
	attachmentName: 0x00069001,
	attachmentData: 0x0006800f,
	attachmentProperties: 0x00069005,
} as const;

/** Numbers of properties (MS-OXPROPS). */
const property = {
	subject: 0x0037,
	body: 0x1000,
	rtf: 0x1009,
	html: 0x1013,
	displayName: 0x3001,
	attachmentData: 0x3701,
	attachmentShortName: 0x3704,
	attachmentName: 0x3707,
	attachmentType: 0x370e,
	contentId: 0x3712,
	codePage: 0x3fde,
} as const;

/** Whether bytes begin as a winmail.dat does. */
export function isTnef(bytes: Buffer): boolean {
	return bytes.length >= 6 && bytes.readUInt32LE(0) === signature;
}

/** Opens what Outlook and Exchange put around a mail for their own kind (MS-OXTNEF), usually named winmail.dat. Believes no
 *  length that it is told; the files are parts of the bytes given, so that nothing grows; never throws. */
export function readTnef(bytes: Buffer): TnefContent {
	return new TnefReader(bytes, 0).read();
}

/** An attachment as it is put together from its attributes. */
interface OpenFile {
	title?: Buffer;
	name?: Buffer;
	bytes?: Buffer;
	properties?: Properties;
}

class TnefReader {
	readonly #cursor: TnefCursor;
	readonly #depth: number;
	readonly #files: OpenFile[] = [];
	#charset = 'windows-1252';
	#body: Buffer | undefined;
	#properties: Properties = new Map();
	#isWhole = true;

	constructor(bytes: Buffer, depth: number) {
		this.#cursor = new TnefCursor(bytes);
		this.#depth = depth;
	}

	read(): TnefContent {
		this.#attempt(() => this.#readAttributes());
		const { text, html } = this.#letter();
		const files = this.#files.flatMap((file) => this.#filesOf(file)).slice(0, mostFiles);
		return { text, html, files, isWhole: this.#isWhole };
	}

	/** What was read before something broke off is good. */
	#attempt(work: () => void): void {
		try {
			work();
		} catch (error) {
			if (!(error instanceof Malformed)) throw error;
			this.#isWhole = false;
		}
	}

	#readAttributes(): void {
		const cursor = this.#cursor;
		if (cursor.uint32() !== signature) throw new Malformed();
		cursor.uint16(); // a key that links attachments outside to their places in the text
		for (let n = 0; !cursor.isAtEnd; n++) {
			if (n === mostAttributes) throw new Malformed();
			const level = cursor.uint8();
			if (level !== 1 && level !== 2) throw new Malformed();
			const id = cursor.uint32();
			const data = cursor.bytes(cursor.uint32());
			if (cursor.uint16() !== sumOf(data)) this.#isWhole = false;
			this.#take(id, data);
		}
	}

	#take(id: number, data: Buffer): void {
		const file = this.#files.at(-1);
		switch (id) {
			case attribute.oemCodePage:
				if (data.length >= 4) this.#charset = charsetOfCodePage(data.readUInt32LE(0));
				break;
			case attribute.body:
				this.#body = data;
				break;
			case attribute.properties:
				this.#attempt(() => readProperties(data, this.#properties));
				break;
			case attribute.attachmentBegins:
				if (this.#files.length < mostFiles) this.#files.push({});
				else this.#isWhole = false;
				break;
			case attribute.attachmentTitle:
				if (file) file.title = data;
				break;
			case attribute.attachmentName:
				if (file) file.name = data;
				break;
			case attribute.attachmentData:
				if (file) file.bytes = data;
				break;
			case attribute.attachmentProperties:
				if (file) {
					const properties = (file.properties = new Map());
					this.#attempt(() => readProperties(data, properties));
				}
				break;
		}
	}

	/** The letter itself, in the richest form there is. */
	#letter(): { text: string; html: string } {
		const plain = this.#words(this.#properties, property.body) || this.#decode(this.#body);
		const page = this.#properties.get(property.html);
		const number = this.#properties.get(property.codePage);
		const charset = typeof number === 'number' ? charsetOfCodePage(number) : undefined;
		if (Buffer.isBuffer(page) && page.length > 0) {
			const html = withoutNulls(decodeBytes(page.toString('latin1'), charset));
			return { html, text: plain || htmlToText(html) };
		}
		const packed = this.#properties.get(property.rtf);
		if (!Buffer.isBuffer(packed)) return { html: '', text: plain };
		const { rtf, isWhole } = decompressRtf(packed);
		if (!isWhole) this.#isWhole = false;
		const { html, text } = readRtf(rtf.toString('latin1'));
		return { html, text: plain || (html ? htmlToText(html) : text) };
	}

	#filesOf({ title, name, bytes, properties = new Map() }: OpenFile): TnefFile[] {
		const fileName = safeName(
			this.#words(properties, property.attachmentName) ||
				this.#words(properties, property.attachmentShortName) ||
				this.#decode(title) ||
				this.#decode(name) ||
				this.#words(properties, property.displayName),
		);
		const object = properties.get(property.attachmentData);
		const content = bytes?.length ? bytes : Buffer.isBuffer(object) ? object : undefined;
		const inner = Buffer.isBuffer(object) ? innerMail(object) : undefined;
		if (inner && this.#depth < deepest) return this.#filesOfMail(inner, fileName);
		if (!content) return [];
		const type = this.#words(properties, property.attachmentType).toLowerCase();
		const id = this.#words(properties, property.contentId).replace(/^<|>$/g, '');
		return [
			{
				fileName,
				contentType: /^[\w.+-]{1,60}\/[\w.+-]{1,80}$/.test(type)
					? type
					: 'application/octet-stream',
				contentId: id ? id.slice(0, 320) : null,
				bytes: content,
			},
		];
	}

	/** A mail that is attached has no bytes that a mail program reads: its words become a file, and its files come along. */
	#filesOfMail(bytes: Buffer, fileName: string): TnefFile[] {
		const reader = new TnefReader(bytes, this.#depth + 1);
		const { text, files, isWhole } = reader.read();
		if (!isWhole) this.#isWhole = false;
		const subject = reader.#words(reader.#properties, property.subject);
		const words = [subject, text].filter(Boolean).join('\n\n');
		const name = fileName || safeName(subject) || 'mail';
		const contentType = 'text/plain; charset=utf-8';
		return [
			{ fileName: `${name}.txt`, contentType, contentId: null, bytes: Buffer.from(words) },
			...files,
		];
	}

	#words(properties: Properties, id: number): string {
		const value = properties.get(id);
		if (typeof value === 'string') return withoutNulls(value);
		return Buffer.isBuffer(value) ? this.#decode(value) : '';
	}

	#decode(bytes: Buffer | undefined): string {
		if (!bytes) return '';
		return withoutNulls(decodeBytes(bytes.toString('latin1'), this.#charset));
	}
}

/** The sum of all bytes in 16 bits (MS-OXTNEF §2.1.3.1). */
function sumOf(data: Buffer): number {
	let sum = 0;
	for (const byte of data) sum = (sum + byte) & 0xffff;
	return sum;
}

/** The bytes of an attached mail: behind the mark that says it is one (IID_IMessage). */
function innerMail(object: Buffer): Buffer | undefined {
	const isMail = object.subarray(0, 16).equals(markOfMail);
	return isMail && isTnef(object.subarray(16)) ? object.subarray(16) : undefined;
}

const markOfMail = Buffer.from('0703020000000000c000000000000046', 'hex');

function withoutNulls(text: string): string {
	return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').trim();
}
