import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Group } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { TextField, TickField } from '../../../components/fields.tsx';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { useNotices } from '../../../components/notice-board.tsx';

interface Props {
	/** The group to change; without one a new one is added. */
	group?: Group;
	onSaved: () => void;
	onClose: () => void;
}

/** Name, purpose and use of a group. */
export function GroupForm({ group, onSaved, onClose }: Props) {
	const [draft, setDraft] = useState({
		name: group?.name ?? '',
		description: group?.description ?? '',
		isMailingList: group?.isMailingList ?? false,
	});
	const { post } = useNotices();

	async function save() {
		const saved = await (group
			? call('changeGroup', { ...draft, id: group.id })
			: call('addGroup', draft));
		onClose();
		onSaved();
		post({
			status: 'success',
			/* translators: %s: the name of a group. */
			sentence: sprintf(__('The group “%s” is saved.', 'return-channel'), saved.name),
		});
	}

	return (
		<FormDialog
			title={group ? __('Change a group', 'return-channel') : __('A new group', 'return-channel')}
			verb={__('Save', 'return-channel')}
			isIncomplete={!draft.name.trim()}
			onSubmit={save}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<TextField
						label={__('Name', 'return-channel')}
						maxLength={100}
						value={draft.name}
						problem={problems.name}
						onChange={(name) => setDraft({ ...draft, name })}
					/>
					<TextField
						label={__('Description', 'return-channel')}
						maxLength={500}
						value={draft.description}
						problem={problems.description}
						onChange={(description) => setDraft({ ...draft, description })}
					/>
					<TickField
						label={__('Mailing list', 'return-channel')}
						help={__('Mailings can be sent to it.', 'return-channel')}
						value={draft.isMailingList}
						onChange={(isMailingList) => setDraft({ ...draft, isMailingList })}
					/>
				</>
			)}
		</FormDialog>
	);
}
