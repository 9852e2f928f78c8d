import { Button, Notice } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ContactRecord } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { Confirm } from '../../../components/confirm.tsx';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { ContactBadges } from '../contact-badges.tsx';
import type { ContactsKey } from '../contacts-view.ts';
import { MergeDialog } from './merge-dialog.tsx';

interface Props {
	contact: ContactRecord;
	view: View<ContactsKey>;
	onChanged: () => void;
}

/** Who it is, how it stands, and what can be done with all of it. */
export function ContactHead({ contact, view, onChanged }: Props) {
	return (
		<>
			<div className="rc-header">
				<div>
					<h2>{contact.displayName}</h2>
					<ContactBadges contact={contact} />
					<ProfileLink contact={contact} />
				</div>
				{theScreen().canManage && !contact.deletedAt && contact.mergedInto === null && (
					<Deeds contact={contact} view={view} onChanged={onChanged} />
				)}
			</div>
			<Gone contact={contact} view={view} onChanged={onChanged} />
		</>
	);
}

function ProfileLink({ contact: { wpUserId } }: { contact: ContactRecord }) {
	if (wpUserId === null) return null;
	// Our pages and the profile are neighbours in wp-admin.
	const profile = new URL(`user-edit.php?user_id=${wpUserId}`, window.location.href).href;
	return (
		<p>
			<a href={profile}>{__('WordPress profile', 'return-channel')}</a>
		</p>
	);
}

function Deeds({ contact, view, onChanged }: Props) {
	const [asking, setAsking] = useState<'merge' | 'delete'>();
	const notices = useDeedNotices(onChanged);
	const close = () => setAsking(undefined);

	async function remove() {
		const report = await call('deleteContacts', { ids: [contact.id] });
		close();
		onChanged();
		notices.say(report);
	}

	return (
		<div className="rc-buttons">
			<Button variant="primary" __next40pxDefaultSize onClick={() => view.change({ edit: 'yes' })}>
				{__('Edit', 'return-channel')}
			</Button>
			<Button variant="secondary" __next40pxDefaultSize onClick={() => setAsking('merge')}>
				{__('Merge with…', 'return-channel')}
			</Button>
			<Button
				variant="secondary"
				isDestructive
				__next40pxDefaultSize
				onClick={() => setAsking('delete')}
			>
				{__('Move to the trash', 'return-channel')}
			</Button>
			{asking === 'merge' && (
				<MergeDialog
					keepId={contact.id}
					onMerged={(keepId) => {
						view.change({ contact: String(keepId) });
						onChanged();
					}}
					onUndone={onChanged}
					onClose={close}
				/>
			)}
			{asking === 'delete' && (
				<Confirm
					/* translators: %s: the name of a contact. */
					title={sprintf(__('Move %s to the trash?', 'return-channel'), contact.displayName)}
					verb={__('Move to the trash', 'return-channel')}
					isDestructive
					onConfirm={remove}
					onClose={close}
				>
					<p>
						{__(
							'No mail is sent to or filed with this contact any more. Its history stays, and it can be restored.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
		</div>
	);
}

/** Says that the contact is in the trash or part of another one, and the way back. */
function Gone({ contact, view, onChanged }: Props) {
	const notices = useDeedNotices(onChanged);
	const { mergedInto, deletedAt, id } = contact;
	if (mergedInto !== null) {
		return (
			<Notice
				status="info"
				isDismissible={false}
				actions={[
					{
						label: __('Open that contact', 'return-channel'),
						onClick: () => view.change({ contact: String(mergedInto) }),
					},
				]}
			>
				{__(
					'This contact was merged into another one, which has its addresses and history now.',
					'return-channel',
				)}
			</Notice>
		);
	}
	if (!deletedAt) return null;

	async function restore() {
		const report = await call('restoreContacts', { ids: [id] });
		onChanged();
		notices.say(report);
	}

	return (
		<Notice
			status="warning"
			isDismissible={false}
			actions={
				theScreen().canManage
					? [{ label: __('Restore', 'return-channel'), onClick: () => void restore() }]
					: undefined
			}
		>
			{__('This contact is in the trash: it gets no mail and is in no list.', 'return-channel')}
		</Notice>
	);
}
