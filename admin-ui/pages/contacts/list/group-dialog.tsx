import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { call } from '../../../api.ts';
import { ChoiceField, TextField } from '../../../components/fields.tsx';
import { FormDialog } from '../../../components/form-dialog.tsx';
import { useDeedNotices } from '../../../hooks/use-deed-notices.ts';
import { idIn } from '../../../view-state.ts';
import { figure } from '../../../words/figures.ts';
import type { BulkProps } from './chosen.ts';
import { countChosen, whoIs } from './chosen.ts';

/** Asks for the group that contacts join or leave; they can join one that is made on the spot. */
export function GroupDialog({
	chosen,
	total,
	values,
	groups,
	isAdding,
	onDone,
	onClose,
}: BulkProps & { isAdding: boolean }) {
	const [group, setGroup] = useState(values.group || String(groups[0]?.id ?? 'new'));
	const [newName, setNewName] = useState('');
	const notices = useDeedNotices(onDone);
	const count = countChosen(chosen, total);
	const isNew = group === 'new';

	async function submit() {
		const id = isNew ? (await call('addGroup', newGroup(newName))).id : idIn(group)!;
		const asked = { id, who: whoIs(chosen, values) };
		const report = await (isAdding ? call('addToGroup', asked) : call('removeFromGroup', asked));
		onClose();
		onDone();
		notices.say(report);
	}

	return (
		<FormDialog
			title={isAdding ? addTitle(count) : removeTitle(count)}
			verb={isAdding ? __('Add', 'return-channel') : __('Remove', 'return-channel')}
			isIncomplete={isNew ? newName.trim() === '' : idIn(group) === undefined}
			onSubmit={submit}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<ChoiceField
						label={__('Group', 'return-channel')}
						value={group}
						options={[
							...groups.map(({ id, name }) => ({ value: String(id), label: name })),
							...(isAdding ? [{ value: 'new', label: __('A new group…', 'return-channel') }] : []),
						]}
						onChange={setGroup}
					/>
					{isAdding && isNew && (
						<TextField
							label={__('Name of the new group', 'return-channel')}
							maxLength={100}
							value={newName}
							problem={problems.name}
							onChange={setNewName}
						/>
					)}
					<p>{__('You can undo this afterwards.', 'return-channel')}</p>
				</>
			)}
		</FormDialog>
	);
}

function newGroup(name: string) {
	return { name, description: '', isMailingList: false };
}

function addTitle(count: number): string {
	return sprintf(
		/* translators: %s: number of contacts. */
		_n('Add %s contact to a group', 'Add %s contacts to a group', count, 'return-channel'),
		figure(count),
	);
}

function removeTitle(count: number): string {
	return sprintf(
		/* translators: %s: number of contacts. */
		_n(
			'Remove %s contact from a group',
			'Remove %s contacts from a group',
			count,
			'return-channel',
		),
		figure(count),
	);
}
