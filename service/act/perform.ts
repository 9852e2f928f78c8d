import type { MailKind } from '../contract/bounce.ts';
import type { Crm } from '../crm/crm.ts';
import type { Report } from '../report/report.ts';
import { bounceKey } from '../report/report.ts';
import type { RuleBook } from '../settings/rules.ts';
import type { Decision } from './decision.ts';
import { followRules } from './follow-rules.ts';

/** A mail and what was decided about it. */
export interface Decided {
	fingerprint: string;
	kind: MailKind;
	decision: Decision;
}

/** Does what was decided about some mails of one run: records the bounces, then holds the addresses, then
 *  follows the administrator's rules. Call it in a transaction: it is all or nothing. */
export async function perform(
	decided: readonly Decided[],
	{ accountId, runId, who, at }: { accountId: number; runId: number | null; who: string; at: Date },
	{ crm, report, rules }: { crm: Crm; report: Report; rules: RuleBook },
): Promise<void> {
	const bounces = decided.flatMap(({ fingerprint, kind, decision }) =>
		decision.actions.flatMap((action) =>
			action.do === 'record-bounce'
				? [{ accountId, runId, fingerprint, kind, recordedAt: at, bounce: action.bounce }]
				: [],
		),
	);
	const ids = await report.recordBounces(bounces);

	const holds = decided.flatMap(({ fingerprint, decision }) =>
		decision.actions.flatMap((action) =>
			action.do === 'hold-address'
				? [{ ...action.hold, bounceId: ids.get(bounceKey(fingerprint, action.position)) ?? null }]
				: [],
		),
	);
	await crm.hold(holds, who, at);

	const caught = decided.flatMap(({ fingerprint, decision }) =>
		decision.actions.flatMap((action) => {
			if (action.do !== 'follow-rule') return [];
			const bounceId = ids.get(bounceKey(fingerprint, action.position));
			return bounceId === undefined ? [] : [{ ...action, bounceId }];
		}),
	);
	if (caught.length > 0) await followRules(caught, { runId, who, at }, { crm, report, rules });
}
