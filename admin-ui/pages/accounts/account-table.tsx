import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ListedAccount } from '../../../service/contract/account.ts';
import { readers } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import { DeleteDialog } from '../../components/delete-dialog.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { theScreen } from '../../screen.ts';
import { placeOf, protocolLabel, useLabel } from '../../words/accounts.ts';
import { creationLabel } from '../../words/activities.ts';
import { RunOptions } from '../jobs/run-options.tsx';
import { AccountActions } from './account-deeds.tsx';
import type { AccountDeeds } from './account-deeds.tsx';
import { StateCell } from './state-cell.tsx';

interface Props {
	rows: ListedAccount[];
	isLoading: boolean;
	onOpen: (id: number) => void;
	onChanged: () => void;
}

type Doing = { what: 'delete' | 'bring-back'; account: ListedAccount };

/** The accounts and how their last reading went. */
export function AccountTable({ rows, isLoading, onOpen, onChanged }: Props) {
	const [doing, setDoing] = useState<Doing>();
	const close = () => setDoing(undefined);
	const columns = columnsOf({
		onEdit: ({ id }) => onOpen(id),
		onBringBack: (account) => setDoing({ what: 'bring-back', account }),
		onDelete: (account) => setDoing({ what: 'delete', account }),
		onRun: onChanged,
	});
	return (
		<div className="rc-accounts">
			<Table
				caption={__('Mail accounts', 'return-channel')}
				columns={columns}
				rows={rows}
				idOf={({ id }) => id}
				isLoading={isLoading}
			/>
			{doing?.what === 'delete' && (
				<DeleteAccount account={doing.account} onDeleted={onChanged} onClose={close} />
			)}
			{doing?.what === 'bring-back' && (
				<RunOptions
					/* translators: %s: the name of a mail account. */
					title={sprintf(
						__('Bring ignored mails of “%s” back', 'return-channel'),
						doing.account.name,
					)}
					job={readers[doing.account.usedFor]}
					accountId={doing.account.id}
					ignoredAgain
					onEnded={onChanged}
					onClose={close}
				/>
			)}
		</div>
	);
}

interface DeleteProps {
	account: ListedAccount;
	onDeleted: () => void;
	onClose: () => void;
}

function DeleteAccount({ account, onDeleted, onClose }: DeleteProps) {
	return (
		<DeleteDialog
			/* translators: %s: the name of a mail account. */
			title={sprintf(__('Delete the mail account “%s”?', 'return-channel'), account.name)}
			onDelete={() => call('deleteAccount', { id: account.id })}
			onDeleted={onDeleted}
			onClose={onClose}
		>
			<p>
				{account.isDefault
					? __(
							'Bounces are read from this account. Without it no more bounces are read until you add another. The mails in the mailbox are not touched.',
							'return-channel',
						)
					: __(
							'The mails in the mailbox and what was filed from it are not touched.',
							'return-channel',
						)}
			</p>
		</DeleteDialog>
	);
}

function columnsOf(deeds: AccountDeeds): Column<ListedAccount>[] {
	const { canManage } = theScreen();
	const columns: Column<ListedAccount>[] = [
		{
			header: __('Name', 'return-channel'),
			render: (account) =>
				canManage ? (
					<Button variant="link" className="rc-name" onClick={() => deeds.onEdit(account)}>
						{account.name}
					</Button>
				) : (
					<span className="rc-name">{account.name}</span>
				),
		},
		{
			header: __('Used for', 'return-channel'),
			render: (account) => (
				<div className="rc-account-place">
					{useLabel(account.usedFor)} <span className="rc-quiet">{purposeOf(account)}</span>
				</div>
			),
		},
		{
			header: __('Mailbox', 'return-channel'),
			render: (account) => (
				<div className="rc-account-place">
					{protocolLabel(account.protocol)}{' '}
					<span className="rc-quiet rc-wraps">{placeOf(account)}</span>
				</div>
			),
		},
		{
			header: __('State', 'return-channel'),
			render: (account) => <StateCell account={account} />,
		},
	];
	if (!canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (account) => <AccountActions account={account} deeds={deeds} />,
		},
	];
}

/** What the account does, in short: what return addresses look like, or whom mail is filed with. */
function purposeOf(account: ListedAccount): string {
	if (account.usedFor === 'bounces') return `${account.localPart}…@${account.emailDomain}`;
	return creationLabel(account.filing.createContacts);
}
