import { __, sprintf } from '@wordpress/i18n';
import { useNotices } from '../../../components/notice-board.tsx';
import type { View } from '../../../hooks/use-view.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { BackLink } from './back-link.tsx';
import { ContactForm } from './contact-form.tsx';

/** The form for a new contact; its record opens once it is saved. */
export function AddContact({ view }: { view: View<ContactsKey> }) {
	const { post } = useNotices();
	return (
		<>
			<BackLink view={view} />
			<h2>{__('A new contact', 'return-channel')}</h2>
			<ContactForm
				onSaved={(contact) => {
					view.change({ contact: String(contact.id) }, 'replace');
					post({
						status: 'success',
						/* translators: %s: the name of a contact. */
						sentence: sprintf(__('%s is added.', 'return-channel'), contact.displayName),
					});
				}}
				onCancel={() => view.change({ contact: '' })}
			/>
		</>
	);
}
