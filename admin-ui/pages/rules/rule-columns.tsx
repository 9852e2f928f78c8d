import { Button, DropdownMenu } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Rule, RuleAction, RuleState } from '../../../service/contract/rule.ts';
import { Badge } from '../../components/badge.tsx';
import type { Tone } from '../../components/badge.tsx';
import { Expression } from '../../components/expression.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { theScreen } from '../../screen.ts';
import { wrongAt } from '../../words/expression.ts';
import { figure } from '../../words/figures.ts';
import {
	actionLabel,
	lookPlaceLabel,
	originLabel,
	ruleName,
	ruleStateLabel,
} from '../../words/rules.ts';

interface Deeds {
	/** Rules in all. */
	count: number;
	canApply: boolean;
	onMove: (rule: Rule, by: -1 | 1) => void;
	onEdit: (rule: Rule) => void;
	onSetState: (rule: Rule, state: RuleState) => void;
	onApply: (rule: Rule) => void;
	onShowDeeds: (rule: Rule) => void;
	onUndo: (rule: Rule) => void;
	onDelete: (rule: Rule) => void;
}

export function ruleColumns(deeds: Deeds): Column<Rule>[] {
	const columns: Column<Rule>[] = [
		{ header: __('Rule', 'return-channel'), render: (rule) => <RuleText rule={rule} /> },
		{ header: __('Order', 'return-channel'), render: (rule) => <Place rule={rule} {...deeds} /> },
		{
			header: __('What it does', 'return-channel'),
			render: ({ actions }) => <ActionList actions={actions} />,
		},
		{
			header: __('State', 'return-channel'),
			render: ({ state }) => <RuleStateBadge state={state} />,
		},
		{
			header: __('Hits', 'return-channel'),
			render: ({ hits, lastHitAt }) => (
				<>
					{figure(hits)}
					{lastHitAt && (
						<span className="rc-quiet">
							<When at={lastHitAt} />
						</span>
					)}
				</>
			),
		},
	];
	if (!theScreen().canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (rule) => <RuleDeeds rule={rule} {...deeds} />,
		},
	];
}

/** Comment, expression, where it looks, and what is wrong with it. */
export function RuleText({ rule }: { rule: Rule }) {
	const { comment, expression, looksIn, origin, problem } = rule;
	return (
		<>
			{comment && <span className="rc-name">{comment}</span>}
			<div>
				<Expression text={expression} at={problem ? wrongAt(problem) : undefined} />
			</div>
			<span className="rc-quiet">
				{lookPlaceLabel(looksIn)} · {originLabel(origin)}
			</span>
			{problem && (
				<span className="rc-because">
					<Badge tone="bad">{__('Left out', 'return-channel')}</Badge> {problem}
				</span>
			)}
		</>
	);
}

export function ActionList({ actions }: { actions: readonly RuleAction[] }) {
	if (actions.length === 0) {
		return <>{__('Nothing; it keeps later rules away', 'return-channel')}</>;
	}
	return <>{actions.map(actionLabel).join(', ')}</>;
}

const toneOfState: Record<RuleState, Tone> = { active: 'good', candidate: 'info', off: 'plain' };

export function RuleStateBadge({ state }: { state: RuleState }) {
	return <Badge tone={toneOfState[state]}>{ruleStateLabel(state)}</Badge>;
}

/** Of the button that moves a rule up (-1) or down (+1). */
export function moveButtonId({ id }: Rule, by: -1 | 1): string {
	return `rc-move-${by < 0 ? 'up' : 'down'}-${id}`;
}

function Place({ rule, count, onMove }: { rule: Rule } & Deeds) {
	const place = figure(rule.position);
	if (!theScreen().canManage) return place;
	const steps = [
		/* translators: %s: name of a rule. */
		{ by: -1, sign: '↑', label: __('Move up: %s', 'return-channel'), isEnd: rule.position <= 1 },
		/* translators: %s: name of a rule. */
		{
			by: 1,
			sign: '↓',
			label: __('Move down: %s', 'return-channel'),
			isEnd: rule.position >= count,
		},
	] as const;
	return (
		<div className="rc-place">
			{place}
			{steps.map(({ by, sign, label, isEnd }) => (
				<Button
					key={by}
					id={moveButtonId(rule, by)}
					size="compact"
					disabled={isEnd}
					accessibleWhenDisabled
					onClick={() => onMove(rule, by)}
					aria-label={sprintf(label, ruleName(rule))}
				>
					{sign}
				</Button>
			))}
		</div>
	);
}

function RuleDeeds({ rule, ...deeds }: { rule: Rule } & Deeds) {
	const { state, hits } = rule;
	const name = ruleName(rule);
	const isActive = state === 'active';
	const controls = [
		isActive
			? { title: __('Switch off', 'return-channel'), onClick: () => deeds.onSetState(rule, 'off') }
			: {
					title: __('Activate', 'return-channel'),
					onClick: () => deeds.onSetState(rule, 'active'),
				},
		...(isActive && deeds.canApply
			? [
					{
						title: __('Apply to stored bounces', 'return-channel'),
						onClick: () => deeds.onApply(rule),
					},
				]
			: []),
		...(hits > 0
			? [
					{
						title: __('Show what it did', 'return-channel'),
						onClick: () => deeds.onShowDeeds(rule),
					},
					{ title: __('Undo all it did', 'return-channel'), onClick: () => deeds.onUndo(rule) },
				]
			: []),
		{ title: __('Delete', 'return-channel'), onClick: () => deeds.onDelete(rule) },
	];
	return (
		<div className="rc-row-actions">
			<Button
				variant="secondary"
				size="compact"
				onClick={() => deeds.onEdit(rule)}
				/* translators: %s: name of a rule. */
				aria-label={sprintf(__('Edit %s', 'return-channel'), name)}
			>
				{__('Edit', 'return-channel')}
			</Button>
			<DropdownMenu
				icon="ellipsis"
				/* translators: %s: name of a rule. */
				label={sprintf(__('More for %s', 'return-channel'), name)}
				toggleProps={{ size: 'compact' }}
				controls={controls}
			/>
		</div>
	);
}
