import { Button } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';

/** A filter that a link in the list has set, and that can only be taken away here. */
export function SetByLink({
	name,
	value,
	onRemove,
}: {
	name: string;
	value: string;
	onRemove: () => void;
}) {
	if (!value) return null;
	return (
		<div className="rc-set-by-link">
			<span>{name}</span>
			<Button
				variant="secondary"
				__next40pxDefaultSize
				onClick={onRemove}
				/* translators: 1: name of a filter, 2: its value. */
				label={sprintf(__('Remove the filter %1$s: %2$s', 'return-channel'), name, value)}
			>
				{value}
				<span aria-hidden className="rc-remove">
					✕
				</span>
			</Button>
		</div>
	);
}
