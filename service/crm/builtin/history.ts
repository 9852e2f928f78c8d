import type { AddressHistory } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';

/** Events of one kind that a timeline shows at most; the newest. */
const mostEvents = 200;

/** What happened to an address, oldest first; undefined when there is no such address. */
export async function addressHistory(
	{ db, siteId }: SiteTables,
	addressId: number,
): Promise<AddressHistory | undefined> {
	const address = await db
		.selectFrom('addresses as a')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
		)
		.select([
			'a.email',
			'a.contact_id',
			'c.display_name',
			'a.hold',
			'a.held_at',
			'a.hold_because',
			'a.count_since',
		])
		.where('a.site_id', '=', siteId)
		.where('a.id', '=', addressId)
		.executeTakeFirst();
	if (!address) return undefined;

	const sent = await db
		.selectFrom('deliveries as d')
		.leftJoin('mailings as m', (join) =>
			join.onRef('m.id', '=', 'd.mailing_id').onRef('m.site_id', '=', 'd.site_id'),
		)
		.select(['d.sent_at', 'd.mailing_id', 'm.name'])
		.where('d.site_id', '=', siteId)
		.where('d.address_id', '=', addressId)
		.orderBy('d.sent_at', 'desc')
		.limit(mostEvents)
		.execute();
	const holds = await db
		.selectFrom('hold_history')
		.select(['at', 'what', 'hold', 'type', 'because', 'who'])
		.where('site_id', '=', siteId)
		.where('address_id', '=', addressId)
		.orderBy('id', 'desc')
		.limit(mostEvents)
		.execute();

	return {
		addressId,
		email: address.email,
		contactId: address.contact_id,
		contactName: address.display_name,
		hold: address.hold,
		heldAt: address.held_at === null ? null : new Date(address.held_at),
		holdBecause: address.hold_because,
		countSince: new Date(address.count_since),
		sent: sent.reverse().map((one) => ({
			at: new Date(one.sent_at),
			mailingId: one.mailing_id,
			mailingName: one.name,
		})),
		holds: holds.reverse().map((one) => ({ ...one, at: new Date(one.at) })),
	};
}
