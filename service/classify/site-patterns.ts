import type { Verdict } from '../contract/bounce.ts';
import type { Message } from '../messages/message.ts';
import { hasEmptyReturnPath } from '../messages/machine-sender.ts';
import type { Catalogue, SitePattern } from './catalogue.ts';
import type { Classification } from './classification.ts';
import { unfold } from './fate.ts';
import { judge } from './judge.ts';
import { compilePattern, PatternTooSlow } from './safe-pattern.ts';
import type { PatternMatch } from './safe-pattern.ts';

/** Longer texts are tried up to here. */
const longestText = 20_000;

/** Makes a stored pattern ready.
 *  @throws ServiceError invalid-request when the expression is wrong; see `compilePattern`. */
export function sitePattern(pattern: {
	id: number;
	type: string;
	reason?: string;
	expression: string;
}): SitePattern {
	const { id, type, reason, expression } = pattern;
	const compiled = compilePattern(expression);
	let isTooSlow = false;
	return {
		id,
		type,
		...(reason ? { reason } : {}),
		isTooSlow: () => isTooSlow,
		find: (text) => {
			if (isTooSlow) return undefined;
			try {
				return compiled.find(text);
			} catch (error) {
				if (!(error instanceof PatternTooSlow)) throw error;
				isTooSlow = true;
				return undefined;
			}
		},
	};
}

/** Lets a site's own patterns decide the type of failures and automatic replies; reason and fault stay what the shipped
 *  layers say, unless the pattern names a reason. As in CiviCRM, all white space is one space and the first type in the
 *  order of the types wins; `Catalogue.patterns` come in that order. A mail that nobody here takes for a bounce becomes one by
 *  them if it came without a return address, as only programs send it. Pure; other kinds of mail pass through untouched. */
export function withSitePatterns(
	classification: Classification,
	message: Message,
	catalogue: Catalogue,
): Classification {
	const { patterns = [] } = catalogue;
	const { kind, verdicts } = classification;
	if (patterns.length === 0) return classification;
	if (kind === 'not-bounce') return rescued(message, catalogue) ?? classification;
	if (kind !== 'bounce' && kind !== 'auto-reply') return classification;

	const isOnly = verdicts.length === 1;
	return {
		...classification,
		verdicts: verdicts.map((verdict) => {
			for (const text of textsAbout(verdict, message, isOnly)) {
				const decided = firstMatch(text, patterns);
				if (decided) return decidedBy(decided, verdict, text, catalogue);
			}
			return verdict;
		}),
	};
}

/** A bounce in words that only the site knows, from a sender that tells nothing. A person's letter that quotes such words has a
 *  return address. */
function rescued(message: Message, catalogue: Catalogue): Classification | undefined {
	if (!hasEmptyReturnPath(message.headers)) return undefined;
	for (const text of [message.text, message.subject]) {
		const decided = firstMatch(text, catalogue.patterns ?? []);
		if (!decided) continue;
		const verdict = judge({ diagnostic: unfold(message.text || text) }, catalogue);
		return {
			kind: 'bounce',
			verdicts: [decidedBy(decided, verdict, text, catalogue)],
			decidedBy: `pattern ${decided.pattern.id}`,
		};
	}
	return undefined;
}

/** White space as CiviCRM collapses it: PCRE's `\s` without the flag u, so a no-break space stays. */
export function withSingleSpaces(text: string): string {
	return text.slice(0, longestText).replace(/[ \t\n\v\f\r]+/g, ' ');
}

/** What is said about one recipient, best first. A report's Diagnostic-Code comes before the text around it; where
 *  there is no report the text is all there is. The text is about everybody, so with several recipients each one's own
 *  words are enough. */
function textsAbout(verdict: Verdict, message: Message, isOnly: boolean): string[] {
	const own = verdict.diagnostic;
	if (!isOnly) return [own ?? message.text];
	const around = message.text || message.subject;
	if (!own) return [around];
	return message.deliveryReport ? [own, around] : [around, own];
}

interface Decided {
	pattern: SitePattern;
	match: PatternMatch;
}

function firstMatch(text: string, patterns: readonly SitePattern[]): Decided | undefined {
	const single = withSingleSpaces(text);
	for (const pattern of patterns) {
		const match = pattern.find(single);
		if (match) return { pattern, match };
	}
	return undefined;
}

function decidedBy(
	{ pattern, match }: Decided,
	verdict: Verdict,
	text: string,
	{ reasons }: Catalogue,
): Verdict {
	const reason = pattern.reason === undefined ? undefined : reasons.get(pattern.reason);
	const { evidence: _, ...rest } = verdict;
	const words = asWritten(text, match);
	return {
		...rest,
		type: pattern.type,
		...(reason ? { reason: reason.name, fault: reason.fault } : {}),
		decidedBy: `pattern ${pattern.id}`,
		...(words ? { evidence: words } : {}),
		isRecognised: true,
	};
}

/** The words of a match as the mail has them, with its own line breaks. */
function asWritten(text: string, { at, words }: PatternMatch): string {
	const place = (target: number) => {
		let single = 0;
		for (let i = 0; i < text.length; i++) {
			if (single === target) return i;
			if (!(isSpace(text, i) && isSpace(text, i + 1))) single += 1;
		}
		return text.length;
	};
	return text.slice(place(at), place(at + words.length)).trim();
}

function isSpace(text: string, at: number): boolean {
	const code = text.charCodeAt(at);
	return code === 32 || (code >= 9 && code <= 13);
}
