import { compilePattern, PatternTooSlow } from '../classify/safe-pattern.ts';
import type { SafePattern } from '../classify/safe-pattern.ts';
import type { Excerpt, LookPlace, Rule } from '../contract/rule.ts';
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

/** Rules made ready to be tried, in their order. A rule that is wrong or too slow never fails a run: it is left out from
 *  then on, and named in `problems` (requirement E5). */
export class RuleMatcher<One extends Triable = Rule> {
	readonly #rules: { rule: One; pattern: SafePattern }[] = [];
	readonly #problems = new Map<number, string>();

	constructor(rules: readonly One[]) {
		for (const rule of rules) {
			try {
				this.#rules.push({ rule, pattern: compilePattern(rule.expression) });
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
		for (const { rule, pattern } of this.#rules) {
			const excerpt = this.#try(rule, pattern, view);
			if (excerpt) return { rule, excerpt };
		}
		return undefined;
	}

	/** All rules that match, in their order. */
	all(view: MailView): RuleMatch<One>[] {
		return this.#rules.flatMap(({ rule, pattern }) => {
			const excerpt = this.#try(rule, pattern, view);
			return excerpt ? [{ rule, excerpt }] : [];
		});
	}

	#try(rule: One, pattern: SafePattern, view: MailView): Excerpt | undefined {
		if (this.#problems.has(rule.id)) return undefined;
		try {
			return excerptOf(pattern, rule.looksIn, view);
		} catch (error) {
			if (!(error instanceof PatternTooSlow)) throw error;
			this.#problems.set(rule.id, error.message);
			return undefined;
		}
	}
}

function excerptOf(pattern: SafePattern, place: LookPlace, view: MailView): Excerpt | undefined {
	for (const piece of view[place]) {
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
