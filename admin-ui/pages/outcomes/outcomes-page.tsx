import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useChosen } from '../../hooks/use-chosen.ts';
import { useView } from '../../hooks/use-view.ts';
import { theScreen } from '../../screen.ts';
import { idIn } from '../../view-state.ts';
import { seenCount } from '../../words/outcomes.ts';
import { OutcomeCounts } from './outcome-counts.tsx';
import { OutcomeFilters } from './outcome-filters.tsx';
import { OutcomePanel } from './outcome-panel.tsx';
import { OutcomeTable } from './outcome-table.tsx';
import { countsAsked, filterKeys, filterOf, noFilters, outcomeKeys } from './outcomes-view.ts';
import { outcomesAsked } from './outcomes-view.ts';
import { Refile } from './refile.tsx';
import { WhyNotFiled } from './why-not-filed.tsx';

const noneChosen: ReadonlySet<number> = new Set();

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
	const asked = outcomesAsked(values);
	const list = useCall('listOutcomes', asked);
	const counts = useCall('countOutcomes', countsAsked(values));
	const [chosen, setChosen] = useChosen(noneChosen, asked);
	const { data, error, isLoading } = list;
	const reload = () => {
		setChosen(noneChosen);
		list.reload();
		counts.reload();
	};
	const open = (id: number) => change({ mail: String(id) });

	const narrowing = [...filterKeys, 's', 'outcome', 'because'] as const;
	const isFiltered = narrowing.some((key) => values[key]);
	if (data?.total === 0 && !isFiltered && !error) return <NoMailYet />;
	const outcomeId = idIn(values.mail);
	return (
		<>
			{!error && <WhyNotFiled view={view} onOpen={open} />}
			{!error && <OutcomeCounts facets={counts.data} view={view} />}
			{(data || !error) && <OutcomeFilters view={view} accounts={counts.data?.accounts ?? []} />}
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Skeleton sentence={__('Fetching the mail log…', 'return-channel')} />}
			{data?.total === 0 && !error && (
				<Empty title={__('No mail matches', 'return-channel')}>
					<Button variant="secondary" onClick={() => change(noFilters)}>
						{__('Show all mails', 'return-channel')}
					</Button>
				</Empty>
			)}
			{data && data.total > 0 && !error && (
				<>
					{theScreen().canManage && (
						<Refile
							chosen={data.rows.filter(({ id }) => chosen.has(id))}
							filter={filterOf(values)}
							found={data.total}
							onChanged={reload}
						/>
					)}
					<OutcomeTable
						rows={data.rows}
						isLoading={isLoading}
						view={view}
						chosen={chosen}
						onChoose={setChosen}
						onOpen={open}
					/>
					<Pager
						page={asked.page ?? 1}
						total={data.total}
						count={seenCount(data.total)}
						onChange={(next) => change({ paged: String(next) })}
					/>
				</>
			)}
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

function NoMailYet() {
	const { accounts, jobs } = theScreen().pageUrls ?? {};
	return (
		<Empty title={__('No mail was read yet', 'return-channel')}>
			<p>
				{__(
					'Once a mail account is set up and its job has run, every mail stands here: what was done about it, and why.',
					'return-channel',
				)}
			</p>
			<p className="rc-buttons">
				{accounts && (
					<Button variant="primary" __next40pxDefaultSize href={accounts}>
						{__('Open the mail accounts', 'return-channel')}
					</Button>
				)}
				{jobs && (
					<Button variant="secondary" __next40pxDefaultSize href={jobs}>
						{__('Open the scheduled jobs', 'return-channel')}
					</Button>
				)}
			</p>
		</Empty>
	);
}
