import { __ } from '@wordpress/i18n';
import type { ContactRecord, ContactSummary } from '../../../service/contract/contact.ts';
import { Badge, HoldBadge } from '../../components/badge.tsx';
import { kindLabel, statusExplained, statusLabel } from '../../words/contacts.ts';

/** How a contact stands, as far as it is not the usual: what it is, and why it gets no mail. */
export function ContactBadges({ contact }: { contact: ContactSummary | ContactRecord }) {
	const { kind, status, doNotEmail, isOptedOut, isDeceased } = contact;
	const { hold, hasOtherHold, isUser, isDeleted } = standing(contact);
	return (
		<span className="rc-badges">
			{isDeleted && <Badge tone="bad">{__('In the trash', 'return-channel')}</Badge>}
			{kind !== 'Individual' && <Badge>{kindLabel(kind)}</Badge>}
			{isUser && <Badge tone="info">{__('WordPress user', 'return-channel')}</Badge>}
			{hold && <HoldBadge hold={hold} />}
			{hasOtherHold && (
				<Badge tone="warning">{__('Another address on hold', 'return-channel')}</Badge>
			)}
			{status !== 'confirmed' && (
				<Badge tone={status === 'blacklisted' ? 'bad' : 'warning'} title={statusExplained(status)}>
					{statusLabel(status)}
				</Badge>
			)}
			{doNotEmail && <Badge tone="warning">{__('Do not e-mail', 'return-channel')}</Badge>}
			{isOptedOut && <Badge tone="info">{__('Opted out', 'return-channel')}</Badge>}
			{isDeceased && <Badge>{__('Deceased', 'return-channel')}</Badge>}
		</span>
	);
}

/** A row of the list and a record say the same in different words. */
function standing(contact: ContactSummary | ContactRecord) {
	if ('addresses' in contact) {
		const primary = contact.addresses.find(({ isPrimary }) => isPrimary);
		return {
			hold: primary?.hold ?? null,
			hasOtherHold: contact.addresses.some(({ hold, isPrimary }) => hold && !isPrimary),
			isUser: contact.wpUserId !== null,
			isDeleted: contact.deletedAt !== null,
		};
	}
	const { hold, hasHold, isUser, isDeleted } = contact;
	return { hold, hasOtherHold: hasHold && !hold, isUser, isDeleted };
}
