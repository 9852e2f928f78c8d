import { actionPresets, ruleActions } from '../../../service/contract/rule.ts';
import type { Rule, RuleAction, RuleFields } from '../../../service/contract/rule.ts';

/** What a new rule begins with. */
export const emptyRule: RuleFields = {
	expression: '',
	looksIn: 'everything',
	actions: ['hold'],
	state: 'active',
	comment: '',
};

export function fieldsOf({ expression, looksIn, actions, state, comment }: RuleFields): RuleFields {
	return { expression, looksIn, actions, state, comment };
}

/** The choice of the manual that stands for exactly these actions; "" when none does. */
export function presetOf(actions: readonly RuleAction[]): string {
	const preset = actionPresets.find(
		(one) => one.actions.length === actions.length && one.actions.every((a) => actions.includes(a)),
	);
	return preset?.name ?? '';
}

/** The actions of a choice of the manual; undefined for "" (a combination of one's own). */
export function actionsOf(presetName: string): RuleAction[] | undefined {
	const preset = actionPresets.find(({ name }) => name === presetName);
	return preset && [...preset.actions];
}

/** The actions with one more or one less, always in the same order. */
export function withAction(
	actions: readonly RuleAction[],
	action: RuleAction,
	isWanted: boolean,
): RuleAction[] {
	return ruleActions.filter((one) => (one === action ? isWanted : actions.includes(one)));
}

/** The ids of the rules after one has moved a place up (-1) or down (+1); undefined where it cannot. */
export function movedOrder(
	rules: readonly Pick<Rule, 'id'>[],
	id: number,
	by: -1 | 1,
): number[] | undefined {
	const ids = rules.map((rule) => rule.id);
	const from = ids.indexOf(id);
	const to = from + by;
	if (from < 0 || to < 0 || to >= ids.length) return undefined;
	ids.splice(from, 1);
	ids.splice(to, 0, id);
	return ids;
}
