import { RunTotals } from '../act/run-totals.ts';
import { activityBranch, filingDesk, filingTally } from '../branches/activities.ts';
import type { Account } from '../contract/account.ts';
import { ServiceError } from '../errors.ts';
import { processMailbox } from '../process-mailbox.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';
import { readAccount } from './read-account.ts';

/** The job Process Incoming Emails: reads the mailboxes of all active accounts for activities to their end, one after the
 *  other. One that fails does not keep the others from being read.
 *  @throws ServiceError when every one of them failed */
export async function processIncomingEmails(site: Site, context: RunContext): Promise<string> {
	const { accountId } = context.parameters;
	const accounts = (await site.accounts.activityAccounts()).filter(
		({ id }) => accountId === undefined || id === accountId,
	);
	if (accounts.length === 0)
		return 'There is no active mail account for email-to-activity yet, so nothing was read. Add one under Mail accounts.';

	const totals = new RunTotals(filingTally);
	const problems: { name: string; error: ServiceError }[] = [];
	for (const account of accounts) {
		try {
			await readOne(account);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			problems.push({ name: account.name, error });
			await context.note('error', `${account.name}: ${error.message}`);
		}
	}
	const [first] = problems;
	if (first && problems.length === accounts.length) throw first.error;
	const failed = problems.map(({ name }) => `“${name}”`).join(', ');
	const failures = failed ? ` ${failed} could not be read; the job log says why.` : '';
	return totals.sentence(context.isDryRun) + failures;

	async function readOne(account: Account): Promise<void> {
		const before = totals.progress.done;
		const sentence = await readAccount(account, site, context, async (store) => {
			const branch = activityBranch(await filingDesk(account, site), site, totals);
			await processMailbox(store, account, site, context, branch);
			return '';
		});
		if (accounts.length === 1 && !sentence) return;
		const read = totals.progress.done - before;
		await context.note(
			'info',
			sentence || `${account.name}: ${read} ${read === 1 ? 'mail' : 'mails'} read.`,
		);
	}
}
