import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { BounceSummary } from '../../../service/contract/bounce.ts';
import { Counts } from '../../components/counts.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { ReadNoMail } from '../../components/read-no-mail.tsx';
import { Empty, Failing, Skeleton } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useSelection } from '../../hooks/use-selection.ts';
import { useView } from '../../hooks/use-view.ts';
import type { View } from '../../hooks/use-view.ts';
import { Panels } from '../../panels/panels.tsx';
import { theScreen } from '../../screen.ts';
import { bounceCount } from '../../words/bounces.ts';
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
	const isEmpty = data?.total === 0 && !isLoading && !isNarrowed(view.values);
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
					<ListBody
						list={{ ...list, reload }}
						view={view}
						fetching={__('Fetching the bounces…', 'return-channel')}
						nothing={
							<Empty title={__('No bounce matches', 'return-channel')}>
								<Button variant="secondary" onClick={() => view.change(noFilters)}>
									{__('Show all bounces', 'return-channel')}
								</Button>
							</Empty>
						}
						count={bounceCount}
					>
						{(rows) => (
							<BounceRows rows={rows} isLoading={isLoading} view={view} onChanged={reload} />
						)}
					</ListBody>
				</>
			)}
			<Panels onChanged={reload} />
		</>
	);
}

/** The bounces of one page, and what can be done with those that are ticked. */
function BounceRows({
	rows,
	isLoading,
	view,
	onChanged,
}: {
	rows: BounceSummary[];
	isLoading: boolean;
	view: View<BounceKey>;
	onChanged: () => void;
}) {
	const { chosen, chooseNone, selection } = useSelection(
		rows,
		view.values,
		({ email }) => email || __('No address named', 'return-channel'),
	);
	return (
		<>
			<JudgeAgainBar
				values={view.values}
				chosen={chosen.map(({ id }) => id)}
				onChooseNone={chooseNone}
				onJudged={onChanged}
			/>
			<BounceTable rows={rows} isLoading={isLoading} view={view} selection={selection} />
		</>
	);
}

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
	return (
		<ReadNoMail
			title={__('No bounces yet', 'return-channel')}
			sentence={__(
				'Bounces appear here once a mail account for bounces is set up and the job Fetch Bounces has run.',
				'return-channel',
			)}
		/>
	);
}
