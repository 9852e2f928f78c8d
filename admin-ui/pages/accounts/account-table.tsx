import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Account } from '../../../service/contract/account.ts';
import { call } from '../../api.ts';
import { Badge } from '../../components/badge.tsx';
import { DeleteDialog } from '../../components/delete-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { asCallError } from '../../hooks/use-call.ts';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { placeOf, protocolLabel, useLabel } from '../../words/accounts.ts';
import { creationLabel } from '../../words/activities.ts';
import { authorisationLabel } from '../../words/oauth.ts';
import { authorise } from './authorise.ts';

interface Props {
	rows: Account[];
	isLoading: boolean;
	onOpen: (id: number) => void;
	onChanged: () => void;
}

/** The accounts and how their last reading went. */
export function AccountTable({ rows, isLoading, onOpen, onChanged }: Props) {
	const [leaving, setLeaving] = useState<Account>();
	return (
		<>
			<Table
				caption={__('Mail accounts', 'return-channel')}
				columns={columnsOf(({ id }) => onOpen(id), setLeaving)}
				rows={rows}
				idOf={({ id }) => id}
				isLoading={isLoading}
			/>
			{leaving && (
				<DeleteDialog
					/* translators: %s: the name of a mail account. */
					title={sprintf(__('Delete the mail account “%s”?', 'return-channel'), leaving.name)}
					onDelete={() => call('deleteAccount', { id: leaving.id })}
					onDeleted={onChanged}
					onClose={() => setLeaving(undefined)}
				>
					<p>
						{leaving.isDefault
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
			)}
		</>
	);
}

function columnsOf(
	onEdit: (account: Account) => void,
	onDelete: (account: Account) => void,
): Column<Account>[] {
	const { canManage } = theScreen();
	const columns: Column<Account>[] = [
		{
			header: __('Name', 'return-channel'),
			render: (account) => (
				<>
					{canManage ? (
						<Button variant="link" className="rc-name" onClick={() => onEdit(account)}>
							{account.name}
						</Button>
					) : (
						<span className="rc-name">{account.name}</span>
					)}
				</>
			),
		},
		{
			header: __('Used for', 'return-channel'),
			render: (account) => (
				<>
					{useLabel(account.usedFor)}
					<span className="rc-quiet">{purposeOf(account)}</span>
				</>
			),
		},
		{
			header: __('Mailbox', 'return-channel'),
			render: (account) => (
				<>
					{protocolLabel(account.protocol)} <span className="rc-quiet">{placeOf(account)}</span>
				</>
			),
		},
		{
			header: __('State', 'return-channel'),
			render: (account) => (
				<>
					<State account={account} />
					{account.authentication === 'oauth2' && <AuthorisationState account={account} />}
				</>
			),
		},
	];
	if (!canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (account) => (
				<div className="rc-row-actions">
					{account.authentication === 'oauth2' && <AuthoriseButton account={account} />}
					<Button
						variant="secondary"
						size="compact"
						onClick={() => onEdit(account)}
						aria-label={`${__('Edit', 'return-channel')} ${account.name}`}
					>
						{__('Edit', 'return-channel')}
					</Button>
					<Button
						variant="tertiary"
						isDestructive
						size="compact"
						onClick={() => onDelete(account)}
						aria-label={`${__('Delete', 'return-channel')} ${account.name}`}
					>
						{__('Delete', 'return-channel')}
					</Button>
				</div>
			),
		},
	];
}

/** What the account does, in short: what return addresses look like, or whom mail is filed with. */
function purposeOf(account: Account): string {
	if (account.usedFor === 'bounces') return `${account.localPart}…@${account.emailDomain}`;
	return creationLabel(account.filing.createContacts);
}

function AuthorisationState({ account: { authorisation } }: { account: Account }) {
	const tones = { none: 'info', granted: 'good', lost: 'bad' } as const;
	return (
		<span className="rc-because">
			<Badge tone={tones[authorisation.state]}>{authorisationLabel(authorisation.state)}</Badge>{' '}
			{authorisation.grantedAt && authorisation.state === 'granted' && (
				<When at={authorisation.grantedAt} />
			)}
		</span>
	);
}

/** Leads away to the provider; what goes wrong before that is said on the page. */
function AuthoriseButton({ account }: { account: Account }) {
	const { isBusy, attempt } = useDeed();
	const { post } = useNotices();
	const isGranted = account.authorisation.state === 'granted';
	const label = isGranted
		? __('Authorise again', 'return-channel')
		: __('Authorise', 'return-channel');
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

function State({ account }: { account: Account }) {
	const { isActive, lastProblem, lastReadAt, nextTryAt } = account;
	return (
		<>
			{!isActive && <Badge>{__('Switched off', 'return-channel')}</Badge>}
			{isActive && lastProblem && <Badge tone="bad">{__('Trouble', 'return-channel')}</Badge>}
			{isActive && !lastProblem && lastReadAt && (
				<Badge tone="good">{__('Working', 'return-channel')}</Badge>
			)}
			{isActive && !lastProblem && !lastReadAt && (
				<Badge tone="info">{__('Not read yet', 'return-channel')}</Badge>
			)}{' '}
			{lastReadAt && (
				<span className="rc-quiet">
					{__('Last read:', 'return-channel')} <When at={lastReadAt} />
				</span>
			)}
			{lastProblem && <span className="rc-because">{lastProblem}</span>}
			{isActive && nextTryAt && (
				<span className="rc-quiet">
					{__('Tried again by itself:', 'return-channel')} <When at={nextTryAt} />
				</span>
			)}
		</>
	);
}
