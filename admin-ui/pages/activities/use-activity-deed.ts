import { __ } from '@wordpress/i18n';
import type { DeedReport } from '../../../service/contract/contact.ts';
import { call } from '../../api.ts';
import { useNotices } from '../../components/notice-board.tsx';
import { asCallError } from '../../hooks/use-call.ts';

/** Says what was done to filed mails, offers to undo it, and has the list fetched anew. */
export function useActivityDeed(onChanged: () => void): (report: DeedReport) => void {
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

	return ({ deedId, touched, sentence }) => {
		const action = { label: __('Undo', 'return-channel'), onClick: () => void undo(deedId) };
		post({
			status: touched > 0 ? 'success' : 'warning',
			sentence,
			action: touched > 0 ? action : undefined,
		});
		onChanged();
	};
}
