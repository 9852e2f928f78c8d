import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { BounceTypeSetting } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { TextField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';

interface Props {
	/** The type to describe; without one a new one is added. */
	type?: BounceTypeSetting;
	onSaved: () => void;
	onClose: () => void;
}

/** Adds a type, or changes the description of one: its name stays, because recorded bounces carry it. */
export function TypeForm({ type, onSaved, onClose }: Props) {
	const [name, setName] = useState('');
	const [description, setDescription] = useState(type?.description ?? '');
	const [holdThreshold, setThreshold] = useState('3');
	const { post } = useNotices();

	async function save() {
		if (type) await call('changeCatalogue', { types: [{ id: type.id, description }] });
		else {
			await call('addBounceType', {
				name,
				description,
				holdThreshold: Number(holdThreshold || NaN),
			});
		}
		onClose();
		onSaved();
		post({
			status: 'success',
			/* translators: %s: the name of a bounce type. */
			sentence: sprintf(__('The type “%s” is saved.', 'return-channel'), type?.name ?? name),
		});
	}

	return (
		<FormDialog
			title={
				type
					? /* translators: %s: the name of a bounce type. */
						sprintf(__('Describe the type “%s”', 'return-channel'), type.name)
					: __('Add a bounce type', 'return-channel')
			}
			verb={type ? __('Save', 'return-channel') : __('Add the type', 'return-channel')}
			onSubmit={save}
			onClose={onClose}
		>
			{(problems) => (
				<>
					{!type && (
						<TextField
							label={__('Name', 'return-channel')}
							help={__('It cannot be changed later.', 'return-channel')}
							isRequired
							maxLength={60}
							value={name}
							problem={problems.name}
							onChange={setName}
						/>
					)}
					<TextField
						label={__('Description', 'return-channel')}
						maxLength={250}
						value={description}
						problem={problems.description}
						onChange={setDescription}
					/>
					{!type && (
						<TextField
							type="number"
							min={0}
							max={1000}
							label={__('Bounces until hold', 'return-channel')}
							help={__('0 never holds.', 'return-channel')}
							isRequired
							value={holdThreshold}
							problem={problems.holdThreshold}
							onChange={setThreshold}
						/>
					)}
				</>
			)}
		</FormDialog>
	);
}
