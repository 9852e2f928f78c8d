import type { Account } from '../contract/account.ts';
import { ServiceError } from '../errors.ts';
import { usualLimits, wholeMailLimits } from '../mailboxes/mail-store.ts';
import type { MailboxAddress, MailStore } from '../mailboxes/mail-store.ts';
import type { Site } from '../site.ts';
import { isByItself } from './job-book.ts';
import type { RunContext } from './job-book.ts';
import { StoreInTurn } from './store-in-turn.ts';

/** Opens the mailbox of an account when it is its turn, has it read, and notes on the account how it went. After a failure it is left alone for
 *  a while, longer each time, unless somebody starts the run by hand: a server that is down or counts wrong passwords
 *  is not asked every minute.
 *  @returns the sentence of `read`, or why it was not read now. @throws what `read` and opening throw */
export async function readAccount(
	account: Account,
	site: Site,
	context: RunContext,
	read: (store: MailStore) => Promise<string>,
): Promise<string> {
	const isUrgent = !isByItself(context.trigger);
	if (!isUrgent && isResting(account, site.now()))
		return `${account.name} is tried again at ${account.nextTryAt?.slice(11, 16)} UTC, after ${account.failures} ${
			account.failures === 1 ? 'failure' : 'failures'
		}: ${account.lastProblem ?? ''}`;

	const note = (problem: string | null) =>
		context.isDryRun ? undefined : site.accounts.noteReading(account.id, site.now(), problem);
	try {
		const store = await openInTurn(site, account, isUrgent);
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

/** A few dozen are opened at a time, whatever the number of sites, and few are read. */
async function openInTurn(site: Site, account: Account, isUrgent: boolean): Promise<MailStore> {
	const turn = await site.turns.looking.begin({ isUrgent });
	try {
		const store = await turn.waitFor(openAccount(site, account));
		return new StoreInTurn(store, site.turns.reading, { isUrgent });
	} finally {
		turn.end();
	}
}

function openAccount(site: Site, { id, usedFor }: Account): Promise<MailStore> {
	const limits = usedFor === 'activities' ? wholeMailLimits : usualLimits;
	return withAddress(site, id, (address) => site.openMailbox(address, limits));
}

/** Uses the address of an account. An OAuth2 token that the server refuses before its time is renewed once. */
export async function withAddress<Result>(
	site: Site,
	accountId: number,
	use: (address: MailboxAddress) => Promise<Result>,
): Promise<Result> {
	try {
		return await use(await site.accounts.mailboxAddress(accountId));
	} catch (error) {
		if (!(error instanceof ServiceError) || error.problem !== 'token-refused') throw error;
		await site.authorisations.distrust(accountId);
		return use(await site.accounts.mailboxAddress(accountId));
	}
}
