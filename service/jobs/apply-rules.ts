import { followRules, foresee } from '../act/follow-rules.ts';
import type { Caught } from '../act/follow-rules.ts';
import type { States } from '../act/rule-targets.ts';
import type { RuleAction } from '../contract/rule.ts';
import { RuleMatcher } from '../rules/rule-matcher.ts';
import { reportProblems } from '../rules/stored/problems.ts';
import { walkAll } from '../rules/stored/sample.ts';
import type { SampledBounce } from '../rules/stored/sample.ts';
import { countedDeeds, ruleOn, ruleSentence } from '../rules/wishes.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';

/** Name of the job in deeds and histories. */
const who = 'Apply Bounce Rules';

/** The job Apply Bounce Rules: does to the stored bounces what the active rules want, as if the rules had been there when
 *  the mails came. What was done before is not done again. With the parameter `ruleId` only what that rule catches, as
 *  always where it stands among the others. */
export async function applyRules(site: Site, context: RunContext): Promise<string> {
	const { ruleId } = context.parameters;
	const matcher = new RuleMatcher(await site.rules.active());
	if (matcher.isEmpty) return 'No rule is active, so nothing was done.';

	const counts = new Map<RuleAction, number>();
	const states: States = new Map();
	const total = await site.report.countKeptBounces();
	let done = 0;
	let caughtInAll = 0;
	for await (const page of walkAll(site.report)) {
		const caught = page
			.flatMap((bounce) => catchOne(bounce, matcher, site))
			.filter(({ rule }) => ruleId === undefined || rule.id === ruleId);
		done += page.length;
		caughtInAll += caught.length;
		const progress = { done, total: Math.max(done, total) };
		const changes = context.isDryRun
			? countActions(await foresee(caught, states, site))
			: await carryOut(caught, progress, site, context);
		for (const [action, count] of changes) counts.set(action, (counts.get(action) ?? 0) + count);
	}
	await reportProblems(matcher.problems, site, context);
	return sentence({ done, caughtInAll, counts, isDryRun: context.isDryRun });
}

function catchOne(bounce: SampledBounce, matcher: RuleMatcher, site: Site): Caught[] {
	const match = matcher.first(bounce.view);
	if (!match) return [];
	const { rule, excerpt } = match;
	const ruling = ruleOn(rule, bounce.bounce, site.policy);
	return [
		{
			bounceId: bounce.bounce.id,
			type: bounce.bounce.type,
			rule,
			wishes: ruling.wishes,
			because: ruleSentence(rule, excerpt, ruling),
		},
	];
}

async function carryOut(
	caught: readonly Caught[],
	progress: { done: number; total: number },
	site: Site,
	{ claim }: RunContext,
): Promise<Map<RuleAction, number>> {
	return site.inTransaction(async (inside) => {
		const at = inside.now();
		const counts = await followRules(caught, { runId: claim.runId, who, at }, inside);
		await inside.jobs.renew(claim, progress, at);
		return counts;
	});
}

function countActions(wishes: readonly { action: RuleAction }[]): Map<RuleAction, number> {
	const counts = new Map<RuleAction, number>();
	for (const { action } of wishes) counts.set(action, (counts.get(action) ?? 0) + 1);
	return counts;
}

function sentence({
	done,
	caughtInAll,
	counts,
	isDryRun,
}: {
	done: number;
	caughtInAll: number;
	counts: ReadonlyMap<RuleAction, number>;
	isDryRun: boolean;
}): string {
	const changes = countedDeeds(counts) || 'nothing was left to do';
	const looked = `${done.toLocaleString('en')} stored ${done === 1 ? 'bounce' : 'bounces'} looked at`;
	const said = `${looked}, ${caughtInAll.toLocaleString('en')} caught by rules: ${changes}.`;
	return isDryRun ? `Dry run, nothing was changed. It would have been: ${said}` : said;
}
