import { hash } from 'node:crypto';
import { fileNameOf, givenName, isMail, safeName } from './attachment-name.ts';
import { calendarInWords } from './calendar-text.ts';
import { decodeBytes } from './charset.ts';
import { unflowed } from './flowed-text.ts';
import { htmlToText } from './html-to-text.ts';
import { fieldOf } from './mail-part.ts';
import type { MailPart } from './mail-part.ts';
import { parameter } from './parameters.ts';
import { isText, isTnefPart, whole } from './part-body.ts';
import { decoderOf } from './part-decoder.ts';
import { isTnef, readTnef } from './tnef.ts';
import { takeUuencoded } from './uuencode.ts';

/** Characters of text, and of HTML, that are kept of one mail. */
const mostText = 1024 * 1024;

/** A file that came with a mail. */
export interface MailFile {
	fileName: string;
	contentType: string;
	/** Without angle brackets. */
	contentId: string | null;
	/** Shown in the text. */
	isInline: boolean;
	/** Decoded. */
	sizeBytes: number;
	sha256: string;
	/** Its bytes; null when they were handed over while the mail came in. */
	bytes: Buffer | null;
	/** The part it was; a file in the text has none. */
	part: MailPart | null;
	/** False: the mail broke off in it. */
	isWhole: boolean;
}

export interface MailContent {
	/** All of the text; of a mail that has only HTML, what it says. */
	text: string;
	/** As it came, decoded; never to be shown as it is. */
	html: string | null;
	files: MailFile[];
	damage: string[];
}

/** A stretch of a mail, as text and as HTML. */
interface Stretch {
	text: string;
	html: string;
	/** Somebody wrote it as text/plain; it is no other form made readable. */
	isPlain: boolean;
}

const nothing: Stretch = { text: '', html: '', isPlain: false };

/** Reads texts and files out of a mail's parts. Pure; never throws. */
export function contentOf(root: MailPart): MailContent {
	const reader = new ContentReader();
	const said = reader.read(root, 'mixed');
	const isEmpty = said.text.trim() === '' && said.html.trim() === '';
	const { text, html } = isEmpty ? reader.wrapped : said;
	const words = [text, ...reader.events.filter((event) => !text.includes(event))];
	const isLong = text.length > mostText || html.length > mostText;
	return {
		text: words.filter(Boolean).join('\n\n').slice(0, mostText).trim(),
		html: html.slice(0, mostText) || null,
		files: reader.files.map((file) => ({
			...file,
			isInline: file.contentId !== null && html.includes(`cid:${file.contentId}`),
		})),
		damage: [
			...reader.damage,
			...(isLong
				? ['The text is longer than 1 MB; the rest of it is only in the original mail.']
				: []),
		],
	};
}

class ContentReader {
	readonly files: MailFile[] = [];
	readonly damage: string[] = [];
	/** Events of calendars, in words. */
	readonly events: string[] = [];
	/** The letter in Outlook's wrapping: usually the same once more, sometimes all there is. */
	wrapped = { text: '', html: '' };
	#hasText = false;

	read(part: MailPart, within: string): Stretch {
		if (part.type.startsWith('multipart/')) {
			if (part.children.length > 0) return this.#readChildren(part);
			this.damage.push('A multipart has no parts; it was read as text.');
			return this.#readText({ ...part, type: 'text/plain', contentType: 'text/plain' });
		}
		if (isText(part) && (!givenName(part) || (!this.#hasText && within !== 'files'))) {
			return this.#readText(part);
		}
		if (/^text\/(?:enriched|richtext)$/.test(part.type)) {
			const { text } = this.#readText(part);
			return {
				text: text.replace(/<<|<[^<>\n]{1,60}>/g, (tag) => (tag === '<<' ? '<' : '')),
				html: '',
				isPlain: false,
			};
		}
		if (part.type === 'text/calendar') this.#readCalendar(part);
		this.#addFile(part);
		if (isTnefPart(part)) this.#open(part);
		return nothing;
	}

	/** Takes the files out of Outlook's wrapping, which stays a file itself. */
	#open({ body }: MailPart): void {
		const bytes = body.is === 'streamed' ? body.beginning : this.files.at(-1)?.bytes;
		if (!bytes || !isTnef(bytes)) return;
		const { text, html, files, isWhole } = readTnef(bytes);
		if (this.wrapped.text === '' && this.wrapped.html === '') this.wrapped = { text, html };
		for (const { fileName, ...file } of files)
			this.#addLooseFile({ ...file, fileName: fileName || this.#nameless() });
		if (!isWhole)
			this.damage.push(
				'Outlook’s winmail.dat could be opened only in part; what is missing is in the attached original.',
			);
	}

	#readChildren(part: MailPart): Stretch {
		const stretches = part.children.map((child, at) =>
			this.read(child, part.type === 'multipart/related' && at > 0 ? 'files' : part.type),
		);
		return part.type === 'multipart/alternative' ? bestOf(stretches) : joined(stretches);
	}

	#readText(part: MailPart): Stretch {
		this.#hasText = true;
		const isFull = part.body.is !== 'streamed';
		if (!isFull) this.#addFile(part);
		const decoded = textOf(part);
		if (part.type === 'text/html')
			return { text: htmlToText(decoded), html: decoded, isPlain: false };
		const isFlowed = /^flowed$/i.test(parameter(part.contentType, 'format') ?? '');
		const { text, files } = takeUuencoded(
			isFlowed
				? unflowed(decoded, /^yes$/i.test(parameter(part.contentType, 'delsp') ?? ''))
				: decoded,
		);
		for (const { fileName, bytes } of files)
			this.#addLooseFile({
				fileName: safeName(fileName) || this.#nameless(),
				contentType: 'application/octet-stream',
				contentId: null,
				bytes,
			});
		return { text, html: '', isPlain: part.type === 'text/plain' };
	}

	#readCalendar(part: MailPart): void {
		const event = calendarInWords(textOf(part));
		if (event && !this.events.includes(event)) this.events.push(event);
	}

	#addFile(part: MailPart): void {
		const { body } = part;
		const bytes =
			body.is === 'held' ? decodedBytes(part) : body.is === 'decoded' ? body.bytes : null;
		const id = fieldOf(part.fields, 'content-id')?.trim().replace(/^<|>$/g, '');
		const name = fileNameOf(
			part,
			this.files.length + 1,
			isMail(part) ? (bytes ?? undefined) : undefined,
		);
		this.files.push({
			// The half of a Macintosh file that other systems have no use for (RFC 1740), named as macOS does.
			fileName: part.type === 'application/applefile' ? `._${name.replace(/^\._/, '')}` : name,
			contentType: part.type,
			contentId: id ? id.slice(0, 320) : null,
			isInline: false,
			sizeBytes: body.is === 'streamed' ? body.sizeBytes : (bytes?.length ?? 0),
			sha256: body.is === 'held' ? hash('sha256', bytes!, 'hex') : body.sha256,
			bytes,
			part,
			isWhole: body.isWhole,
		});
	}

	#addLooseFile(
		file: Pick<MailFile, 'fileName' | 'contentType' | 'contentId'> & { bytes: Buffer },
	): void {
		this.files.push({
			...file,
			isInline: false,
			sizeBytes: file.bytes.length,
			sha256: hash('sha256', file.bytes, 'hex'),
			part: null,
			isWhole: true,
		});
	}

	#nameless(): string {
		return `attachment-${this.files.length + 1}.bin`;
	}
}

/** Of alternatives, the plain text and the last HTML that say anything (RFC 2046 §5.1.4). Several plain texts are no
 *  alternatives, whatever the mail says. */
function bestOf(stretches: readonly Stretch[]): Stretch {
	const rich = stretches.findLast(({ html }) => html.trim() !== '');
	const plain = new Set(
		stretches
			.filter(({ isPlain }) => isPlain)
			.map(({ text }) => text.trim())
			.filter(Boolean),
	);
	const other = stretches.findLast(({ text }) => text.trim() !== '')?.text ?? '';
	return {
		text: plain.size > 0 ? [...plain].join('\n\n') : (rich?.text ?? other),
		html: rich?.html ?? '',
		isPlain: !rich && plain.size > 0,
	};
}

/** Stretches one after the other; where one of them has HTML, plain ones become HTML, too. */
function joined(stretches: readonly Stretch[]): Stretch {
	const full = stretches.filter(({ text, html }) => text.trim() !== '' || html.trim() !== '');
	if (full.length === 1) return full[0]!;
	const isRich = full.some(({ html }) => html !== '');
	return {
		text: full.map(({ text }) => text.trim()).join('\n\n'),
		html: isRich ? full.map(({ text, html }) => html || plainAsHtml(text)).join('\n') : '',
		isPlain: full.every(({ isPlain }) => isPlain),
	};
}

function plainAsHtml(text: string): string {
	const escaped = text.replace(/[&<>]/g, (sign) =>
		sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;',
	);
	return `<p style="white-space: pre-wrap">${escaped}</p>`;
}

function decodedBytes(part: MailPart): Buffer {
	if (part.body.is !== 'held') return Buffer.alloc(0);
	const decoder = decoderOf(fieldOf(part.fields, 'content-transfer-encoding'));
	return whole(decoder.push(part.body.bytes), decoder.end());
}

/** A part's text, its lines ending in LF. */
export function textOf(part: MailPart): string {
	const { body } = part;
	const bytes =
		body.is === 'streamed'
			? body.beginning
			: body.is === 'decoded'
				? body.bytes
				: decodedBytes(part);
	const raw = bytes.toString('latin1');
	const text = decodeBytes(raw, parameter(part.contentType, 'charset') ?? charsetInHtml(part, raw));
	return (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text).replaceAll('\0', '');
}

/** A page may name its charset itself when the header of its part does not. */
function charsetInHtml({ type }: MailPart, raw: string): string | undefined {
	if (type !== 'text/html') return undefined;
	return /<meta[^>]{1,200}charset\s{0,5}=\s{0,5}["']?([\w-]{2,40})/i.exec(raw.slice(0, 4_096))?.[1];
}
