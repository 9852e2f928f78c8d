import { MailSplitter } from '../messages/mail-splitter.ts';
import type { SplitMail } from '../messages/mail-splitter.ts';
import type { MailPart } from '../messages/mail-part.ts';
import type { Allocate } from '../messages/part-decoder.ts';
import type { BlobWriter } from '../report/blobs.ts';
import type { Site } from '../site.ts';

/** Parts up to this size are held in memory while a mail comes in. */
const holdBytes = 256 * 1024;

interface Limits {
	/** The bytes are only the beginning of the mail. */
	isCutOff: boolean;
	/** Bigger files are not kept. */
	largestFileBytes: number;
	/** Memory for attachments of a mail that is in memory. */
	allocate?: Allocate;
}

/** Takes a mail apart: one in memory at once, one in pieces as it comes, its big attachments going straight to where they are
 *  kept. What is kept and then named by nothing, because the run dies, is deleted after a while.
 *  @throws what reading the pieces throws */
export async function takeApart(
	mail: Buffer | AsyncIterable<Uint8Array>,
	{ isCutOff, largestFileBytes, allocate }: Limits,
	site: Pick<Site, 'blobs' | 'now'>,
): Promise<SplitMail> {
	if (Buffer.isBuffer(mail)) {
		const splitter = new MailSplitter({ holdBytes: Infinity, allocate });
		splitter.push(withLineFeeds(mail));
		return splitter.end(isCutOff);
	}
	const waiting: [MailPart, Buffer][] = [];
	const splitter = new MailSplitter({
		holdBytes,
		onPiece: (part, bytes) => waiting.push([part, bytes]),
	});
	const files = new FilesComingIn(largestFileBytes, site);
	for await (const piece of mail) {
		splitter.push(Buffer.isBuffer(piece) ? piece : Buffer.from(piece));
		await files.take(waiting.splice(0));
	}
	const split = splitter.end(isCutOff);
	await files.take(waiting.splice(0));
	await files.finish();
	return split;
}

/** The same site for a dry run: what comes in is read and not kept. */
export function keepingNothing(site: Site): Site {
	const nothing = () => Promise.resolve();
	const begin = () => Promise.resolve({ write: nothing, finish: nothing, abandon: nothing });
	return { ...site, blobs: { ...site.blobs, begin } };
}

/** Big files while they come in, each to its own writer. */
class FilesComingIn {
	readonly #most: number;
	readonly #site: Pick<Site, 'blobs' | 'now'>;
	readonly #writers = new Map<MailPart, { writer: BlobWriter | undefined; sizeBytes: number }>();

	constructor(most: number, site: Pick<Site, 'blobs' | 'now'>) {
		this.#most = most;
		this.#site = site;
	}

	async take(pieces: readonly [MailPart, Buffer][]): Promise<void> {
		for (const [part, bytes] of pieces) {
			const file = this.#writers.get(part) ?? {
				writer: await this.#site.blobs.begin(this.#site.now()),
				sizeBytes: 0,
			};
			this.#writers.set(part, file);
			file.sizeBytes += bytes.length;
			if (file.sizeBytes > this.#most) {
				await file.writer?.abandon();
				file.writer = undefined;
			}
			await file.writer?.write(bytes);
		}
	}

	async finish(): Promise<void> {
		for (const [{ body }, { writer }] of this.#writers) {
			if (writer && body.is === 'streamed') await writer.finish(body.sha256);
		}
	}
}

/** Mails of old Macs, whose lines end in CR only. */
function withLineFeeds(mail: Buffer): Buffer {
	if (mail.includes(10) || !mail.includes(13)) return mail;
	return Buffer.from(mail.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}
