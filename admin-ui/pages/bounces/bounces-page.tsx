import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { PageFrame } from '../../components/page-frame.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import { Panels } from '../../panels/panels.tsx';
import { theScreen } from '../../screen.ts';
import { figure } from '../../words/figures.ts';
import { BounceCounts } from './bounce-counts.tsx';
import { BounceFilters } from './bounce-filters.tsx';
import { BounceTable } from './bounce-table.tsx';
import { bounceKeys, bouncesAsked, filterKeys, noFilters } from './bounce-view.ts';
import { IncidentNotices } from './incident-notices.tsx';
import { JudgeAgainButton } from './judge-again-button.tsx';

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
	const asked = bouncesAsked(view.values);
	const { type, page, ...withoutType } = asked;
	const list = useCall('listBounces', asked);
	const counts = useCall('countBounces', withoutType);
	const reload = () => {
		list.reload();
		counts.reload();
	};
	const { data, error, isLoading } = list;

	const isFiltered =
		view.values.s !== '' || Boolean(type) || filterKeys.some((key) => view.values[key]);
	if (data?.total === 0 && !isFiltered && !error) return <NoBounceYet />;
	return (
		<>
			{!error && <IncidentNotices />}
			{!error && <BounceCounts facets={counts.data} view={view} />}
			{(data || !error) && <BounceFilters view={view} rows={data?.rows ?? []} />}
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Fetching the bounces…', 'return-channel')} />}
			{data?.total === 0 && !error && (
				<Empty title={__('No bounce matches', 'return-channel')}>
					<Button variant="secondary" onClick={() => view.change(noFilters)}>
						{__('Show all bounces', 'return-channel')}
					</Button>
				</Empty>
			)}
			{data && data.total > 0 && !error && (
				<>
					<JudgeAgainButton values={view.values} onJudged={reload} />
					<BounceTable rows={data.rows} isLoading={isLoading} view={view} />
					<Pager
						page={page ?? 1}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of bounces. */
							_n('%s bounce', '%s bounces', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={(next) => view.change({ paged: String(next) })}
					/>
				</>
			)}
			<Panels onChanged={reload} />
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
