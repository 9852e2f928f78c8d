import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { accountUses } from '../../../service/contract/account.ts';
import type { AccountUse } from '../../../service/contract/account.ts';
import { PageFrame } from '../../components/page-frame.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn, oneOf } from '../../view-state.ts';
import { AccountForm } from './account-form.tsx';
import { AccountTable } from './account-table.tsx';
import { useReturnFromProvider } from './authorise.ts';

/** `for` is what a new account shall be for. */
const keys = ['account', 'for'] as const;

export function AccountsPage() {
	const view = useView(keys);
	const isForm = view.values.account !== '';
	const { canManage, siteName } = theScreen();
	const add = () => view.change({ account: 'new' });
	return (
		<PageFrame
			title={__('Mail accounts', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('The mailboxes that Return Channel reads for %s.', 'return-channel'),
				siteName,
			)}
			actions={
				canManage &&
				!isForm && (
					<Button variant="primary" __next40pxDefaultSize onClick={add}>
						{__('Add a mail account', 'return-channel')}
					</Button>
				)
			}
		>
			<Accounts
				shown={view.values.account}
				usedFor={oneOf(accountUses, view.values.for)}
				onOpen={(account) => view.change({ account })}
				onClose={() => view.change({ account: '', for: '' })}
			/>
		</PageFrame>
	);
}

interface Props {
	/** "" for the list, "new" for an empty form, or an account's id. */
	shown: string;
	usedFor?: AccountUse;
	onOpen: (account: string) => void;
	onClose: () => void;
}

function Accounts({ shown, usedFor, onOpen, onClose }: Props) {
	const { data, error, isLoading, reload } = useCall('listAccounts', {});
	useReturnFromProvider(reload);
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Fetching the mail accounts…', 'return-channel')} />;

	const saved = () => {
		reload();
		onClose();
	};
	if (shown === 'new') return <AccountForm usedFor={usedFor} onSaved={saved} onCancel={onClose} />;
	const account = data.rows.find(({ id }) => id === idIn(shown));
	if (account) {
		return <AccountForm key={account.id} account={account} onSaved={saved} onCancel={onClose} />;
	}
	if (shown) {
		return (
			<Empty title={__('There is no such mail account', 'return-channel')}>
				<Button variant="secondary" onClick={onClose}>
					{__('Show all mail accounts', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	if (data.total === 0) return <NoAccountYet onAdd={() => onOpen('new')} />;
	return (
		<AccountTable
			rows={data.rows}
			isLoading={isLoading}
			onOpen={(id) => onOpen(String(id))}
			onChanged={reload}
		/>
	);
}

function NoAccountYet({ onAdd }: { onAdd: () => void }) {
	return (
		<Empty title={__('No mail account yet', 'return-channel')}>
			<p>
				{__(
					'Without an account for bounces, mail that comes back is not read: no address is put on hold, and mailings keep going to addresses that do not work. Add the mailbox that bounces are sent to. An account for activities files people’s mail with your contacts.',
					'return-channel',
				)}
			</p>
			{theScreen().canManage && (
				<Button variant="primary" __next40pxDefaultSize onClick={onAdd}>
					{__('Add the first mail account', 'return-channel')}
				</Button>
			)}
		</Empty>
	);
}
