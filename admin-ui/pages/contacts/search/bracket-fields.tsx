import { Button } from '@wordpress/components';
import { useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { Group } from '../../../../service/contract/contact.ts';
import { ChoiceField } from '../../../components/fields.tsx';
import { LineFields } from './line-fields.tsx';
import { emptyLine } from './search-draft.ts';
import type { Bracket, Line } from './search-draft.ts';

interface Props {
	label: string;
	bracket: Bracket;
	groups: Group[];
	/** Somebody tried to search, so what is missing is marked. */
	hasProblemsShown: boolean;
	onChange: (change: Partial<Bracket>) => void;
	/** Absent for the outermost, which stays. */
	onRemove?: () => void;
}

const mostLines = 15;

/** Comparisons of which all or any must hold. */
export function BracketFields(props: Props) {
	const { label, bracket, groups, hasProblemsShown, onChange, onRemove } = props;
	const { join, lines } = bracket;
	const add = useRef<HTMLButtonElement>(null);

	function withLine(index: number, line: Line) {
		onChange({ lines: lines.map((before, at) => (at === index ? line : before)) });
	}

	/** The button pressed is gone afterwards; the focus goes to the one that stays. With the last line all of it goes, and
	 *  whoever holds it sees to the focus. */
	function withoutLine(index: number) {
		if (lines.length > 1) add.current?.focus();
		onChange({ lines: lines.filter((_, at) => at !== index) });
	}

	return (
		<fieldset className="rc-bracket">
			<legend className="screen-reader-text">{label}</legend>
			<div className="rc-bracket-head">
				<ChoiceField
					hideLabel
					label={__('How the conditions are joined', 'return-channel')}
					value={join}
					options={[
						{ value: 'all', label: __('All of these hold (and)', 'return-channel') },
						{ value: 'any', label: __('Any of these holds (or)', 'return-channel') },
					]}
					onChange={(value) => onChange({ join: value })}
				/>
				{onRemove && (
					<Button variant="tertiary" isDestructive onClick={onRemove}>
						{__('Remove this group', 'return-channel')}
					</Button>
				)}
			</div>
			{lines.map((line, index) => (
				<LineFields
					key={index}
					/* translators: %d: which condition of a search, counted from 1. */
					label={sprintf(__('Condition %d', 'return-channel'), index + 1)}
					line={line}
					groups={groups}
					hasProblemsShown={hasProblemsShown}
					onChange={(changed) => withLine(index, changed)}
					onRemove={lines.length > 1 || onRemove ? () => withoutLine(index) : undefined}
				/>
			))}
			<Button
				ref={add}
				variant="link"
				disabled={lines.length >= mostLines}
				accessibleWhenDisabled
				onClick={() => onChange({ lines: [...lines, emptyLine] })}
			>
				{__('Add a condition', 'return-channel')}
			</Button>
		</fieldset>
	);
}
