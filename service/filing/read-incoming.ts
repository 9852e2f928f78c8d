import type { FilingOptions, FilingSettings } from '../contract/activity.ts';
import type { Classification } from '../classify/classification.ts';
import { innerMail } from '../messages/forwarded-mail.ts';
import { contentOf } from '../messages/mail-content.ts';
import type { MailContent, MailFile } from '../messages/mail-content.ts';
import { readParties } from '../messages/mail-parties.ts';
import type { SplitMail } from '../messages/mail-splitter.ts';
import type { MailPart } from '../messages/mail-part.ts';
import type { Message } from '../messages/message.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { findLoop } from './find-loop.ts';
import type { FiledFile, IncomingMail } from './incoming-mail.ts';
import type { IsOwn } from './own-addresses.ts';
import { tokenIn } from './subject-token.ts';

const day = 24 * 60 * 60 * 1000;
/** A mail that claims to be older or younger is taken for one that came when it came. */
const earliest = Date.UTC(1990, 0, 1);

/** What is known of a mail beside its parts, and how it is to be read. */
export interface ReadingContext {
	sizeBytes: number;
	/** Only its beginning was read. */
	isTruncated: boolean;
	/** When the mailbox got it, or now. */
	receivedAt: Date;
	settings: Pick<FilingSettings, 'largestAttachmentBytes'>;
	options: Pick<FilingOptions, 'forwarded'>;
	isOwn: IsOwn;
	classify: (message: Message) => Classification;
}

/** Understands a mail that was taken apart. Pure; never throws. */
export function readIncoming(split: SplitMail, context: ReadingContext): IncomingMail {
	const message = parseMessage(split.skeleton.bytes, context.sizeBytes);
	const content = contentOf(split.root);
	const { kind } = context.classify(message);
	const inner =
		context.options.forwarded === 'inner-people'
			? innerMail(message.subject, content.text, attachedMail(content.files))
			: undefined;
	return {
		message,
		fingerprint: message.fingerprint,
		kind,
		messageId: message.messageId?.toLowerCase().slice(0, 320) ?? null,
		references: referencesOf(message),
		occurredAt: soundDate(inner?.date ?? message.date, context.receivedAt),
		parties: inner?.parties ?? readParties(split.root.fields),
		isForwarded: inner !== undefined,
		text: content.text,
		html: content.html,
		files: content.files.map((file) => filed(file, context)),
		token: tokenIn(message.subject),
		loop: findLoop(message, context.isOwn),
		damage: [...new Set([...split.damage, ...content.damage, ...sealed(split.root, content)])],
		isTruncated: context.isTruncated,
		sizeBytes: context.sizeBytes,
		skeleton: split.skeleton,
		contents: contentsOf(split.root, content.files),
	};
}

/** RFC 5322 §3.6.4; broken ones are full of other words. */
function referencesOf({ headers, messageId }: Message): string[] {
	const text = [...headers.all('References'), ...headers.all('In-Reply-To')]
		.join(' ')
		.slice(0, 32_768);
	const ids = new Set<string>();
	for (const [, id] of text.matchAll(/<([^<>\s]{3,320})>/g)) ids.add(id!.toLowerCase());
	ids.delete(messageId?.toLowerCase() ?? '');
	return [...ids].slice(-50);
}

function soundDate(written: Date | undefined, receivedAt: Date): Date {
	if (!written) return receivedAt;
	const isSound =
		written.getTime() >= earliest && written.getTime() <= receivedAt.getTime() + 2 * day;
	return isSound ? written : receivedAt;
}

function attachedMail(files: readonly MailFile[]): Buffer | undefined {
	return (
		files.find(({ contentType, bytes }) => contentType === 'message/rfc822' && bytes)?.bytes ??
		undefined
	);
}

function filed(
	{ fileName, contentType, contentId, isInline, sizeBytes, sha256, isWhole }: MailFile,
	{ settings: { largestAttachmentBytes: most } }: ReadingContext,
): FiledFile {
	const problem = !isWhole
		? 'Not kept: the mail was too big to be read to its end.'
		: sizeBytes > most
			? `Not kept: it has ${inMegabytes(sizeBytes)}, and files of at most ${inMegabytes(most)} are kept.`
			: null;
	return { fileName, contentType, contentId, isInline, sizeBytes, sha256, problem };
}

/** "31 MB", "0.4 MB". */
export function inMegabytes(bytes: number): string {
	const megabytes = bytes / (1024 * 1024);
	return `${megabytes >= 10 ? Math.round(megabytes) : Math.round(megabytes * 10) / 10} MB`;
}

/** A mail that is encrypted, or signed so that only a mail program opens it, has no text that we could read. */
function sealed(root: MailPart, { text }: MailContent): string[] {
	if (text !== '') return [];
	if (/^application\/(?:x-)?pkcs7-mime$/.test(root.type))
		return [
			'The mail is encrypted or signed as a whole (S/MIME); a mail program opens the attached smime.p7m.',
		];
	if (root.type === 'multipart/encrypted')
		return ['The mail is encrypted; a mail program opens the attached file.'];
	return [];
}

function contentsOf(root: MailPart, files: readonly MailFile[]): Map<string, Buffer> {
	const contents = new Map<string, Buffer>();
	for (const { sha256, bytes } of files) if (bytes) contents.set(sha256, bytes);
	const visit = ({ body, children }: MailPart) => {
		if (body.is === 'decoded') contents.set(body.sha256, body.bytes);
		for (const child of children) visit(child);
	};
	visit(root);
	return contents;
}
