import { Button } from '@wordpress/components';
import { useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Outcome } from '../../../service/contract/activity.ts';
import type { JobRun } from '../../../service/contract/job.ts';
import { call } from '../../api.ts';
import type { Asked } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { figure } from '../../words/figures.ts';
import { JobProgress } from '../jobs/job-progress.tsx';
import { statusOf } from '../jobs/run-state.tsx';

interface Props {
	/** The mails that are ticked. */
	chosen: Outcome[];
	/** What the log is narrowed to, and how many mails that finds. */
	filter: Asked<'countOutcomes'>;
	found: number;
	onChanged: () => void;
}

/** Deals with stored mails again: those that are ticked, or all that were found. */
export function Refile({ chosen, filter, found, onChanged }: Props) {
	const [asking, setAsking] = useState<'chosen' | 'found'>();
	const { running, start } = useRefile(onChanged);
	const count = asking === 'chosen' ? chosen.length : found;

	async function refile() {
		await start(asking === 'chosen' ? { ids: chosen.map(({ id }) => id) } : { filter });
		setAsking(undefined);
	}

	return (
		<>
			<div className="rc-bulk">
				<Button
					variant="secondary"
					size="compact"
					disabled={chosen.length === 0 || Boolean(running)}
					accessibleWhenDisabled
					onClick={() => setAsking('chosen')}
				>
					{__('Deal again with the chosen mails', 'return-channel')}
				</Button>
				<Button
					variant="secondary"
					size="compact"
					disabled={Boolean(running)}
					accessibleWhenDisabled
					onClick={() => setAsking('found')}
				>
					{sprintf(
						/* translators: %s: number of mails. */
						_n(
							'Deal again with the %s mail of this list',
							'Deal again with all %s mails of this list',
							found,
							'return-channel',
						),
						figure(found),
					)}
				</Button>
			</div>
			{running}
			{asking && (
				<Confirm
					title={sprintf(
						/* translators: %s: number of mails. */
						_n('Deal again with %s mail?', 'Deal again with %s mails?', count, 'return-channel'),
						figure(count),
					)}
					verb={__('Deal with them again', 'return-channel')}
					onConfirm={refile}
					onClose={() => setAsking(undefined)}
				>
					<p>
						{__(
							'The stored mails are dealt with by today’s settings, as if they came in now. What is filed already is not filed twice. Mails whose original is no longer kept are left out.',
							'return-channel',
						)}
					</p>
				</Confirm>
			)}
		</>
	);
}

/** Starts the runs, one for people's mail and one for bounces where both were chosen, follows them, and says how they ended.
 *  @returns how to start them, and the progress to show meanwhile. */
export function useRefile(onChanged: () => void) {
	const [going, setGoing] = useState<JobRun[]>([]);
	const ended = useRef<JobRun[]>([]);
	const { post } = useNotices();

	async function start(asked: Asked<'refileMails'>) {
		const { runs, leftOut } = await call('refileMails', asked);
		ended.current = [];
		setGoing(runs.map(({ run }) => run));
		const others = runs.filter(({ isOurs }) => !isOurs).map(({ sentence }) => sentence);
		const sentences = [...others, ...(leftOut === null ? [] : [leftOut])];
		if (sentences.length > 0)
			post({ status: 'info', sentence: sentences.join(' '), keepsFocus: true });
	}

	function end(run: JobRun) {
		ended.current = [...ended.current, run];
		const sentence = ended.current.map((one) => one.sentence).join(' ');
		setGoing((before) => before.filter(({ id }) => id !== run.id));
		onChanged();
		post({ status: worstOf(ended.current), sentence });
	}

	const running = going.length > 0 && (
		<>
			{going.map((run) => (
				<JobProgress key={run.id} label={labelOf(run)} started={run} onEnd={end} />
			))}
		</>
	);
	return { running, start };
}

function labelOf({ job }: JobRun): string {
	return job === 'judge_mails_again'
		? __('Judge bounces again', 'return-channel')
		: __('File mails again', 'return-channel');
}

function worstOf(runs: readonly JobRun[]) {
	const all = runs.map(({ state }) => statusOf(state));
	return (['error', 'warning', 'info'] as const).find((one) => all.includes(one)) ?? 'success';
}
