import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import type { BouncePattern, CatalogueSettings } from '../../../service/contract/catalogue.ts';
import { Badge, TypeBadge } from '../../components/badge.tsx';
import { Expression } from '../../components/expression.tsx';
import type { Column } from '../../components/table.tsx';
import { theScreen } from '../../screen.ts';
import { wrongAt } from '../../words/expression.ts';

export function patternColumns(
	{ types, reasons }: CatalogueSettings,
	onEdit: (pattern: BouncePattern) => void,
	onDelete: (pattern: BouncePattern) => void,
): Column<BouncePattern>[] {
	const columns: Column<BouncePattern>[] = [
		{
			header: __('Expression', 'return-channel'),
			render: ({ expression, problem, isOn }) => (
				<>
					<Expression text={expression} at={problem ? wrongAt(problem) : undefined} />
					{!isOn && <span className="rc-quiet">{__('Switched off', 'return-channel')}</span>}
					{problem && (
						<span className="rc-because">
							<Badge tone="bad">{__('Left out', 'return-channel')}</Badge> {problem}
						</span>
					)}
				</>
			),
		},
		{
			header: __('Type', 'return-channel'),
			render: ({ type, typeId }) => (
				<>
					<TypeBadge type={type} />
					{types.some(({ id, isOn }) => id === typeId && !isOn) && (
						<span className="rc-quiet">{__('Not tried: the type is off', 'return-channel')}</span>
					)}
				</>
			),
		},
		{
			header: __('Reason', 'return-channel'),
			render: ({ reason }) =>
				reason ? (
					(reasons.find(({ name }) => name === reason)?.label ?? reason)
				) : (
					<span className="rc-quiet">{__('As understood', 'return-channel')}</span>
				),
		},
	];
	if (!theScreen().canManage) return columns;
	return [
		...columns,
		{
			header: __('Actions', 'return-channel'),
			render: (pattern) => (
				<div className="rc-row-actions">
					<Button
						variant="secondary"
						size="compact"
						onClick={() => onEdit(pattern)}
						/* translators: %s: a regular expression. */
						aria-label={sprintf(__('Edit %s', 'return-channel'), pattern.expression)}
					>
						{__('Edit', 'return-channel')}
					</Button>
					<Button
						variant="tertiary"
						isDestructive
						size="compact"
						onClick={() => onDelete(pattern)}
						/* translators: %s: a regular expression. */
						aria-label={sprintf(__('Delete %s', 'return-channel'), pattern.expression)}
					>
						{__('Delete', 'return-channel')}
					</Button>
				</div>
			),
		},
	];
}
