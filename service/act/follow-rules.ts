import type { RuleAction } from '../contract/rule.ts';
import { stateAfter, targetKey, targetOf } from '../rules/deeds.ts';
import type { Target } from '../rules/deeds.ts';
import type { Wish } from '../rules/wishes.ts';
import type { NewDeed } from '../settings/rule-deeds.ts';
import { deedKey } from '../settings/rule-deeds.ts';
import type { RuleBook } from '../settings/rules.ts';
import { readStates, writeState } from './rule-targets.ts';
import type { Ports } from './rule-targets.ts';

/** A bounce that a rule caught, and what the rule wants. */
export interface Caught {
	bounceId: number;
	/** Type of the bounce, for a hold. */
	type: string;
	rule: { id: number; revision: number };
	wishes: readonly Wish[];
	/** The rule and the words that matched, in a sentence. */
	because: string;
}

/** What following the rules changed: what was so already is not counted. */
export type DeedCounts = Map<RuleAction, number>;

/** Does what rules want about some bounces, and writes each deed with what was before. Call it in a transaction: it is
 *  all or nothing. A rule in one revision does a thing once for a bounce, however often it is asked to; what was undone
 *  stays undone. */
export async function followRules(
	caught: readonly Caught[],
	{ runId, who, at }: { runId: number | null; who: string; at: Date },
	ports: Ports & { rules: RuleBook },
): Promise<DeedCounts> {
	await ports.report.noteCaught(
		caught.map(({ bounceId, rule }) => ({ bounceId, ruleId: rule.id, revision: rule.revision })),
	);
	const done = await ports.rules.deeds.keysOf(caught.map(({ bounceId }) => bounceId));
	const wanted = caught.flatMap((one) =>
		one.wishes
			.filter(
				({ action }) => !done.has(deedKey(one.bounceId, one.rule.id, one.rule.revision, action)),
			)
			.map((wish) => ({ ...one, wish, target: targetOf(wish, one.bounceId) })),
	);

	const states = await readStates(
		wanted.map(({ target }) => target),
		ports,
	);
	const deeds: NewDeed[] = [];
	const counts: DeedCounts = new Map();
	for (const { wish, target, bounceId, type, rule, because } of wanted) {
		const key = targetKey(target);
		const before = states.get(key);
		if (before === undefined) continue;
		const after = stateAfter(wish.action, before);
		if (after !== before) {
			await writeState(target, after, { bounceId, type, because, who, at }, ports);
			states.set(key, after);
			counts.set(wish.action, (counts.get(wish.action) ?? 0) + 1);
		}
		deeds.push({
			...wish,
			bounceId,
			ruleId: rule.id,
			revision: rule.revision,
			runId,
			at,
			who,
			target: key,
			before,
			after,
			because,
		});
	}
	await ports.rules.deeds.write(deeds);
	return counts;
}

/** What following the rules would change; nothing is changed. What one bounce would change, the next one finds changed.
 *  @param states how the targets stand; brought up to date */
export function foresee(
	caught: readonly Pick<Caught, 'bounceId' | 'wishes'>[],
	states: Map<string, string>,
): { bounceId: number; wish: Wish; target: Target }[] {
	return caught.flatMap(({ bounceId, wishes }) =>
		wishes.flatMap((wish) => {
			const target = targetOf(wish, bounceId);
			const before = states.get(targetKey(target));
			if (before === undefined) return [];
			const after = stateAfter(wish.action, before);
			states.set(targetKey(target), after);
			return after === before ? [] : [{ bounceId, wish, target }];
		}),
	);
}
