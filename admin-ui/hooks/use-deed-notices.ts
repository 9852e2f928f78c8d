import { __ } from '@wordpress/i18n';
import type { ReleaseReport } from '../../service/contract/address.ts';
import type { DeedReport } from '../../service/contract/contact.ts';
import { call } from '../api.ts';
import { useNotices } from '../components/notice-board.tsx';
import { asCallError } from './use-call.ts';

/** Says what a deed to contacts did, and offers to undo it. */
export interface DeedNotices {
	/** After deleting, merging, grouping, editing, importing … */
	say: (report: DeedReport) => void;
	sayReleased: (report: ReleaseReport) => void;
	/** Undoes a deed right away, such as one that stands in a contact's story. */
	undo: (deedId: number) => Promise<void>;
}

/** `onChanged` is called after an undo, because what the page shows is old then. */
export function useDeedNotices(onChanged: () => void): DeedNotices {
	const { post } = useNotices();

	async function undoBy(undoing: () => Promise<{ sentence: string }>) {
		try {
			const { sentence } = await undoing();
			post({ status: 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	}

	function say(
		sentence: string,
		hasChanged: boolean,
		undoing: () => Promise<{ sentence: string }>,
	) {
		post({
			status: hasChanged ? 'success' : 'warning',
			sentence,
			action: hasChanged
				? { label: __('Undo', 'return-channel'), onClick: () => void undoBy(undoing) }
				: undefined,
		});
	}

	return {
		say: ({ deedId, touched, sentence }) =>
			say(sentence, touched > 0, () => call('undoContactDeed', { id: deedId })),
		sayReleased: ({ releaseId, released, sentence }) =>
			say(sentence, released > 0, () => call('undoRelease', { id: releaseId })),
		undo: (deedId) => undoBy(() => call('undoContactDeed', { id: deedId })),
	};
}
