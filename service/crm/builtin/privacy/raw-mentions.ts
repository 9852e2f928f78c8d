import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { contentOf } from '../../../messages/mail-content.ts';
import { splitMail } from '../../../messages/mail-splitter.ts';
import type { SiteTables } from '../site-tables.ts';
import type { Person } from './person.ts';

/** A stored mail that names a person. */
export interface Mention {
	fingerprint: string;
	isInHeader: boolean;
	/** Somebody has the mail on record. */
	isFiled: boolean;
}

/** Mails that are looked into for one page, and at once. */
const mailsAPage = 5_000;
const mailsAtOnce = 200;

/** Goes on to look through the raw mails for those that name a person: in the header, or, of a mail that is on nobody's record,
 *  anywhere. No index knows who is named in them, so they are read, some thousand at a time; how far it is, is kept.
 *  @param purpose "export", "erase"; each goes its own way
 *  @param isFirst begins anew
 *  @param most mentions that are wanted at once
 *  @returns what was found, and whether there are more mails to look into */
export async function nextMentions(
	tables: SiteTables,
	person: Person,
	{ purpose, isFirst, most }: { purpose: string; isFirst: boolean; most: number },
): Promise<{ mentions: Mention[]; isMore: boolean }> {
	const place = placeOf(purpose, person.email);
	const isNamed = namer(person);
	const mentions: Mention[] = [];
	let after = isFirst ? '' : await readPlace(tables, place);
	for (let looked = 0; looked < mailsAPage; looked += mailsAtOnce) {
		const rows = await rawMailsAfter(tables, after);
		for (const row of rows) {
			after = row.fingerprint;
			const mention = mentionIn(row, isNamed);
			if (mention) mentions.push(mention);
			if (mentions.length >= most) {
				await writePlace(tables, place, after);
				return { mentions, isMore: true };
			}
		}
		if (rows.length < mailsAtOnce) {
			await forgetPlace(tables, place);
			return { mentions, isMore: false };
		}
	}
	await writePlace(tables, place, after);
	return { mentions, isMore: true };
}

async function rawMailsAfter({ db, siteId }: SiteTables, fingerprint: string) {
	return db
		.selectFrom('raw_mails as r')
		.select(['r.fingerprint', 'r.bytes'])
		.select((eb) =>
			eb
				.selectFrom('activities as a')
				.select('a.id')
				.whereRef('a.site_id', '=', 'r.site_id')
				.whereRef('a.fingerprint', '=', 'r.fingerprint')
				.limit(1)
				.as('activity_id'),
		)
		.where('r.site_id', '=', siteId)
		.where('r.fingerprint', '>', fingerprint)
		.orderBy('r.fingerprint')
		.limit(mailsAtOnce)
		.execute();
}

function mentionIn(
	row: { fingerprint: string; bytes: Uint8Array; activity_id: number | null },
	isNamed: (text: string) => boolean,
): Mention | undefined {
	const bytes = inflateRawSync(row.bytes);
	const raw = bytes.toString('utf8');
	const end = /\r?\n\r?\n/.exec(raw)?.index ?? raw.length;
	const isFiled = row.activity_id !== null;
	const isInHeader = isNamed(raw.slice(0, end));
	const isThere =
		isInHeader || (!isFiled && (isNamed(raw.slice(end)) || isNamed(textOf(bytes, raw))));
	return isThere ? { fingerprint: row.fingerprint, isInHeader, isFiled } : undefined;
}

/** What a mail says whose letters are encoded (RFC 2045 §6); empty for others, which can be read as they are. */
function textOf(bytes: Buffer, raw: string): string {
	if (!/^content-transfer-encoding:[ \t]{0,20}(?:base64|quoted-printable)/im.test(raw)) return '';
	const { text, html } = contentOf(splitMail(bytes, { holdBytes: Infinity }).root);
	return `${text}\n${html ?? ''}`;
}

/** Whether a text has an address of the person, which is not part of a longer one, or the full name. */
function namer({ emails, contacts }: Person): (text: string) => boolean {
	const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
	const called = contacts.map(({ name }) => name.trim()).filter((name) => /\S\s+\S/.test(name));
	const patterns = [
		...emails.map((email) => `(?<![\\w.%+-])${escaped(email)}(?![\\w-]|\\.\\w)`),
		...called.map((name) => `(?<!\\p{L})${escaped(name)}(?!\\p{L})`),
	];
	const pattern = new RegExp(patterns.join('|'), 'iu');
	return (text) => pattern.test(text);
}

const stored = z.object({ after: z.string() });

/** Where it is kept how far it is: by a hash, because the address is what is to be forgotten. */
function placeOf(purpose: string, email: string): string {
	return `privacy.${purpose}.${createHash('sha256').update(email).digest('hex').slice(0, 32)}`;
}

async function readPlace({ db, siteId }: SiteTables, name: string): Promise<string> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('site_id', '=', siteId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row ? stored.parse(JSON.parse(row.value)).after : '';
}

async function writePlace({ db, siteId }: SiteTables, name: string, after: string): Promise<void> {
	const value = JSON.stringify({ after });
	await db
		.insertInto('settings')
		.values({ site_id: siteId, name, value })
		.onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value }))
		.execute();
}

async function forgetPlace({ db, siteId }: SiteTables, name: string): Promise<void> {
	await db.deleteFrom('settings').where('site_id', '=', siteId).where('name', '=', name).execute();
}
