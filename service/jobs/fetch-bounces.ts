import { nothingNew } from '../act/run-totals.ts';
import { watchIncidents } from '../incidents/incidents.ts';
import { bounceBranch } from '../branches/bounces.ts';
import { processMailbox } from '../process-mailbox.ts';
import { RuleMatcher } from '../rules/rule-matcher.ts';
import { reportProblems } from '../rules/stored/problems.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';
import { readAccount } from './read-account.ts';

/** The job Fetch Bounces: reads the site's bounce mailbox to its end. */
export async function fetchBounces(site: Site, context: RunContext): Promise<string> {
	const account = await site.accounts.bounceAccount();
	if (!account) {
		return 'There is no active mail account for bounces yet, so nothing was read. Add one under Mail accounts.';
	}

	return readAccount(account, site, context, async (store) => {
		if (!context.parameters.ignoredAgain && (await store.countWaiting()) === 0) {
			if (!context.isDryRun) await lookBack(site, context, false);
			return nothingNew;
		}
		const rules = new RuleMatcher(await site.rules.active());
		const branch = bounceBranch(account, site, rules);
		await processMailbox(store, account, site, context, branch);
		await reportProblems(rules.problems, site, context);
		if (!context.isDryRun) await lookBack(site, context, branch.totals.progress.done > 0);
		return branch.totals.sentence(context.isDryRun);
	});
}

/** After a run: patterns that took too long are left out from now on, and a provider that refuses us is an incident.
 *  The mails are dealt with by now, so a failure here does not fail the run. */
async function lookBack(site: Site, context: RunContext, hasNews: boolean): Promise<void> {
	try {
		const slow = (site.catalogue.patterns ?? []).filter((pattern) => pattern.isTooSlow());
		if (slow.length > 0)
			await site.inTransaction((inside) => inside.patterns.markTooSlow(slow.map(({ id }) => id)));
		for (const { id } of slow)
			await context.note(
				'warning',
				`Pattern ${id} took too long and is left out until it is mended.`,
			);
		for (const sentence of await watchIncidents(site, { hasNews }))
			await context.note('warning', sentence);
	} catch (error) {
		site.log.error({ site: site.id, err: error }, 'The look back after a run failed.');
		await context.note('warning', 'The run was not searched for incidents because of an error.');
	}
}
