import { Button, Notice } from '@wordpress/components';
import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { accountUses } from '../../../service/contract/account.ts';
import type { Account, AccountUse } from '../../../service/contract/account.ts';
import { call } from '../../api.ts';
import { ChoiceField, FieldGroup, TextField, TickField } from '../../components/fields.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { useFirstWrong } from '../../hooks/use-first-wrong.ts';
import { useUnsaved } from '../../hooks/use-unsaved.ts';
import { useExplained, useLabel } from '../../words/accounts.ts';
import { ConnectionTest } from './connection-test.tsx';
import { draftOf, fieldsAsked } from './draft.ts';
import type { FieldsProps } from './draft.ts';
import { FilingFields } from './filing-fields.tsx';
import { MailboxFields } from './mailbox-fields.tsx';
import { OwnAddressFields } from './own-address-fields.tsx';
import { ReturnAddressFields } from './return-address-fields.tsx';

interface Props {
	/** The account to change; without one a new one is added. */
	account?: Account;
	/** What a new account is for, unless somebody chooses otherwise. */
	usedFor?: AccountUse;
	onSaved: () => void;
	onCancel: () => void;
}

export function AccountForm({ account, usedFor, onSaved, onCancel }: Props) {
	const [start] = useState(() => draftOf(account, usedFor));
	const [draft, setDraft] = useState(start);
	const [mended, setMended] = useState<ReadonlySet<string>>(new Set());
	const { isBusy, error, attempt } = useDeed();
	const { post } = useNotices();
	const form = useFirstWrong(error);
	const letGo = useUnsaved(JSON.stringify(draft) !== JSON.stringify(start));

	// A form opens at its first field.
	useEffect(() => form.current?.querySelector<HTMLElement>('input')?.focus(), [form]);

	async function save(event: FormEvent) {
		event.preventDefault();
		setMended(new Set());
		const fields = fieldsAsked(draft);
		const saved = await attempt(() =>
			account ? call('changeAccount', { ...fields, id: account.id }) : call('addAccount', fields),
		);
		if (!saved) return;
		letGo();
		onSaved();
		post({
			status: 'success',
			/* translators: %s: the name of a mail account. */
			sentence: sprintf(__('The mail account “%s” is saved.', 'return-channel'), saved.name),
		});
	}

	const fields: FieldsProps = {
		draft,
		edit: (changes) => {
			setDraft((before) => ({ ...before, ...changes }));
			setMended((before) => new Set([...before, ...Object.keys(changes)]));
		},
		// What was wrong with a field is not true any more once it is edited; the service says if it still is.
		problems: Object.fromEntries(
			Object.entries(error?.fields ?? {}).filter(([name]) => !mended.has(name)),
		),
	};
	return (
		<form ref={form} className="rc-form" onSubmit={(event) => void save(event)} noValidate>
			{error && (
				<Notice status="error" isDismissible={false} spokenMessage={error.message}>
					{error.message}
				</Notice>
			)}
			<PurposeFields {...fields} />
			<MailboxFields
				{...fields}
				hasPassword={account?.hasPassword ?? false}
				hasClientSecret={account?.hasClientSecret ?? false}
			/>
			<ConnectionTest draft={draft} accountId={account?.id} />
			{draft.usedFor === 'bounces' ? (
				<ReturnAddressFields {...fields} />
			) : (
				<>
					<OwnAddressFields {...fields} />
					<FilingFields {...fields} />
				</>
			)}
			<div className="rc-buttons">
				<Button
					type="submit"
					variant="primary"
					__next40pxDefaultSize
					isBusy={isBusy}
					disabled={isBusy}
					accessibleWhenDisabled
				>
					{account
						? __('Save the account', 'return-channel')
						: __('Add the account', 'return-channel')}
				</Button>
				<Button variant="tertiary" __next40pxDefaultSize onClick={onCancel}>
					{__('Cancel', 'return-channel')}
				</Button>
			</div>
		</form>
	);
}

function PurposeFields({ draft, edit, problems }: FieldsProps) {
	return (
		<FieldGroup title={__('Account', 'return-channel')}>
			<TextField
				label={__('Name', 'return-channel')}
				help={__('For you, to tell the accounts apart.', 'return-channel')}
				isRequired
				maxLength={100}
				value={draft.name}
				problem={problems.name}
				onChange={(name) => edit({ name })}
			/>
			<ChoiceField
				label={__('Used for', 'return-channel')}
				help={useExplained(draft.usedFor)}
				value={draft.usedFor}
				problem={problems.usedFor}
				options={accountUses.map((value) => ({ value, label: useLabel(value) }))}
				onChange={(usedFor) => edit({ usedFor })}
			/>
			<TickField
				label={__('Read this account', 'return-channel')}
				help={__('While this is off, the mail stays in the mailbox and waits.', 'return-channel')}
				value={draft.isActive}
				problem={problems.isActive}
				onChange={(isActive) => edit({ isActive })}
			/>
		</FieldGroup>
	);
}
