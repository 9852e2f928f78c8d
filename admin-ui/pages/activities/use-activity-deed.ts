import { __ } from '@wordpress/i18n';
import type { DeedReport } from '../../../service/contract/contact.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';

/** Deeds to filed mails: `tell` says what was done, offers to undo it, and has what is shown fetched anew; `undo` undoes one. */
export function useActivityDeed(onChanged: () => void) {
	const { post } = useNotices();

	async function undo(deedId: number) {
		try {
			const { sentence } = await call('undoActivityDeed', { id: deedId });
			post({ status: 'success', sentence });
		} catch (thrown) {
			post({ status: 'error', sentence: asCallError(thrown).message });
		}
		onChanged();
	}

	function tell({ deedId, touched, sentence }: DeedReport) {
		const action = { label: __('Undo', 'return-channel'), onClick: () => void undo(deedId) };
		post({
			status: touched > 0 ? 'success' : 'warning',
			sentence,
			action: touched > 0 ? action : undefined,
		});
		onChanged();
	}

	return { tell, undo };
}
