import type { Account } from '../contract/account.ts';
import { ServiceError } from '../errors.ts';
import { usualLimits, wholeMailLimits } from '../mailboxes/mail-store.ts';
import type { MailStore } from '../mailboxes/mail-store.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';

/** Opens the mailbox of an account, has it read, and notes on the account how it went. After a failure it is left alone for
 *  a while, longer each time, unless somebody starts the run by hand: a server that is down or counts wrong passwords
 *  is not asked every minute.
 *  @returns the sentence of `read`, or why it was not read now. @throws what `read` and opening throw */
export async function readAccount(
	account: Account,
	site: Site,
	context: RunContext,
	read: (store: MailStore) => Promise<string>,
): Promise<string> {
	const isByItself = context.trigger !== 'by-hand' && context.trigger !== 'command-line';
	if (isByItself && isResting(account, site.now()))
		return `${account.name} is tried again at ${account.nextTryAt?.slice(11, 16)} UTC, after ${account.failures} ${
			account.failures === 1 ? 'failure' : 'failures'
		}: ${account.lastProblem ?? ''}`;

	const note = (problem: string | null) =>
		context.isDryRun ? undefined : site.accounts.noteReading(account.id, site.now(), problem);
	try {
		const store = await openAccount(site, account);
		try {
			const sentence = await read(store);
			await note(null);
			return sentence;
		} finally {
			await store.close();
		}
	} catch (error) {
		if (error instanceof ServiceError) await note(error.message);
		throw error;
	}
}

function isResting({ nextTryAt }: Account, now: Date): boolean {
	return nextTryAt !== null && new Date(nextTryAt) > now;
}

/** An OAuth2 token that the server refuses before its time is renewed once. */
async function openAccount(site: Site, { id, usedFor }: Account): Promise<MailStore> {
	const limits = usedFor === 'activities' ? wholeMailLimits : usualLimits;
	try {
		return await site.openMailbox(await site.accounts.mailboxAddress(id), limits);
	} catch (error) {
		if (!(error instanceof ServiceError) || error.problem !== 'token-refused') throw error;
		await site.authorisations.distrust(id);
		return site.openMailbox(await site.accounts.mailboxAddress(id), limits);
	}
}
