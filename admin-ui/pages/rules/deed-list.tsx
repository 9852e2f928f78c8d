import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Deed } from '../../../service/contract/rule.ts';
import { Badge } from '../../components/badge.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { ChoiceFilter } from '../../components/list-filters.tsx';
import { Empty } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { theScreen } from '../../screen.ts';
import { idIn, pageIn, rowsPerPage } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { actionLabel, ruleName } from '../../words/rules.ts';
import type { SectionProps } from './section-props.ts';
import { useUndoDeeds } from './use-undo-deeds.ts';

/** What rules did to whom, each with its way back. */
export function DeedList({ rules, view, onChanged }: SectionProps) {
	const { by, paged } = view.values;
	const ruleId = idIn(by);
	const asked = { page: pageIn(paged), per_page: rowsPerPage, ruleId };
	const list = useCall('listDeeds', asked);
	const { data, reload } = list;
	const undo = useUndoDeeds(() => {
		reload();
		onChanged();
	});
	return (
		<>
			<div className="rc-list-head">
				<div className="rc-narrow">
					<ChoiceFilter
						view={view}
						name="by"
						label={__('Rule', 'return-channel')}
						options={rules.map((rule) => ({ value: String(rule.id), label: ruleName(rule) }))}
					/>
				</div>
				{theScreen().canManage && ruleId && data && data.total > 0 && (
					<Button variant="secondary" size="compact" onClick={() => void undo({ ruleId })}>
						{__('Undo all this rule did', 'return-channel')}
					</Button>
				)}
			</div>
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching what was done…', 'return-channel')}
				nothing={
					<Empty
						title={
							ruleId
								? __('This rule did nothing yet', 'return-channel')
								: __('Rules did nothing yet', 'return-channel')
						}
					>
						<p>
							{__(
								'What an active rule does to somebody appears here, with the words that made it, and can be undone.',
								'return-channel',
							)}
						</p>
					</Empty>
				}
				count={deedCount}
			>
				{(rows) => (
					<Table
						caption={__('What rules did', 'return-channel')}
						columns={columnsOf(({ id }) => void undo({ deedId: id }))}
						rows={rows}
						idOf={({ id }) => id}
						isLoading={list.isLoading}
					/>
				)}
			</ListBody>
		</>
	);
}

function deedCount(total: number): string {
	return sprintf(
		/* translators: %s: number of deeds. */
		_n('%s deed', '%s deeds', total, 'return-channel'),
		figure(total),
	);
}

function columnsOf(onUndo: (deed: Deed) => void): Column<Deed>[] {
	const columns: Column<Deed>[] = [
		{
			header: __('Whom', 'return-channel'),
			render: ({ email, contactName }) => (
				<>
					<span className="rc-name">{email}</span>
					{contactName && <span className="rc-quiet">{contactName}</span>}
				</>
			),
		},
		{
			header: __('What', 'return-channel'),
			render: ({ action, before, after, undoneAt }) => (
				<>
					{actionLabel(action)} {undoneAt && <Badge>{__('Undone', 'return-channel')}</Badge>}
					{action.endsWith('-subscriber') && action !== 'delete-subscriber' && before !== after && (
						<span className="rc-quiet">
							{before} → {after}
						</span>
					)}
				</>
			),
		},
		{
			header: __('Because', 'return-channel'),
			render: ({ because }) => <span className="rc-because">{because}</span>,
		},
		{
			header: __('When', 'return-channel'),
			render: ({ at, who }) => (
				<>
					<When at={at} />
					<span className="rc-quiet">{who}</span>
				</>
			),
		},
	];
	if (!theScreen().canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (deed) =>
				deed.undoneAt === null && (
					<Button
						variant="secondary"
						size="compact"
						onClick={() => onUndo(deed)}
						aria-label={`${__('Undo', 'return-channel')} ${actionLabel(deed.action)} ${deed.email}`}
					>
						{__('Undo', 'return-channel')}
					</Button>
				),
		},
	];
}
