import type { BounceSummary } from '../../contract/bounce.ts';
import type { Conflicts, MatchedBounce, Rule, Sample, TypeCount } from '../../contract/rule.ts';
import type { Report } from '../../report/report.ts';
import type { MatchFacts } from '../conflicts.ts';
import { conflictsOf, countTypes } from '../conflicts.ts';
import type { Triable } from '../rule-matcher.ts';
import { RuleMatcher } from '../rule-matcher.ts';
import { nameOf } from '../wishes.ts';
import { sampleOf, walkSample } from './sample.ts';

/** A stored rule, or one that is being written. */
export type ReviewedRule = Triable & Pick<Rule, 'state' | 'comment'>;

/** How one rule does on the stored bounces. */
export interface RuleReview {
	caught: number;
	matched: number;
	types: TypeCount[];
	conflicts: Conflicts;
	/** The newest matches. */
	examples: MatchedBounce[];
	problem: string | null;
}

export interface Review {
	/** By rule id. */
	rules: Map<number, RuleReview>;
	/** Bounces that some active rule catches. */
	caught: number;
	/** Those that none does, newest first. */
	unmatched: BounceSummary[];
	sample: Sample;
}

interface Tally {
	facts: MatchFacts[];
	examples: MatchedBounce[];
	caught: number;
}

const mostExamples = 20;

/** Tries rules on the stored bounces (requirement E3); nothing is changed.
 *  @param rules all rules in their order; the active ones catch
 *  @param watched ids of those that are asked about */
export async function review(
	report: Report,
	rules: readonly ReviewedRule[],
	{ watched, mostKept = mostExamples }: { watched: ReadonlySet<number>; mostKept?: number },
): Promise<Review> {
	const asked = new RuleMatcher(rules.filter(({ id }) => watched.has(id)));
	const active = new RuleMatcher(rules.filter(({ state }) => state === 'active'));
	const placeOf = new Map(rules.map(({ id }, place) => [id, place]));
	const place = (id: number) => placeOf.get(id) ?? rules.length;
	const tallies = new Map<number, Tally>(
		[...watched].map((id) => [id, { facts: [], examples: [], caught: 0 }]),
	);
	const unmatched: BounceSummary[] = [];
	let lookedAt = 0;

	for await (const page of walkSample(report)) {
		lookedAt += page.length;
		for (const { bounce, view } of page) {
			const catcher = active.first(view)?.rule;
			if (!catcher) unmatched.push(bounce);
			for (const { rule, excerpt } of asked.all(view)) {
				const tally = tallies.get(rule.id)!;
				const isBefore = catcher !== undefined && place(catcher.id) < place(rule.id);
				const before = isBefore ? { ruleId: catcher.id, name: nameOf(catcher) } : undefined;
				tally.facts.push({ type: bounce.type, fault: bounce.fault, caughtBefore: before });
				if (!isBefore) tally.caught += 1;
				if (tally.examples.length < mostKept) tally.examples.push({ bounce, excerpt });
			}
		}
	}

	const reviewed = [...tallies].map(([id, { facts, examples, caught }]): [number, RuleReview] => [
		id,
		{
			caught,
			matched: facts.length,
			types: countTypes(facts),
			conflicts: conflictsOf(facts),
			examples,
			problem: asked.problems.get(id) ?? null,
		},
	]);
	return {
		rules: new Map(reviewed),
		caught: lookedAt - unmatched.length,
		unmatched,
		sample: await sampleOf(report, lookedAt),
	};
}

/** The rules with one put in as it is being written: where it stands, or last; it catches nothing itself.
 *  @param id of a stored rule; undefined for a new one, which gets the number 0 */
export function withDraft(
	rules: readonly Rule[],
	draft: Pick<Rule, 'expression' | 'looksIn'>,
	id: number | undefined,
): ReviewedRule[] {
	const candidate = { ...draft, id: id ?? 0, state: 'candidate' as const, comment: '' };
	const replaced = rules.map((rule) => (rule.id === id ? candidate : rule));
	return replaced.includes(candidate) ? replaced : [...replaced, candidate];
}
