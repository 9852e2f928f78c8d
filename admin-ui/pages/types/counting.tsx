import { __ } from '@wordpress/i18n';
import { FieldGroup, TextField, TickField } from '../../components/fields.tsx';
import { theScreen } from '../../screen.ts';
import { isWindow, shownCounting } from './draft.ts';
import type { PartProps } from './part-props.ts';

/** Which bounces are counted at all. */
export function Counting({ settings, draft, onEdit }: PartProps) {
	const { unprovedCounts, windowDays } = shownCounting(settings, draft);
	if (!theScreen().canManage) return null;
	return (
		<FieldGroup title={__('Counting', 'return-channel')}>
			<TickField
				label={__('Count bounces that only name an address', 'return-channel')}
				help={__(
					'Anybody could write such a mail, and so put somebody else’s address on hold. Tick it only where the provider replaces our return address.',
					'return-channel',
				)}
				value={unprovedCounts}
				onChange={(counts) => onEdit({ ...draft, unprovedCounts: counts })}
			/>
			<TextField
				type="number"
				min={1}
				max={3650}
				label={__('Count only bounces of so many days', 'return-channel')}
				help={__('Empty counts all bounces since the last release.', 'return-channel')}
				value={windowDays}
				problem={
					isWindow(windowDays)
						? undefined
						: __('Write a whole number from 1 to 3650, or nothing.', 'return-channel')
				}
				onChange={(days) => onEdit({ ...draft, windowDays: days })}
			/>
		</FieldGroup>
	);
}
