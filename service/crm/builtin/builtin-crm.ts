import type { Database } from '../../db/open.ts';
import type { Crm } from '../crm.ts';
import { addContact, addDeliveries, addMailing } from './add.ts';
import { findAddresses, findDeliveries } from './find.ts';
import { addressHistory } from './history.ts';
import { hold, release, takeBackHold, undoRelease } from './hold-and-release.ts';
import { addressOnHold, idsOnHold, listOnHold } from './on-hold.ts';
import { removeUsers, syncUsers } from './wordpress-users.ts';

/** One site's part of the database; every query of this folder starts from it. */
export interface SiteTables {
	db: Database;
	siteId: string;
}

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
		syncUsers: (users, options, at) => syncUsers(tables, users, options, at),
		removeUsers: (userIds) => removeUsers(tables, userIds),
		count: () => count(tables),
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
		.executeTakeFirstOrThrow();
	const { onHold } = await db
		.selectFrom('addresses')
		.select((eb) => eb.fn.countAll<number>().as('onHold'))
		.where('site_id', '=', siteId)
		.where('hold', 'is not', null)
		.executeTakeFirstOrThrow();
	return { contacts: Number(contacts), onHold: Number(onHold) };
}
