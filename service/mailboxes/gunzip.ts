import type { FileHandle } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { trouble } from './diagnosis.ts';

/** How far a file is unpacked before it is taken for a trap. */
export interface UnpackingLimits {
	/** Bytes it may become. */
	maxBytes: number;
	/** How many times its packed size it may become, once it is past `freeBytes`. Mail text packs 3 to 20 times; the
	 *  most that deflate can do is 1,032 (zlib.net/zlib_tech.html). */
	maxRatio: number;
	/** Little files of nothing but spaces are no trap. */
	freeBytes: number;
}

const mebibyte = 1024 * 1024;

/** A mail of its own: no server takes one this big. */
export const mailUnpackingLimits: UnpackingLimits = {
	maxBytes: 256 * mebibyte,
	maxRatio: 200,
	freeBytes: 8 * mebibyte,
};

/** A whole mbox, as imports bring it. */
export const mboxUnpackingLimits: UnpackingLimits = {
	maxBytes: 16 * 1024 * mebibyte,
	maxRatio: 200,
	freeBytes: 8 * mebibyte,
};

/** Unpacks a gzip'ed file in pieces, several members one after the other as one (RFC 1952 §2.2). The handle stays open.
 *  @throws ServiceError "damaged-gzip" when it breaks off or its checksum is wrong, and "unpacks-too-big" past the limits,
 *  each after what was unpacked before */
export async function* unpacked(
	handle: FileHandle,
	limits: UnpackingLimits,
): AsyncGenerator<Buffer, void, undefined> {
	const source = handle.createReadStream({ start: 0, autoClose: false });
	const gunzip = createGunzip();
	source.once('error', (error) => gunzip.destroy(error));
	source.pipe(gunzip);
	let bytes = 0;
	try {
		for await (const piece of gunzip as AsyncIterable<Buffer>) {
			bytes += piece.length;
			const isTrap = bytes > limits.freeBytes && bytes > source.bytesRead * limits.maxRatio;
			if (isTrap || bytes > limits.maxBytes) {
				throw trouble(
					'unpacks-too-big',
					`The file becomes more than ${Math.floor(bytes / mebibyte)} MiB when it is unpacked, which no mail does. It is read no further.`,
				);
			}
			yield piece;
		}
	} catch (error) {
		if (!isZlibError(error)) throw error;
		throw trouble(
			'damaged-gzip',
			`The gzip'ed file is damaged: it unpacks for ${bytes} bytes and no further. Copy it again from where it comes from.`,
			error,
		);
	} finally {
		source.destroy();
		gunzip.destroy();
	}
}

function isZlibError(error: unknown): boolean {
	return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}
