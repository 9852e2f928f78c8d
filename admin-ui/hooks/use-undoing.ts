import { __ } from '@wordpress/i18n';
import { useNotices } from '../components/notice-board.tsx';
import { asCallError } from './use-call.ts';

/** What an undo says it did; `undone` is how much, where it counts. */
type Undo = () => Promise<{ sentence: string; undone?: number }>;

export interface Undoing {
	/** Says what a deed did, and offers to undo it if it changed anything. */
	offer: (did: { sentence: string; hasChanged: boolean }, undo: Undo) => void;
	/** Undoes something right away, and says what came of it. */
	undo: (undo: Undo) => Promise<void>;
}

/** Deeds and their way back. `onChanged` is called after an undo, because what the page shows is old then. */
export function useUndoing(onChanged: () => void): Undoing {
	const { post } = useNotices();

	async function undo(undoing: Undo) {
		try {
			const { sentence, undone } = await undoing();
			post({ status: undone === 0 ? 'info' : 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	}

	return {
		undo,
		offer: ({ sentence, hasChanged }, undoing) =>
			post({
				status: hasChanged ? 'success' : 'warning',
				sentence,
				action: hasChanged
					? { label: __('Undo', 'return-channel'), onClick: () => void undo(undoing) }
					: undefined,
			}),
	};
}
