import { __ } from '@wordpress/i18n';
import type { BouncePattern } from '../../../service/contract/catalogue.ts';
import { call } from '../../api.ts';
import { DeleteDialog } from '../../components/delete-dialog.tsx';
import { Expression } from '../../components/expression.tsx';

export function DeletePattern({
	pattern,
	...rest
}: {
	pattern: BouncePattern;
	onDeleted: () => void;
	onClose: () => void;
}) {
	return (
		<DeleteDialog
			title={__('Delete this pattern?', 'return-channel')}
			onDelete={() => call('deletePattern', { id: pattern.id })}
			{...rest}
		>
			<p>
				<Expression text={pattern.expression} />
			</p>
			<p>{__('Recorded bounces stay as they are.', 'return-channel')}</p>
		</DeleteDialog>
	);
}
