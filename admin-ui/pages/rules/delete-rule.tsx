import { __, sprintf } from '@wordpress/i18n';
import type { Rule } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { Confirm } from '../../components/confirm.tsx';
import { useNotices } from '../../components/notice-board.tsx';
import { ruleName } from '../../words/rules.ts';

export function DeleteRule({
	rule,
	onDeleted,
	onClose,
}: {
	rule: Rule;
	onDeleted: () => void;
	onClose: () => void;
}) {
	const { post } = useNotices();

	async function remove() {
		const { sentence } = await call('deleteRule', { id: rule.id });
		onClose();
		onDeleted();
		post({ status: 'success', sentence });
	}

	return (
		<Confirm
			title={__('Delete this rule?', 'return-channel')}
			verb={__('Delete', 'return-channel')}
			isDestructive
			onConfirm={remove}
			onClose={onClose}
		>
			<p>
				{sprintf(
					/* translators: %s: name of a rule. */
					__('“%s” is deleted. What it did stays done, and can still be undone.', 'return-channel'),
					ruleName(rule),
				)}
			</p>
		</Confirm>
	);
}
