import { firstAddressIn } from './addresses.ts';
import type { DeliveryReport } from './delivery-report.ts';
import { readDeliveryReport } from './delivery-report.ts';
import type { FeedbackReport } from './feedback-report.ts';
import { readFeedbackReport } from './feedback-report.ts';
import { fingerprintOf } from './fingerprint.ts';
import { mostFields, readHeaderBlock, readableHeaders } from './header-fields.ts';
import type { Headers } from './headers.ts';
import { htmlToText } from './html-to-text.ts';
import { isFromMailServer } from './machine-sender.ts';
import type { Message } from './message.ts';
import type { Part, Tree } from './mime-parts.ts';
import { bytesOf, readParts, textOf } from './mime-parts.ts';
import { findReturnedCopy } from './returned-copy.ts';

/** Bytes of one text part, of all text parts, and of a report that are read. */
const mostOfOneText = 256 * 1024;
const mostOfReport = 4 * 1024 * 1024;
const mostTextParts = 10;

/** Reads a mail. Synchronous, linear in its size, never throws: what can't be read is named in `damage`. The text and
 *  the returned copy's header are decoded when somebody asks for them first.
 *  @param bytes the mail, with any line ends, or the beginning of a big one
 *  @param sizeBytes its size on the server, if that is more than `bytes` */
export function parseMessage(bytes: Buffer, sizeBytes = bytes.length): Message {
	return new ParsedMessage(withPlainLineEnds(bytes), sizeBytes);
}

/** CRLF and CR become LF (mails from disk and from old Macs); leading empty lines go. */
function withPlainLineEnds(bytes: Buffer): string {
	const raw = bytes.toString('latin1');
	const plain = raw.includes('\r') ? raw.replace(/\r\n?/g, '\n') : raw;
	let start = 0;
	while (plain.charCodeAt(start) === 10) start++;
	return start === 0 ? plain : plain.slice(start);
}

class ParsedMessage implements Message {
	readonly sizeBytes: number;
	readonly headers: Headers;
	readonly deliveryReport?: DeliveryReport;
	readonly feedbackReport?: FeedbackReport;
	readonly isReadReceipt: boolean;
	readonly damage: string[];
	readonly #tree: Tree;
	readonly #raw: string;
	readonly #bodyStart: number;
	#fingerprint: string | undefined;
	#reading: { text: string; originalHeaders?: Headers } | undefined;

	constructor(raw: string, sizeBytes: number) {
		this.sizeBytes = sizeBytes;
		const { fields, bodyStart, isCutShort } = readHeaderBlock(raw);
		this.headers = readableHeaders(fields);
		this.#raw = raw;
		this.#bodyStart = bodyStart;
		const tree = readParts(fields, raw.slice(bodyStart));
		this.#tree = reportInside(tree, this.headers, this.from) ?? tree;
		this.deliveryReport =
			mergedReport(this.#tree.leaves) ??
			(isFromMailServer(this.headers, this.from) ? attachedReport(this.#tree.leaves) : undefined);
		const feedback = this.#tree.leaves.find(({ type }) => type === 'message/feedback-report');
		if (feedback) this.feedbackReport = readFeedbackReport(bytesOf(feedback, mostOfReport));
		this.isReadReceipt = this.#tree.leaves.some(({ type }) => receiptType.test(type));
		this.damage = [
			...(raw === '' ? ['The mail is empty.'] : []),
			...(isCutShort ? [`Only the first ${mostFields} header fields were read.`] : []),
			...this.#tree.damage,
		];
	}

	get fingerprint(): string {
		this.#fingerprint ??= fingerprintOf(this.#raw, this.#bodyStart, (name) =>
			this.headers.get(name),
		);
		return this.#fingerprint;
	}

	get messageId(): string | undefined {
		const value = this.headers.get('Message-ID')?.trim();
		return (value && /<([^<>\s]+)>/.exec(value.slice(0, 1_000))?.[1]) || value || undefined;
	}

	get subject(): string {
		return this.headers.get('Subject') ?? '';
	}

	get from(): string | undefined {
		const value = this.headers.get('From');
		return firstAddressIn(/<([^<>]*@[^<>]*)>/.exec(value?.slice(0, 2_000) ?? '')?.[1] ?? value);
	}

	get date(): Date | undefined {
		const value = this.headers.get('Date');
		if (!value) return undefined;
		const date = new Date(value.slice(0, 100).replace(/\([^)]*\)/g, ''));
		return Number.isNaN(date.getTime()) ? undefined : date;
	}

	get text(): string {
		return this.#read().text;
	}

	get originalHeaders(): Headers | undefined {
		return this.#read().originalHeaders;
	}

	#read() {
		this.#reading ??= readingOf(this.#tree.leaves);
		return this.#reading;
	}
}

const receiptType = /^message\/(?:global-)?disposition-notification$/;
const reportTypes = /^(?:message|text)\/(?:(?:global-)?delivery-status|feedback-report)$/;

/** A report that a gateway or mailing list passed on whole, as a part or in the text: its tree. Only of mails from mail
 *  servers; when a person forwards a bounce to ask what it means, it is a letter. */
function reportInside(tree: Tree, headers: Headers, from: string | undefined): Tree | undefined {
	if (tree.leaves.some(({ type }) => reportTypes.test(type))) return undefined;
	if (!isFromMailServer(headers, from)) return undefined;

	for (const part of tree.leaves) {
		const isMail = part.type === 'message/rfc822';
		if (!isMail && part !== tree.leaves[0]) continue;
		const body = bytesOf(part, mostOfReport);
		const at = isMail ? 0 : startOfReport(body);
		if (at < 0) continue;
		const { fields, bodyStart } = readHeaderBlock(body, at);
		const inner = readParts(fields, body.slice(bodyStart));
		if (inner.leaves.some(({ type }) => reportTypes.test(type))) return inner;
	}
	return undefined;
}

/** Where the header of a report begins that stands in a text, or -1. */
function startOfReport(text: string): number {
	const at = text.search(/^content-type:\s{1,5}multipart\/report/im);
	let start = at;
	while (start > 0) {
		const before = text.lastIndexOf('\n', start - 2) + 1;
		if (!/^(?:[!-9;-~]{1,80}[ \t]*:|[ \t]+\S)/.test(text.slice(before, before + 100))) break;
		start = before;
	}
	return start;
}

function mergedReport(leaves: readonly Part[]): DeliveryReport | undefined {
	let merged: DeliveryReport | undefined;
	for (const part of leaves) {
		if (!/^(?:message|text)\/(?:global-)?delivery-status$/.test(part.type)) continue;
		const report = readDeliveryReport(bytesOf(part, mostOfReport));
		if (!merged) merged = report;
		else if (report) merged.recipients.push(...report.recipients);
	}
	return merged;
}

/** A report that a gateway made a file of: "details.txt", "ATT00001.dat". */
function attachedReport(leaves: readonly Part[]): DeliveryReport | undefined {
	const files = leaves.filter(
		({ type, isAttachment }) =>
			type === 'application/octet-stream' || (isAttachment && type === 'text/plain'),
	);
	for (const file of files) {
		const beginning = bytesOf(file, 4_096);
		if (!/^[ \t]{0,8}(?:final|original)-recipient[ \t]{0,3}:/im.test(beginning)) continue;
		return readDeliveryReport(bytesOf(file, mostOfReport));
	}
	return undefined;
}

const returnedTypes = new Set([
	'message/rfc822',
	'message/global',
	'text/rfc822-headers',
	'text/rfc822-header',
	'message/rfc822-headers',
	'message/global-headers',
	'text/rfc822',
]);

/** The human text, and the header of the copy that came back: an own part, or below a line in the text. */
function readingOf(leaves: readonly Part[]): { text: string; originalHeaders?: Headers } {
	const returnedAt = leaves.findIndex(({ type }) => returnedTypes.has(type));
	const returned = leaves[returnedAt];
	const before = humanText(returnedAt < 0 ? leaves : leaves.slice(0, returnedAt));
	const whole = before || (returnedAt < 0 ? '' : humanText(leaves.slice(returnedAt + 1)));

	const { textEnd, fields } = findReturnedCopy(whole);
	const text = whole.slice(0, textEnd).trim();
	const own = returned && headerOf(returned);
	const inline = fields && fields.length > 0 ? readableHeaders(fields) : undefined;
	return { text, originalHeaders: own ?? inline };
}

function humanText(leaves: readonly Part[]): string {
	const texts = leaves.filter(({ type }) => type.startsWith('text/') && !returnedTypes.has(type));
	const inline = texts.filter(({ isAttachment }) => !isAttachment);
	const chosen = (inline.length > 0 ? inline : texts).slice(0, mostTextParts);
	const plain = joined(
		chosen.filter(({ type }) => type !== 'text/html' && type !== 'text/calendar'),
	);
	return plain || joined(chosen.filter(({ type }) => type === 'text/html'));
}

function joined(parts: readonly Part[]): string {
	let text = '';
	for (const part of parts) {
		if (text.length > mostOfOneText) break;
		const own = textOf(part, mostOfOneText);
		text += (text ? '\n\n' : '') + (part.type === 'text/html' ? htmlToText(own) : own);
	}
	return text.trim();
}

function headerOf(part: Part): Headers | undefined {
	const { fields } = readHeaderBlock(bytesOf(part, 256 * 1024).replace(/^\n+/, ''));
	return fields.length > 0 ? readableHeaders(fields) : undefined;
}
