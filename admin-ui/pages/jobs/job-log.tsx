import { useEffect, useRef } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { jobNames } from '../../../service/contract/job.ts';
import type { Job, JobRun } from '../../../service/contract/job.ts';
import { ChoiceField } from '../../components/fields.tsx';
import { Pager } from '../../components/pager.tsx';
import { Empty, Failing, Loading } from '../../components/states.tsx';
import { Table } from '../../components/table.tsx';
import type { Column } from '../../components/table.tsx';
import { When } from '../../components/when.tsx';
import { useCall } from '../../hooks/use-call.ts';
import { useView } from '../../hooks/use-view.ts';
import { oneOf, pageIn, rowsPerPage } from '../../view-state.ts';
import { figure } from '../../words/figures.ts';
import { triggerLabel } from '../../words/jobs.ts';
import { RunLog, RunStateBadge } from './run-state.tsx';

const keys = ['paged', 'job'] as const;

/** All runs so far, newest first. `newerThan` is a count: whenever it changes, the log is fetched anew. */
export function JobLog({ jobs, newerThan }: { jobs: Job[]; newerThan: number }) {
	const { values, change } = useView(keys);
	const page = pageIn(values.paged);
	const { data, error, isLoading, reload } = useCall('listRuns', {
		page,
		per_page: rowsPerPage,
		job: oneOf(jobNames, values.job),
	});
	const seen = useRef(newerThan);
	useEffect(() => {
		if (seen.current === newerThan) return;
		seen.current = newerThan;
		reload();
	}, [newerThan, reload]);

	return (
		<section className="rc-job-log">
			<div className="rc-card-head">
				<h2>{__('Job log', 'return-channel')}</h2>
				<ChoiceField
					label={__('Show the runs of', 'return-channel')}
					value={values.job}
					options={[
						{ value: '', label: __('All jobs', 'return-channel') },
						...jobs.map(({ name, label }) => ({ value: name as string, label })),
					]}
					onChange={(job) => change({ job, paged: '' })}
				/>
			</div>
			{error && <Failing error={error} onRetry={reload} />}
			{!data && !error && <Loading sentence={__('Fetching the job log…', 'return-channel')} />}
			{data?.total === 0 && !error && (
				<Empty title={__('No run yet', 'return-channel')}>
					<p>{__('Runs are listed here once a job has run.', 'return-channel')}</p>
				</Empty>
			)}
			{data && data.total > 0 && !error && (
				<>
					<Table
						caption={__('Runs of jobs', 'return-channel')}
						columns={columnsOf(jobs)}
						rows={data.rows}
						idOf={({ id }) => id}
						isLoading={isLoading}
					/>
					<Pager
						page={page}
						total={data.total}
						count={sprintf(
							/* translators: %s: number of runs. */
							_n('%s run', '%s runs', data.total, 'return-channel'),
							figure(data.total),
						)}
						onChange={(next) => change({ paged: String(next) })}
					/>
				</>
			)}
		</section>
	);
}

function columnsOf(jobs: Job[]): Column<JobRun>[] {
	const labels = new Map(jobs.map(({ name, label }) => [name, label]));
	return [
		{
			header: __('Job', 'return-channel'),
			render: (run) => <span className="rc-name">{labels.get(run.job) ?? run.job}</span>,
		},
		{
			header: __('Started', 'return-channel'),
			render: (run) => (
				<>
					<When at={run.startedAt} /> <span className="rc-quiet">{triggerLabel(run.trigger)}</span>
				</>
			),
		},
		{
			header: __('Result', 'return-channel'),
			render: (run) => <RunStateBadge state={run.state} />,
		},
		{
			header: __('What it did', 'return-channel'),
			render: (run) => <WhatItDid run={run} />,
		},
	];
}

function WhatItDid({ run }: { run: JobRun }) {
	if (run.log.length === 0) return run.sentence;
	return (
		<details>
			<summary>{run.sentence}</summary>
			<RunLog log={run.log} />
		</details>
	);
}
