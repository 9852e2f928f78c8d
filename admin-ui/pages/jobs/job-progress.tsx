import { __, _n, sprintf } from '@wordpress/i18n';
import type { JobRun } from '../../../service/contract/job.ts';
import { useRun } from '../../hooks/use-run.ts';
import { figure } from '../../words/figures.ts';
import { RunLog } from './run-state.tsx';

interface Props {
	label: string;
	started: JobRun;
	onEnd: (run: JobRun) => void;
}

/** A run while it runs: a bar, how many mails are done, and its log lines as they come. */
export function JobProgress({ label, started, onEnd }: Props) {
	const { run, error } = useRun(started, onEnd);
	return (
		<div className="rc-progress">
			<progress
				/* translators: %s: the name of a job. */
				aria-label={sprintf(__('Progress of %s', 'return-channel'), label)}
				max={run.total ?? undefined}
				value={run.total === null ? undefined : run.done}
			/>
			<p>
				{run.total === null
					? sprintf(
							/* translators: %s: number of mails. */
							_n('%s mail done.', '%s mails done.', run.done, 'return-channel'),
							figure(run.done),
						)
					: sprintf(
							/* translators: 1: number of mails done, 2: number of mails in all. */
							_n(
								'%1$s of %2$s mail done.',
								'%1$s of %2$s mails done.',
								run.total,
								'return-channel',
							),
							figure(run.done),
							figure(run.total),
						)}
			</p>
			{error && (
				<p className="rc-problem" role="alert">
					{error.message} {__('Asking again…', 'return-channel')}
				</p>
			)}
			<RunLog log={run.log} />
		</div>
	);
}
