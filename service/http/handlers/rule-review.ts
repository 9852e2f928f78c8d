import { findCandidates, suggestRule } from '../../rules/stored/candidates.ts';
import { review, withDraft } from '../../rules/stored/review.ts';
import { sampleOf } from '../../rules/stored/sample.ts';
import { whatIf } from '../../rules/stored/what-if.ts';
import { checkExpression, requireRightExpression } from '../../rules/wrong-expression.ts';
import type { RulePreview } from '../../contract/rule.ts';
import type { Site } from '../../site.ts';
import type { HandlersOf } from './handler.ts';

type ReviewRoutes =
	| 'checkRules'
	| 'listUnmatchedBounces'
	| 'listRuleBounces'
	| 'previewRule'
	| 'tryRule'
	| 'suggestRule'
	| 'findRuleCandidates';

/** Questions about rules and the stored bounces; all but `findRuleCandidates` change nothing. */
export const ruleReviewHandlers: HandlersOf<ReviewRoutes> = {
	checkRules: async ({ site }) => {
		const rules = await site.rules.list();
		const watched = new Set(rules.map(({ id }) => id));
		const found = await review(site.report, rules, { watched, mostKept: 0 });
		return {
			...found.sample,
			caught: found.caught,
			unmatched: found.unmatched.length,
			rules: [...found.rules].map(([ruleId, { caught, matched, conflicts, problem }]) => ({
				ruleId,
				caught,
				matched,
				conflicts,
				problem,
			})),
		};
	},

	listUnmatchedBounces: async ({ site }, filters) => {
		const { unmatched } = await review(site.report, await site.rules.list(), {
			watched: new Set(),
		});
		const words = filters.search?.toLowerCase() ?? '';
		const found = unmatched.filter(({ email, reasonLabel, type }) =>
			[email, reasonLabel, type].some((text) => text.toLowerCase().includes(words)),
		);
		return onePage(filters.order === 'asc' ? found.reverse() : found, filters);
	},

	listRuleBounces: async ({ site }, { id, ...filters }) => {
		const rule = await site.rules.get(id);
		const found = await review(site.report, [rule], {
			watched: new Set([id]),
			mostKept: Infinity,
		});
		const examples = found.rules.get(id)?.examples ?? [];
		return onePage(filters.order === 'asc' ? examples.reverse() : examples, filters);
	},

	previewRule: async ({ site }, { id, ...draft }) => {
		const problem = checkExpression(draft.expression);
		if (problem) return wrongPreview(site, problem);

		const rules = withDraft(await site.rules.list(), draft, id);
		const found = await review(site.report, rules, { watched: new Set([id ?? 0]) });
		const reviewed = found.rules.get(id ?? 0);
		if (!reviewed) throw new Error('The draft of a rule is gone.');
		const { matched, examples, types, conflicts, problem: slow } = reviewed;
		return {
			...found.sample,
			isValid: slow === null,
			problem: slow === null ? null : { sentence: slow, at: 1 },
			matched,
			examples,
			types,
			conflicts,
		};
	},

	tryRule: ({ site }, { id, ...draft }) => {
		requireRightExpression(draft.expression);
		return whatIf(site, draft, id);
	},

	suggestRule: ({ site }, { id }) => suggestRule(site, id),

	findRuleCandidates: async ({ site, caller }) => {
		const found = await findCandidates(site);
		const what = `Searched for candidate rules: ${found.added} added.`;
		await site.audit.note(caller.userName, what, site.now());
		return found;
	},
};

async function wrongPreview(
	site: Site,
	problem: { sentence: string; at: number },
): Promise<RulePreview> {
	return {
		...(await sampleOf(site.report, 0)),
		isValid: false,
		problem,
		matched: 0,
		examples: [],
		types: [],
		conflicts: { otherTypes: [], caughtBefore: [], notTheirFault: 0 },
	};
}

function onePage<Row>(
	rows: readonly Row[],
	{ page, per_page }: { page: number; per_page: number },
): { rows: Row[]; total: number } {
	return { rows: rows.slice((page - 1) * per_page, page * per_page), total: rows.length };
}
