import type { ImapResponse } from './imap/wire.ts';

/** What one FETCH answer tells; a server may tell of other mails unasked, with other items. */
export interface FetchedMail {
	uid: number;
	/** RFC822.SIZE; some servers only estimate it. */
	sizeBytes?: number;
	receivedAt?: Date;
	/** BODY[], as much as was kept. */
	bytes?: Buffer;
	/** The server sent more than was kept. */
	isCut: boolean;
}

/** Every command that waits sees every answer, so that one is read several times. */
let lastRead: { response?: ImapResponse; mail?: FetchedMail } = {};

/** Reads an untagged FETCH answer (RFC 3501 §7.4.2), its items in any order.
 *  @returns undefined for every other answer, and for one without a UID
 *  @throws Error for one that breaks off */
export function readFetch(response: ImapResponse): FetchedMail | undefined {
	if (lastRead.response !== response) lastRead = { response, mail: read(response) };
	return lastRead.mail;
}

function read({ text, literals }: ImapResponse): FetchedMail | undefined {
	if (!/^\* \d+ FETCH \(/i.test(text)) return undefined;
	const uid = /[( ]UID (\d+)/i.exec(text);
	if (!uid) return undefined;
	// A literal that is longer or shorter than announced ends somewhere else, and what was read of the mail is not the mail.
	if (!/\)\s*$/.test(text)) throw new Error('The server gives other sizes than it announces');
	const size = /[( ]RFC822\.SIZE (\d+)/i.exec(text);
	const date = /[( ]INTERNALDATE "([^"]*)"/i.exec(text);
	return {
		uid: Number(uid[1]),
		sizeBytes: size ? Number(size[1]) : undefined,
		receivedAt: date ? readDate(date[1]!) : undefined,
		...readBody(text, literals),
	};
}

/** Nearly always a literal; a server may send a short mail as a quoted string and an empty one as NIL. */
function readBody(
	text: string,
	literals: ImapResponse['literals'],
): Pick<FetchedMail, 'bytes' | 'isCut'> {
	const body = /[( ]BODY\[\](?:<\d+>)? (?:\{\d+\}|NIL|"((?:[^"\\]|\\.)*)")/i.exec(text);
	if (!body) return { isCut: false };
	const [literal] = literals;
	if (literal) return { bytes: literal.bytes, isCut: literal.sizeBytes > literal.bytes.length };
	const quoted = (body[1] ?? '').replace(/\\(.)/g, '$1');
	return { bytes: Buffer.from(quoted, 'latin1'), isCut: false };
}

/** "17-Jul-1996 02:44:25 -0700" (RFC 3501 §9, date-time). */
function readDate(written: string): Date | undefined {
	const date = new Date(written.trim().replace(/^(\d{1,2})-(\w{3})-(\d{4})/, '$1 $2 $3'));
	return Number.isNaN(date.getTime()) ? undefined : date;
}
