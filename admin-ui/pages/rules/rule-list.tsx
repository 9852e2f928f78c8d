import { Button } from '@wordpress/components';
import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { readers } from '../../../service/contract/job.ts';
import type { Rule, RuleState } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import { asCallError } from '../../hooks/use-call.ts';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { ruleName } from '../../words/rules.ts';
import { RunOptions } from '../jobs/run-options.tsx';
import { ApplyRules } from './apply-rules.tsx';
import { DeleteRule } from './delete-rule.tsx';
import { ManualProcessing, useManualProcessing } from './manual-processing.tsx';
import { moveButtonId, ruleColumns } from './rule-columns.tsx';
import { movedOrder } from './rule-draft.ts';
import type { SectionProps } from './section-props.ts';
import { useUndoDeeds } from './use-undo-deeds.ts';

type Doing =
	{ what: 'apply'; rule?: Rule } | { what: 'delete'; rule: Rule } | { what: 'read-ignored' };

/** The rules in the order in which they are tried; the first active one that matches wins. */
export function RuleList({
	rules,
	view,
	onChanged,
	isLoading,
}: SectionProps & { isLoading: boolean }) {
	const [doing, setDoing] = useState<Doing>();
	const byHand = useManualProcessing();
	const undoDeeds = useUndoDeeds(onChanged);
	const { move, setState } = useRuleDeeds(rules, onChanged);
	if (rules.length === 0) {
		return <NoRule onShowCandidates={() => view.change({ section: 'candidates' })} />;
	}
	const columns = ruleColumns({
		count: rules.length,
		canApply: byHand.isOn === true,
		onMove: (rule, by) => void move(rule, by),
		onEdit: ({ id }) => view.change({ rule: String(id) }),
		onSetState: (rule, state) => void setState(rule, state),
		onApply: (rule) => setDoing({ what: 'apply', rule }),
		onShowDeeds: ({ id }) => view.change({ section: 'deeds', by: String(id) }),
		onUndo: ({ id }) => void undoDeeds({ ruleId: id }),
		onDelete: (rule) => setDoing({ what: 'delete', rule }),
	});
	const close = () => setDoing(undefined);
	return (
		<>
			<div className="rc-list-head">
				<p className="rc-intro">
					{__(
						'Rules are tried from top to bottom, and the first active one that matches decides. A candidate does nothing until you activate it. Nobody is touched for a bounce that anybody could have written.',
						'return-channel',
					)}
				</p>
				{theScreen().canManage && (
					<div className="rc-buttons">
						{byHand.isOn !== false && (
							<Button
								variant="secondary"
								__next40pxDefaultSize
								disabled={!byHand.isOn}
								accessibleWhenDisabled
								onClick={() => setDoing({ what: 'apply' })}
							>
								{__('Apply to stored bounces', 'return-channel')}
							</Button>
						)}
						<Button
							variant="secondary"
							__next40pxDefaultSize
							onClick={() => setDoing({ what: 'read-ignored' })}
						>
							{__('Read ignored mails again', 'return-channel')}
						</Button>
					</div>
				)}
			</div>
			<Table
				caption={__('Rules', 'return-channel')}
				columns={columns}
				rows={rules}
				idOf={({ id }) => id}
				isLoading={isLoading}
			/>
			<ManualProcessing byHand={byHand} />
			{doing?.what === 'apply' && (
				<ApplyRules rule={doing.rule} onApplied={onChanged} onClose={close} />
			)}
			{doing?.what === 'read-ignored' && (
				<RunOptions
					title={__('Read ignored mails again', 'return-channel')}
					job={readers.bounces}
					ignoredAgain
					onEnded={onChanged}
					onClose={close}
				/>
			)}
			{doing?.what === 'delete' && (
				<DeleteRule rule={doing.rule} onDeleted={onChanged} onClose={close} />
			)}
		</>
	);
}

/** Moving and switching rules. A moved row takes the focus with it, so that it can be moved on. */
function useRuleDeeds(rules: Rule[], onChanged: () => void) {
	const { post } = useNotices();
	const moved = useRef<string>();
	/** As the service has it: somebody who presses twice moves two places, whatever the page shows yet. */
	const order = useRef<readonly Rule[]>(rules);
	const turn = useRef(Promise.resolve());

	useEffect(() => {
		order.current = rules;
		if (moved.current) document.getElementById(moved.current)?.focus();
		moved.current = undefined;
	}, [rules]);

	async function attempt(deed: () => Promise<string>) {
		try {
			const sentence = await deed();
			post({ status: 'success', sentence, keepsFocus: true });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	}

	async function moveNow(rule: Rule, by: -1 | 1) {
		const ids = movedOrder(order.current, rule.id, by);
		if (!ids) return;
		await attempt(async () => {
			order.current = (await call('orderRules', { ids })).rows;
			moved.current = moveButtonId(rule, by);
			return sprintf(
				/* translators: 1: name of a rule, 2: its place, 3: number of rules. */
				__('“%1$s” is now number %2$s of %3$s.', 'return-channel'),
				ruleName(rule),
				figure(ids.indexOf(rule.id) + 1),
				figure(ids.length),
			);
		});
	}

	function move(rule: Rule, by: -1 | 1) {
		turn.current = turn.current.then(() => moveNow(rule, by));
		return turn.current;
	}

	function setState(rule: Rule, state: RuleState) {
		return attempt(async () => {
			await call('setRuleState', { id: rule.id, state });
			return state === 'active'
				? /* translators: %s: name of a rule. */
					sprintf(__('“%s” is active for the bounces that come.', 'return-channel'), ruleName(rule))
				: /* translators: %s: name of a rule. */
					sprintf(__('“%s” is off.', 'return-channel'), ruleName(rule));
		});
	}

	return { move, setState };
}

function NoRule({ onShowCandidates }: { onShowCandidates: () => void }) {
	return (
		<Empty title={__('No rules yet', 'return-channel')}>
			<p>
				{__(
					'None are needed: addresses are put on hold by the types of their bounces. A rule does more, for example unconfirm a subscriber whose mailbox was closed.',
					'return-channel',
				)}
			</p>
			{theScreen().canManage && (
				<Button variant="secondary" __next40pxDefaultSize onClick={onShowCandidates}>
					{__('Look for candidates and the starter set', 'return-channel')}
				</Button>
			)}
		</Empty>
	);
}
