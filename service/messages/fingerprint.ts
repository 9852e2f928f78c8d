import { hash } from 'node:crypto';

/** Names a mail by its content: 32 hexadecimal digits of SHA-256.
 *  With a Message-ID: over Message-ID, To, Date and body, so that a copy that came another way (other Received and
 *  Delivered-To fields) has the same name. Without one: over everything. Line ends and trailing empty lines, which
 *  mail stores change, make no difference.
 *  @param raw the mail with LF line ends; @param bodyStart where its body begins */
export function fingerprintOf(
	raw: string,
	bodyStart: number,
	field: (name: string) => string | undefined,
): string {
	const messageId = field('message-id');
	const named = messageId
		? `${messageId}\n${field('to') ?? ''}\n${field('date') ?? ''}\n\n${withoutLastLineEnds(raw.slice(bodyStart))}`
		: withoutLastLineEnds(raw);
	return hash('sha256', named, 'hex').slice(0, 32);
}

function withoutLastLineEnds(text: string): string {
	let end = text.length;
	while (end > 0 && text.charCodeAt(end - 1) === 10) end--;
	return text.slice(0, end);
}
