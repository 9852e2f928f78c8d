import type { Delivery } from '../../service/crm/crm.ts';
import { formatReturnAddress } from '../../service/identify/return-address.ts';
import type { Site } from '../../service/site.ts';

export const testSecret = 'a-secret-of-at-least-thirty-two-characters';
export const addressing = {
	localPart: 'return+',
	emailDomain: 'example.org',
	separator: '.',
} as const;

/** A person who was sent a mailing. */
export interface Recipient {
	contactId: number;
	addressId: number;
	email: string;
	delivery: Delivery;
	returnAddress: string;
}

/** Adds people and sends each a mailing. */
export async function sendMailingTo(site: Site, ...emails: string[]): Promise<Recipient[]> {
	const sentAt = site.now();
	const mailingId = await site.crm.addMailing({ name: 'Spring letter', subject: 'News', sentAt });
	const recipients = [];
	for (const email of emails) {
		const [known] = await site.crm.findAddresses({ ids: [], emails: [email] });
		const { contactId, addressId } = known
			? { contactId: known.contactId, addressId: known.id }
			: await site.crm.addContact({ name: email.split('@')[0]!, email }, sentAt);
		recipients.push({ contactId, addressId, email });
	}
	const deliveries = await site.crm.addDeliveries(
		recipients.map(({ addressId }, index) => ({
			mailingId,
			job: 12,
			addressId,
			messageId: `${mailingId}.${index}@example.org`,
			sentAt,
		})),
	);
	return recipients.map((recipient, index) => {
		const delivery = deliveries[index]!;
		const { id: queue, job, hash } = delivery;
		return {
			...recipient,
			delivery,
			returnAddress: formatReturnAddress({ action: 'b', job, queue, hash }, addressing),
		};
	});
}
