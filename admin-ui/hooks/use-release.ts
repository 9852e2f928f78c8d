import { __ } from '@wordpress/i18n';
import { call } from '../api.ts';
import type { Asked } from '../api.ts';
import { useNotices } from '../components/notice-board.tsx';
import { asCallError } from './use-call.ts';

/** Releases addresses, says what happened, and offers to undo it. Throws a CallError when the release itself fails. */
export function useRelease(
	onChanged: () => void,
): (asked: Asked<'releaseAddresses'>) => Promise<void> {
	const { post } = useNotices();

	async function undo(releaseId: number) {
		try {
			const { sentence } = await call('undoRelease', { id: releaseId });
			post({ status: 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	}

	return async (asked) => {
		const { releaseId, released, sentence } = await call('releaseAddresses', asked);
		post({
			status: released > 0 ? 'success' : 'warning',
			sentence,
			action:
				released > 0
					? { label: __('Undo', 'return-channel'), onClick: () => void undo(releaseId) }
					: undefined,
		});
		onChanged();
	};
}
