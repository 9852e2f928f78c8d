import { decodeBytes } from './charset.ts';
import { decodeWords } from './encoded-words.ts';
import { isAscii, readHeaderBlock } from './header-fields.ts';
import { fieldOf } from './mail-part.ts';
import type { MailPart } from './mail-part.ts';
import { parameter } from './parameters.ts';

const longestName = 200;

/** Endings for files that come without a name. */
const endingOf: Readonly<Record<string, string>> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/gif': 'gif',
	'image/webp': 'webp',
	'application/pdf': 'pdf',
	'application/zip': 'zip',
	'text/csv': 'csv',
	'text/html': 'html',
	'text/plain': 'txt',
	'text/calendar': 'ics',
	'text/vcard': 'vcf',
	'text/x-vcard': 'vcf',
};
/** Names that programs expect for what belongs to a mail's signature or encryption (RFC 8551 §3.2.1, RFC 3156). */
const nameOf: Readonly<Record<string, string>> = {
	'application/pkcs7-signature': 'smime.p7s',
	'application/x-pkcs7-signature': 'smime.p7s',
	'application/pkcs7-mime': 'smime.p7m',
	'application/x-pkcs7-mime': 'smime.p7m',
	'application/pgp-signature': 'signature.asc',
	'application/pgp-encrypted': 'version.txt',
	'application/ms-tnef': 'winmail.dat',
	'text/calendar': 'invitation.ics',
	'message/delivery-status': 'delivery-status.txt',
	'message/disposition-notification': 'receipt.txt',
};

/** The name that a part gives its file (RFC 2183 §2.3, RFC 2231, RFC 2047 where it must not be), fit to be shown and saved:
 *  without folders, control signs, and signs that turn the direction of text.
 *  @returns empty when it gives none */
export function givenName({ fields, contentType }: MailPart): string {
	const disposition = fieldOf(fields, 'content-disposition') ?? '';
	const raw = named(disposition, 'filename') || named(contentType, 'name');
	return safeName(raw);
}

/** A file's name: the given one, or one made from its type.
 *  @param number of the attachment in the mail, from 1; @param mail the beginning of an attached mail, for its subject */
export function fileNameOf(part: MailPart, number: number, mail?: Buffer): string {
	const given = givenName(part);
	if (given) return isMail(part) && !/\.eml$/i.test(given) ? `${given}.eml` : given;
	if (isMail(part)) {
		const header = mail?.toString('latin1').replace(/\r\n?/g, '\n') ?? '';
		const subject = fieldOf(readHeaderBlock(header.replace(/^\n+/, '')).fields, 'subject');
		return `${safeName(subject ? readable(subject) : '') || `mail-${number}`}.eml`;
	}
	return nameOf[part.type] ?? `attachment-${number}.${endingOf[part.type] ?? 'bin'}`;
}

export function isMail({ type }: MailPart): boolean {
	return type === 'message/rfc822' || type === 'message/global';
}

/** Fit for every file system and for being shown. */
export function safeName(raw: string): string {
	const name = raw
		.replace(/^.*[/\\]/s, '')
		.replace(/[\p{Cc}\p{Cs}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
		.replace(/[<>:"|?*]/g, '_')
		.replace(/\s+/g, ' ')
		.replace(/^[. ]+|[. ]+$/g, '');
	if (name.length <= longestName) return name;
	const ending = /\.[\p{L}\p{N}]{1,12}$/u.exec(name)?.[0] ?? '';
	return name.slice(0, longestName - ending.length) + ending;
}

function named(value: string, name: string): string {
	const found = parameter(value, name) ?? '';
	// Raw eight-bit names: what was percent-encoded (RFC 2231) is decoded already.
	return isAscii(value) ? (found.includes('=?') ? decodeWords(found) : found) : readable(found);
}

function readable(raw: string): string {
	const text = isAscii(raw) ? raw : decodeBytes(raw, undefined);
	return decodeWords(text);
}
