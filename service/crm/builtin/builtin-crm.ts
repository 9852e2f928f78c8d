import type { Crm } from '../crm.ts';
import { addContact, addDeliveries, addMailing } from './add.ts';
import { deliveriesByDomain } from './deliveries-by-domain.ts';
import { findAddresses, findDeliveries } from './find.ts';
import { addressHistory } from './history.ts';
import { hold, release, takeBackHold, undoRelease } from './hold-and-release.ts';
import { addressOnHold, idsOnHold, listOnHold } from './on-hold.ts';
import type { SiteTables } from './site-tables.ts';
import {
	addToDoNotSend,
	contactStandings,
	doNotSendAmong,
	listDoNotSend,
	removeFromDoNotSend,
	setContactDeleted,
	setContactStatus,
} from './standing.ts';
import { removeUsers, syncUsers } from './wordpress-users.ts';

/** The CRM that comes with the service: contacts and addresses in the service's own database. */
export function builtinCrm(tables: SiteTables): Crm {
	return {
		findDeliveries: (wanted) => findDeliveries(tables, wanted),
		findAddresses: (wanted) => findAddresses(tables, wanted),
		hold: (holds, who, at) => hold(tables, holds, who, at),
		release: (addressIds, who, at) => release(tables, addressIds, who, at),
		undoRelease: (releaseId, who, at) => undoRelease(tables, releaseId, who, at),
		takeBackHold: (bounceId, who, at) => takeBackHold(tables, bounceId, who, at),
		listOnHold: (filters) => listOnHold(tables, filters),
		idsOnHold: (filters) => idsOnHold(tables, filters),
		addressOnHold: (addressId) => addressOnHold(tables, addressId),
		addressHistory: (addressId) => addressHistory(tables, addressId),
		contactStandings: (contactIds) => contactStandings(tables, contactIds),
		setContactStatus: (contactId, status) => setContactStatus(tables, contactId, status),
		setContactDeleted: (contactId, at) => setContactDeleted(tables, contactId, at),
		doNotSendAmong: (emails) => doNotSendAmong(tables, emails),
		addToDoNotSend: (entries, who, at) => addToDoNotSend(tables, entries, who, at),
		removeFromDoNotSend: (emails) => removeFromDoNotSend(tables, emails),
		listDoNotSend: (filters) => listDoNotSend(tables, filters),
		syncUsers: (users, options, at) => syncUsers(tables, users, options, at),
		removeUsers: (userIds, at) => removeUsers(tables, userIds, at),
		count: () => count(tables),
		deliveriesByDomain: (since) => deliveriesByDomain(tables, since),
		addContact: (contact, at) => addContact(tables, contact, at),
		addMailing: (mailing) => addMailing(tables, mailing),
		addDeliveries: (deliveries) => addDeliveries(tables, deliveries),
	};
}

async function count({ db, siteId }: SiteTables) {
	const { contacts } = await db
		.selectFrom('contacts')
		.select((eb) => eb.fn.countAll<number>().as('contacts'))
		.where('site_id', '=', siteId)
		.where('deleted_at', 'is', null)
		.executeTakeFirstOrThrow();
	const { onHold } = await db
		.selectFrom('addresses as a')
		.innerJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
		)
		.select((eb) => eb.fn.countAll<number>().as('onHold'))
		.where('a.site_id', '=', siteId)
		.where('a.hold', 'is not', null)
		.where('c.deleted_at', 'is', null)
		.executeTakeFirstOrThrow();
	return { contacts: Number(contacts), onHold: Number(onHold) };
}
