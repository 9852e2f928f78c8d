import {
	fromWords,
	originalWords,
	sentWords,
	toAndSubjectWords,
	wroteWords,
} from './quote-words.ts';

export interface SplitText {
	/** What the mail says itself, with its signature. */
	text: string;
	/** What it quotes of the mail that it answers; empty when it quotes nothing. */
	quotedText: string;
}

/** Lines [start, end) that are quoted. `isRest`: quoted by a header or a line such as "Original Message", so that all below it
 *  is the other mail, with or without ">" before each line. */
interface Quote {
	start: number;
	end: number;
	isRest: boolean;
}

/** Parts what a mail says from the mail that it answers: below a line such as "On 5 May Anna wrote:", below Outlook's From and
 *  Sent lines or its "Original Message", and lines that begin with ">". Answers written between quoted lines stay together with
 *  them, since the one means little without the other; so does a mail that is nothing but quotes. No line is lost.
 *  @param text with LF line ends */
export function splitQuoted(text: string): SplitText {
	const lines = text.split('\n');
	const quotes = quotesIn(lines);
	const whole = { text, quotedText: '' };
	const last = quotes.at(-1);
	if (!last) return whole;

	const before = lines.slice(0, last.start);
	const after = lines.slice(last.end);
	const isAtEnd = isBlank(after) || isSignature(after);
	const isAtStart = quotes.length === 1 && isBlank(before);
	if (!isAtEnd && !isAtStart) return whole;
	const own = [...before, ...after].join('\n').trim();
	if (!/[\p{L}\p{N}]/u.test(own) || isOnlyQuotes(lines, quotes)) return whole;
	return { text: own, quotedText: lines.slice(last.start, last.end).join('\n').trim() };
}

/** The first words of a text without what it quotes, on one line.
 *  @param most characters */
export function excerptOf(text: string, most = 500): string {
	const beginning = splitQuoted(text.slice(0, 20_000)).text;
	const first = onOneLine(beginning.slice(0, 4 * most));
	const line = first.length < most ? onOneLine(beginning) : first;
	return line.slice(0, most).trimEnd();
}

/** Single spaces stay: looking at each of them again takes longer than all the rest. */
function onOneLine(text: string): string {
	return text.replace(/[^\S ]\s*| \s+/g, ' ').trim();
}

function quotesIn(lines: readonly string[]): Quote[] {
	const quotes: Quote[] = [];
	let at = 0;
	while (at < lines.length) {
		const quote = quoteAt(lines, at);
		if (quote) quotes.push(quote);
		at = quote ? quote.end : at + 1;
	}
	return quotes;
}

function quoteAt(lines: readonly string[], at: number): Quote | undefined {
	const line = lines[at]!;
	if (isQuoted(line)) return { start: at, end: endOfQuoted(lines, at), isRest: false };

	const trimmed = line.trim();
	if (isOriginalLine(trimmed) || isHeaderBlock(lines, at) || isRuleAboveHeader(lines, at))
		return { start: at, end: lines.length, isRest: true };

	const height = attributionHeight(lines, at);
	if (height === 0) return undefined;
	const next = nextNotBlank(lines, at + height);
	if (next < lines.length && isQuoted(lines[next]!))
		return { start: at, end: endOfQuoted(lines, next), isRest: false };
	const words = joined(lines, at, height);
	return isCertain(words) && next < lines.length
		? { start: at, end: lines.length, isRest: true }
		: undefined;
}

/** ">From" is what mailbox files make of a line that begins with "From". */
function isQuoted(line: string): boolean {
	return line.charCodeAt(0) === 62 && !line.startsWith('>From ');
}

function endOfQuoted(lines: readonly string[], start: number): number {
	let end = start;
	for (let at = start; at < lines.length; at++) {
		if (isQuoted(lines[at]!)) end = at + 1;
		else if (lines[at]!.trim() !== '') break;
	}
	return end;
}

function isOriginalLine(line: string): boolean {
	return line.startsWith('--') && line.length < 100 && originalLine.test(line);
}

const originalLine = new RegExp(`^-{2,}\\s*(?:${alternatives(originalWords)})\\s*-{2,}$`, 'iu');
const fromLine = headerLine(fromWords);
const sentLine = headerLine(sentWords);
const toOrSubjectLine = headerLine(toAndSubjectWords);

/** From, Sent, and To or Subject, within a few lines: nobody writes that by hand. */
function isHeaderBlock(lines: readonly string[], at: number): boolean {
	const line = lines[at]!;
	if (!/^.{1,30}?[:：]/.test(line) || !fromLine.test(line)) return false;
	const next = lines.slice(at + 1, at + 9);
	return (
		next.some((line) => sentLine.test(line)) && next.some((line) => toOrSubjectLine.test(line))
	);
}

/** The rule that Outlook draws above the header block. */
function isRuleAboveHeader(lines: readonly string[], at: number): boolean {
	if (!/^\s*[_-]{5,}\s*$/.test(lines[at]!)) return false;
	const next = nextNotBlank(lines, at + 1);
	return next < lines.length && isHeaderBlock(lines, next);
}

/** How many lines from here say who wrote what follows; 0 when none do. Programs break long ones. */
function attributionHeight(lines: readonly string[], at: number): number {
	if (lines[at]!.trim() === '' || (at > 0 && continues(lines[at - 1]!))) return 0;
	for (let height = 1; height <= 3 && at + height <= lines.length; height++) {
		const line = lines[at + height - 1]!.trim();
		if (line === '' || line.length > 400) return 0;
		if (!/[:：]$/.test(line)) continue;
		return isAttribution(joined(lines, at, height)) ? height : 0;
	}
	return 0;
}

/** A line that ends a paragraph, or none at all, stands above an attribution. */
function continues(line: string): boolean {
	return line.trim() !== '' && !/[.!?:,;)\]。！？]\s*$/.test(line) && line.length > 60;
}

/** Within a word ("rewrote") it is another word; scripts without spaces have no such thing. */
const wrote = new RegExp(
	`(?<![\\p{sc=Latin}\\p{sc=Cyrillic}\\p{sc=Greek}])(?:${alternatives(wroteWords)})(?=[\\s:：,]|$)`,
	'iu',
);
const time = /\d{1,2}[:.h]\d{2}|\d{4}|\d{1,2}\s?[./-]\s?\d{1,2}/;
const bracketedAddress = /<[^<>\s@]+@[^<>\s@]+>/;

function isAttribution(words: string): boolean {
	return wrote.test(words) || (bracketedAddress.test(words) && time.test(words));
}

/** So sure that all below is the other mail, even without ">": it says when, and who by name or address. */
function isCertain(words: string): boolean {
	return time.test(words) && words.length > 20;
}

function joined(lines: readonly string[], at: number, height: number): string {
	return lines
		.slice(at, at + height)
		.map((line) => line.trim())
		.join(' ');
}

function nextNotBlank(lines: readonly string[], from: number): number {
	let at = from;
	while (at < lines.length && lines[at]!.trim() === '') at += 1;
	return at;
}

function isBlank(lines: readonly string[]): boolean {
	return lines.every((line) => line.trim() === '');
}

/** What stands below a quote is a signature (RFC 3676 §4.3): "-- " on a line of its own, and a few lines. */
function isSignature(lines: readonly string[]): boolean {
	const first = nextNotBlank(lines, 0);
	return /^--\s?$/.test(lines[first] ?? '') && lines.length - first <= 15;
}

/** Whether nothing but other quotes stands above the last one. */
function isOnlyQuotes(lines: readonly string[], quotes: readonly Quote[]): boolean {
	let position = 0;
	for (const { start, end } of quotes) {
		if (!isBlank(lines.slice(position, start))) return false;
		position = end;
	}
	return quotes.length > 1;
}

function headerLine(words: readonly string[]): RegExp {
	return new RegExp(`^[\\s*]{0,4}(?:${alternatives(words)})\\s{0,3}\\*?\\s?[:：]`, 'iu');
}

/** The longest first, so that "De la" is tried before "De". */
function alternatives(words: readonly string[]): string {
	return [...words]
		.sort((a, b) => b.length - a.length)
		.map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
		.join('|');
}
