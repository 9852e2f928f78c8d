import { Button } from '@wordpress/components';
import { useId, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { readsAccountsFor } from '../../../service/contract/job.ts';
import type { Job, JobRun } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import { Facts } from '../../components/facts.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { When } from '../../components/when.tsx';
import { useDeed } from '../../hooks/use-deed.ts';
import { theScreen } from '../../screen.ts';
import { frequencyLabel } from '../../words/jobs.ts';
import { JobProgress } from './job-progress.tsx';
import { JobSchedule } from './job-schedule.tsx';
import { RunOptions } from './run-options.tsx';
import { RunStateBadge, statusOf } from './run-state.tsx';

/** One job: what it does, when it runs, how the last run went, and the buttons for those who may. */
export function JobCard({ job, onChanged }: { job: Job; onChanged: () => void }) {
	const headingId = useId();
	const { canManage } = theScreen();
	const { post } = useNotices();
	const { isBusy, error, attempt } = useDeed();
	const [started, setStarted] = useState<JobRun>();
	const [isChoosing, setIsChoosing] = useState(false);
	const running = started ?? job.running;

	async function run() {
		const answer = await attempt(() => call('runJob', { name: job.name }));
		if (!answer) return;
		setStarted(answer.run);
		if (!answer.isOurs) post({ status: 'info', sentence: answer.sentence, keepsFocus: true });
	}

	function end(ended: JobRun) {
		setStarted(undefined);
		onChanged();
		const sentence = `${job.label}: ${ended.sentence}`;
		post({ status: statusOf(ended.state), sentence, keepsFocus: true });
	}

	return (
		<section className="rc-card" aria-labelledby={headingId}>
			<div className="rc-card-head">
				<div>
					<h2 id={headingId}>{job.label}</h2>
					<p>{job.description}</p>
				</div>
				{canManage && (
					<div className="rc-buttons">
						{readsAccountsFor(job.name) && (
							<Button
								variant="secondary"
								__next40pxDefaultSize
								disabled={Boolean(running)}
								accessibleWhenDisabled
								/* translators: %s: the name of a job. */
								aria-label={sprintf(__('Options: %s', 'return-channel'), job.label)}
								onClick={() => setIsChoosing(true)}
							>
								{__('Options…', 'return-channel')}
							</Button>
						)}
						<Button
							variant="primary"
							__next40pxDefaultSize
							isBusy={isBusy || Boolean(running)}
							disabled={isBusy || Boolean(running)}
							accessibleWhenDisabled
							/* translators: %s: the name of a job. */
							aria-label={sprintf(__('Execute Now: %s', 'return-channel'), job.label)}
							onClick={() => void run()}
						>
							{__('Execute Now', 'return-channel')}
						</Button>
					</div>
				)}
			</div>
			{error && (
				<p className="rc-problem" role="alert">
					{error.message}
				</p>
			)}
			{isChoosing && (
				<RunOptions
					title={job.label}
					job={job.name}
					onEnded={onChanged}
					onClose={() => setIsChoosing(false)}
				/>
			)}
			{running && <JobProgress key={running.id} label={job.label} started={running} onEnd={end} />}
			{canManage && <JobSchedule job={job} onChanged={onChanged} />}
			<JobFacts job={job} />
		</section>
	);
}

function JobFacts({ job }: { job: Job }) {
	const { lastRun, lastRunAt, nextDueAt, isEnabled } = job;
	return (
		<Facts
			facts={[
				{
					name: __('Frequency', 'return-channel'),
					value: theScreen().canManage ? null : frequencyLabel(job.frequency),
				},
				{
					name: __('Last run', 'return-channel'),
					value: lastRunAt ? (
						<>
							{lastRun && <RunStateBadge state={lastRun.state} />} <When at={lastRunAt} />
							{lastRun && <p>{lastRun.sentence}</p>}
						</>
					) : (
						__('Never', 'return-channel')
					),
				},
				{
					name: __('Next due', 'return-channel'),
					value: nextDueAt ? (
						<When at={nextDueAt} />
					) : isEnabled ? (
						__('At the next turn of the clock', 'return-channel')
					) : (
						__('Switched off', 'return-channel')
					),
				},
			]}
		/>
	);
}
