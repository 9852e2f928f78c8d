import { newReturnHash } from '../../identify/return-address.ts';
import type { Delivery, NewContact, NewDelivery, NewMailing } from '../crm.ts';
import { inPieces } from '../../db/open.ts';
import { setPrimaryAddress } from './wordpress-users.ts';
import { splitName } from './contacts/imports/read-row.ts';
import { sortNameOf } from './contacts/names.ts';
import type { SiteTables } from './site-tables.ts';

/** See `Crm.addContact`. */
export async function addContact(
	tables: SiteTables,
	{ name, email }: NewContact,
	at: Date,
): Promise<{ contactId: number; addressId: number }> {
	const { db, siteId } = tables;
	const { firstName, lastName } = splitName(name);
	const kind = 'Individual' as const;
	const { insertId } = await db
		.insertInto('contacts')
		.values({
			site_id: siteId,
			kind,
			display_name: name,
			first_name: firstName,
			last_name: lastName,
			sort_name: sortNameOf({ kind, firstName, lastName }, name),
			wp_user_id: null,
			sync_id: null,
			created_at: at.getTime(),
			changed_at: at.getTime(),
			source: 'Added by a program',
		})
		.executeTakeFirstOrThrow();
	const contactId = Number(insertId);
	await setPrimaryAddress(tables, contactId, email);
	const { id } = await db
		.selectFrom('addresses')
		.select('id')
		.where('site_id', '=', siteId)
		.where('contact_id', '=', contactId)
		.executeTakeFirstOrThrow();
	return { contactId, addressId: id };
}

/** See `Crm.addMailing`. */
export async function addMailing({ db, siteId }: SiteTables, mailing: NewMailing): Promise<number> {
	const { insertId } = await db
		.insertInto('mailings')
		.values({
			site_id: siteId,
			name: mailing.name,
			subject: mailing.subject,
			sent_at: mailing.sentAt.getTime(),
		})
		.executeTakeFirstOrThrow();
	return Number(insertId);
}

/** See `Crm.addDeliveries`. */
export async function addDeliveries(
	{ db, siteId }: SiteTables,
	deliveries: readonly NewDelivery[],
): Promise<Delivery[]> {
	const added: Delivery[] = [];
	for (const piece of inPieces(deliveries)) {
		const rows = piece.map((delivery) => ({
			site_id: siteId,
			mailing_id: delivery.mailingId,
			job: delivery.job,
			address_id: delivery.addressId,
			hash: newReturnHash(),
			message_id: delivery.messageId.toLowerCase(),
			sent_at: delivery.sentAt.getTime(),
		}));
		await db.insertInto('deliveries').values(rows).execute();
		const ids = await db
			.selectFrom('deliveries')
			.select(['id', 'hash'])
			.where('site_id', '=', siteId)
			.where(
				'hash',
				'in',
				rows.map(({ hash }) => hash),
			)
			.where(
				'message_id',
				'in',
				rows.map(({ message_id }) => message_id),
			)
			.execute();
		const idOf = new Map(ids.map(({ id, hash }) => [hash, id]));
		for (const row of rows) {
			added.push({
				id: idOf.get(row.hash) ?? 0,
				job: row.job,
				hash: row.hash,
				mailingId: row.mailing_id,
				addressId: row.address_id,
				messageId: row.message_id,
			});
		}
	}
	return added;
}
