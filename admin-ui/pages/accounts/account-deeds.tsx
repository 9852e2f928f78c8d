import { Button, DropdownMenu } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ListedAccount } from '../../../service/contract/account.ts';
import { readers } from '../../../service/contract/job.ts';
import type { JobRun } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { useRun } from '../../hooks/use-run.ts';
import { statusOf } from '../jobs/run-state.tsx';
import { stateOf } from './account-state.ts';
import { authorise } from './authorise.ts';

export interface AccountDeeds {
	onEdit: (account: ListedAccount) => void;
	onBringBack: (account: ListedAccount) => void;
	onDelete: (account: ListedAccount) => void;
	/** A run of it began or ended. */
	onRun: () => void;
}

/** What can be done with an account, the likeliest first. */
export function AccountActions({
	account,
	deeds,
}: {
	account: ListedAccount;
	deeds: AccountDeeds;
}) {
	const { name, isActive, authentication, authorisation } = account;
	const isLetIn = authentication === 'password' || authorisation.state === 'granted';
	return (
		<div className="rc-row-actions">
			{authentication === 'oauth2' && <AuthoriseButton account={account} />}
			{isActive && isLetIn && <ReadButton account={account} onRun={deeds.onRun} />}
			<Button
				variant="secondary"
				size="compact"
				onClick={() => deeds.onEdit(account)}
				/* translators: %s: the name of a mail account. */
				aria-label={sprintf(__('Edit %s', 'return-channel'), name)}
			>
				{__('Edit', 'return-channel')}
			</Button>
			<DropdownMenu
				icon="ellipsis"
				/* translators: %s: the name of a mail account. */
				label={sprintf(__('More for %s', 'return-channel'), name)}
				toggleProps={{ size: 'compact' }}
				controls={[
					...(isActive
						? [
								{
									title: __('Bring ignored mails back', 'return-channel'),
									onClick: () => deeds.onBringBack(account),
								},
							]
						: []),
					{ title: __('Delete', 'return-channel'), onClick: () => deeds.onDelete(account) },
				]}
			/>
		</div>
	);
}

/** Leads away to the provider; what goes wrong before that is said on the page. */
function AuthoriseButton({ account }: { account: ListedAccount }) {
	const { isBusy, attempt } = useDeed();
	const { post } = useNotices();
	const isGranted = account.authorisation.state === 'granted';
	const label =
		account.authorisation.state === 'none'
			? __('Authorise', 'return-channel')
			: __('Authorise again', 'return-channel');
	const begin = () =>
		attempt(() =>
			authorise(account).catch((thrown: unknown) =>
				post({ status: 'error', sentence: asCallError(thrown).message }),
			),
		);
	return (
		<Button
			variant={isGranted ? 'tertiary' : 'primary'}
			size="compact"
			isBusy={isBusy}
			disabled={isBusy}
			accessibleWhenDisabled
			onClick={() => void begin()}
			aria-label={`${label} ${account.name}`}
		>
			{label}
		</Button>
	);
}

/** Reads this one account now, whatever its job's turn is, and says how it went. */
function ReadButton({ account, onRun }: { account: ListedAccount; onRun: () => void }) {
	const [started, setStarted] = useState<JobRun>();
	const { isBusy, attempt } = useDeed();
	const { post } = useNotices();
	const isFailing = stateOf(account) === 'failing';
	const label = isFailing ? __('Retry now', 'return-channel') : __('Read now', 'return-channel');
	const isUnderWay = isBusy || Boolean(started) || account.isBeingRead;

	async function read() {
		const asked = { name: readers[account.usedFor], accountId: account.id };
		const answer = await attempt(() =>
			call('runJob', asked).catch((thrown: unknown) =>
				post({ status: 'error', sentence: asCallError(thrown).message }),
			),
		);
		if (!answer) return;
		if (answer.isOurs) setStarted(answer.run);
		else post({ status: 'info', sentence: answer.sentence, keepsFocus: true });
		onRun();
	}

	function end(run: JobRun) {
		setStarted(undefined);
		onRun();
		const sentence = `${account.name}: ${run.sentence}`;
		post({ status: statusOf(run.state), sentence, keepsFocus: true });
	}

	return (
		<>
			<Button
				variant={isFailing ? 'primary' : 'secondary'}
				size="compact"
				isBusy={isUnderWay}
				disabled={isUnderWay}
				accessibleWhenDisabled
				onClick={() => void read()}
				aria-label={`${label} ${account.name}`}
			>
				{label}
			</Button>
			{started && <Following key={started.id} run={started} onEnd={end} />}
		</>
	);
}

function Following({ run, onEnd }: { run: JobRun; onEnd: (run: JobRun) => void }) {
	useRun(run, onEnd);
	return null;
}
