import { Button, Modal } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { fileUrl } from '../../../api.ts';
import { figure } from '../../../words/figures.ts';
import { contactFilter } from '../contacts-view.ts';
import type { BulkProps } from './chosen.ts';
import { countChosen } from './chosen.ts';

/** Offers the contacts as a file, which the browser fetches by itself however large it is. */
export function ExportDialog({ chosen, total, values, onClose }: BulkProps) {
	const count = countChosen(chosen, total);
	const filter = contactFilter(values);
	const url = fileUrl(
		'exportContacts',
		chosen.isAll ? filter : { deleted: filter.deleted, ids: [...chosen.ids] },
	);
	return (
		<Modal
			title={sprintf(
				/* translators: %s: number of contacts. */
				_n('Export %s contact', 'Export %s contacts', count, 'return-channel'),
				figure(count),
			)}
			size="medium"
			onRequestClose={onClose}
			className="rc-confirm"
		>
			<p>
				{__(
					'The file has a line for each contact, with its addresses, groups and state. It opens in any spreadsheet, and can be imported here again.',
					'return-channel',
				)}
			</p>
			<p>{__('It holds personal data: keep it only as long as you need it.', 'return-channel')}</p>
			<div className="rc-buttons is-end">
				<Button variant="tertiary" __next40pxDefaultSize onClick={onClose}>
					{__('Cancel', 'return-channel')}
				</Button>
				<Button variant="primary" __next40pxDefaultSize href={url} download onClick={onClose}>
					{__('Download the CSV file', 'return-channel')}
				</Button>
			</div>
		</Modal>
	);
}
