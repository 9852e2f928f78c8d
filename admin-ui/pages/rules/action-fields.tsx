import { __ } from '@wordpress/i18n';
import { actionPresets, ruleActions } from '../../../service/contract/rule.ts';
import type { RuleAction } from '../../../service/contract/rule.ts';
import { ChoiceField, TickField } from '../../components/fields.tsx';
import { actionExplained, actionLabel, presetLabel } from '../../words/rules.ts';
import { actionsOf, presetOf, withAction } from './rule-draft.ts';

/** What a rule does: one of the manual's choices, or any combination. */
export function ActionFields({
	actions,
	onChange,
}: {
	actions: readonly RuleAction[];
	onChange: (actions: RuleAction[]) => void;
}) {
	return (
		<fieldset className="rc-actions">
			<legend>{__('What it does', 'return-channel')}</legend>
			<ChoiceField
				label={__('Choices of the manual', 'return-channel')}
				value={presetOf(actions)}
				options={[
					{ value: '', label: __('A combination of your own', 'return-channel') },
					...actionPresets.map(({ name, label }) => ({
						value: name,
						label: presetLabel(name, label),
					})),
				]}
				onChange={(name) => onChange(actionsOf(name) ?? [...actions])}
			/>
			{actions.length === 0 && (
				<p className="rc-quiet">
					{__('With nothing ticked the rule only keeps later rules away.', 'return-channel')}
				</p>
			)}
			{ruleActions.map((action) => (
				<TickField
					key={action}
					label={actionLabel(action)}
					help={actionExplained(action)}
					value={actions.includes(action)}
					onChange={(isWanted) => onChange(withAction(actions, action, isWanted))}
				/>
			))}
		</fieldset>
	);
}
