import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';
import type { View } from '../../../hooks/use-view.ts';
import type { ContactsKey } from '../contacts-view.ts';

/** From a record back to the list it was opened from, with its filters as they were. */
export function BackLink({ view }: { view: View<ContactsKey> }) {
	return (
		<p className="rc-back">
			<Button
				variant="link"
				onClick={() => view.change({ contact: '', edit: '', part: '', story: '' })}
			>
				{__('Back to the list', 'return-channel')}
			</Button>
		</p>
	);
}
