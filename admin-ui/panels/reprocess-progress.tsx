import { useEffect, useRef, useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { Reprocessing } from '../../service/contract/reprocess.ts';
import { call } from '../api.ts';
import { asCallError } from '../hooks/use-call.ts';
import { figure } from '../words/figures.ts';

const pollMs = 1000;

/** How far a judging is, asked once a second until it ends; it goes on when nobody looks. */
export function ReprocessProgress({
	started,
	onEnd,
}: {
	started: Reprocessing;
	onEnd: (ended: Reprocessing) => void;
}) {
	const [now, setNow] = useState(started);
	const [problem, setProblem] = useState('');
	const end = useRef(onEnd);
	end.current = onEnd;

	useEffect(() => {
		const leaving = new AbortController();
		let timer: ReturnType<typeof setTimeout>;
		const ask = async () => {
			try {
				const answer = await call('getReprocessing', { id: started.id }, leaving.signal);
				if (leaving.signal.aborted) return;
				setNow(answer);
				setProblem('');
				if (answer.state === 'done' || answer.state === 'undone') return end.current(answer);
			} catch (thrown) {
				if (leaving.signal.aborted) return;
				setProblem(asCallError(thrown).message);
			}
			timer = setTimeout(() => void ask(), pollMs);
		};
		timer = setTimeout(() => void ask(), pollMs / 4);
		return () => {
			leaving.abort();
			clearTimeout(timer);
		};
	}, [started.id]);

	return (
		<div className="rc-progress">
			<progress
				aria-label={__('Progress', 'return-channel')}
				max={now.found || undefined}
				value={now.found ? now.totals.mails : undefined}
			/>
			<p>
				{sprintf(
					/* translators: 1: number of mails done, 2: number of mails in all. */
					_n('%1$s of %2$s mail done.', '%1$s of %2$s mails done.', now.found, 'return-channel'),
					figure(now.totals.mails),
					figure(now.found),
				)}
			</p>
			{problem && (
				<p className="rc-problem" role="alert">
					{problem} {__('Asking again…', 'return-channel')}
				</p>
			)}
		</div>
	);
}
