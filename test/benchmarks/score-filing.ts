/** `npm run score:filing -- FOLDER…`: reads every mail below the folders as if it were to be filed, whole and in small
 *  chunks, and says how many could not be read, lose text, or are not put together again as they were. What mailparser reads is the
 *  second opinion on the text. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import { shippedCatalogue } from '../../service/classify/presets.ts';
import { classify } from '../../service/classify/classify.ts';
import { usualFiling, usualFilingSettings } from '../../service/contract/activity.ts';
import type { IncomingMail } from '../../service/filing/incoming-mail.ts';
import { readIncoming } from '../../service/filing/read-incoming.ts';
import { MailSplitter } from '../../service/messages/mail-splitter.ts';
import type { SplitMail } from '../../service/messages/mail-splitter.ts';
import { wholeMail } from '../../service/messages/skeleton.ts';

/** A word of mailparser's text that we do not have may be a guess about a charset; this share of them is a loss. */
const lostShare = 0.05;

const folders = process.argv.slice(2);
if (folders.length === 0) {
	console.error('Usage: npm run score:filing -- FOLDER…');
	process.exit(2);
}
const catalogue = shippedCatalogue('recommended');
const totals = { mails: 0, thrown: 0, changed: 0, unlike: 0, lost: 0 };
for (const folder of folders) {
	for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
		const path = join(folder, file);
		if (/\.(?:json|jsonl|py|md|txt|ts)$|LICEN|NOTICE/i.test(file) || !statSync(path).isFile())
			continue;
		totals.mails++;
		try {
			await check(file, withLineFeeds(readFileSync(path)));
		} catch (error) {
			totals.thrown++;
			console.log(`threw      ${file}: ${String(error)}`);
		}
	}
}
console.log(
	`${totals.mails} mails: ${totals.thrown} threw, ${totals.changed} were not put together again, ${totals.unlike} read otherwise in chunks, ${totals.lost} lost text.`,
);
process.exitCode = totals.thrown + totals.changed + totals.unlike + totals.lost === 0 ? 0 : 1;

async function check(name: string, raw: Buffer): Promise<void> {
	const whole = split(raw, raw.length || 1);
	const mail = read(whole, raw);
	if (!(await putTogether(mail)).equals(raw)) tell('changed', name);
	const inChunks = read(split(raw, 61), raw);
	if (inChunks.text !== mail.text || inChunks.fingerprint !== mail.fingerprint)
		tell('unlike', name);
	const missing = await missingWords(raw, mail);
	if (missing.length > 0) tell('lost', `${name}: ${missing.slice(0, 8).join(' ')}`);
}

function tell(what: 'changed' | 'unlike' | 'lost', about: string): void {
	totals[what]++;
	console.log(`${what.padEnd(10)} ${about}`);
}

function split(raw: Buffer, chunk: number): SplitMail {
	const splitter = new MailSplitter({ holdBytes: Infinity });
	for (let at = 0; at < raw.length; at += chunk) splitter.push(raw.subarray(at, at + chunk));
	return splitter.end();
}

function read(parts: SplitMail, raw: Buffer): IncomingMail {
	return readIncoming(parts, {
		sizeBytes: raw.length,
		isTruncated: false,
		receivedAt: new Date('2026-06-01T00:00:00Z'),
		settings: usualFilingSettings,
		options: { ...usualFiling, forwarded: 'inner-people' },
		isOwn: () => false,
		classify: (message) => classify(message, catalogue),
	});
}

async function putTogether({ skeleton, contents }: IncomingMail): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	const contentOf = async function* (sha256: string) {
		yield contents.get(sha256) ?? Buffer.alloc(0);
	};
	for await (const piece of wholeMail(skeleton, contentOf)) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** Words that mailparser reads in the text and that stand nowhere in what we read, if they are many. */
async function missingWords(raw: Buffer, mail: IncomingMail): Promise<string[]> {
	const theirs = await simpleParser(raw, { skipTextToHtml: true, skipImageLinks: true }).catch(
		() => undefined,
	);
	const expected = wordsOf(theirs?.text ?? '');
	const files = mail.files
		.filter(({ contentType }) => /^(?:text|message)\//.test(contentType))
		.map(({ sha256 }) => mail.contents.get(sha256)?.toString('utf8') ?? '');
	const ours = new Set(wordsOf([mail.text, mail.html ?? '', ...files].join(' ')));
	const missing = expected.filter((word) => !ours.has(word));
	return missing.length > expected.length * lostShare ? missing : [];
}

/** Words of plain letters, which no charset changes. */
function wordsOf(text: string): string[] {
	return (
		text
			.match(/(?<![\p{L}\p{N}])[a-z]{4,20}(?![\p{L}\p{N}])/giu)
			?.map((word) => word.toLowerCase()) ?? []
	);
}

function withLineFeeds(raw: Buffer): Buffer {
	if (raw.includes(10) || !raw.includes(13)) return raw;
	return Buffer.from(raw.toString('latin1').replaceAll('\r', '\n'), 'latin1');
}
