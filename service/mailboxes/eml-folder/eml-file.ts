import type { FileHandle } from 'node:fs/promises';
import { ServiceError } from '../../errors.ts';
import { isGzip } from '../../messages/is-gzip.ts';
import { mailUnpackingLimits, unpacked } from '../gunzip.ts';

/** What was read of a file that holds one mail. */
export interface ReadFile {
	bytes: Buffer;
	/** Of the whole mail, unpacked. */
	sizeBytes: number;
	isTruncated: boolean;
}

const pieceBytes = 64 * 1024;

/** The beginning of a file's mail, unpacked when the file is gzip'ed by its first bytes, whatever its name.
 *  @param limitBytes how much of it at most. A packed file that is damaged or a trap gives what it has up to there,
 *  as a mail that was cut off */
export async function readMailFile(handle: FileHandle, limitBytes: number): Promise<ReadFile> {
	const { size } = await handle.stat();
	const bytes = Buffer.allocUnsafe(Math.min(size, limitBytes));
	const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
	if (!isGzip(bytes.subarray(0, bytesRead))) {
		return {
			bytes: bytes.subarray(0, bytesRead),
			sizeBytes: size,
			isTruncated: size > bytesRead,
		};
	}
	return readPacked(handle, limitBytes);
}

/** The size is counted to the end: what a gzip'ed file says of itself is modulo 4 GiB and of its last member only. */
async function readPacked(handle: FileHandle, limitBytes: number): Promise<ReadFile> {
	const kept: Buffer[] = [];
	let keptBytes = 0;
	let sizeBytes = 0;
	let isWhole = true;
	try {
		for await (const piece of unpacked(handle, mailUnpackingLimits)) {
			const part = piece.subarray(0, limitBytes - keptBytes);
			if (part.length > 0) kept.push(part);
			keptBytes += part.length;
			sizeBytes += piece.length;
		}
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		isWhole = false;
	}
	return {
		bytes: Buffer.concat(kept),
		sizeBytes,
		isTruncated: !isWhole || sizeBytes > keptBytes,
	};
}

/** The rest of a file's mail in pieces, from a byte of the unpacked mail on. Ends early where a packed file is damaged. */
export async function* restOfMailFile(
	handle: FileHandle,
	from: number,
	limitBytes: number,
): AsyncGenerator<Buffer, void, undefined> {
	const size = Math.min(limitBytes, pieceBytes);
	if (!isGzip((await handle.read(Buffer.alloc(3), 0, 3, 0)).buffer)) {
		for (let at = from; ;) {
			const piece = Buffer.allocUnsafe(size);
			const { bytesRead } = await handle.read(piece, 0, piece.length, at);
			if (bytesRead === 0) return;
			yield piece.subarray(0, bytesRead);
			at += bytesRead;
		}
	}
	let toSkip = from;
	try {
		for await (const piece of unpacked(handle, mailUnpackingLimits)) {
			const rest = piece.subarray(toSkip);
			toSkip = Math.max(0, toSkip - piece.length);
			for (let at = 0; at < rest.length; at += size) yield rest.subarray(at, at + size);
		}
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
	}
}
