/** Expressions from the words of mail servers: what differs from mail to mail becomes a wildcard, the rest stays literal. */

/** Parts that differ from mail to mail, in the order they are looked for; each is one run without a space. */
const variable: readonly RegExp[] = [
	/https?:\/\/[^\s<>"']+/g, // links to explanations, often with the mail's number
	/[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/g, // addresses
	/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, // IPv4 addresses
	/\b(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{1,4}\b/gi, // IPv6 addresses
	/\b(?:[A-Za-z0-9-]+\.)+[a-z]{2,24}\b/g, // host names; “RESOLVER.ADR.RecipNotFound” is none
	/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, // times
	/(?<![\w.])(?=[\w.-]*\d)(?=[\w.-]*[a-z])[\w.-]{5,}\w(?!\w)/gi, // queue numbers and the like
	/(?<![\d.])\d+(?![\d.])/g, // numbers, but for status codes
];

/** Reply codes and status codes with what joins them, at the beginning of a server's words (RFC 5321 §4.2, RFC 3463). */
const codes =
	/^(?:[\s:;#(<[-]*(?:(?:smtp|x-\w+);|[245]\d\d(?!\d)|[245]\.\d{1,3}\.\d{1,3}))+[\s)>\]:;-]*/i;

const longestWords = 300;
const fewestLetters = 8;
/** Stands for a variable part; no mail server writes it. */
const gap = '\u0000';

/** What bounces with the same cause have in common: codes and variable parts gone, lower case, spaces single. Two bounces
 *  with the same key belong together. Empty when too little is left. */
export function commonWords(words: string): string {
	const common = withGaps(words).toLowerCase();
	return lettersOf(common) < fewestLetters ? '' : common;
}

/** An expression that matches these words and others like them; undefined when they say too little. Variable parts become
 *  `\S+`, everything else is literal. */
export function suggestExpression(words: string): string | undefined {
	const common = withGaps(words);
	if (lettersOf(common) < fewestLetters) return undefined;
	return common
		.split(new RegExp(`(${gap}| )`))
		.map((piece) => (piece === gap ? '\\S+' : escape(piece)))
		.join('');
}

/** The words of a mail that a rule for it is best made from: the server's own, else the line of the text that speaks of
 *  a failure, else nothing. */
export function wordsOf(diagnostic: string | null, evidence: string | null, text: string): string {
	if (diagnostic && commonWords(diagnostic)) return diagnostic;
	const candidates = text
		.split('\n')
		.map((line) => line.trim())
		.filter((line) => commonWords(line) !== '');
	const speaking = evidence && candidates.find((line) => line.includes(evidence));
	return speaking || candidates.find((line) => /\b[45]\d\d\b|\b[45]\.\d\.\d/.test(line)) || '';
}

function withGaps(words: string): string {
	let common = words.slice(0, longestWords).replace(/\s+/g, ' ').trim().replace(codes, '');
	for (const part of variable) common = common.replace(part, gap);
	return common
		.replace(new RegExp(`${gap}(?:[^\\s\\w${gap}]*${gap})+`, 'g'), gap)
		.replace(new RegExp(`^[^\\p{L}]+|[^\\p{L})!]+$`, 'gu'), '');
}

function lettersOf(common: string): number {
	return common.match(/\p{L}/gu)?.length ?? 0;
}

function escape(literal: string): string {
	return literal.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
