import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import type { ContactRecord } from '../../../../service/contract/contact.ts';
import { Failing, Loading } from '../../../components/states.tsx';
import { useNotices } from '../../../components/notice-board.tsx';
import { useCall } from '../../../hooks/use-call.ts';
import type { View } from '../../../hooks/use-view.ts';
import { Panels } from '../../../panels/panels.tsx';
import { theScreen } from '../../../screen.ts';
import type { ContactsKey } from '../contacts-view.ts';
import { BackLink } from './back-link.tsx';
import { ContactForm } from './contact-form.tsx';
import { ContactHead } from './contact-head.tsx';
import { ContactStory } from './contact-story.tsx';
import { RecordAddresses } from './record-addresses.tsx';
import { RecordFacts } from './record-facts.tsx';
import { RecordGroups } from './record-groups.tsx';

/** Everything about one contact, and the form to change it. */
export function ContactPage({ contactId, view }: { contactId: number; view: View<ContactsKey> }) {
	const { data, error, reload } = useCall('getContact', { id: contactId });
	const contact = data?.id === contactId ? data : undefined;
	return (
		<>
			<BackLink view={view} />
			{error && <Failing error={error} onRetry={reload} />}
			{!contact && !error && <Loading sentence={__('Fetching the contact…', 'return-channel')} />}
			{contact && !error && <Contact contact={contact} view={view} onChanged={reload} />}
		</>
	);
}

interface Props {
	contact: ContactRecord;
	view: View<ContactsKey>;
	onChanged: () => void;
}

function Contact({ contact, view, onChanged }: Props) {
	const { post } = useNotices();
	const { canManage } = theScreen();
	/** Counts what was done here, because it is part of the story. */
	const [deeds, setDeeds] = useState(0);
	function changed() {
		setDeeds((before) => before + 1);
		onChanged();
	}

	if (canManage && view.values.edit && !contact.deletedAt && contact.mergedInto === null) {
		const close = () => view.change({ edit: '' });
		return (
			<>
				<h2>{contact.displayName}</h2>
				<ContactForm
					key={contact.id}
					contact={contact}
					onSaved={() => {
						onChanged();
						close();
						post({ status: 'success', sentence: __('The contact is saved.', 'return-channel') });
					}}
					onCancel={close}
				/>
			</>
		);
	}
	return (
		<>
			<ContactHead contact={contact} view={view} onChanged={changed} />
			<div className="rc-record">
				<div className="rc-record-side">
					<RecordAddresses contact={contact} onChanged={changed} />
					<RecordGroups contact={contact} view={view} onChanged={changed} />
					<RecordFacts contact={contact} />
				</div>
				<ContactStory contactId={contact.id} deeds={deeds} view={view} onChanged={changed} />
			</div>
			<Panels onChanged={changed} />
		</>
	);
}
