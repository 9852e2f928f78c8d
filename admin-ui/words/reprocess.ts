import { __, _n, sprintf } from '@wordpress/i18n';
import type { ReprocessSelection } from '../../service/contract/reprocess.ts';
import { figure } from './figures.ts';

/** Which stored mails a selection means, in a sentence. */
export function selectionInWords(selection: ReprocessSelection): string {
	const { ids, mailIds, type, notRecognised, from, until } = selection;
	if (mailIds) {
		return sprintf(
			/* translators: %s: number of mails. */
			_n('%s mail of the mail log.', '%s mails of the mail log.', mailIds.length, 'return-channel'),
			figure(mailIds.length),
		);
	}
	if (ids) {
		return sprintf(
			/* translators: %s: number of bounces. */
			_n('The mail of %s bounce.', 'The mails of %s bounces.', ids.length, 'return-channel'),
			figure(ids.length),
		);
	}
	const conditions = [
		type && `${__('Type:', 'return-channel')} ${type}`,
		notRecognised && __('Not recognised', 'return-channel'),
		from && `${__('From:', 'return-channel')} ${from}`,
		until && `${__('Until:', 'return-channel')} ${until}`,
	].filter(Boolean);
	return conditions.length
		? conditions.join(' · ')
		: __('All mails that are still kept.', 'return-channel');
}
