import { useState } from '@wordpress/element';
import type { CallError } from '../wire.ts';
import { asCallError } from './use-call.ts';

export interface Deed {
	isBusy: boolean;
	/** Why the last attempt failed; gone as soon as the next one starts. */
	error?: CallError;
	/** Does it once at a time. Resolves with the outcome, or with undefined when it failed (see `error`). */
	attempt: <Outcome>(deed: () => Promise<Outcome>) => Promise<Outcome | undefined>;
	forget: () => void;
}

/** Something a button sets off: whether it is under way, and why it failed. */
export function useDeed(): Deed {
	const [state, setState] = useState<{ isBusy: boolean; error?: CallError }>({ isBusy: false });

	async function attempt<Outcome>(deed: () => Promise<Outcome>): Promise<Outcome | undefined> {
		setState({ isBusy: true });
		try {
			const outcome = await deed();
			setState({ isBusy: false });
			return outcome;
		} catch (thrown) {
			setState({ isBusy: false, error: asCallError(thrown) });
			return undefined;
		}
	}

	return { ...state, attempt, forget: () => setState({ isBusy: false }) };
}
