import { useEffect } from '@wordpress/element';
import type { DeedReport } from '../../../service/contract/contact.ts';
import { call } from '../../api.ts';
import { useUndoing } from '../../hooks/use-undoing.ts';

/** Whoever shows filed mail. A deed is often undone from another part of the page than the one it was done in. */
const showing = new Set<() => void>();

/** Has what is shown fetched anew after every deed to filed mails and every undo. */
export function useAfterDeeds(reload: () => void): void {
	useEffect(() => {
		showing.add(reload);
		return () => {
			showing.delete(reload);
		};
	}, [reload]);
}

function tellAll() {
	for (const reload of showing) reload();
}

/** Deeds to filed mails: `tell` says what was done and offers to undo it; `undo` undoes one. */
export function useActivityDeed() {
	const undoing = useUndoing(tellAll);

	function tell({ deedId, touched, sentence }: DeedReport) {
		undoing.offer({ sentence, hasChanged: touched > 0 }, () =>
			call('undoActivityDeed', { id: deedId }),
		);
		tellAll();
	}

	return {
		tell,
		undo: (deedId: number) => undoing.undo(() => call('undoActivityDeed', { id: deedId })),
	};
}
