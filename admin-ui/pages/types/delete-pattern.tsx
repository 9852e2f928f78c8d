import { __ } from '@wordpress/i18n';
import type { BouncePattern } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { Expression } from '../../components/expression.tsx';
import { useNotices } from '../../components/notice-board.tsx';

export function DeletePattern({
	pattern,
	onDeleted,
	onClose,
}: {
	pattern: BouncePattern;
	onDeleted: () => void;
	onClose: () => void;
}) {
	const { post } = useNotices();

	async function remove() {
		const { sentence } = await call('deletePattern', { id: pattern.id });
		onClose();
		onDeleted();
		post({ status: 'success', sentence });
	}

	return (
		<Confirm
			title={__('Delete this pattern?', 'return-channel')}
			verb={__('Delete', 'return-channel')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			<p>
				<Expression text={pattern.expression} />
			</p>
			<p>{__('Recorded bounces stay as they are.', 'return-channel')}</p>
		</Confirm>
	);
}
