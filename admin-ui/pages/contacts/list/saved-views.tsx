import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { SavedView } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { DeleteDialog } from '../../../components/delete-dialog.tsx';
import { TextField, TickField } from '../../../components/fields.tsx';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { useNotices } from '../../../components/notice-board.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import type { View } from '../../../hooks/use-view.ts';
import { theScreen } from '../../../screen.ts';
import { isNarrowed, queryOf, viewOf } from '../contacts-view.ts';
import type { ContactsKey } from '../contacts-view.ts';

/** Searches that somebody gave a name: to open, to save the one that is shown, to delete. */
export function SavedViews({ view }: { view: View<ContactsKey> }) {
	const { values, change } = view;
	const { data, reload } = useCall('listViews', { page: 'contacts' });
	const [isSaving, setIsSaving] = useState(false);
	const [deleting, setDeleting] = useState<SavedView>();
	const query = queryOf(values);
	const views = data?.rows ?? [];
	const open = views.find((saved) => saved.query === query);
	if (views.length === 0 && !isNarrowed(values)) return null;
	return (
		<div className="rc-saved-views" role="group" aria-label={__('Saved views', 'return-channel')}>
			<span>{__('Saved views:', 'return-channel')}</span>
			{views.map((saved) => (
				<Button
					key={saved.id}
					variant="secondary"
					size="compact"
					isPressed={saved === open}
					onClick={() => change(viewOf(saved.query))}
				>
					{saved.name}
				</Button>
			))}
			{isNarrowed(values) && !open && (
				<Button variant="link" onClick={() => setIsSaving(true)}>
					{__('Save this view', 'return-channel')}
				</Button>
			)}
			{open && (open.isMine || theScreen().canManage) && (
				<Button variant="link" isDestructive onClick={() => setDeleting(open)}>
					{/* translators: %s: the name of a saved view. */}
					{sprintf(__('Delete the view “%s”', 'return-channel'), open.name)}
				</Button>
			)}
			{isSaving && <SaveDialog query={query} onSaved={reload} onClose={() => setIsSaving(false)} />}
			{deleting && (
				<DeleteDialog
					/* translators: %s: the name of a saved view. */
					title={sprintf(__('Delete the view “%s”?', 'return-channel'), deleting.name)}
					onDelete={() => call('deleteView', { id: deleting.id })}
					onDeleted={reload}
					onClose={() => setDeleting(undefined)}
				>
					<p>
						{deleting.isShared
							? __(
									'It goes for everybody, because it is shared. The contacts stay as they are.',
									'return-channel',
								)
							: __('The contacts stay as they are.', 'return-channel')}
					</p>
				</DeleteDialog>
			)}
		</div>
	);
}

function SaveDialog({
	query,
	onSaved,
	onClose,
}: {
	query: string;
	onSaved: () => void;
	onClose: () => void;
}) {
	const [name, setName] = useState('');
	const [isShared, setIsShared] = useState(false);
	const { post } = useNotices();

	async function save() {
		const saved = await call('saveView', { page: 'contacts', name, query, isShared });
		onClose();
		onSaved();
		post({
			status: 'success',
			/* translators: %s: the name of a saved view. */
			sentence: sprintf(__('The view “%s” is saved.', 'return-channel'), saved.name),
		});
	}

	return (
		<FormDialog
			title={__('Save this view', 'return-channel')}
			verb={__('Save', 'return-channel')}
			isIncomplete={!name.trim()}
			onSubmit={save}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<TextField
						label={__('Name', 'return-channel')}
						help={__(
							'The search and its filters are kept, not the contacts it finds.',
							'return-channel',
						)}
						maxLength={100}
						value={name}
						problem={problems.name}
						onChange={setName}
					/>
					<TickField
						label={__('Share it with everybody who may see contacts', 'return-channel')}
						value={isShared}
						onChange={setIsShared}
					/>
				</>
			)}
		</FormDialog>
	);
}
