import { __ } from '@wordpress/i18n';
import type { Rule } from '../../../service/contract/rule.ts';
import { Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import type { View } from '../../hooks/use-view.ts';
import { idIn } from '../../view-state.ts';
import { emptyRule, fieldsOf } from './rule-draft.ts';
import { RuleForm } from './rule-form.tsx';
import type { RulesKey } from './rules-view.ts';

interface Props {
	view: View<RulesKey>;
	rules: Rule[];
	onSaved: () => void;
	onCancel: () => void;
}

/** The form for the rule that the URL names: a stored one, a new one, or one made from a bounce or from words. */
export function RuleEditor({ view, rules, onSaved, onCancel }: Props) {
	const { rule: shown, from, expression } = view.values;
	const bounceId = idIn(from);
	const suggestion = useCall('suggestRule', bounceId ? { id: bounceId } : undefined);
	const form = { onSaved, onCancel };
	const rule = rules.find(({ id }) => id === idIn(shown));
	if (rule) return <RuleForm rule={rule} start={fieldsOf(rule)} {...form} />;
	if (!bounceId) return <RuleForm start={{ ...emptyRule, expression }} {...form} />;

	const { data, error, reload } = suggestion;
	if (error) {
		return (
			<>
				<Failing error={error} onRetry={reload} />
				<RuleForm start={emptyRule} {...form} />
			</>
		);
	}
	if (!data) return <Loading sentence={__('Reading the bounce…', 'return-channel')} />;
	return (
		<RuleForm start={{ ...fieldsOf(data), state: 'active' }} madeFrom={data.madeFrom} {...form} />
	);
}
