import { readHeaderBlock } from './header-fields.ts';

/** Where the human part of a bounce ends and the returned copy of our own mail begins. */
export interface Cut {
	/** Length of the human part. */
	textEnd: number;
	/** Raw header fields of the returned copy. */
	fields: [string, string][] | undefined;
}

/** Fields that only the header of a mail has, never the explanation of a bounce. */
const telling =
	/^[>| \t]{0,8}(?:Received|Message-ID|Return-Path|DKIM-Signature|DomainKey-Signature|MIME-Version|X-Mailer|X-Received|Delivered-To|ARC-Seal|X-Originating-IP|X-Sender|List-Id|List-Unsubscribe|Content-Type|Content-Transfer-Encoding|In-Reply-To|References)[ \t]{0,3}:/i;
const anyField = /^[>| \t]{0,8}[A-Za-z][A-Za-z0-9-]{1,60}[ \t]{0,3}:(?:[ \t]|$)/;

/** Lines that announce the copy, as mail servers write them. */
const announcements: readonly RegExp[] = [
	/^[\s*#=_>-]{0,40}(?:this is a copy of (?:the|your) message|(?:here )?below this line is (?:a|the) (?:copy|header)|a copy of the original message below this line|original message follows|(?:the )?original (?:mail|message) (?:as (?:follows|received)|header|info|text)|(?:the )?headers? (?:of the (?:original|rejected) message (?:is|are|follow)|and top \d+ lines)|message headers? follows?|returned message|unsent message|undelivered message|non-delivered message|rejected message|original message|forwarded message|message header follows|message text follows|bounced e-?mail|bounced message|returned mail follows|your (?:original )?message (?:follows|is below|was as follows)|included is a copy of|header of the source mail|(?:attached|attachment) is a copy of the|start of (?:original|returned) message|failed message follows|copy of (?:the )?(?:original )?message|begin (?:forwarded|original) message|original mail(?: info)?)\b/i,
	/^[\s*#=_>-]{0,40}(?:ursprüngliche nachricht|originalnachricht|kopie der nachricht|message d'origine|message original|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|исходное (?:сообщение|письмо)|заголовки исходного|元のメッセージ|原始邮件|原邮件(?!信息|主题)|原始郵件|以下は元のメール)/i,
];
const announcementWord =
	/copy|original|header|returned|unsent|undelivered|non-delivered|rejected|forwarded|bounced|follow|below|nachricht|message|mens|bericht|исходн|元の|原/i;

const mostLines = 20_000;

/** Finds the returned copy in the text of a bounce: announced by a line such as "--- Below this line is a copy of the
 *  message.", or a block of header fields by itself. An announcement counts only if the explanation is above it. */
export function findReturnedCopy(text: string): Cut {
	let hasWords = false;
	let position = 0;
	for (let n = 0; n < mostLines && position < text.length; n++) {
		const lineEnd = endOfLine(text, position);
		const line = text.slice(position, Math.min(lineEnd, position + 200));
		if (hasWords && isAnnouncement(line)) {
			return { textEnd: position, fields: fieldsAfter(text, lineEnd + 1) };
		}
		if (anyField.test(line) && isHeaderBlock(text, position)) {
			return { textEnd: position, fields: fieldsAt(text, position) };
		}
		if (line.trim() !== '') hasWords = true;
		position = lineEnd + 1;
	}
	return { textEnd: text.length, fields: undefined };
}

function isAnnouncement(line: string): boolean {
	return announcementWord.test(line) && announcements.some((pattern) => pattern.test(line));
}

/** Three fields or more in a row, two of them such as only mails have (or one, when it is Received). */
function isHeaderBlock(text: string, start: number): boolean {
	let [fields, tellingOnes, position] = [0, 0, start];
	for (let n = 0; n < 30 && position < text.length; n++) {
		const lineEnd = endOfLine(text, position);
		const line = text.slice(position, Math.min(lineEnd, position + 200));
		if (telling.test(line)) tellingOnes++;
		if (anyField.test(line)) fields++;
		else if (!/^[>|]{0,3}[ \t]+\S/.test(line)) break;
		position = lineEnd + 1;
	}
	return fields >= 3 && tellingOnes >= 2;
}

/** The header block that follows an announcement, after empty lines and rulers. */
function fieldsAfter(text: string, start: number): [string, string][] | undefined {
	let position = start;
	for (let n = 0; n < 12 && position < text.length; n++) {
		const lineEnd = endOfLine(text, position);
		const line = text.slice(position, Math.min(lineEnd, position + 200));
		if (anyField.test(line)) return fieldsAt(text, position);
		position = lineEnd + 1;
	}
	return undefined;
}

function fieldsAt(text: string, start: number): [string, string][] {
	const prefix = /^(?:>[ ]?|\|[ ]?|[ \t]{1,8})/.exec(text.slice(start, start + 10))?.[0] ?? '';
	const block = text.slice(start, start + 65_536);
	const plain =
		prefix === ''
			? block
			: block
					.split('\n')
					.map((line) => (line.startsWith(prefix) ? line.slice(prefix.length) : line))
					.join('\n');
	return readHeaderBlock(plain).fields;
}

function endOfLine(text: string, from: number): number {
	const at = text.indexOf('\n', from);
	return at < 0 ? text.length : at;
}
