import { __ } from '@wordpress/i18n';
import type { ReprocessSelection } from '../../service/contract/reprocess.ts';

/** Which stored mails a selection means, in a sentence. */
export function selectionInWords(selection: ReprocessSelection): string {
	if (selection.bounceId) return __('The mail of one bounce.', 'return-channel');
	const { type, notRecognised, from, until } = selection;
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
