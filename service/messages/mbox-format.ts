import { createHash } from 'node:crypto';

/** Where an mbox's bytes are: a file that is open, or memory. */
export interface Readable {
	read(
		buffer: Buffer,
		offset: number,
		length: number,
		position: number,
	): Promise<{ bytesRead: number }>;
}

/** A line that begins a mail in an mbox file: "From sender Thu Apr 29 23:34:45 2027" (RFC 4155 App. A). */
const fromLine =
	/^From (?:\S{1,320} {1,4})?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}\d{1,2}) (\d\d:\d\d(?::\d\d)?)(?: [A-Z+-]\S{0,5})? ?(\d{4})?/;

/** Longest From_ line that is looked at. */
const fromLineBytes = 500;

/** Where a mail lies in an mbox file. Positions are bytes of the file. */
export interface MboxMail {
	/** The same as long as the mail is in the file, wherever it moves: see `nameOf`. */
	id: string;
	/** Of the From_ line. */
	start: number;
	contentStart: number;
	/** Without the empty line that ends a mail. */
	contentEnd: number;
	/** Where the next begins. */
	end: number;
	/** Lines that begin with "From " have a ">" before them. */
	isQuoted: boolean;
	/** A mail program's own notes at the beginning of the file, which no one sent. */
	isInternal: boolean;
}

/** Whether bytes begin as an mbox does. */
export function beginsWithFromLine(beginning: Buffer): boolean {
	return fromLine.test(beginning.toString('latin1', 0, fromLineBytes));
}

/** When a mail was delivered, by its From_ line, which says so in the local time of the machine. */
export function deliveredAt(beginning: Buffer): Date | undefined {
	const [, day, time, year] = fromLine.exec(beginning.toString('latin1', 0, fromLineBytes)) ?? [];
	const at = new Date(`${day} ${year} ${time}`);
	return year && !Number.isNaN(at.getTime()) ? at : undefined;
}

/** The mails of an mbox that is in memory, without their From_ lines and as they were before it was written; none when it does
 *  not begin as one. */
export async function splitMbox(bytes: Buffer): Promise<Buffer[]> {
	const mails: Buffer[] = [];
	if (!beginsWithFromLine(bytes.subarray(lengthOfNewlines(bytes)))) return mails;
	const readable: Readable = {
		read: async (buffer, offset, length, position) => ({
			bytesRead: bytes.copy(buffer, offset, position, position + length),
		}),
	};
	for await (const mail of mailsInMbox(readable, bytes.length)) {
		const content = bytes.subarray(mail.contentStart, mail.contentEnd);
		if (!mail.isInternal) mails.push(mail.isQuoted ? unquoted(content) : content);
	}
	return mails;
}

/** A mail without the From_ line that it was saved with, if it was. */
export function withoutFromLine(bytes: Buffer): Buffer {
	return beginsWithFromLine(bytes) ? bytes.subarray(bytes.indexOf(10) + 1) : bytes;
}

/** Finds the mails in an mbox file, reading it once from its beginning in pieces. A From_ line counts after an empty
 *  line only, and inside a mail whose Content-Length leads to one or to the end of the file none counts: Dovecot and
 *  other writers of "mboxcl2" do not quote them, and bounces return copies with such a line in them.
 *  @param size how far to read: mails that come behind are for another time */
export async function* mailsInMbox(
	handle: Readable,
	size: number,
): AsyncGenerator<MboxMail, void, undefined> {
	const view = new FileView(handle, size);
	const copies = new Map<string, number>();
	for (let start = await firstLineOf(view); start < size;) {
		const found = await measure(view, start);
		const head = await view.at(start, Math.min(headBytes, found.contentEnd - start));
		const name = nameOf(head.subarray(0, found.contentEnd - start));
		const copy = (copies.get(name) ?? 0) + 1;
		copies.set(name, copy);
		const isInternal = isInternalData(head);
		yield { id: copy === 1 ? name : `${name}.${copy}`, start, ...found, isInternal };
		start = found.end;
	}
}

/** How much of a mail tells it from others. */
export const headBytes = 32 * 1024;
const bodyBytes = 2048;

/** A name for a mail by what does not change: its From_ line, its header without what mail programs note in it, and the
 *  beginning of its text. Equal mails of the same second have the same name.
 *  @param head the mail from its From_ line on, `headBytes` of it or all */
export function nameOf(head: Buffer): string {
	const bytes = head.subarray(0, headBytes);
	const headerEnd = endOfHeader(bytes) ?? bytes.length;
	const header = bytes
		.toString('latin1', 0, headerEnd)
		.replace(
			/^(?:Status|X-Status|X-Keywords|X-UID|X-IMAP|X-IMAPbase|Content-Length|Lines):.*\n(?:[ \t].*\n)*/gim,
			'',
		);
	return createHash('sha1')
		.update(header, 'latin1')
		.update(bytes.subarray(headerEnd, headerEnd + bodyBytes))
		.digest('base64url');
}

/** Takes the ">" away that a writer put before lines beginning with "From ", or with ">From " and so on (mboxrd). */
export function unquoted(bytes: Buffer): Buffer {
	if (!bytes.includes('>From ')) return bytes;
	return Buffer.from(bytes.toString('latin1').replace(/(?<=^|\n)>(?=>*From )/g, ''), 'latin1');
}

/** Position of the first From_ line: editors leave empty lines before it. */
async function firstLineOf(view: FileView): Promise<number> {
	return lengthOfNewlines(await view.at(0, fromLineBytes));
}

function lengthOfNewlines(beginning: Buffer): number {
	let at = 0;
	while (beginning[at] === 10 || beginning[at] === 13) at++;
	return at;
}

async function measure(
	view: FileView,
	start: number,
): Promise<Pick<MboxMail, 'contentStart' | 'contentEnd' | 'end' | 'isQuoted'>> {
	const head = await view.at(start, headBytes);
	const lineEnd = head.indexOf(10);
	const contentStart = lineEnd < 0 ? Math.min(start + head.length, view.size) : start + lineEnd + 1;
	const headerEnd = endOfHeader(head.subarray(0, headBytes));
	const stated = headerEnd && statedLength(head.toString('latin1', lineEnd + 1, headerEnd));
	if (stated !== undefined && headerEnd !== undefined) {
		const contentEnd = start + headerEnd + stated;
		const end = await nextAt(view, contentEnd);
		if (end !== undefined) return { contentStart, contentEnd, end, isQuoted: false };
	}
	const end = await nextFromLine(view, contentStart);
	const tail = await view.at(Math.max(contentStart, end - 3), 3);
	const bytes = end - Math.max(contentStart, end - 3);
	const contentEnd = end - emptyLineAt(tail.subarray(0, bytes), end - bytes === contentStart);
	return { contentStart, contentEnd, end, isQuoted: true };
}

/** Bytes of the empty line with which these end: 0, 1 or 2.
 *  @param isAll nothing stands before them, so that a newline alone is an empty line */
function emptyLineAt(tail: Buffer, isAll: boolean): number {
	const text = tail.toString('latin1');
	const pattern = isAll ? /(?:^|\n)(\r?\n)$/ : /\n(\r?\n)$/;
	return pattern.exec(text)?.[1]?.length ?? 0;
}

/** Offset behind the empty line that ends the header. */
function endOfHeader(head: Buffer): number | undefined {
	const ends = ['\n\n', '\n\r\n'].flatMap((mark) => {
		const at = head.indexOf(mark);
		return at < 0 ? [] : [at + mark.length];
	});
	return ends.length > 0 ? Math.min(...ends) : undefined;
}

function statedLength(header: string): number | undefined {
	const [, figures] = /^Content-Length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(header) ?? [];
	return figures === undefined ? undefined : Number(figures);
}

/** @returns where the next mail begins, if the last one can end here: then there is a From_ line or the file's end,
 *  behind at most two newlines */
async function nextAt(view: FileView, end: number): Promise<number | undefined> {
	if (end > view.size) return undefined;
	const rest = (await view.at(end, fromLineBytes)).toString('latin1', 0, fromLineBytes);
	const [newlines = ''] = /^(?:\r?\n){0,2}/.exec(rest) ?? [];
	const next = end + newlines.length;
	return next === view.size || fromLine.test(rest.slice(newlines.length)) ? next : undefined;
}

async function nextFromLine(view: FileView, contentStart: number): Promise<number> {
	const mark = '\nFrom ';
	// The newline of the From_ line before may be that of an empty mail.
	for (let at = contentStart - 1, skip = 0; ;) {
		const bytes = await view.at(at, fromLineBytes);
		const hit = bytes.indexOf(mark, skip);
		if (hit < 0) {
			// It may have become shorter since.
			if (bytes.length < fromLineBytes || at + bytes.length >= view.size) return view.size;
			// Enough is kept of these to find a mark that is cut, with the empty line before it.
			at += Math.max(1, bytes.length - mark.length - 2);
			skip = 0;
			continue;
		}
		const isAfterEmptyLine =
			bytes[hit - 1] === 10 || (bytes[hit - 1] === 13 && bytes[hit - 2] === 10);
		const line = await view.at(at + hit + 1, fromLineBytes);
		if (isAfterEmptyLine && beginsWithFromLine(line)) return at + hit + 1;
		at += hit;
		skip = 1;
	}
}

/** The University of Washington's c-client and Dovecot keep notes in a first mail of this kind. */
function isInternalData(head: Buffer): boolean {
	const header = head.toString('latin1', 0, Math.min(head.length, 2000));
	return /^X-IMAP:/m.test(header) && /^Subject: DON'T DELETE THIS MESSAGE/m.test(header);
}

/** A file read ahead in big pieces, for somebody who goes through it forwards. */
class FileView {
	readonly size: number;
	private readonly handle: Readable;
	private piece: Buffer = Buffer.alloc(0);
	private pieceStart = 0;

	constructor(handle: Readable, size: number) {
		this.handle = handle;
		this.size = size;
	}

	/** At least so many bytes from a position on, or those up to the end; more when more are at hand. They stay valid. */
	async at(position: number, bytes: number): Promise<Buffer> {
		const wanted = Math.max(0, Math.min(bytes, this.size - position));
		const offset = position - this.pieceStart;
		if (offset >= 0 && offset + wanted <= this.piece.length) return this.piece.subarray(offset);
		this.piece = await readFully(
			this.handle,
			position,
			Math.min(Math.max(bytes, readAheadBytes), this.size - position),
		);
		this.pieceStart = position;
		return this.piece;
	}
}

const readAheadBytes = 1024 * 1024;

/** Bytes of a file, fewer only at its end. */
export async function readFully(
	handle: Readable,
	position: number,
	bytes: number,
): Promise<Buffer> {
	const buffer = Buffer.allocUnsafe(Math.max(0, bytes));
	let read = 0;
	while (read < buffer.length) {
		const { bytesRead } = await handle.read(buffer, read, buffer.length - read, position + read);
		if (bytesRead === 0) break;
		read += bytesRead;
	}
	return buffer.subarray(0, read);
}
