import { useEffect } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { DeedReport } from '../../../service/contract/contact.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';

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
	const { post } = useNotices();

	async function undo(deedId: number) {
		try {
			const { sentence } = await call('undoActivityDeed', { id: deedId });
			post({ status: 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		tellAll();
	}

	function tell({ deedId, touched, sentence }: DeedReport) {
		const action = { label: __('Undo', 'return-channel'), onClick: () => void undo(deedId) };
		post({
			status: touched > 0 ? 'success' : 'warning',
			sentence,
			action: touched > 0 ? action : undefined,
		});
		tellAll();
	}

	return { tell, undo };
}
