import type { Account } from '../contract/account.ts';
import type { Attention } from '../contract/site.ts';
import type { Site } from '../site.ts';

const dayMs = 24 * 60 * 60_000;

/** What keeps the site's mail from being read: accounts that fail, authorisations that were lost, a clock that stands still. */
export async function attentionOf(site: Site, accounts: readonly Account[]): Promise<Attention[]> {
	const active = accounts.filter(({ isActive }) => isActive);
	const overdue = active.length > 0 ? await site.jobs.overdueSince(site.now()) : undefined;
	return [
		...active.flatMap((account) => troubleOf(account, site.now()) ?? []),
		...(overdue ? [clockStopped(overdue)] : []),
	];
}

function troubleOf(account: Account, now: Date): Attention | undefined {
	const { id, name, lastProblem, failingSince } = account;
	const about = { accountId: id, accountName: name };
	if (account.authentication === 'oauth2' && account.authorisation.state === 'lost') {
		const said = account.authorisation.problem ?? '';
		return {
			...about,
			// Granted and lost again is something new.
			key: `authorisation-lost ${id} ${account.authorisation.grantedAt}`,
			kind: 'authorisation-lost',
			sentence: `${name}: ${said}`,
			isUrgent: true,
		};
	}
	if (!lastProblem) return undefined;
	return {
		...about,
		key: `account-failing ${id} ${failingSince}`,
		kind: 'account-failing',
		sentence: `${name}: ${lastProblem}`,
		isUrgent: failingSince !== null && now.getTime() - new Date(failingSince).getTime() >= dayMs,
	};
}

function clockStopped(since: Date): Attention {
	return {
		key: 'clock-stopped',
		kind: 'clock-stopped',
		accountId: null,
		accountName: '',
		sentence: `No job has been started by itself since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC. Start the service with its clock on (RETURN_CHANNEL_CLOCK), or see that WordPress's cron runs.`,
		isUrgent: true,
	};
}
