import { useCallback, useEffect, useState } from '@wordpress/element';
import type { Answers } from '../../service/contract/messages.ts';
import type { RouteName } from '../../service/contract/routes.ts';
import { call } from '../api.ts';
import type { Asked } from '../api.ts';
import { CallError } from '../wire.ts';

export interface Called<Name extends RouteName> {
	/** The newest answer; the one before it stays while a new one is on its way. */
	data?: Answers[Name];
	error?: CallError;
	/** The answer to what is asked now is on its way: `data` is another question's, or getting old. */
	isLoading: boolean;
	reload: () => void;
}

/** Asks a route and asks again when `asked` changes or `reload` is called. Answers to an older question are ignored.
 *  With `asked` undefined nothing is asked. */
export function useCall<Name extends RouteName>(
	name: Name,
	asked: Asked<Name> | undefined,
): Called<Name> {
	const [state, setState] = useState<State<Name>>({ isLoading: Boolean(asked) });
	const [turn, setTurn] = useState(0);
	const question = asked && JSON.stringify(asked);

	useEffect(() => {
		if (question === undefined) return;
		const leaving = new AbortController();
		setState((before) => ({ ...before, isLoading: true }));
		call(name, JSON.parse(question) as Asked<Name>, leaving.signal).then(
			(data) => {
				if (!leaving.signal.aborted) setState({ data, question, isLoading: false });
			},
			(error: unknown) => {
				if (leaving.signal.aborted) return;
				setState(({ data }) => ({ data, question, error: asCallError(error), isLoading: false }));
			},
		);
		return () => leaving.abort();
	}, [name, question, turn]);

	const reload = useCallback(() => setTurn((before) => before + 1), []);
	const { data, error } = state;
	// Said in the very turn in which the question changes, lest an empty answer to the old one passes for the new one's.
	const isLoading = question !== undefined && (state.isLoading || question !== state.question);
	return { data, error, isLoading, reload };
}

interface State<Name extends RouteName> extends Pick<Called<Name>, 'data' | 'error' | 'isLoading'> {
	/** What was answered last. */
	question?: string;
}

/** `call()` throws CallErrors only; anything else is a mistake of ours and still deserves to be seen. */
export function asCallError(thrown: unknown): CallError {
	return thrown instanceof CallError ? thrown : new CallError('mistake', String(thrown), 0);
}
