import { addressesIn, tidyAddress } from '../messages/addresses.ts';
import { announced } from './announcements.ts';
import { longestDiagnostic, unfold } from './fate.ts';
import type { Fate } from './fate.ts';

/** A place in a bounce's text where a recipient is named, and what is said about it. */
interface Entry {
	line: number;
	address: string;
	/** What follows the address on its line. */
	rest: string;
	/** `named`: by a label or a colon; `line`: the line says it all; `alone`: the line is nothing but the address. */
	kind: 'named' | 'line' | 'alone';
}

const address = '([^\\s<>()\\[\\]",;:]{1,128}@[^\\s<>()\\[\\]",;:]{1,253})';
const wrapped = `["'\`([]?<?(?:mailto:|smtp:|rfc822;\\s?)?${address}>?["'\`)\\]]?`;

/** How lines begin that name a failed recipient; the first group is the address, the second the rest. */
const shapes: readonly { pattern: RegExp; kind: Entry['kind'] }[] = [
	// Postfix, qmail, Yahoo: "<user@example.org>: host mx said …"
	{ pattern: new RegExp(`^\\s{0,12}${wrapped}\\s?:(?:\\s+(.*))?$`), kind: 'named' },
	// "Failed Recipient: user@example.org", "Error-for:  user@…", "Recipient address: …"
	{
		pattern: new RegExp(
			`^[\\s>*#|-]{0,12}(?:(?:failed |final |original |target |your |the |intended |rejected |invalid |undeliverable |destination )?(?:mail |e-?mail )?(?:recipients?|addresse?e?(?:es|s)?|error-for|user|destinataire|empf(?:ä|ae)nger|adresse|destinatario|destinatário|получатель|адресат|кому|收件人|收信人|收件者|收件地址|宛先|宛先アドレス|あて先|送信先|送信先アドレス|送信先メールアドレス|수신자|받는 사람|받는사람|ontvanger|mottagare|modtager|mottaker|vastaanottaja|odbiorca|adresat|příjemce|címzett|destinatar|alıcı|παραλήπτης|mailbox|rcpt)(?: e-?mail| mail)?(?: address(?:es)?)?|(?:permanent )?(?:failed|failure|undeliverable|undelivered)(?: to| for)?)(?:\\(s\\)|\\(es\\))?[\\s.]{0,20}[:=：]\\s{0,10}${wrapped}(.*)$`,
			'i',
		),
		kind: 'named',
	},
	// Exim: "name@example.org <user@example.org>: malformed address: …"
	{
		pattern: new RegExp(`^\\s{0,12}[^<>\\n]{0,200}\\s<${address}>:\\s(.*)$`),
		kind: 'named',
	},
	// Exchange 5.5 and 2003: "user@example.org on Thu, 29 Apr 2010 00:00:00 -0000"
	{
		pattern: new RegExp(`^\\s{0,12}${wrapped} on (?=\\w{3}, \\d|\\d{1,2}/\\d)(.*)$`),
		kind: 'named',
	},
	{
		pattern: /^\s{0,12}[a-z]=.{0,120}SMTP=([^\s;<>]{1,128}@[^\s;<>]{1,253});?\s?(.*)$/i,
		kind: 'named',
	},
	// Exchange: "Anna Berg (user@example.org)"; XMail: "Rcpt=[user@example.org];Error=[…]"
	{
		pattern: new RegExp(
			`^\\s{0,12}(?![^(<]{0,80}\\b(?:contact|postmaster)\\b)['"]?[^\\s@()<>][^@()<>:]{0,80}['"]?\\s[(<]${address}[)>]\\s{0,10}$`,
		),
		kind: 'alone',
	},
	{ pattern: new RegExp(`\\bRcpt=\\[${address}\\];?(.*)$`), kind: 'line' },
	// MailEnable: "Recipient: [SMTP:user@example.org]"; "<user@example.org> (expanded from <…>): host …"
	{
		pattern: new RegExp(
			`^\\s{0,12}${wrapped} \\((?:expanded from|generated from|ultimately generated from)[^)]{0,300}\\):(.*)$`,
		),
		kind: 'named',
	},
	// Exchange Online: "user@example.org<mailto:user@example.org>"; Active!Hunter: ">>> user@… <user@…>"
	{
		pattern: new RegExp(`^[\\s>*-]{0,12}${wrapped}\\s?<[^<>]{3,300}>\\s{0,5}(.*)$`),
		kind: 'alone',
	},
	// sendmail 5: "554 <user@example.org>... 550 Host unknown"; OpenMail: "user@example.org [User unknown]"
	{
		pattern: new RegExp(
			`^(?:<<< |>>> )?[45]\\d\\d[ -](?:[45]\\.\\d\\.\\d{1,3} )?${wrapped}\\.\\.\\.\\s?(.*)$`,
		),
		kind: 'line',
	},
	{ pattern: new RegExp(`^[\\s>*-]{0,12}${wrapped}\\s{1,4}([[(]\\S.*)$`), kind: 'named' },
	// "user@example.org - no such user here", "user@example.org: …" within a list
	{
		pattern: new RegExp(
			`^[\\s>*-]{0,12}${wrapped}\\s{1,5}(?:[-–—=:]{1,3}>?|\\.{2,4})\\s{1,5}(\\S.*)$`,
		),
		kind: 'named',
	},
	// PowerMTA: "<user@example.org>  delivery failed"; "user@example.org 550 no such user"
	{ pattern: new RegExp(`^\\s{0,12}<${address}>\\s{1,8}(\\S.*)$`), kind: 'named' },
	{ pattern: new RegExp(`^\\s{0,12}${wrapped}\\s{1,8}([45]\\d\\d[\\s-].*)$`), kind: 'named' },
	{
		pattern: new RegExp(`^[\\s>*•·#|-]{0,12}(?:\\d{1,3}[.)] )?${wrapped}[.;,]?\\s{0,20}$`),
		kind: 'alone',
	},
];

/** The word before an address in running text that makes it the failed one; the address follows at once. */
const inSentence = new RegExp(
	`(?:(?:deliver(?:ed|y|ing)?|undeliver(?:able|ed)|sent|send|message|mail|reach(?:ed)?|attempts?|userid|recipient(?:\\(s\\)|s)?|address(?:es)?|zugestellt|mailbox|quota violation|user|account)(?: \\w{1,12}){0,3}?(?: to| for| an| a| à|:)?|failed:|rejected:|to|an)[\\s:]{1,12}(?:the following (?:address|recipient)(?:es|s|\\(es\\)|\\(s\\))?:?\\s{1,8})?["'\`]?<?${address}>?`,
	'gi',
);
const inTranscript = new RegExp(`RCPT TO:\\s{0,3}<?${address}>?`, 'gi');

/** Lines that name whom to ask, not who failed. */
const asksSomebody =
	/\b(?:contact|please (?:send|write|forward|mail)|questions?|assistance|help|support|postmaster at|administrator|problems?,|kontakt|wenden|contacter|contacto|e-?mail us|reply to|unsubscribe|sent by|from|sender|absender|visit)\b/i;

const mostLines = 1_500;
const mostEntries = 500;

interface Hints {
	/** The subject or sender says that it is a bounce, whatever the text says. */
	isAnnounced?: boolean;
	/** Where the text announces what became of the mail. */
	announcedAt?: () => readonly number[];
}

/** Reads which recipients a bounce's text names, with the words that belong to each.
 *  @param text the human part of the mail
 *  @param notThese addresses that never are the failed ones, lower case: our own and the reporter's
 */
export function readEntries(
	text: string,
	notThese: ReadonlySet<string>,
	{ isAnnounced = false, announcedAt = announced(text).at }: Hints = {},
): Fate[] {
	const lines = text.split('\n', mostLines);
	const isOurs = (found: string) => notThese.has(found.toLowerCase());
	const all = unique(chosen(allEntries(lines), lines, { isAnnounced, announcedAt }));
	const entries = all.filter((entry) => !isOurs(entry.address));
	if (entries.length > 0) return fatesOf(entries, lines);
	// Somebody wrote to himself.
	const named = all.filter(({ kind }) => kind !== 'alone');
	if (named.length > 0) return fatesOf(named, lines);

	for (const pattern of [inSentence, inTranscript]) {
		const found = sentenceAddresses(text, pattern).filter((one) => !isOurs(one));
		if (found.length > 0) {
			const diagnostic = unfold(tellingLines(lines));
			return found.map((recipient) => ({ recipient, diagnostic }));
		}
	}
	return [];
}

/** AOL and others name the mailbox without its domain: a word alone on its line below the announcement. */
export function localPartsIn(text: string, announcedAt: () => readonly number[]): string[] {
	const lines = text.split('\n', 60);
	const [start] = announcingLines(lines, announcedAt());
	if (start === undefined) return [];
	const below = lines.slice(start + 1, start + 12);
	return below.flatMap(
		(line) => /^\s{0,12}([a-z0-9][a-z0-9._+-]{1,40})\s{0,5}$/i.exec(line)?.[1] ?? [],
	);
}

/** The one address in a text that may be the failed one: no other is named, but for ours and whom to ask. */
export function onlyAddressIn(text: string, notThese: ReadonlySet<string>): string | undefined {
	const found = new Set<string>();
	for (const line of text.split('\n', mostLines)) {
		if (!line.includes('@') || asksSomebody.test(line) || /message-id/i.test(line)) continue;
		for (const one of addressesIn(line.slice(0, 600), 3)) {
			if (!notThese.has(one.toLowerCase())) found.add(one.toLowerCase());
		}
		if (found.size > 1) return undefined;
	}
	return [...found][0];
}

function allEntries(lines: readonly string[]): Entry[] {
	const entries: Entry[] = [];
	for (let line = 0; line < lines.length && entries.length < mostEntries; line++) {
		const text = lines[line]!.slice(0, 600);
		if (!text.includes('@')) continue;
		const entry = entryIn(text, line);
		if (entry) entries.push(entry);
	}
	return entries;
}

function entryIn(text: string, line: number): Entry | undefined {
	for (const { pattern, kind } of shapes) {
		const [, found, rest] = pattern.exec(text) ?? [];
		const clean = found && tidyAddress(found);
		if (clean) return { line, address: clean, rest: rest ?? '', kind };
	}
	return undefined;
}

/** Entries below the announcement; a bare address above it, or in a sentence on whom to ask, is none. */
function chosen(
	entries: readonly Entry[],
	lines: readonly string[],
	{ isAnnounced, announcedAt }: Required<Hints>,
): Entry[] {
	if (entries.every(({ kind }) => kind !== 'alone')) return [...entries];
	const announcing = announcingLines(lines, announcedAt());
	const first = announcing.size > 0 ? Math.min(...announcing) : undefined;
	return entries.filter(({ line, kind }) => {
		if (kind !== 'alone') return true;
		if (first === undefined ? !isAnnounced : line < first - 3) return false;
		return !asksSomebody.test(lines[line - 1] ?? '') || announcing.has(line - 1);
	});
}

/** Numbers of the lines on which an announcement begins. */
function announcingLines(lines: readonly string[], announcedAt: readonly number[]): Set<number> {
	const starts: number[] = [];
	let offset = 0;
	for (const line of lines) {
		starts.push(offset);
		offset += line.length + 1;
	}
	const found = new Set<number>();
	let line = 0;
	for (const at of announcedAt) {
		while (line + 1 < starts.length && starts[line + 1]! <= at) line++;
		while (line > 0 && starts[line]! > at) line--;
		found.add(line);
	}
	return found;
}

function unique(entries: readonly Entry[]): Entry[] {
	const seen = new Set<string>();
	return entries.filter((entry) => {
		const key = entry.address.toLowerCase();
		return seen.has(key) ? false : seen.add(key);
	});
}

/** Each entry with the lines below it up to the next entry; the words after the last are everybody's who has none. */
function fatesOf(entries: readonly Entry[], lines: readonly string[]): Fate[] {
	return entries.map((entry, i) => {
		const next = entries[i + 1]?.line ?? lines.length;
		const own =
			entry.kind === 'line'
				? [entry.rest]
				: [entry.rest, ...paragraph(lines, entry.line + 1, next)];
		const words =
			unfold(own.join('\n')) || unfold(lines.slice(lastOfRun(entries, i) + 1).join('\n'));
		return {
			recipient: entry.address,
			...(words ? { diagnostic: words } : {}),
			context: () => lines.join('\n'),
		};
	});
}

/** The lines of the entry: to the first empty line, or if that comes at once, all up to the next entry. */
function paragraph(lines: readonly string[], from: number, to: number): string[] {
	const rest = lines.slice(from, Math.min(to, from + 60));
	const gap = rest.findIndex((line) => line.trim() === '');
	if (gap > 0) return rest.slice(0, gap);
	return rest;
}

function lastOfRun(entries: readonly Entry[], from: number): number {
	let i = from;
	while (entries[i + 1]?.line === entries[i]!.line + 1) i++;
	return entries[i]!.line;
}

function sentenceAddresses(text: string, pattern: RegExp): string[] {
	const found = new Map<string, string>();
	for (const match of text.slice(0, 40_000).matchAll(pattern)) {
		const before = text.slice(Math.max(0, match.index - 60), match.index + match[0].indexOf('@'));
		const clean = tidyAddress(match[1]!);
		if (!clean || asksSomebody.test(before)) continue;
		if (!found.has(clean.toLowerCase())) found.set(clean.toLowerCase(), clean);
		if (found.size >= 20) break;
	}
	return [...found.values()];
}

/** The lines that hold an SMTP reply or follow "reason:"; all of them when there is none. */
function tellingLines(lines: readonly string[]): string {
	const telling = lines.filter((line) =>
		/(?:^|[\s:<>])[45]\d\d[\s-]|[45]\.\d\.\d|reason|because|error/i.test(line.slice(0, 400)),
	);
	return (telling.length > 0 ? telling : lines).join('\n').slice(0, longestDiagnostic * 2);
}
