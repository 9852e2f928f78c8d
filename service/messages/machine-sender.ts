import type { Headers } from './headers.ts';

/** Local parts that programs of mail servers send from. */
const localParts =
	/^(?:mailer-?daemon|mail-?daemon|mdaemon|postmaster|post\.?master|poostmaster|mail-?delivery|delivery|bounces?|bouncer|mail[-_.]?system|mailsystem|system|smtp|imss|ndr|mailsweeper|mail-?admin|mailmarshal|listserv|autoanswer|microsoftexchange[0-9a-f]{16,40})(?:[+._-][^@]*)?@/i;
const names =
	/mail(?:er)?[ -]?(?:delivery|deliver|daemon)|delivery (?:sub)?system|system administrator|\bpostmaster\b|mail system|mail administrator|jetmail|internet mail (?:connector|service)|mail transport|\blsmtp\b|\bdomino\b|\bgroupwise\b|microsoft outlook|microsoft exchange|mail router|mail server/i;

/** True when a mail was written by a mail server, by its From and the empty return path of RFC 5321 §4.5.5. */
export function isFromMailServer(headers: Headers, from: string | undefined): boolean {
	const field = headers.get('From')?.slice(0, 1_000) ?? '';
	if (from && localParts.test(from)) return true;
	if (names.test(from ? field.replace(from, '') : field)) return true;
	return isNameless(field);
}

/** True when even the address is a mail server's: a name like "Mail Delivery System" is quickly feigned. */
export function hasServerAddress(headers: Headers, from: string | undefined): boolean {
	return (from !== undefined && localParts.test(from)) || isNameless(headers.get('From') ?? '');
}

function isNameless(field: string): boolean {
	return /<>\s*$/.test(field.slice(0, 1_000)) || /^\s*(?:mailer-daemon|postmaster)\b/i.test(field);
}

/** True when it came without a return address, as reports must (RFC 3464 §2) and automatic answers should (RFC 3834 §3.3). */
export function hasEmptyReturnPath(headers: Headers): boolean {
	const value = headers.get('Return-Path')?.trim();
	return value === '<>' || /^<?mailer-daemon(?:@|>|$)/i.test(value ?? '');
}
