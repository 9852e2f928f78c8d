import type { FileHandle } from 'node:fs/promises';
import type { ReadingLimits, WaitingMail } from '../mail-store.ts';
import { deliveredAt, headBytes, nameOf, readFully, unquoted } from '../../messages/mbox-format.ts';
import type { MboxMail } from '../../messages/mbox-format.ts';
import { piecesOf } from './purge.ts';

/** A mail with its size, for planning. */
export type SizedMail = MboxMail & { sizeBytes: number };

export function sized(mail: MboxMail): SizedMail {
	return { ...mail, sizeBytes: mail.contentEnd - mail.contentStart };
}

/** Reads a mail out of an mbox, a big one up to the limit.
 *  @returns undefined when another program has moved or removed it; it comes at the next opening */
export async function readMail(
	handle: FileHandle,
	mail: SizedMail,
	{ readLimitBytes }: Pick<ReadingLimits, 'readLimitBytes'>,
): Promise<WaitingMail | undefined> {
	const header = mail.contentStart - mail.start;
	const wanted = Math.max(header + readLimitBytes, headBytes);
	const bytes = await readFully(handle, mail.start, Math.min(wanted, mail.contentEnd - mail.start));
	if (nameOf(bytes) !== baseOf(mail.id)) return undefined;
	const read = bytes.subarray(header, header + readLimitBytes);
	const isTruncated = mail.sizeBytes > read.length;
	const content = isTruncated && mail.isQuoted ? withoutCutMark(read) : read;
	const plain = mail.isQuoted ? unquoted(content) : content;
	return {
		id: mail.id,
		sizeBytes: isTruncated ? mail.sizeBytes : plain.length,
		receivedAt: deliveredAt(bytes),
		bytes: plain,
		isTruncated,
	};
}

/** A mail's text in pieces that end with a line, so that no quoted line is cut. */
export async function* linesOf(
	handle: FileHandle,
	{ contentStart, contentEnd, isQuoted }: MboxMail,
): AsyncGenerator<Buffer, void, undefined> {
	let open = Buffer.alloc(0);
	for await (const piece of piecesOf(handle, contentStart, contentEnd)) {
		if (!isQuoted) {
			yield piece;
			continue;
		}
		const bytes = Buffer.concat([open, piece]);
		const cut = bytes.lastIndexOf(10) + 1 || bytes.length;
		yield unquoted(bytes.subarray(0, cut));
		open = bytes.subarray(cut);
	}
	if (open.length > 0) yield unquoted(open);
}

/** Bytes without a ">" at their end that may belong to a quoted line. */
function withoutCutMark(bytes: Buffer): Buffer {
	const tail = bytes.toString('latin1', Math.max(0, bytes.length - 100));
	const [, mark = ''] = /\n(>+(?:F|Fr|Fro|From)?)$/.exec(tail) ?? [];
	return bytes.subarray(0, bytes.length - mark.length);
}

/** The name in an id; equal mails have a number behind it. */
function baseOf(id: string): string {
	return id.split('.', 1)[0]!;
}
