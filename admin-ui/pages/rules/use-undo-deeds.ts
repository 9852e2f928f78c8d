import { call } from '../../api.ts';
import type { Asked } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';

/** Undoes what rules did (one deed, all of a rule, all of a run) and says what came of it. */
export function useUndoDeeds(onChanged: () => void): (asked: Asked<'undoDeeds'>) => Promise<void> {
	const { post } = useNotices();
	return async (asked) => {
		try {
			const { undone, sentence } = await call('undoDeeds', asked);
			post({ status: undone > 0 ? 'success' : 'info', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	};
}
