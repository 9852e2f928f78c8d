import type { ReadingLimits, WaitingMail } from '../mail-store.ts';
import { textOf } from './connection.ts';
import { Pop3Refused } from './wire.ts';
import type { Pop3Wire } from './wire.ts';

/** A mail as the lists of this session name it. */
export interface ListedPop3Mail {
	/** RFC 1939 §7: the same in every session. */
	uidl: string;
	/** Message numbers of this session: more than one when copies of a mail have one UIDL, which is allowed. */
	numbers: number[];
	sizeBytes: number;
}

/** Lists the mails in the mailbox, oldest first as servers number them.
 *  @throws Pop3Refused with code NO_UIDL from a server that has no lasting names for its mails */
export async function listPop3Mails(wire: Pop3Wire): Promise<ListedPop3Mail[]> {
	const [uidls, sizes] = await Promise.all([uidlsOf(wire), textOf(wire, 'LIST')]);
	const sizeOf = new Map<number, number>();
	for (const [number, size] of pairs(sizes)) sizeOf.set(number, Number(size));
	const mails = new Map<string, ListedPop3Mail>();
	for (const [number, uidl] of pairs(uidls)) {
		const copy = mails.get(uidl);
		if (copy) copy.numbers.push(number);
		else mails.set(uidl, { uidl, numbers: [number], sizeBytes: sizeOf.get(number) ?? 0 });
	}
	return [...mails.values()];
}

async function uidlsOf(wire: Pop3Wire): Promise<string> {
	try {
		return await textOf(wire, 'UIDL');
	} catch (error) {
		throw error instanceof Pop3Refused ? Object.assign(error, { code: 'NO_UIDL' }) : error;
	}
}

/** Lines "number word", as UIDL and LIST answer. */
function* pairs(text: string): Generator<[number, string]> {
	for (const [, number, word] of text.matchAll(/^(\d+) +(\S+)/gm)) yield [Number(number), word!];
}

/** Reads mails, all asked for at once; one that is gone is left out. Of a mail over the limit only the beginning is
 *  asked for.
 *  @param limits no more than `readLimitBytes` is kept of a mail, and not much more than `windowBytes` of all */
export async function readPop3Mails(
	wire: Pop3Wire,
	mails: readonly ListedPop3Mail[],
	{ readLimitBytes, windowBytes }: ReadingLimits,
): Promise<WaitingMail[]> {
	// Sizes may be lies. What is far too much for a window waits for another run.
	let room = 2 * windowBytes + readLimitBytes;
	const read = mails.map(async (mail) => {
		const waiting =
			mail.sizeBytes > readLimitBytes
				? await readBeginning(wire, mail, readLimitBytes)
				: await readWhole(wire, mail, readLimitBytes);
		room -= waiting?.bytes.length ?? 0;
		return room >= 0 ? waiting : undefined;
	});
	// Each is awaited, also when one fails, so that no failure is left alone.
	await Promise.allSettled(read);
	return (await Promise.all(read)).flatMap((mail) => mail ?? []);
}

async function readWhole(
	wire: Pop3Wire,
	{ uidl, numbers, sizeBytes }: ListedPop3Mail,
	readLimitBytes: number,
): Promise<WaitingMail | undefined> {
	const collected = await collect(wire, `RETR ${numbers[0]}`, readLimitBytes);
	if (!collected) return undefined;
	const { bytes, totalBytes } = collected;
	const isTruncated = totalBytes > bytes.length;
	const own = isTruncated ? bytes : withoutAddedNewline(bytes, sizeBytes);
	return { id: uidl, sizeBytes: isTruncated ? totalBytes : own.length, bytes: own, isTruncated };
}

/** How long lines are at most by habit: base64 has 76 characters (RFC 2045 §6.8). */
const usualLineBytes = 76;

/** TOP (RFC 1939 §7) counts lines, not bytes; when they are short, it is asked for more of them. */
async function readBeginning(
	wire: Pop3Wire,
	mail: ListedPop3Mail,
	readLimitBytes: number,
): Promise<WaitingMail | undefined> {
	let lines = Math.ceil(readLimitBytes / usualLineBytes);
	let bytes: Buffer = Buffer.alloc(0);
	for (let tries = 0; tries < 3 && bytes.length < readLimitBytes; tries++) {
		const collected = await collect(wire, `TOP ${mail.numbers[0]} ${lines}`, readLimitBytes);
		// TOP is optional; without it all of the mail comes, and its beginning is kept.
		if (!collected) return tries === 0 ? readWhole(wire, mail, readLimitBytes) : undefined;
		({ bytes } = collected);
		lines = Math.ceil(lines * Math.max(2, readLimitBytes / Math.max(1, bytes.length)));
	}
	return {
		id: mail.uidl,
		sizeBytes: Math.max(mail.sizeBytes, bytes.length),
		bytes,
		isTruncated: true,
	};
}

/** @returns the first `keepBytes` of the answer and how long it was; undefined when the server refused */
async function collect(
	wire: Pop3Wire,
	command: string,
	keepBytes: number,
): Promise<{ bytes: Buffer; totalBytes: number } | undefined> {
	const parts: Buffer[] = [];
	let totalBytes = 0;
	const onBytes = (part: Buffer) => {
		if (totalBytes < keepBytes) parts.push(part.subarray(0, keepBytes - totalBytes));
		totalBytes += part.length;
	};
	try {
		await wire.run(command, { onBytes });
	} catch (error) {
		if (error instanceof Pop3Refused) return undefined;
		throw error;
	}
	return { bytes: Buffer.concat(parts), totalBytes };
}

/** An answer of several lines always ends with a line break, so the server adds one to a mail that has none. Its size in
 *  the list tells. */
function withoutAddedNewline(bytes: Buffer, sizeBytes: number): Buffer {
	const isAdded = bytes.length === sizeBytes + 2 && bytes.at(-1) === 10 && bytes.at(-2) === 13;
	return isAdded ? bytes.subarray(0, sizeBytes) : bytes;
}

/** Streams all of a mail; the server has to wait while the caller works on a piece.
 *  @param mostBytes of a piece
 *  @returns pieces; none when the mail is gone */
export async function* streamPop3Mail(
	wire: Pop3Wire,
	{ numbers, sizeBytes }: ListedPop3Mail,
	mostBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
	const pieces: Buffer[] = [];
	let passedBytes = 0;
	let isWanted = true;
	let wake = () => {};
	const onBytes = (part: Buffer) => {
		if (!isWanted) return;
		pieces.push(part);
		wire.pause();
		wake();
	};
	let isOver = false;
	let failure: unknown;
	const retrieval = wire.run(`RETR ${numbers[0]}`, { onBytes }).catch((error: unknown) => {
		if (!(error instanceof Pop3Refused)) failure = error;
	});
	void retrieval.then(() => ((isOver = true), wake()));
	/** What lies beyond the announced size: at the end it shows whether the server added a line break. */
	let beyond: Buffer = Buffer.alloc(0);
	try {
		for (;;) {
			if (pieces.length === 0) {
				if (isOver) break;
				wire.resume();
				await new Promise<void>((resolve) => (wake = resolve));
				continue;
			}
			const piece = pieces.shift()!;
			const inside = Math.max(0, Math.min(piece.length, sizeBytes - passedBytes));
			passedBytes += piece.length;
			for (let at = 0; at < inside; at += mostBytes)
				yield piece.subarray(at, Math.min(at + mostBytes, inside));
			beyond = Buffer.concat([beyond, piece.subarray(inside)]);
			if (beyond.length > 2) {
				yield beyond;
				beyond = Buffer.alloc(0);
				sizeBytes = passedBytes;
			}
		}
		if (failure) throw failure;
		if (beyond.length > 0 && beyond.toString('latin1') !== '\r\n') yield beyond;
	} finally {
		// What the caller does not want any more still has to come off the wire before the next answer.
		isWanted = false;
		wire.resume();
	}
}
