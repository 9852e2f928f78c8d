import type { JobRun, RunState } from '../../../service/contract/job.ts';
import { Badge } from '../../components/badge.tsx';
import type { Tone } from '../../components/badge.tsx';
import { inShort } from '../../words/figures.ts';
import { runStateLabel } from '../../words/jobs.ts';

const toneOf: Record<RunState, Tone> = {
	running: 'info',
	done: 'good',
	failed: 'bad',
	crashed: 'bad',
	refused: 'warning',
};

export function RunStateBadge({ state }: { state: RunState }) {
	return <Badge tone={toneOf[state]}>{runStateLabel(state)}</Badge>;
}

/** How a notice about a run in this state looks. */
export function statusOf(state: RunState): 'success' | 'warning' | 'error' | 'info' {
	return (
		{ good: 'success', warning: 'warning', bad: 'error', info: 'info', plain: 'info' } as const
	)[toneOf[state]];
}

/** The log lines of a run, oldest first. */
export function RunLog({ log }: { log: JobRun['log'] }) {
	if (log.length === 0) return null;
	return (
		<ul className="rc-log">
			{log.map((line, index) => (
				<li key={index} className={`is-${line.level}`}>
					<time dateTime={line.at} className="rc-quiet">
						{inShort(new Date(line.at))}
					</time>{' '}
					{line.sentence}
				</li>
			))}
		</ul>
	);
}
