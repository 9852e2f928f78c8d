import { call } from '../api.ts';
import type { Asked } from '../api.ts';
import { useDeedNotices } from './use-deed-notices.ts';

/** Releases addresses, says what happened, and offers to undo it. Throws a CallError when the release itself fails. */
export function useRelease(
	onChanged: () => void,
): (asked: Asked<'releaseAddresses'>) => Promise<void> {
	const { sayReleased } = useDeedNotices(onChanged);
	return async (asked) => {
		sayReleased(await call('releaseAddresses', asked));
		onChanged();
	};
}
