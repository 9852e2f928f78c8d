import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { Outcome } from '../../../service/contract/activity.ts';
import type { Page } from '../../../service/contract/page.ts';
import { ListBody } from '../../components/list-body.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { ReadNoMail } from '../../components/read-no-mail.tsx';
import { Empty } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSelection } from '../../hooks/use-selection.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn } from '../../view-state.ts';
import { subjectOf } from '../../words/activities.ts';
import { seenCount } from '../../words/outcomes.ts';
import { OutcomeCounts } from './outcome-counts.tsx';
import { OutcomeFilters } from './outcome-filters.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { countsAsked, filterKeys, filterOf, noFilters, outcomeKeys } from './outcomes-view.ts';
import { outcomesAsked } from './outcomes-view.ts';
import type { OutcomeKey } from './outcomes-view.ts';
import { Refile } from './refile.tsx';
import { WhyNotFiled } from './why-not-filed.tsx';

export function OutcomesPage() {
	return (
		<PageFrame
			title={__('Mail log', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('Every mail that was read for %s, what was done about it, and why.', 'return-channel'),
				theScreen().siteName,
			)}
		>
			<MailLog />
		</PageFrame>
	);
}

function MailLog() {
	const view = useView(outcomeKeys);
	const { values, change } = view;
	const list = useCall('listOutcomes', outcomesAsked(values));
	const counts = useCall('countOutcomes', countsAsked(values));
	const { data, error, isLoading } = list;
	const reload = () => {
		list.reload();
		counts.reload();
	};
	const open = (id: number) => change({ mail: String(id) });

	const narrowing = [...filterKeys, 's', 'outcome', 'because'] as const;
	const isFiltered = narrowing.some((key) => values[key]);
	if (data?.total === 0 && !isFiltered && !isLoading && !error) return <NoMailYet />;
	const outcomeId = idIn(values.mail);
	return (
		<>
			{!error && <WhyNotFiled view={view} onOpen={open} />}
			{!error && <OutcomeCounts facets={counts.data} view={view} />}
			{(data || !error) && <OutcomeFilters view={view} accounts={counts.data?.accounts ?? []} />}
			<ListBody
				list={list}
				view={view}
				fetching={__('Fetching the mail log…', 'return-channel')}
				nothing={
					<Empty title={__('No mail matches', 'return-channel')}>
						<Button variant="secondary" onClick={() => change(noFilters)}>
							{__('Show all mails', 'return-channel')}
						</Button>
					</Empty>
				}
				count={seenCount}
			>
				{(rows) => (
					<LogRows
						page={{ rows, total: data?.total ?? 0 }}
						isLoading={isLoading}
						view={view}
						onOpen={open}
						onChanged={reload}
					/>
				)}
			</ListBody>
			{outcomeId !== undefined && (
				<OutcomePanel
					key={outcomeId}
					outcomeId={outcomeId}
					onShowRun={(run) => change({ ...noFilters, run: String(run), mail: '' })}
					onChanged={reload}
					onClose={() => change({ mail: '' })}
				/>
			)}
		</>
	);
}

/** One page of the log, and what can be done with the mails that are ticked or found. */
function LogRows({
	page: { rows, total },
	isLoading,
	view,
	onOpen,
	onChanged,
}: {
	page: Page<Outcome>;
	isLoading: boolean;
	view: View<OutcomeKey>;
	onOpen: (id: number) => void;
	onChanged: () => void;
}) {
	const { chosen, chooseNone, selection } = useSelection(
		rows,
		outcomesAsked(view.values),
		subjectOf,
		({ hasRaw }) => hasRaw,
	);
	return (
		<>
			{selection && (
				<Refile
					chosen={chosen}
					filter={filterOf(view.values)}
					found={total}
					onChanged={() => {
						chooseNone();
						onChanged();
					}}
				/>
			)}
			<OutcomeTable
				rows={rows}
				isLoading={isLoading}
				view={view}
				selection={selection}
				onOpen={onOpen}
			/>
		</>
	);
}

function NoMailYet() {
	return (
		<ReadNoMail
			title={__('No mail was read yet', 'return-channel')}
			sentence={__(
				'Once a mail account is set up and its job has run, every mail stands here: what was done about it, and why.',
				'return-channel',
			)}
		/>
	);
}
