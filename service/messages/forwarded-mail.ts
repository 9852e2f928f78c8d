import { readAddressList } from './address-list.ts';
import type { Mailbox } from './address-list.ts';
import { readParties } from './mail-parties.ts';
import type { NamedParty } from './mail-parties.ts';
import { readHeaderBlock } from './header-fields.ts';

/** Who wrote the mail that was forwarded, to whom and when. */
export interface InnerMail {
	parties: NamedParty[];
	date?: Date;
}

/** The words for the fields of a quoted header, as mail programs of these languages write them: English, German, French,
 *  Spanish, Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Finnish, Polish, Czech, Hungarian, Russian, Ukrainian, Turkish,
 *  Japanese, Chinese, Korean. */
const words: Readonly<Record<string, readonly string[]>> = {
	from: 'from|von|de|da|van|fra|från|lähettäjä|od|feladó|от|від|gönderen|kimden|差出人|送信者|发件人|寄件者|寄件人|보낸 사람|보낸사람|expéditeur|remitente|mittente'.split(
		'|',
	),
	to: 'to|an|à|a|para|aan|til|till|vastaanottaja|do|komu|címzett|кому|alıcı|kime|宛先|收件人|收件者|받는 사람|받는사람|destinataire|destinatario'.split(
		'|',
	),
	cc: 'cc|kopie|copie à|copie|copia|kopi|kopia|kopio|dw|másolat|копия|копія|bilgi|抄送|副本|参조|참조|cópia'.split(
		'|',
	),
	date: 'date|sent|datum|gesendet|gesendet am|envoyé|envoyé le|fecha|enviado|enviado el|data|inviato|verzonden|dato|sendt|skickat|lähetetty|päivämäärä|wysłano|datum odeslání|odesláno|elküldve|dátum|дата|отправлено|надіслано|tarih|gönderildi|日付|日時|送信日時|发送时间|日期|寄件日期|날짜|보낸 날짜'.split(
		'|',
	),
	subject:
		'subject|betreff|objet|asunto|oggetto|assunto|onderwerp|emne|ämne|aihe|temat|předmět|tárgy|тема|konu|件名|主题|主旨|제목'.split(
			'|',
		),
};
const wordOf = new Map(
	Object.entries(words).flatMap(([field, spellings]) =>
		spellings.map((word) => [word, field] as const),
	),
);

/** Lines of a header block that are looked at, and how deep in the text it may begin. */
const mostLines = 30;
const mostTextLines = 400;
const field = /^[>*\s_]{0,12}([\p{L}][\p{L} ]{0,24}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}\s?(.*)$/u;

/** Finds the mail inside a forwarded one: an attached one first, else a header block in the text as Outlook, Gmail, Apple
 *  Mail, Thunderbird and the like write it. Pure; never throws.
 *  @param attached raw bytes of an attached mail (message/rfc822), or their beginning
 *  @returns undefined when nothing is forwarded */
export function innerMail(
	subject: string,
	text: string,
	attached: Buffer | undefined,
): InnerMail | undefined {
	if (attached) {
		const header = attached
			.subarray(0, 256 * 1024)
			.toString('latin1')
			.replace(/\r\n?/g, '\n');
		const { fields } = readHeaderBlock(header.replace(/^\n+/, ''));
		const parties = readParties(fields);
		const written = fields.find(([name]) => name.toLowerCase() === 'date')?.[1];
		if (parties.length > 0) return { parties, ...dateIn(written) };
	}
	return isForwarded(subject, text) ? blockIn(text) : undefined;
}

const forwardSubject =
	/^\s*\[?(?:fwd?|wg|wtr|tr|i|rv|enc|doorst|vs|vb|pd|fs|ilt|转发|轉寄|転送|전달|fw)\s?[:：\]]/iu;
const forwardLine =
	/^[>\s]{0,6}[-_=*\s]{0,40}(?:forwarded message|begin forwarded message|original message|weitergeleitete nachricht|anfang der weitergeleiteten|ursprüngliche nachricht|message transféré|message transmis|début du message|message d['’]origine|mensaje reenviado|mensaje original|messaggio inoltrato|inizio messaggio|mensagem encaminhada|doorgestuurd bericht|oorspronkelijk bericht|videresendt|vidarebefordrat|przekazana wiadomość|přeposlaná zpráva|пересланное сообщение|пересылаемое сообщение|iletilen ileti|転送|转发的?邮件|轉寄的郵件|전달된 메시지)/iu;

function isForwarded(subject: string, text: string): boolean {
	if (forwardSubject.test(subject)) return true;
	return text
		.slice(0, 20_000)
		.split('\n')
		.some(
			(line) =>
				/forwarded|weitergeleitet|transf|reenviad|inoltrat|encaminhad|doorgestuurd|videresendt|vidarebef|przekazan|přeposl|перес|iletilen|転送|转发|轉寄|전달/iu.test(
					line,
				) && forwardLine.test(line),
		);
}

/** The first block in the text that has a From and at least two fields of another kind. */
function blockIn(text: string): InnerMail | undefined {
	const lines = text.split('\n', mostTextLines);
	for (let start = 0; start < lines.length; start++) {
		if (fieldIn(lines[start]!)?.name !== 'from') continue;
		const block = readBlock(lines, start);
		if (block.size < 3) continue;
		const mailboxes = (name: string) => readAddressList(unmarked(block.get(name) ?? ''));
		const parties = [
			...placed('from', mailboxes('from')),
			...placed('to', mailboxes('to')),
			...placed('cc', mailboxes('cc')),
		];
		if (parties.some(({ place }) => place === 'from'))
			return { parties, ...dateIn(block.get('date')) };
	}
	return undefined;
}

function readBlock(lines: readonly string[], start: number): Map<string, string> {
	const block = new Map<string, string>();
	let last: string | undefined;
	for (const line of lines.slice(start, start + mostLines)) {
		if (line.replace(/^[>\s]+/, '') === '') {
			if (block.size >= 3) break;
			continue;
		}
		const found = fieldIn(line);
		if (found) {
			if (block.has(found.name)) break;
			block.set(found.name, found.value);
			last = found.name;
		} else if (last === 'to' || last === 'cc') {
			block.set(last, `${block.get(last)} ${line.trim()}`);
		} else if (block.size >= 3) break;
	}
	return block;
}

function fieldIn(line: string): { name: string; value: string } | undefined {
	const [, label, value] = field.exec(line.slice(0, 2_000)) ?? [];
	const name = label && wordOf.get(label.trim().toLowerCase());
	return name ? { name, value: value!.trim() } : undefined;
}

/** "[mailto:anna@example.org]" of Outlook, and the stars of bold text. */
function unmarked(value: string): string {
	return value
		.replace(/\[mailto:([^\]\s]+)\]/gi, '<$1>')
		.replace(/[*_]{2,}|(?<=\s|^)[*_]|[*_](?=\s|$)/g, '')
		.replace(/<mailto:[^>]*>/gi, '');
}

function placed(place: NamedParty['place'], mailboxes: readonly Mailbox[]): NamedParty[] {
	return mailboxes.map((mailbox) => ({ ...mailbox, place }));
}

/** Dates in words of other languages than English are left alone. */
function dateIn(written: string | undefined): { date?: Date } {
	if (!written) return {};
	const plain = written
		.slice(0, 100)
		.replace(/\([^)]*\)/g, '')
		.replace(/\bat\b/i, ' ')
		.replace(/^\p{L}+,?\s/u, '')
		.replace(/(\d)(st|nd|rd|th)\b/, '$1');
	const date = new Date(/(?:Z|GMT|UTC|[+-]\d{4})\s*$/.test(plain) ? plain : `${plain} UTC`);
	return Number.isNaN(date.getTime()) ? {} : { date };
}
