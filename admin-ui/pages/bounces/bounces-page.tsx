import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import type { Page } from '../../../service/contract/page.ts';
import { Counts } from '../../components/counts.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useChosen } from '../../hooks/use-chosen.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { Panels } from '../../panels/panels.tsx';
import { theScreen } from '../../screen.ts';
import { pageIn } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { BounceCounts } from './bounce-counts.tsx';
import { BounceFilters } from './bounce-filters.tsx';
import { BounceTable } from './bounce-table.tsx';
import { bounceKeys, bouncesAsked, countsAsked, isNarrowed, noFilters } from './bounce-view.ts';
import type { BounceKey } from './bounce-view.ts';
import { IncidentNotices, openIncidents } from './incident-notices.tsx';
import { JudgeAgainBar } from './judge-again-bar.tsx';

export function BouncesPage() {
	return (
		<PageFrame
			title={__('Bounces', 'return-channel')}
			purpose={sprintf(
				/* translators: %s: the name of the site. */
				__('Mail of %s that came back, and what was done about it.', 'return-channel'),
				theScreen().siteName,
			)}
		>
			<BounceList />
		</PageFrame>
	);
}

function BounceList() {
	const view = useView(bounceKeys);
	const list = useCall('listBounces', bouncesAsked(view.values));
	const counts = useCall('countBounces', countsAsked(view.values));
	const incidents = useCall('listIncidents', openIncidents);
	const { data, error, isLoading } = list;
	const reload = () => {
		list.reload();
		counts.reload();
	};
	// What stands above the list must not push it down when it comes.
	const isComing = !data || !(incidents.data || incidents.error);
	const isEmpty = data?.total === 0 && !isNarrowed(view.values);
	const failing = error && <Failing error={error} onRetry={reload} />;
	return (
		<>
			{isComing && (failing ?? <ListToCome />)}
			{!isComing && isEmpty && (failing ?? <NoBounceYet />)}
			{!isComing && !isEmpty && (
				<>
					<IncidentNotices incidents={incidents} />
					<BounceCounts facets={counts.data} view={view} />
					<BounceFilters view={view} rows={data.rows} />
					{failing ?? (
						<BounceRows page={data} isLoading={isLoading} view={view} onChanged={reload} />
					)}
				</>
			)}
			<Panels onChanged={reload} />
		</>
	);
}

/** One page of the list, what can be done with the bounces that are ticked, and the way to the other pages. */
function BounceRows({
	page: { rows, total },
	isLoading,
	view,
	onChanged,
}: {
	page: Page<BounceSummary>;
	isLoading: boolean;
	view: View<BounceKey>;
	onChanged: () => void;
}) {
	const [chosen, setChosen] = useChosen(none, view.values);
	if (total === 0) {
		return (
			<Empty title={__('No bounce matches', 'return-channel')}>
				<Button variant="secondary" onClick={() => view.change(noFilters)}>
					{__('Show all bounces', 'return-channel')}
				</Button>
			</Empty>
		);
	}
	return (
		<>
			<JudgeAgainBar
				values={view.values}
				chosen={chosen}
				onChooseNone={() => setChosen(none)}
				onJudged={onChanged}
			/>
			<BounceTable
				rows={rows}
				isLoading={isLoading}
				view={view}
				chosen={chosen}
				onChoose={setChosen}
			/>
			<Pager
				page={pageIn(view.values.paged)}
				total={total}
				count={sprintf(
					/* translators: %s: number of bounces. */
					_n('%s bounce', '%s bounces', total, 'return-channel'),
					figure(total),
				)}
				onChange={(next) => view.change({ paged: String(next) })}
			/>
		</>
	);
}

const none: ReadonlySet<number> = new Set();

/** The page before anything has come. */
function ListToCome() {
	return (
		<>
			<Counts label="" />
			<Skeleton sentence={__('Fetching the bounces…', 'return-channel')} />
		</>
	);
}

function NoBounceYet() {
	const { accounts, jobs } = theScreen().pageUrls ?? {};
	return (
		<Empty title={__('No bounces yet', 'return-channel')}>
			<p>
				{__(
					'Bounces appear here once a mail account for bounces is set up and the job Fetch Bounces has run.',
					'return-channel',
				)}
			</p>
			<p className="rc-buttons">
				{accounts && (
					<Button variant="primary" __next40pxDefaultSize href={accounts}>
						{__('Set up a mail account', 'return-channel')}
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
