import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Rule, RuleCheck } from '../../../service/contract/rule.ts';
import { Badge } from '../../components/badge.tsx';
import { Failing, Loading } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { figure } from '../../words/figures.ts';
import { ruleName } from '../../words/rules.ts';
import { ConflictList } from './conflict-list.tsx';
import { RuleMails } from './rule-mails.tsx';
import { RuleStateBadge, RuleText } from './rule-columns.tsx';
import type { SectionProps } from './section-props.ts';
import { UnmatchedBounces } from './unmatched-bounces.tsx';

type Checked = RuleCheck['rules'][number];

/** How the rules do on the stored bounces: hits of each, and what none catches. Nothing is changed. */
export function RuleCheckSection({ rules, view }: SectionProps) {
	const { data, error, isLoading, reload } = useCall('checkRules', {});
	const [shown, setShown] = useState<Rule>();
	if (error) return <Failing error={error} onRetry={reload} />;
	if (!data) {
		return <Loading sentence={__('Trying the rules on the stored bounces…', 'return-channel')} />;
	}
	return (
		<>
			<div className="rc-list-head">
				<p role="status">
					{sprintf(
						/* translators: 1: number of bounces, 2: number of bounces. */
						_n(
							'%1$s is caught by an active rule, %2$s by none.',
							'%1$s are caught by an active rule, %2$s by none.',
							data.caught,
							'return-channel',
						),
						figure(data.caught),
						figure(data.unmatched),
					)}{' '}
					{data.sentence}
				</p>
				<Button
					variant="secondary"
					size="compact"
					isBusy={isLoading}
					disabled={isLoading}
					accessibleWhenDisabled
					onClick={reload}
				>
					{__('Check again', 'return-channel')}
				</Button>
			</div>
			{rules.length > 0 && (
				<Table
					caption={__('Rules and what they catch', 'return-channel')}
					columns={columnsOf(data.rules, setShown)}
					rows={rules}
					idOf={({ id }) => id}
					isLoading={isLoading}
				/>
			)}
			<UnmatchedBounces view={view} />
			{shown && <RuleMails rule={shown} onClose={() => setShown(undefined)} />}
		</>
	);
}

function columnsOf(checked: Checked[], onShow: (rule: Rule) => void) {
	const about = (rule: Rule) => checked.find(({ ruleId }) => ruleId === rule.id);
	return [
		{
			header: __('Rule', 'return-channel'),
			render: (rule: Rule) => <RuleText rule={rule} />,
		},
		{
			header: __('State', 'return-channel'),
			render: ({ state }: Rule) => <RuleStateBadge state={state} />,
		},
		{
			header: __('Catches', 'return-channel'),
			render: (rule: Rule) => figure(about(rule)?.caught ?? 0),
		},
		{
			header: __('Matches', 'return-channel'),
			render: (rule: Rule) => <Matches rule={rule} checked={about(rule)} onShow={onShow} />,
		},
		{
			header: __('Worth a look', 'return-channel'),
			render: (rule: Rule) => <Concerns checked={about(rule)} />,
		},
	];
}

function Matches({
	rule,
	checked,
	onShow,
}: {
	rule: Rule;
	checked: Checked | undefined;
	onShow: (rule: Rule) => void;
}) {
	if (!checked?.matched) return figure(0);
	return (
		<Button
			variant="link"
			className="rc-plain-link"
			onClick={() => onShow(rule)}
			aria-label={sprintf(
				/* translators: 1: number of bounces, 2: name of a rule. */
				__('%1$s: show the bounces that “%2$s” matches', 'return-channel'),
				figure(checked.matched),
				ruleName(rule),
			)}
		>
			{figure(checked.matched)}
		</Button>
	);
}

function Concerns({ checked }: { checked: Checked | undefined }) {
	if (!checked) return null;
	if (checked.problem) {
		return (
			<>
				<Badge tone="bad">{__('Not tried', 'return-channel')}</Badge> {checked.problem}
			</>
		);
	}
	return <ConflictList conflicts={checked.conflicts} />;
}
