import { __ } from '@wordpress/i18n';
import type { ListedAccount } from '../../../service/contract/account.ts';
import type { Tone } from '../../components/badge.tsx';

/** How an account does, the worst first: the list is in this order. */
export const accountStates = [
	'authorisation-lost',
	'failing',
	'not-authorised',
	'reading',
	'not-read-yet',
	'working',
	'paused',
] as const;
export type AccountState = (typeof accountStates)[number];

export const toneOfState: Readonly<Record<AccountState, Tone>> = {
	'authorisation-lost': 'bad',
	failing: 'bad',
	'not-authorised': 'warning',
	reading: 'info',
	'not-read-yet': 'info',
	working: 'good',
	paused: 'plain',
};

/** The state of an account at a glance: what somebody has to see to goes before what it is doing. */
export function stateOf(account: ListedAccount): AccountState {
	const { isActive, isBeingRead, authentication, authorisation, lastProblem, lastReadAt } = account;
	if (!isActive) return 'paused';
	if (isBeingRead) return 'reading';
	if (authentication === 'oauth2' && authorisation.state === 'lost') return 'authorisation-lost';
	if (authentication === 'oauth2' && authorisation.state === 'none') return 'not-authorised';
	if (lastProblem) return 'failing';
	return lastReadAt ? 'working' : 'not-read-yet';
}

export function stateLabel(state: AccountState): string {
	const labels: Record<AccountState, string> = {
		'authorisation-lost': __('Authorisation lost', 'return-channel'),
		failing: __('Failing', 'return-channel'),
		'not-authorised': __('Not authorised yet', 'return-channel'),
		reading: __('Reading now', 'return-channel'),
		'not-read-yet': __('Not read yet', 'return-channel'),
		working: __('Working', 'return-channel'),
		paused: __('Paused', 'return-channel'),
	};
	return labels[state];
}

/** The accounts that a search and a state leave, the worst first, then by name. */
export function accountsToShow(
	accounts: readonly ListedAccount[],
	{ search, state }: { search: string; state?: AccountState },
): ListedAccount[] {
	const words = search.toLowerCase().split(/\s+/).filter(Boolean);
	const found = accounts.filter((account) => {
		const { name, server, userName, source, localPart, emailDomain } = account;
		const text = [name, server, userName, source, `${localPart}@${emailDomain}`]
			.join(' ')
			.toLowerCase();
		return (!state || stateOf(account) === state) && words.every((word) => text.includes(word));
	});
	const rank = (account: ListedAccount) => accountStates.indexOf(steadyState(account));
	return found.sort(
		(a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, undefined, { numeric: true }),
	);
}

/** A row does not jump because it is just being read. */
function steadyState(account: ListedAccount): AccountState {
	return stateOf({ ...account, isBeingRead: false });
}
