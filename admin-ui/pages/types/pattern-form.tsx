import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { BouncePattern, CatalogueSettings } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { ExpressionField } from '../../components/expression.tsx';
import { ChoiceField, TickField } from '../../components/fields.tsx';
import { FormDialog } from '../../components/form-dialog.tsx';
import { useNotices } from '../../components/notice-board.tsx';

interface Props {
	/** The pattern to change; without one a new one is added. */
	pattern?: BouncePattern;
	/** What a new one begins with, from "make a pattern from this". */
	expression: string;
	settings: CatalogueSettings;
	onSaved: () => void;
	onClose: () => void;
}

export function PatternForm({ pattern, expression: given, settings, onSaved, onClose }: Props) {
	const { types, reasons } = settings;
	const [expression, setExpression] = useState(pattern?.expression ?? given);
	const [typeId, setTypeId] = useState(String(pattern?.typeId ?? types[0]?.id ?? ''));
	const [reason, setReason] = useState(pattern?.reason ?? '');
	const [isOn, setIsOn] = useState(pattern?.isOn ?? true);
	const { post } = useNotices();

	async function save() {
		const fields = { expression, typeId: Number(typeId), reason: reason || null, isOn };
		if (pattern) await call('changePattern', { ...fields, id: pattern.id });
		else await call('addPattern', fields);
		onClose();
		onSaved();
		post({
			status: 'success',
			sentence: isOn
				? __('The pattern is saved and is tried on the next bounces.', 'return-channel')
				: __('The pattern is saved and switched off.', 'return-channel'),
		});
	}

	return (
		<FormDialog
			title={
				pattern ? __('Change a pattern', 'return-channel') : __('Add a pattern', 'return-channel')
			}
			verb={
				pattern ? __('Save the pattern', 'return-channel') : __('Add the pattern', 'return-channel')
			}
			onSubmit={save}
			onClose={onClose}
		>
			{(problems) => (
				<>
					<ExpressionField
						value={expression}
						problem={problems.expression}
						onChange={setExpression}
					/>
					<ChoiceField
						label={__('Bounce type', 'return-channel')}
						value={typeId}
						problem={problems.typeId}
						options={types.map(({ id, name }) => ({ value: `${id}`, label: name }))}
						onChange={setTypeId}
					/>
					<ChoiceField
						label={__('Reason', 'return-channel')}
						help={__(
							'The reason decides whether the bounce counts toward a hold.',
							'return-channel',
						)}
						value={reason}
						problem={problems.reason}
						options={[
							{ value: '', label: __('As understood without the pattern', 'return-channel') },
							...reasons.map(({ name, label }) => ({ value: name, label })),
						]}
						onChange={setReason}
					/>
					<TickField
						label={__('Try this pattern', 'return-channel')}
						value={isOn}
						onChange={setIsOn}
					/>
				</>
			)}
		</FormDialog>
	);
}
