import { call } from '../api.ts';
import { useNotices } from '../components/notice-board.tsx';
import { asCallError } from '../hooks/use-call.ts';

/** Takes back one judging of stored mails, and says what came of it. */
export function useUndoReprocess(onChanged: () => void): (id: number) => Promise<void> {
	const { post } = useNotices();
	return async (id) => {
		try {
			const { sentence } = await call('undoReprocess', { id });
			post({ status: 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	};
}
