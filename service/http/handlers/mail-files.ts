import type { Attachment } from '../../contract/activity.ts';
import type { AnsweredFile } from '../../contract/file.ts';
import type { StoredAttachment } from '../../crm/activity-book.ts';
import { ServiceError } from '../../errors.ts';
import { endingOf, safeFileName } from '../../messages/file-name.ts';
import { wholeMail } from '../../messages/skeleton.ts';
import type { Site } from '../../site.ts';

/** Types that a browser might show as a page of this site; they are answered as bytes. */
const runsInBrowsers = /html|xml|svg|script|css|flash|^multipart\/|^message\/(?!rfc822$)|^x-|^\*/;

/** An attachment as people see it: with the reason why it cannot be downloaded, if there is one. */
export function toAttachment(
	file: StoredAttachment,
	blockedEndings: readonly string[],
): Attachment {
	return {
		id: file.id,
		fileName: safeFileName(file.fileName),
		contentType: file.contentType,
		sizeBytes: file.sizeBytes,
		isInline: file.isInline,
		problem: problemOf(file, blockedEndings),
	};
}

/** Why an attachment cannot be downloaded, in a sentence; null when it can. */
function problemOf(
	{ fileName, problem, sha256 }: StoredAttachment,
	blockedEndings: readonly string[],
): string | null {
	if (problem !== null) return problem;
	if (sha256 === null) return 'It was not kept.';
	const ending = endingOf(fileName);
	if (!blockedEndings.includes(ending)) return null;
	return `Files that end in .${ending} cannot be downloaded, because they can do harm when they are opened. The settings of filed mail say which endings are blocked.`;
}

/** An attachment to download. @throws ServiceError not-allowed when it is blocked, not-found when it is no longer kept. */
export async function attachmentFile(site: Site, file: StoredAttachment): Promise<AnsweredFile> {
	const { blockedEndings } = await site.filingSettings.read();
	const problem = problemOf(file, blockedEndings);
	if (problem !== null)
		throw new ServiceError(file.sha256 === null ? 'not-found' : 'not-allowed', problem, {
			problem: file.sha256 === null ? 'not-kept' : 'blocked-file',
		});
	const content = await opened(site.blobs.read(file.sha256 ?? ''));
	if (!content && file.sizeBytes > 0)
		throw new ServiceError('not-found', 'What this attachment held is no longer kept.');
	return {
		fileName: safeFileName(file.fileName),
		contentType: safeType(file.contentType),
		sizeBytes: file.sizeBytes,
		content: content ?? nothing(),
	};
}

/** A mail as it came, to download. @throws ServiceError not-found when it is no longer kept. */
export async function mailFile(
	site: Site,
	fingerprint: string,
	subject: string,
): Promise<AnsweredFile> {
	const kept = await site.report.keptMail(fingerprint);
	if (!kept)
		throw new ServiceError(
			'not-found',
			'The original mail is no longer kept: it was deleted after its time.',
		);
	return {
		fileName: `${safeFileName(subject.slice(0, 80) || 'mail')}.eml`,
		contentType: 'message/rfc822',
		content: wholeMail(kept, (sha256) => site.blobs.read(sha256)),
	};
}

function safeType(contentType: string): string {
	const type = /^[\w.+-]{1,60}\/[\w.+-]{1,80}/.exec(contentType.trim())?.[0].toLowerCase();
	return type === undefined || runsInBrowsers.test(type) ? 'application/octet-stream' : type;
}

/** The pieces, if there is at least one: an error after the first byte could only cut the answer off. */
async function opened(
	pieces: AsyncIterable<Uint8Array>,
): Promise<AsyncIterable<Uint8Array> | undefined> {
	const iterator = pieces[Symbol.asyncIterator]();
	const first = await iterator.next();
	if (first.done) return undefined;
	return (async function* () {
		yield first.value;
		yield* { [Symbol.asyncIterator]: () => iterator };
	})();
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
