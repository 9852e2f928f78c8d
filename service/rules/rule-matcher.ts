import { compilePattern, PatternTooSlow } from '../classify/safe-pattern.ts';
import type { SafePattern } from '../classify/safe-pattern.ts';
import type { Excerpt, Rule } from '../contract/rule.ts';
import { ServiceError } from '../errors.ts';
import type { MailView } from './mail-view.ts';

/** What a rule needs in order to be tried. */
export type Triable = Pick<Rule, 'id' | 'expression' | 'looksIn'>;

export interface RuleMatch<One extends Triable> {
	rule: One;
	excerpt: Excerpt;
}

/** Letters that are kept on each side of the words that matched. */
const around = 80;
const longestWords = 400;
/** An expression that needs back-tracking may take 50 ms on one mail, which is too much on thousands: it may take so long
 *  in all, unless it takes less than so much on the average mail. */
const longestInAllMs = 3_000;
const shortOnAverageMs = 5;

/** Rules made ready to be tried, in their order. A rule that is wrong or too slow never fails a run: it is left out from
 *  then on, and named in `problems` (requirement E5). */
export class RuleMatcher<One extends Triable = Rule> {
	readonly #rules: Tried<One>[] = [];
	readonly #problems = new Map<number, string>();

	constructor(rules: readonly One[]) {
		for (const rule of rules) {
			try {
				this.#rules.push({ rule, pattern: compilePattern(rule.expression), tries: 0, ms: 0 });
			} catch (error) {
				if (!(error instanceof ServiceError)) throw error;
				this.#problems.set(rule.id, error.message);
			}
		}
	}

	/** Rule id → why it is left out. */
	get problems(): ReadonlyMap<number, string> {
		return this.#problems;
	}

	/** Whether there is nothing to try. */
	get isEmpty(): boolean {
		return this.#rules.length === 0;
	}

	/** The first rule that matches. */
	first(view: MailView): RuleMatch<One> | undefined {
		for (const tried of this.#rules) {
			const excerpt = this.#try(tried, view);
			if (excerpt) return { rule: tried.rule, excerpt };
		}
		return undefined;
	}

	/** All rules that match, in their order. */
	all(view: MailView): RuleMatch<One>[] {
		return this.#rules.flatMap((tried) => {
			const excerpt = this.#try(tried, view);
			return excerpt ? [{ rule: tried.rule, excerpt }] : [];
		});
	}

	#try(tried: Tried<One>, view: MailView): Excerpt | undefined {
		const { rule, pattern } = tried;
		if (this.#problems.has(rule.id)) return undefined;
		const pieces = view[rule.looksIn];
		const started = performance.now();
		try {
			return excerptIn(pieces, pattern);
		} catch (error) {
			if (!(error instanceof PatternTooSlow)) throw error;
			this.#problems.set(rule.id, error.message);
			return undefined;
		} finally {
			tried.tries += 1;
			tried.ms += performance.now() - started;
			if (isTooSlowInAll(tried)) this.#problems.set(rule.id, slowInAll(tried));
		}
	}
}

interface Tried<One> {
	rule: One;
	pattern: SafePattern;
	tries: number;
	/** Time that all tries took together. */
	ms: number;
}

function isTooSlowInAll({ ms, tries }: Pick<Tried<unknown>, 'ms' | 'tries'>): boolean {
	return ms > longestInAllMs && ms / tries > shortOnAverageMs;
}

function slowInAll({ rule, ms, tries }: Tried<Triable>): string {
	return `The expression “${rule.expression}” took ${Math.round(ms / tries)} ms a mail on ${tries.toLocaleString('en')} mails. Write it without nested repetitions.`;
}

function excerptIn(pieces: readonly string[], pattern: SafePattern): Excerpt | undefined {
	for (const piece of pieces) {
		const match = pattern.find(piece);
		if (!match) continue;
		const end = match.at + match.words.length;
		return {
			before: piece.slice(Math.max(0, match.at - around), match.at),
			words: match.words.slice(0, longestWords),
			after: piece.slice(end, end + around),
		};
	}
	return undefined;
}
