import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import type { ContactImport } from '../../../../service/contract/contact.ts';
import { call } from '../../../api.ts';
import { asCallError } from '../../../hooks/use-call.ts';
import { figure } from '../../../words/figures.ts';

const pollMs = 1000;

/** An import while it runs. It goes on when the page is left, and is found again in the list of imports. */
export function ImportProgress({ started, onEnd }: { started: ContactImport; onEnd: () => void }) {
	const { imported, problem } = useImport(started, onEnd);
	return (
		<div className="rc-progress">
			<progress
				aria-label={__('Progress of the import', 'return-channel')}
				max={imported.rows}
				value={imported.done}
			/>
			<p>
				{sprintf(
					/* translators: 1: number of lines done, 2: number of lines in all. */
					__('%1$s of %2$s lines done.', 'return-channel'),
					figure(imported.done),
					figure(imported.rows),
				)}
			</p>
			<p>{__('You can leave this page: the import goes on.', 'return-channel')}</p>
			{problem && (
				<p className="rc-problem" role="alert">
					{problem} {__('Asking again…', 'return-channel')}
				</p>
			)}
		</div>
	);
}

/** Follows an import, asking once a second until it ends. A failed question is shown and asked again. */
function useImport(started: ContactImport, onEnd: () => void) {
	const [state, setState] = useState<{ imported: ContactImport; problem?: string }>({
		imported: started,
	});
	const end = useRef(onEnd);
	end.current = onEnd;

	useEffect(() => {
		const leaving = new AbortController();
		let timer: ReturnType<typeof setTimeout>;
		const ask = () => {
			call('getImport', { id: started.id }, leaving.signal).then(
				(imported) => {
					if (leaving.signal.aborted) return;
					setState({ imported });
					if (imported.state === 'running') timer = setTimeout(ask, pollMs);
					else end.current();
				},
				(thrown: unknown) => {
					if (leaving.signal.aborted) return;
					setState(({ imported }) => ({ imported, problem: asCallError(thrown).message }));
					timer = setTimeout(ask, pollMs);
				},
			);
		};
		timer = setTimeout(ask, pollMs / 4);
		return () => {
			leaving.abort();
			clearTimeout(timer);
		};
	}, [started.id]);

	return state;
}
