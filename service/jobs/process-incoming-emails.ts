import { RunTotals } from '../act/run-totals.ts';
import { activityBranch, filingDesk, filingTally } from '../branches/activities.ts';
import type { DecidedMail } from '../branches/activities.ts';
import { keepingNothing } from '../branches/take-apart.ts';
import type { Account } from '../contract/account.ts';
import { ServiceError } from '../errors.ts';
import { processMailbox } from '../process-mailbox.ts';
import type { Site } from '../site.ts';
import { counted } from '../words.ts';
import type { RunContext } from './job-book.ts';
import { readAccount } from './read-account.ts';

/** The job Process Incoming Emails: reads the mailboxes of all active accounts for activities to their end, side by side, so that a
 *  slow or failing one keeps none of the others waiting.
 *  @throws ServiceError when every one of them failed */
export async function processIncomingEmails(site: Site, context: RunContext): Promise<string> {
	const { accountId } = context.parameters;
	const accounts = (await site.accounts.activityAccounts()).filter(
		({ id }) => accountId === undefined || id === accountId,
	);
	if (accounts.length === 0)
		return 'There is no active mail account for email-to-activity yet, so nothing was read. Add one under Mail accounts.';

	const { parts, whole } = RunTotals.sideBySide(filingTally, accounts.length);
	const readings = await Promise.allSettled(
		accounts.map((account, at) => readOne(account, site, context, parts[at]!)),
	);

	const notRead: string[] = [];
	const problems: { name: string; error: ServiceError }[] = [];
	for (const [at, reading] of readings.entries()) {
		const { name } = accounts[at]!;
		if (reading.status === 'fulfilled') {
			if (reading.value) notRead.push(reading.value);
			else if (accounts.length > 1 && parts[at]!.done > 0)
				await context.note('info', `${name}: ${counted(parts[at]!.done, 'mail', 'mails')} read.`);
			continue;
		}
		const error: unknown = reading.reason;
		if (!(error instanceof ServiceError)) throw error;
		problems.push({ name, error });
		await context.note('error', `${name}: ${error.message}`);
	}
	const [first] = problems;
	if (first && problems.length === accounts.length) throw first.error;
	if (problems.length > 0) {
		const names = problems.map(({ name }) => `“${name}”`).join(', ');
		notRead.push(`${names} could not be read; the job log says why.`);
	}
	const isAnyRead = readings.some((one) => one.status === 'fulfilled' && !one.value);
	return [...(isAnyRead ? [whole().sentence(context.isDryRun)] : []), ...notRead].join(' ');
}

/** @returns why the account was not read now, or nothing */
function readOne(
	account: Account,
	site: Site,
	context: RunContext,
	totals: RunTotals<DecidedMail>,
): Promise<string> {
	return readAccount(account, site, context, async (store) => {
		const desk = await filingDesk(account, site);
		const branch = activityBranch(desk, context.isDryRun ? keepingNothing(site) : site, totals);
		await processMailbox(store, account, site, context, branch);
		return '';
	});
}
