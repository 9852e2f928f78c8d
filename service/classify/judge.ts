import type { Verdict } from '../contract/bounce.ts';
import type { Catalogue, Reason } from './catalogue.ts';
import type { Fate } from './fate.ts';
import { longestDiagnostic } from './fate.ts';
import type { Phrase, PhraseMatch } from './phrases.ts';
import { PhraseSet, phrasesOf } from './phrases.ts';
import type { PlainText } from './plain-text.ts';
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
const sentences = setOf((reason) => reason.sentences);
const says = setOf((reason) => reason.says);
const hints = setOf((reason) => reason.hints);

/** How far into the SMTP dialogue it came, in the words of Postfix, Exim, qmail and others. */
const stages = new PhraseSet([
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
]);

/** Judges what happened to one recipient (requirement C2): words first, then a precise status code, weaker words,
 *  loose codes. Pure; the same fate gives the same verdict.
 *  @param catalogue gives each reason its type and fault */
export function judge(fate: Fate, catalogue: Catalogue): Verdict {
	const diagnostic = fate.diagnostic?.slice(0, longestDiagnostic) || undefined;
	const status = statusOf(diagnostic, fate.status);
	const replyCode = replyCodeIn(diagnostic);
	const finding = decide(diagnostic ?? '', fate.context, status, replyCode);
	const reason = reasonNamed(finding.reason, catalogue);
	return {
		...(fate.recipient ? { recipient: fate.recipient } : {}),
		type: reason.type,
		reason: reason.name,
		fault: reason.fault,
		...(status ? { status } : {}),
		...(replyCode ? { replyCode } : {}),
		...(diagnostic ? { diagnostic } : {}),
		...(fate.reportingServer ? { reportingServer: fate.reportingServer } : {}),
		decidedBy: finding.decidedBy,
		...(finding.evidence ? { evidence: finding.evidence } : {}),
		isRecognised: reason.name !== 'not-recognised',
	};
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
	const reply = repliedWords(diagnostic);
	const words = plainWords(reply);
	const stage = best(stages.find(diagnostic), 'stage');
	const strong = strongest(words);
	if (strong) return inItsStage(strong, stage, context);

	const weak = best(hints.findIn(words), 'hint');
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

	for (const more of [reply === diagnostic ? '' : diagnostic, context?.() ?? '']) {
		const said = strongest(plainWords(more.slice(0, longestDiagnostic * 2)));
		if (said) return said;
	}
	return weak ?? fromCodes(diagnostic, stage, status, replyCode);
}

function strongest(words: PlainText): Finding | undefined {
	return best(sentences.findIn(words), 'sentence') ?? best(says.findIn(words), 'pattern');
}

/** What is said against an address means something else when it answers MAIL FROM, and is doubtful after the content was
 *  sent: the server took the recipient before (NTT docomo calls users unknown whose filter refused the mail). */
function inItsStage(said: Finding, stage: Finding | undefined, context: Fate['context']): Finding {
	if (faultOf(said.reason) !== 'address') return said;
	if (stage?.reason === 'sender-rejected') return { ...stage, evidence: said.evidence };
	const isAfterData =
		stage?.reason === 'policy' ||
		(!stage && said.reason === 'user-unknown' && endOfData.test(context?.() ?? ''));
	return isAfterData && said.reason === 'user-unknown'
		? { ...said, reason: 'recipient-refused' }
		: said;
}

const endOfData = /in reply to end of\s{1,8}DATA|after end of data/i;

/** What the server itself said, without the words of the one that reports it: from the SMTP reply on, and not what
 *  Postfix adds ("in reply to RCPT TO command"). */
function repliedWords(diagnostic: string): string {
	const reply = /(?:^|[\s:;'"(])[45][0-5]\d[\s-](?!\d{3,})/.exec(diagnostic);
	const start = reply ? reply.index : 0;
	const end = diagnostic.lastIndexOf('(in reply to ');
	return diagnostic.slice(start, end > start ? end : undefined);
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

/** The match of the reason that comes first in the list of reasons; the longest of its matches. */
function best(matches: readonly PhraseMatch[], how: string): Finding | undefined {
	let found: PhraseMatch | undefined;
	for (const match of matches) {
		const difference = found ? rank.get(match.phrase.owner)! - rank.get(found.phrase.owner)! : -1;
		if (difference < 0 || (difference === 0 && match.words.length > found!.words.length))
			found = match;
	}
	if (!found) return undefined;
	const { owner, number } = found.phrase;
	return { reason: owner, decidedBy: `${how} ${owner}/${number}`, evidence: found.words };
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

const statusInText = /(?:^|[\s(#:[-])([245]\.\d{1,2}\.\d{1,3})(?![\d.])/;

/** The status in the server's words is the remote server's own; the report's field is often made up (Exim: 5.0.0). */
function statusOf(diagnostic: string | undefined, field: string | undefined): string | undefined {
	const said =
		diagnostic &&
		(statusInText.exec(repliedWords(diagnostic)) ?? statusInText.exec(diagnostic))?.[1];
	if (!said) return field;
	if (/\.0\.0$/.test(said) && field && !/\.0\.0$/.test(field)) return field;
	return said;
}

function replyCodeIn(diagnostic: string | undefined): number | undefined {
	if (!diagnostic) return undefined;
	const code = /(?:^|[\s:;'"(<>[])([45][0-5]\d)(?=[\s\-:,]|$)/.exec(diagnostic)?.[1];
	return code ? Number(code) : undefined;
}

function setOf(
	textsOf: (reason: (typeof shippedReasons)[number]) => readonly string[] | undefined,
) {
	const phrases: Phrase[] = shippedReasons.flatMap((reason) =>
		phrasesOf(reason.name, textsOf(reason) ?? []),
	);
	return new PhraseSet(phrases);
}
