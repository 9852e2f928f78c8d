import { __, _n, sprintf } from '@wordpress/i18n';
import type { ListedAccount } from '../../../service/contract/account.ts';
import { Badge } from '../../components/badge.tsx';
import { When } from '../../components/when.tsx';
import { figure } from '../../words/figures.ts';
import { stateLabel, stateOf, toneOfState } from './account-state.ts';
import type { AccountState } from './account-state.ts';

/** How an account does: a word, when it was read, what came in, and what is wrong. */
export function StateCell({ account }: { account: ListedAccount }) {
	const state = stateOf(account);
	return (
		<div className="rc-account-state">
			<div>
				<Badge tone={toneOfState[state]}>{stateLabel(state)}</Badge>{' '}
				<LastReading account={account} state={state} />
			</div>
			<Trouble account={account} state={state} />
			{state === 'working' && <div className="rc-quiet">{thisWeek(account.mailsThisWeek)}</div>}
		</div>
	);
}

function LastReading({ account, state }: { account: ListedAccount; state: AccountState }) {
	const { failingSince, lastReadAt } = account;
	if (state === 'failing' && failingSince)
		return (
			<span className="rc-quiet">
				{__('Since:', 'return-channel')} <When at={failingSince} />
			</span>
		);
	if (!lastReadAt) return null;
	return (
		<span className="rc-quiet">
			{__('Last read:', 'return-channel')} <When at={lastReadAt} />
		</span>
	);
}

/** What is wrong, and when it is tried again; nothing of a mailbox that nobody reads now. */
function Trouble({ account, state }: { account: ListedAccount; state: AccountState }) {
	const { authorisation, lastProblem, nextTryAt } = account;
	if (state === 'not-authorised')
		return (
			<div>
				{__('Press “Authorise” and sign in as the owner of the mailbox.', 'return-channel')}
			</div>
		);
	if (state !== 'failing' && state !== 'authorisation-lost') return null;
	const said = state === 'authorisation-lost' ? authorisation.problem : lastProblem;
	return (
		<>
			{said && <div>{said}</div>}
			{state === 'failing' && (
				<div className="rc-quiet">
					{nextTryAt && new Date(nextTryAt) > new Date() ? (
						<>
							{__('Tried again by itself:', 'return-channel')} <When at={nextTryAt} />
						</>
					) : (
						__('Tried again at the next run.', 'return-channel')
					)}
				</div>
			)}
		</>
	);
}

function thisWeek(mails: number): string {
	if (mails === 0) return __('No mail in the last seven days.', 'return-channel');
	return sprintf(
		/* translators: %s: number of mails. */
		_n(
			'%s mail in the last seven days.',
			'%s mails in the last seven days.',
			mails,
			'return-channel',
		),
		figure(mails),
	);
}
