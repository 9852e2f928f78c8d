import type { Fault } from '../contract/bounce.ts';
import type { Conflicts, TypeCount } from '../contract/rule.ts';

/** Causes that are nothing the recipient could help: a rule that deletes people for them deletes readers. */
const notTheirs: ReadonlySet<Fault> = new Set(['sender', 'network', 'auto']);

/** What a rule matches, as far as its conflicts go. */
export interface MatchFacts {
	type: string;
	fault: Fault;
	/** The active rule before it that catches the bounce. */
	caughtBefore: { ruleId: number; name: string } | undefined;
}

/** Sums up what speaks against a rule. */
export function conflictsOf(matches: readonly MatchFacts[]): Conflicts {
	const caughtBefore = new Map<number, Conflicts['caughtBefore'][number]>();
	for (const { caughtBefore: rule } of matches) {
		if (!rule) continue;
		const known = caughtBefore.get(rule.ruleId) ?? { ...rule, count: 0 };
		caughtBefore.set(rule.ruleId, { ...known, count: known.count + 1 });
	}
	return {
		otherTypes: countTypes(matches).slice(1),
		caughtBefore: [...caughtBefore.values()],
		notTheirFault: matches.filter(({ fault }) => notTheirs.has(fault)).length,
	};
}

/** Bounces by type, most first. */
export function countTypes(bounces: readonly { type: string }[]): TypeCount[] {
	const counts = new Map<string, number>();
	for (const { type } of bounces) counts.set(type, (counts.get(type) ?? 0) + 1);
	return [...counts]
		.map(([type, count]) => ({ type, count }))
		.sort((a, b) => b.count - a.count || a.type.localeCompare(b.type));
}
