import { createHash, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { decoderOf } from './part-decoder.ts';
import type { PartDecoder } from './part-decoder.ts';
import { fieldOf } from './mail-part.ts';
import type { MailPart, PartBody, SplitOptions } from './mail-part.ts';
import type { SkeletonBuilder } from './skeleton.ts';

/** Parts that are cut out only if they are bigger: smaller ones cost less where they are. */
const leastCutBytes = 2 * 1024;
/** A forwarded mail of this size stays, because who judges a mail wants to look into it. */
const leastCutMailBytes = 64 * 1024;
/** Of a text that is too big to be held, so much is read as text. */
const keptBeginning = 1024 * 1024;
/** Of Outlook's winmail.dat, which holds other files, so much is opened. */
const keptToOpen = 16 * 1024 * 1024;

/** The body of the part that comes in now: held until it is too big for that, then decoded and passed on. */
export class OpenBody {
	readonly part: MailPart;
	/** What stands before a multipart's first part: nobody reads it unless there is no part. */
	readonly isPreamble: boolean;
	readonly #options: SplitOptions;
	#chunks: Buffer[] = [];
	#sizeBytes = 0;
	#stream: { decoder: PartDecoder; hash: Hash; sizeBytes: number; beginning: Buffer[] } | undefined;

	constructor(part: MailPart, isPreamble: boolean, options: SplitOptions) {
		this.part = part;
		this.isPreamble = isPreamble;
		this.#options = options;
	}

	/** Takes bytes as the mail has them. */
	add(bytes: Buffer, skeleton: SkeletonBuilder): void {
		this.#sizeBytes += bytes.length;
		if (this.#stream) return this.#passOn(this.#stream.decoder.push(bytes));
		this.#chunks.push(bytes);
		if (this.#sizeBytes <= this.#options.holdBytes) return;
		if (this.isPreamble) {
			for (const chunk of this.#chunks) skeleton.add(chunk);
			this.#chunks = [];
			return;
		}
		this.#stream = {
			decoder: decoderOf(
				fieldOf(this.part.fields, 'content-transfer-encoding'),
				this.#options.allocate,
			),
			hash: createHash('sha256'),
			sizeBytes: 0,
			beginning: [],
		};
		for (const chunk of this.#chunks) this.#passOn(this.#stream.decoder.push(chunk));
		this.#chunks = [];
	}

	/** Takes the body's end; the part and the skeleton have it from now on. */
	close(isWhole: boolean, skeleton: SkeletonBuilder): void {
		if (this.#stream) return this.#closeStream(isWhole, skeleton);
		const [only] = this.#chunks;
		const bytes = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
		const decoded = isWhole && this.#mayBeCut(bytes) ? this.#cut(bytes, skeleton) : undefined;
		if (!decoded) skeleton.add(bytes);
		this.part.body = decoded ?? { is: 'held', bytes, isWhole };
	}

	#closeStream(isWhole: boolean, skeleton: SkeletonBuilder): void {
		const { decoder, hash: sum, beginning } = this.#stream!;
		this.#passOn(decoder.end());
		const { sizeBytes } = this.#stream!;
		const sha256 = sum.digest('hex');
		skeleton.cut({ sha256, sizeBytes, ...decoder.form });
		skeleton.add(decoder.form.tail);
		this.part.body = {
			is: 'streamed',
			beginning: Buffer.concat(beginning),
			sizeBytes,
			sha256,
			isWhole,
		};
	}

	#passOn(decoded: Buffer): void {
		if (decoded.length === 0) return;
		const stream = this.#stream!;
		stream.hash.update(decoded);
		const kept = mostKept(this.part) - stream.sizeBytes;
		if (kept > 0) stream.beginning.push(Buffer.from(decoded.subarray(0, kept)));
		stream.sizeBytes += decoded.length;
		this.#options.onPiece?.(this.part, decoded);
	}

	#mayBeCut(bytes: Buffer): boolean {
		const { type } = this.part;
		if (this.isPreamble || this.part.children.length > 0) return false;
		if (type === 'message/rfc822') return bytes.length > leastCutMailBytes;
		if (type.startsWith('message/') || type === 'text/rfc822-headers') return false;
		return bytes.length > leastCutBytes && !isText(this.part);
	}

	/** Cuts the body out, if it can be put back exactly as it was: signatures are over its encoded form. */
	#cut(bytes: Buffer, skeleton: SkeletonBuilder): PartBody | undefined {
		const decoder = decoderOf(
			fieldOf(this.part.fields, 'content-transfer-encoding'),
			this.#options.allocate,
		);
		const content = whole(decoder.push(bytes), decoder.end());
		if (!decoder.form.isExact) return undefined;
		const sha256 = hash('sha256', content, 'hex');
		skeleton.cut({ sha256, sizeBytes: content.length, ...decoder.form });
		skeleton.add(decoder.form.tail);
		return { is: 'decoded', bytes: content, sha256, isWhole: true };
	}
}

function mostKept(part: MailPart): number {
	if (isText(part)) return keptBeginning;
	return isTnefPart(part) ? keptToOpen : 0;
}

/** Outlook's wrapping (MS-OXTNEF), as its type or its usual name says. */
export function isTnefPart({ type, contentType, fields }: MailPart): boolean {
	if (type === 'application/ms-tnef' || type === 'application/vnd.ms-tnef') return true;
	if (type !== 'application/octet-stream') return false;
	return /winmail\.dat/i.test(`${contentType} ${fieldOf(fields, 'content-disposition')}`);
}

/** A part that people read, as far as its type and disposition say. */
export function isText({ type, fields }: MailPart): boolean {
	if (type !== 'text/plain' && type !== 'text/html') return false;
	return !/^\s{0,20}attachment\b/i.test(fieldOf(fields, 'content-disposition') ?? '');
}

/** Two pieces as one, without a copy when the second is empty, as it nearly always is. */
export function whole(beginning: Buffer, end: Buffer): Buffer {
	return end.length === 0 ? beginning : Buffer.concat([beginning, end]);
}
