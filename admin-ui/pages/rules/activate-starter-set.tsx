import { __ } from '@wordpress/i18n';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';

/** Asks before the manual's starter set is activated: it deletes people. */
export function ActivateStarterSet({
	onActivated,
	onClose,
}: {
	onActivated: () => void;
	onClose: () => void;
}) {
	const { post } = useNotices();

	async function activate() {
		await call('addStarterRules', { state: 'active' });
		onClose();
		onActivated();
		const sentence = __('The starter set is active for the bounces that come.', 'return-channel');
		post({ status: 'success', sentence });
	}

	return (
		<Confirm
			title={__('Activate the manual’s starter set?', 'return-channel')}
			verb={__('Activate', 'return-channel')}
			isDestructive
			onConfirm={activate}
			onClose={onClose}
		>
			<p>
				{__(
					'Its six rules delete subscribers whose mail comes back as undeliverable for good. It applies to the bounces that come; each deletion can be undone under “What rules did”.',
					'return-channel',
				)}
			</p>
		</Confirm>
	);
}
