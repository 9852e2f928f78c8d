import { __, sprintf } from '@wordpress/i18n';
import type { Rule } from '../../../service/contract/rule.ts';
import { call } from '../../api.ts';
import { DeleteDialog } from '../../components/delete-dialog.tsx';
import { ruleName } from '../../words/rules.ts';

export function DeleteRule({
	rule,
	...rest
}: {
	rule: Rule;
	onDeleted: () => void;
	onClose: () => void;
}) {
	return (
		<DeleteDialog
			title={__('Delete this rule?', 'return-channel')}
			onDelete={() => call('deleteRule', { id: rule.id })}
			{...rest}
		>
			<p>
				{sprintf(
					/* translators: %s: name of a rule. */
					__('“%s” is deleted. What it did stays done, and can still be undone.', 'return-channel'),
					ruleName(rule),
				)}
			</p>
		</DeleteDialog>
	);
}
