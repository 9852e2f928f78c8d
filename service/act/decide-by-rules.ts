import type { RuleMatch } from '../rules/rule-matcher.ts';
import type { Rule } from '../contract/rule.ts';
import { ruleOn, ruleSentence } from '../rules/wishes.ts';
import type { BouncePolicy } from './decide-bounce.ts';
import type { Action } from './decision.ts';
import type { Subject } from './whose-is-it.ts';

/** The rule that catches a recipient's bounce, by the recipient's place in its mail, from 0. */
export type CaughtBy = (position: number) => RuleMatch<Rule> | undefined;

/** Whether the bounce is deleted, so that it counts toward nothing. */
export function isDiscarded(match: RuleMatch<Rule> | undefined): boolean {
	return match?.rule.actions.includes('delete-bounce') ?? false;
}

/** Adds to what was decided about a bounce what the rule that caught it wants (requirement E2). Pure.
 *  @param decided the actions of `decideBounce` about this very bounce */
export function decideByRules(
	decided: readonly Action[],
	{ rule, excerpt }: RuleMatch<Rule>,
	subject: Subject,
	policy: BouncePolicy,
): Action[] {
	const isHeld =
		subject.who === 'nobody' ||
		subject.address.hold !== null ||
		decided.some((action) => action.do === 'hold-address');
	return decided.flatMap((action): Action[] => {
		if (action.do !== 'record-bounce') return [action];

		const { bounce } = action;
		const contactId = subject.who === 'nobody' ? null : subject.address.contactId;
		const ruling = ruleOn(rule, { ...bounce, contactId }, policy);
		const holds = !isHeld && ruling.wishes.some((wish) => wish.action === 'hold');
		const because = ruleSentence(rule, excerpt, ruling);
		return [
			{
				...action,
				bounce: {
					...bounce,
					causedHold: bounce.causedHold || holds,
					because: `${bounce.because} ${because}`,
				},
			},
			{
				do: 'follow-rule',
				position: bounce.position,
				type: bounce.verdict.type,
				rule: { id: rule.id, revision: rule.revision },
				wishes: ruling.wishes,
				because,
			},
		];
	});
}
