import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import { contactStatuses, holdKinds } from '../../../../service/contract/address.ts';
import {
	addressPlaces,
	contactKinds,
	operatorsOf,
	searchFields,
} from '../../../../service/contract/contact.ts';
import type { Group, SearchFieldKind } from '../../../../service/contract/contact.ts';
import { ChoiceField, TextField } from '../../../components/fields.tsx';
import { useBounceTypes } from '../../../hooks/use-bounce-types.ts';
import {
	addressPlaceLabel,
	operatorLabel,
	searchFieldLabel,
	valueLabel,
} from '../../../words/search.ts';
import { fieldNames, isIncomplete, takesValue, withField } from './search-draft.ts';
import type { Line } from './search-draft.ts';

interface Props {
	/** "Condition 2". */
	label: string;
	line: Line;
	groups: Group[];
	hasProblemsShown: boolean;
	onChange: (line: Line) => void;
	/** Absent for the last one that stays. */
	onRemove?: () => void;
}

/** One comparison: a field, at which address where it matters, how it compares, and with what. */
export function LineFields({ label, line, groups, hasProblemsShown, onChange, onRemove }: Props) {
	const { of, kind } = searchFields[line.field];
	return (
		<div className="rc-line" role="group" aria-label={label}>
			<ChoiceField
				hideLabel
				label={__('Field', 'return-channel')}
				value={line.field}
				options={fieldNames.map((value) => ({ value, label: searchFieldLabel(value) }))}
				onChange={(field) => onChange(withField(line, field))}
			/>
			{of === 'address' && (
				<ChoiceField
					hideLabel
					label={__('Which address', 'return-channel')}
					value={line.place}
					options={addressPlaces.map((value) => ({ value, label: addressPlaceLabel(value) }))}
					onChange={(place) => onChange({ ...line, place })}
				/>
			)}
			<ChoiceField
				hideLabel
				label={__('Comparison', 'return-channel')}
				value={line.operator}
				options={operatorsOf[kind].map((value) => ({ value, label: operatorLabel(value, kind) }))}
				onChange={(operator) => onChange({ ...line, operator })}
			/>
			{takesValue(line) && (
				<ValueField
					line={line}
					groups={groups}
					problem={
						hasProblemsShown && isIncomplete(line)
							? kind === 'number'
								? __('Enter a whole number.', 'return-channel')
								: __('Enter a value.', 'return-channel')
							: undefined
					}
					onChange={(value) => onChange({ ...line, value })}
				/>
			)}
			{onRemove && (
				<Button
					variant="tertiary"
					__next40pxDefaultSize
					isDestructive
					onClick={onRemove}
					aria-label={`${__('Remove', 'return-channel')} – ${label}`}
				>
					{__('Remove', 'return-channel')}
				</Button>
			)}
		</div>
	);
}

interface ValueProps {
	line: Line;
	groups: Group[];
	problem: string | undefined;
	onChange: (value: string) => void;
}

function ValueField({ line, groups, problem, onChange }: ValueProps) {
	const { kind } = searchFields[line.field];
	const label = __('Value', 'return-channel');
	const types = useBounceTypes(line.value, kind === 'type');
	const choices = choicesOf(kind, groups, types);
	if (!choices) {
		return (
			<TextField
				hideLabelFromVision
				type={kind === 'date' ? 'date' : kind === 'number' ? 'number' : 'text'}
				min={kind === 'number' ? 0 : undefined}
				label={label}
				maxLength={300}
				value={line.value}
				problem={problem}
				onChange={onChange}
			/>
		);
	}
	const isKnown = choices.some(({ value }) => value === line.value);
	return (
		<ChoiceField
			hideLabel
			label={label}
			value={line.value}
			options={isKnown ? choices : [{ value: line.value, label: line.value || '–' }, ...choices]}
			problem={problem}
			onChange={onChange}
		/>
	);
}

/** What a field can be compared with; undefined where anything can be typed. */
function choicesOf(kind: SearchFieldKind, groups: Group[], types: string[]) {
	if (kind === 'text' || kind === 'date' || kind === 'number') return undefined;
	const names = new Map(groups.map(({ id, name }) => [id, name]));
	const values: Record<typeof kind, readonly string[]> = {
		'yes-no': ['yes', 'no'],
		kind: contactKinds,
		status: contactStatuses,
		hold: holdKinds,
		type: types,
		group: groups.map(({ id }) => String(id)),
	};
	return values[kind].map((value) => ({ value, label: valueLabel(kind, value, names) }));
}
