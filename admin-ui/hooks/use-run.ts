import { useEffect, useRef, useState } from '@wordpress/element';
import type { JobRun } from '../../service/contract/job.ts';
import { call } from '../api.ts';
import type { CallError } from '../wire.ts';
import { asCallError } from './use-call.ts';

const pollMs = 1000;

/** Follows a run, asking once a second until it ends, and calls `onEnd` with how it ended. A failed question is shown and
 *  asked again: the run goes on without us. */
export function useRun(
	started: JobRun,
	onEnd: (run: JobRun) => void,
): { run: JobRun; error?: CallError } {
	const [state, setState] = useState<{ run: JobRun; error?: CallError }>({ run: started });
	const end = useRef(onEnd);
	end.current = onEnd;

	useEffect(() => {
		const leaving = new AbortController();
		let timer: ReturnType<typeof setTimeout>;
		const ask = () => {
			call('getRun', { id: started.id }, leaving.signal).then(
				(run) => {
					if (leaving.signal.aborted) return;
					setState({ run });
					if (run.state === 'running') timer = setTimeout(ask, pollMs);
					else end.current(run);
				},
				(thrown: unknown) => {
					if (leaving.signal.aborted) return;
					setState(({ run }) => ({ run, error: asCallError(thrown) }));
					timer = setTimeout(ask, pollMs);
				},
			);
		};
		timer = setTimeout(ask, started.state === 'running' ? pollMs / 4 : 0);
		return () => {
			leaving.abort();
			clearTimeout(timer);
		};
	}, [started.id, started.state]);

	return state;
}
