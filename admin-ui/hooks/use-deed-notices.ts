import type { ReleaseReport } from '../../service/contract/address.ts';
import type { DeedReport } from '../../service/contract/contact.ts';
import { call } from '../api.ts';
import { useUndoing } from './use-undoing.ts';

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
	const { offer, undo } = useUndoing(onChanged);
	return {
		say: ({ deedId, touched, sentence }) =>
			offer({ sentence, hasChanged: touched > 0 }, () => call('undoContactDeed', { id: deedId })),
		sayReleased: ({ releaseId, released, sentence }) =>
			offer({ sentence, hasChanged: released > 0 }, () => call('undoRelease', { id: releaseId })),
		undo: (deedId) => undo(() => call('undoContactDeed', { id: deedId })),
	};
}
