import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { accountUses } from '../../../service/contract/account.ts';
import { PageFrame } from '../../components/page-frame.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn, oneOf } from '../../view-state.ts';
import { AccountForm } from './account-form.tsx';
import { AccountList } from './account-list.tsx';
import { accountsKeys } from './accounts-view.ts';
import type { AccountsKey } from './accounts-view.ts';
import { useAuthoriseAtOnce, useReturnFromProvider } from './authorise.ts';

export function AccountsPage() {
	const view = useView(accountsKeys);
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
			<Accounts view={view} />
		</PageFrame>
	);
}

function Accounts({ view }: { view: View<AccountsKey> }) {
	const { data, error, isLoading, reload } = useCall('listAccounts', {});
	const { account: shown, for: usedFor } = view.values;
	useReturnFromProvider(reload);
	useAuthoriseAtOnce(view, data?.rows);
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) return <Loading sentence={__('Fetching the mail accounts…', 'return-channel')} />;

	const close = () => view.change({ account: '', for: '' });
	const saved = () => {
		reload();
		close();
	};
	if (shown === 'new') {
		const use = oneOf(accountUses, usedFor);
		return <AccountForm usedFor={use} onSaved={saved} onCancel={close} />;
	}
	const account = data.rows.find(({ id }) => id === idIn(shown));
	if (account) {
		return <AccountForm key={account.id} account={account} onSaved={saved} onCancel={close} />;
	}
	if (shown) {
		return (
			<Empty title={__('There is no such mail account', 'return-channel')}>
				<Button variant="secondary" onClick={close}>
					{__('Show all mail accounts', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	if (data.total === 0) return <NoAccountYet onAdd={() => view.change({ account: 'new' })} />;
	return <AccountList accounts={data.rows} isLoading={isLoading} view={view} onChanged={reload} />;
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
