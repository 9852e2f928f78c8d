import { inPieces } from '../../db/open.ts';
import type { Address, Delivery } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';

const deliveryColumns = ['id', 'job', 'hash', 'mailing_id', 'address_id', 'message_id'] as const;
const addressColumns = ['id', 'contact_id', 'email_key', 'hold', 'count_since'] as const;

/** Deliveries by their queue numbers and by their Message-IDs. */
export async function findDeliveries(
	{ db, siteId }: SiteTables,
	{ ids, messageIds }: { ids: number[]; messageIds: string[] },
): Promise<Delivery[]> {
	const found: Delivery[] = [];
	const select = () => db.selectFrom('deliveries').select(deliveryColumns);
	for (const piece of inPieces(ids)) {
		const rows = await select().where('id', 'in', piece).where('site_id', '=', siteId).execute();
		found.push(...rows.map(toDelivery));
	}
	for (const piece of inPieces(messageIds)) {
		const rows = await select()
			.where('site_id', '=', siteId)
			.where('message_id', 'in', piece)
			.execute();
		found.push(...rows.map(toDelivery));
	}
	return found;
}

/** Addresses by their ids and by their spellings, oldest contact first; by spelling only those of contacts that are not
 *  deleted. */
export async function findAddresses(
	{ db, siteId }: SiteTables,
	{ ids, emails }: { ids: number[]; emails: string[] },
): Promise<Address[]> {
	const found: Address[] = [];
	const select = () => db.selectFrom('addresses').select(addressColumns).orderBy('id');
	for (const piece of inPieces(ids)) {
		const rows = await select().where('id', 'in', piece).where('site_id', '=', siteId).execute();
		found.push(...rows.map(toAddress));
	}
	for (const piece of inPieces(emails)) {
		const rows = await select()
			.where('site_id', '=', siteId)
			.where('email_key', 'in', piece)
			.where((eb) =>
				eb.not(
					eb.exists(
						eb
							.selectFrom('contacts as c')
							.select('c.id')
							.whereRef('c.id', '=', 'addresses.contact_id')
							.whereRef('c.site_id', '=', 'addresses.site_id')
							.where('c.deleted_at', 'is not', null),
					),
				),
			)
			.execute();
		found.push(...rows.map(toAddress));
	}
	return found;
}

function toDelivery(row: {
	id: number;
	job: number;
	hash: string;
	mailing_id: number | null;
	address_id: number;
	message_id: string | null;
}): Delivery {
	return {
		id: row.id,
		job: row.job,
		hash: row.hash,
		mailingId: row.mailing_id,
		addressId: row.address_id,
		messageId: row.message_id,
	};
}

function toAddress(row: {
	id: number;
	contact_id: number;
	email_key: string;
	hold: Address['hold'];
	count_since: number;
}): Address {
	return {
		id: row.id,
		contactId: row.contact_id,
		email: row.email_key,
		hold: row.hold,
		countSince: new Date(row.count_since),
	};
}
