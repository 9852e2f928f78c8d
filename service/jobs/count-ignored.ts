import type { Account, IgnoredMails } from '../contract/account.ts';
import { readsAccountsFor } from '../contract/job.ts';
import type { JobName } from '../contract/job.ts';
import { ServiceError } from '../errors.ts';
import { usualLimits } from '../mailboxes/mail-store.ts';
import { whyNoneComeBack } from '../ignored-again.ts';
import type { Site } from '../site.ts';

/** Somebody waits for the answer in a browser. */
const patienceMs = 8_000;
const atOnce = 8;

/** Looks into the mailboxes of a job for mails that were ignored and can be brought back. Changes nothing.
 *  @param accountId looks at this account only
 *  @returns a mailbox that can't be looked at with the reason, and the others all the same */
export async function countIgnored(
	site: Site,
	job: JobName,
	accountId?: number,
): Promise<IgnoredMails> {
	const accounts = await accountsOf(site, job, accountId);
	const counted: IgnoredMails['accounts'] = [];
	for (let at = 0; at < accounts.length; at += atOnce)
		counted.push(
			...(await Promise.all(accounts.slice(at, at + atOnce).map((one) => countIn(site, one)))),
		);
	return { mails: counted.reduce((sum, { mails }) => sum + (mails ?? 0), 0), accounts: counted };
}

/** The active accounts that a job reads, or the only one that it is to read.
 *  @throws ServiceError not-found, conflict when the job does not read that account, or not now */
export async function accountsOf(site: Site, job: JobName, accountId?: number): Promise<Account[]> {
	if (accountId !== undefined) {
		const account = await site.accounts.get(accountId);
		if (account.usedFor !== readsAccountsFor(job))
			throw new ServiceError('conflict', `“${account.name}” is not read by this job.`);
		if (!account.isActive)
			throw new ServiceError(
				'conflict',
				`“${account.name}” is switched off. Tick “Read this account” in its settings first.`,
			);
		return [account];
	}
	const use = readsAccountsFor(job);
	return (await site.accounts.list()).filter(
		({ usedFor, isActive }) => isActive && usedFor === use,
	);
}

async function countIn(site: Site, account: Account): Promise<IgnoredMails['accounts'][number]> {
	const { id, name } = account;
	const whyNone = whyNoneComeBack(account);
	if (whyNone) return { id, name, mails: 0, problem: whyNone };
	try {
		const address = await site.accounts.mailboxAddress(id);
		const store = await site.openMailbox(address, { ...usualLimits, silenceMs: patienceMs });
		try {
			return { id, name, mails: await store.countIgnored(), problem: null };
		} finally {
			await store.close();
		}
	} catch (error) {
		if (!(error instanceof ServiceError)) throw error;
		return { id, name, mails: null, problem: error.message };
	}
}
