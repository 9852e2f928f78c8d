import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import type { FormEvent } from 'react';
import { ChoiceField } from '../../../components/fields.tsx';
import { oneOf } from '../../../view-state.ts';
import { figure } from '../../../words/figures.ts';
import { bulkDeeds, countChosen, deedsFor } from './chosen.ts';
import type { BulkDeed, Chosen } from './chosen.ts';

interface Props {
	chosen: Chosen;
	isTrash: boolean;
	/** Contacts on this page. */
	pageRows: number;
	/** Contacts that match in all. */
	total: number;
	onChoose: (chosen: Chosen) => void;
	onApply: (deed: BulkDeed) => void;
}

/** WordPress's bulk actions: choose a deed, apply it to what is ticked. Always there, so that nothing jumps. */
export function BulkBar({ chosen, isTrash, pageRows, total, onChoose, onApply }: Props) {
	const [deed, setDeed] = useState<BulkDeed | ''>('');
	const deeds = deedsFor({ isTrash });
	const shown = oneOf(deeds, deed) ?? '';
	const count = countChosen(chosen, total);
	const isPossible = count > 0 && shown !== '' && (shown !== 'merge' || count === 2);

	function apply(event: FormEvent) {
		event.preventDefault();
		if (isPossible) onApply(shown);
	}

	return (
		<div className="rc-bulk">
			<form className="rc-bulk-deed" onSubmit={apply}>
				<ChoiceField
					hideLabel
					label={__('Bulk actions', 'return-channel')}
					value={shown}
					options={[
						{ value: '', label: __('Bulk actions', 'return-channel') },
						...deeds.map((value) => ({ value, label: deedLabel(value) })),
					]}
					onChange={(value) => setDeed(oneOf(bulkDeeds, value) ?? '')}
				/>
				<Button
					type="submit"
					variant="secondary"
					__next40pxDefaultSize
					disabled={!isPossible}
					accessibleWhenDisabled
				>
					{__('Apply', 'return-channel')}
				</Button>
			</form>
			<span role="status">{chosenInWords(count, shown)}</span>
			{!chosen.isAll && chosen.ids.size > 0 && total > pageRows && (
				<Button variant="link" onClick={() => onChoose({ ids: chosen.ids, isAll: true })}>
					{sprintf(
						/* translators: %s: number of contacts. */
						_n('Select the %s found', 'Select all %s found', total, 'return-channel'),
						figure(total),
					)}
				</Button>
			)}
			{count > 0 && (
				<Button variant="link" onClick={() => onChoose({ ids: new Set(), isAll: false })}>
					{__('Select none', 'return-channel')}
				</Button>
			)}
		</div>
	);
}

function chosenInWords(count: number, deed: BulkDeed | ''): string {
	if (count > 0 && deed === 'merge' && count !== 2) {
		return __('Select exactly two contacts to merge them.', 'return-channel');
	}
	return count > 0
		? sprintf(
				/* translators: %s: number of contacts. */
				_n('%s contact is selected.', '%s contacts are selected.', count, 'return-channel'),
				figure(count),
			)
		: __('No contact is selected.', 'return-channel');
}

function deedLabel(deed: BulkDeed): string {
	const labels: Record<BulkDeed, string> = {
		release: __('Email - unhold addresses', 'return-channel'),
		'add-to-group': __('Add to a group', 'return-channel'),
		'remove-from-group': __('Remove from a group', 'return-channel'),
		export: __('Export as CSV', 'return-channel'),
		merge: __('Merge two contacts', 'return-channel'),
		delete: __('Move to the trash', 'return-channel'),
		restore: __('Restore', 'return-channel'),
	};
	return labels[deed];
}
