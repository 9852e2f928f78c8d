import { __ } from '@wordpress/i18n';
import type { ContactRecord } from '../../../../service/contract/contact.ts';
import { Facts } from '../../../components/facts.tsx';
import { When } from '../../../components/when.tsx';
import {
	contactFieldLabel,
	kindLabel,
	statusExplained,
	statusLabel,
} from '../../../words/contacts.ts';
import { figure } from '../../../words/figures.ts';

/** What is known of a contact beside its addresses and groups. */
export function RecordFacts({ contact }: { contact: ContactRecord }) {
	const { kind, status, employer, note, source, createdAt, changedAt, counts } = contact;
	return (
		<section className="rc-card rc-details">
			<h3>{__('Details', 'return-channel')}</h3>
			<Facts
				facts={[
					{ name: contactFieldLabel('kind'), value: kindLabel(kind) },
					{
						name: contactFieldLabel('status'),
						// "Gets mail" is for the badges above to say: its addresses may be on hold.
						value:
							status === 'confirmed'
								? statusLabel(status)
								: `${statusLabel(status)} – ${statusExplained(status)}`,
					},
					{ name: contactFieldLabel('employer'), value: employer },
					{
						name: contactFieldLabel('note'),
						value: note && <span className="rc-note">{note}</span>,
					},
					{ name: __('Filed mails', 'return-channel'), value: figure(counts.activities) },
					{ name: __('Mails sent', 'return-channel'), value: figure(counts.sent) },
					{ name: __('Bounces', 'return-channel'), value: figure(counts.bounces) },
					{ name: __('Came from', 'return-channel'), value: source },
					{ name: __('Added', 'return-channel'), value: <When at={createdAt} /> },
					{ name: __('Last change', 'return-channel'), value: <When at={changedAt} /> },
				]}
			/>
		</section>
	);
}
