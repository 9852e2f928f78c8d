import type { RuleAction } from '../contract/rule.ts';
import { stateAfter, targetKey, targetOf } from '../rules/deeds.ts';
import type { Wish } from '../rules/wishes.ts';
import type { NewDeed } from '../settings/rule-deeds.ts';
import { deedKey } from '../settings/rule-deeds.ts';
import type { RuleBook } from '../settings/rules.ts';
import { readStates, writeState } from './rule-targets.ts';
import type { Ports, States } from './rule-targets.ts';

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
	const wanted = await notYetDone(caught, ports);
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

/** What following the rules would change; nothing is changed.
 *  @param states how things would stand after what was foreseen before; brought up to date */
export async function foresee(
	caught: readonly Caught[],
	states: States,
	ports: Ports & { rules: RuleBook },
): Promise<Wish[]> {
	const wanted = await notYetDone(caught, ports);
	const unknown = wanted.filter(({ target }) => !states.has(targetKey(target)));
	const asked = await readStates(
		unknown.map(({ target }) => target),
		ports,
	);
	for (const [key, state] of asked) states.set(key, state);

	return wanted.flatMap(({ wish, target }) => {
		const key = targetKey(target);
		const before = states.get(key);
		if (before === undefined) return [];
		const after = stateAfter(wish.action, before);
		states.set(key, after);
		return after === before ? [] : [wish];
	});
}

/** The wishes of bounces one by one, without those that were fulfilled before. */
async function notYetDone(caught: readonly Caught[], { rules }: { rules: RuleBook }) {
	const done = await rules.deeds.keysOf(caught.map(({ bounceId }) => bounceId));
	return caught.flatMap((one) =>
		one.wishes
			.map((wish) => ({ ...one, wish, target: targetOf(wish, one.bounceId) }))
			.filter(
				({ bounceId, rule, wish }) =>
					!done.has(deedKey(bounceId, rule.id, rule.revision, wish.action)),
			),
	);
}
