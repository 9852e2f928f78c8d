import type { Outcome } from '../../contract/activity.ts';
import type { Account } from '../../contract/account.ts';
import { counted, inARow } from '../../words.ts';

/** Answers why a mail was not filed (requirement F6), by the latest mail that may be meant; or says that none came in, and
 *  where it would have had to.
 *  @param found newest first
 *  @param firstSeenAt when this site began to read mail; null when it never did */
export function whyNotFiled(
	search: string,
	found: readonly Outcome[],
	accounts: readonly Account[],
	firstSeenAt: Date | null,
): string {
	const [latest] = found;
	if (!latest) return neverSeen(search, accounts, firstSeenAt);
	const others =
		found.length > 1
			? ` ${counted(found.length - 1, 'other mail fits', 'other mails fit')} these words as well.`
			: '';
	return `${about(latest)}${others}`;
}

function about(outcome: Outcome): string {
	const { subject, sender, at, accountName, sentence, failures } = outcome;
	const mail = `“${subject || 'Without a subject'}”${sender ? ` from ${sender}` : ''} came in through “${accountName}” on ${day(at)}`;
	if (outcome.activityId !== null)
		return `${mail}${outcome.outcome === 'ignored' ? '' : ' and was filed'}. ${sentence}`;
	if (outcome.bounceIds.length > 0)
		return `${mail} and was recorded as ${counted(outcome.bounceIds.length, 'bounce', 'bounces')}, not filed. ${sentence}`;
	switch (outcome.outcome) {
		case 'acted':
			return outcome.usedFor === 'activities'
				? `${mail} and was filed, but what was filed has been deleted since. ${sentence}`
				: `${mail}, which is read for bounces. ${sentence}`;
		case 'ignored':
			return outcome.usedFor === 'activities'
				? `${mail} and was not filed. ${sentence}`
				: `${mail}, which is read for bounces, so it was not filed. ${sentence}`;
		case 'failed':
			return `${mail} and could not be dealt with ${counted(failures, 'time', 'times')} so far; it waits in the mailbox and is tried again in the next run. ${sentence}`;
		case 'set-aside':
			return `${mail}, could not be dealt with ${counted(failures, 'time', 'times')} and was set aside. ${sentence} Deal with it again when the cause is mended.`;
	}
}

function neverSeen(search: string, accounts: readonly Account[], firstSeenAt: Date | null): string {
	const filing = accounts.filter(({ usedFor, isActive }) => usedFor === 'activities' && isActive);
	if (filing.length === 0)
		return 'No mail like this has come in: there is no active mail account that files mail. Add one for email-to-activity under Mail accounts.';
	const since = firstSeenAt ? ` since ${day(firstSeenAt.toISOString())}` : '';
	const names = inARow(filing.map(({ name }) => `“${name}”`));
	const file = filing.length === 1 ? 'The account that files is' : 'The accounts that file are';
	return `No mail with “${search}” has come in${since}. ${file} ${names}. ${filing.map(lastReading).join(' ')} A mail that came later is dealt with in the next run; else look whether it was sent to one of them, with an address in Bcc or a folder that is read.`;
}

function lastReading({ name, lastReadAt, lastProblem }: Account): string {
	if (lastReadAt === null) return `“${name}” was never read yet.`;
	const at = `${day(lastReadAt)} at ${lastReadAt.slice(11, 16)} UTC`;
	return lastProblem
		? `“${name}” could not be read on ${at}: ${lastProblem}`
		: `“${name}” was last read on ${at}.`;
}

function day(iso: string): string {
	return iso.slice(0, 10);
}
