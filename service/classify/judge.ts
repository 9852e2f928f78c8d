import type { Verdict } from '../contract/bounce.ts';
import type { Catalogue, Reason } from './catalogue.ts';
import type { Fate } from './fate.ts';
import { longestDiagnostic } from './fate.ts';
import type { Phrase, PhraseMatch } from './phrases.ts';
import { PhraseSet, phrasesOf } from './phrases.ts';
import { plainWords } from './plain-text.ts';
import { shippedReasons } from './reasons/index.ts';
import { looseReasonOfStatus, reasonOfReplyCode, reasonOfStatus } from './status-codes.ts';

/** What decided about a fate. */
interface Finding {
	reason: string;
	decidedBy: string;
	evidence?: string;
}

const rank = new Map(shippedReasons.map(({ name }, i) => [name, i]));
const shipped = new Map(shippedReasons.map((reason) => [reason.name, reason]));
/** How far into the SMTP dialogue it came, in the words of Postfix, Exim, qmail and others. */
const stages = [
	...phrasesOf('sender-rejected', [
		'(in reply to|after|response to|to|at|command) mail from',
		'like our mail from',
	]),
	...phrasesOf('blocklisted', [
		'after initial connection',
		'(refused to talk to me|in reply to (ehlo|helo)|after (ehlo|helo)|while receiving the initial server greeting)',
	]),
	...phrasesOf('policy', [
		'(in reply to end of data|after end of data|in reply to data|after data)',
	]),
	...phrasesOf('recipient-refused', [
		'(in reply to rcpt to|after rcpt|like our rcpt to|response to rcpt)',
	]),
];

/** Everything that is looked for in a diagnostic, found in one pass. */
const allPhrases = new PhraseSet([
	...phrasesAs('sentence', (reason) => reason.sentences),
	...phrasesAs('pattern', (reason) => reason.says),
	...phrasesAs('hint', (reason) => reason.hints),
	...stages.map((phrase) => ({ ...phrase, owner: `stage ${phrase.owner}` })),
]);

type Strength = 'sentence' | 'pattern' | 'hint' | 'stage';

/** Judges what happened to one recipient (requirement C2): words first, then a precise status code, weaker words,
 *  loose codes. Pure; the same fate gives the same verdict.
 *  @param catalogue gives each reason its type and fault */
export function judge(fate: Fate, catalogue: Catalogue): Verdict {
	const diagnostic = fate.diagnostic?.slice(0, longestDiagnostic) || undefined;
	const status = statusOf(diagnostic, fate.status);
	const replyCode = replyCodeIn(diagnostic);
	const finding = decide(diagnostic ?? '', fate.context, status, replyCode);
	const reason = reasonNamed(finding.reason, catalogue);
	const verdict: Verdict = {
		type: reason.type,
		reason: reason.name,
		fault: reason.fault,
		decidedBy: finding.decidedBy,
		isRecognised: reason.name !== 'not-recognised',
	};
	if (fate.recipient) verdict.recipient = fate.recipient;
	if (status) verdict.status = status;
	if (replyCode) verdict.replyCode = replyCode;
	if (diagnostic) verdict.diagnostic = diagnostic;
	if (fate.reportingServer) verdict.reportingServer = fate.reportingServer;
	if (finding.evidence) verdict.evidence = finding.evidence;
	return verdict;
}

/** A reason as the site has it, or as shipped when the site has switched it off. */
export function reasonNamed(name: string, catalogue: Catalogue): Reason {
	return catalogue.reasons.get(name) ?? shipped.get(name) ?? shipped.get('not-recognised')!;
}

function decide(
	diagnostic: string,
	context: Fate['context'],
	status: string | undefined,
	replyCode: number | undefined,
): Finding {
	const reply = rangeOfReply(diagnostic);
	const around = allPhrases.findIn(plainWords(diagnostic));
	const isWhole = reply.start === 0 && reply.end === diagnostic.length;
	const found = isWhole ? around : around.filter(({ at }) => at >= reply.start && at < reply.end);
	const stage = best(around, 'stage');
	const strong = strongest(found);
	if (strong) {
		const isBareWord = reasonOfStatus(status) !== 'user-unknown' && isBare(diagnostic, reply);
		return inItsStage(strong, stage, context, isBareWord);
	}

	const weak = best(found, 'hint');
	const precise = reasonOfStatus(status);
	// A word against the sender weighs more than a code against the address ("5.1.1 … blocked"), and what is only
	// temporary says nothing against an address.
	const isDoubtful =
		precise !== undefined &&
		faultOf(precise) === 'address' &&
		(status!.startsWith('4') || (weak && faultOf(weak.reason) === 'sender'));
	if (precise && !isDoubtful) return byStatus(precise, status!, diagnostic);
	if (stage?.reason === 'sender-rejected') return stage;
	if (weak && replyCode) return weak;

	const said = strongest(around) ?? strongest(phrasesIn(context?.()));
	if (said) return said;
	return weak ?? fromCodes(diagnostic, stage, status, replyCode);
}

function phrasesIn(text: string | undefined): PhraseMatch[] {
	return text ? allPhrases.findIn(plainWords(text.slice(0, longestDiagnostic * 2))) : [];
}

function strongest(matches: readonly PhraseMatch[]): Finding | undefined {
	return best(matches, 'sentence') ?? best(matches, 'pattern');
}

/** What is said against an address means something else when it answers MAIL FROM. A bare "unknown user", without a code
 *  that says so too, is doubtful after the content was sent: the server took the recipient before (NTT docomo says so when
 *  the user's filter refuses). */
function inItsStage(
	said: Finding,
	stage: Finding | undefined,
	context: Fate['context'],
	isBare: boolean,
): Finding {
	if (faultOf(said.reason) !== 'address') return said;
	if (stage?.reason === 'sender-rejected') return { ...stage, evidence: said.evidence };
	if (said.reason !== 'user-unknown' || !isBare) return said;
	const isAfterData = stage ? stage.reason === 'policy' : endOfData.test(context?.() ?? '');
	return isAfterData ? { ...said, reason: 'recipient-refused' } : said;
}

/** An SMTP reply of two or three words beside the code and the address. */
function isBare(diagnostic: string, { start, end }: { start: number; end: number }): boolean {
	const words = diagnostic.slice(start, end).split(/\s+/, 12);
	return words.filter((word) => /^[a-z]+\W?$/i.test(word)).length <= 3;
}

const endOfData = /in reply to end of\s{1,8}DATA|after end of data/i;

/** What the server itself said, without the words of the one that reports it: from the SMTP reply on, and not what
 *  Postfix adds ("in reply to RCPT TO command"). */
function rangeOfReply(diagnostic: string): { start: number; end: number } {
	const reply = /(?:^|[\s:;'"(])[45][0-5]\d[\s-](?!\d{3,})/.exec(diagnostic);
	const start = reply ? reply.index : 0;
	const end = diagnostic.lastIndexOf('(in reply to ');
	return { start, end: end > start ? end : diagnostic.length };
}

function fromCodes(
	diagnostic: string,
	stage: Finding | undefined,
	status: string | undefined,
	replyCode: number | undefined,
): Finding {
	if (stage && stage.reason !== 'recipient-refused') return stage;
	const loose = looseReasonOfStatus(status);
	if (loose)
		return { reason: loose, decidedBy: `status ${status}`, evidence: literal(status, diagnostic) };
	const byCode = reasonOfReplyCode(replyCode);
	if (byCode) {
		return {
			reason: byCode,
			decidedBy: `reply code ${replyCode}`,
			evidence: literal(String(replyCode), diagnostic),
		};
	}
	return stage ?? { reason: 'not-recognised', decidedBy: 'nothing' };
}

/** The match of that strength whose reason comes first in the list of reasons; the longest of its matches. */
function best(matches: readonly PhraseMatch[], strength: Strength): Finding | undefined {
	let found: PhraseMatch | undefined;
	for (const match of matches) {
		if (!match.phrase.owner.startsWith(strength)) continue;
		const difference = found ? rankOf(match) - rankOf(found) : -1;
		if (difference < 0 || (difference === 0 && match.length > found!.length)) found = match;
	}
	if (!found) return undefined;
	const { owner, number } = found.phrase;
	return { reason: reasonIn(owner), decidedBy: `${owner}/${number}`, evidence: found.words };
}

function rankOf({ phrase }: PhraseMatch): number {
	return rank.get(reasonIn(phrase.owner))!;
}

/** "pattern user-unknown" → "user-unknown". */
function reasonIn(owner: string): string {
	return owner.slice(owner.indexOf(' ') + 1);
}

function byStatus(reason: string, status: string, diagnostic: string): Finding {
	return { reason, decidedBy: `status ${status}`, evidence: literal(status, diagnostic) };
}

function faultOf(reason: string) {
	return shipped.get(reason)?.fault;
}

function literal(word: string | undefined, text: string): string | undefined {
	return word && text.includes(word) ? word : undefined;
}

const statusInText = /(?:^|[\s(#:['"-])([245]\.\d{1,2}\.\d{1,3})(?![\d.])/;

/** The status in the server's words is the remote server's own; the report's field is often made up (Exim: 5.0.0). */
function statusOf(diagnostic: string | undefined, field: string | undefined): string | undefined {
	const said =
		diagnostic &&
		(statusInText.exec(diagnostic.slice(rangeOfReply(diagnostic).start)) ??
			statusInText.exec(diagnostic))?.[1];
	if (!said) return field;
	if (/\.0\.0$/.test(said) && field && !/\.0\.0$/.test(field)) return field;
	return said;
}

function replyCodeIn(diagnostic: string | undefined): number | undefined {
	if (!diagnostic) return undefined;
	const code = /(?:^|[\s:;'"(<>[])([45][0-5]\d)(?=[\s\-:,]|$)/.exec(diagnostic)?.[1];
	return code ? Number(code) : undefined;
}

function phrasesAs(
	strength: Strength,
	textsOf: (reason: (typeof shippedReasons)[number]) => readonly string[] | undefined,
): Phrase[] {
	return shippedReasons.flatMap((reason) =>
		phrasesOf(`${strength} ${reason.name}`, textsOf(reason) ?? []),
	);
}
