import type { ContactStatus } from '../../contract/address.ts';
import type { Page } from '../../contract/page.ts';
import type { DoNotSendEntry } from '../../contract/rule.ts';
import { contains } from '../../db/filters.ts';
import { inPieces } from '../../db/open.ts';
import type { DoNotSendFilters } from '../../contract/rule-messages.ts';
import type { ContactStanding, NewDoNotSend } from '../crm.ts';
import type { SiteTables } from './site-tables.ts';

/** See `Crm.contactStandings`. */
export async function contactStandings(
	{ db, siteId }: SiteTables,
	contactIds: readonly number[],
): Promise<ContactStanding[]> {
	const found: ContactStanding[] = [];
	for (const piece of inPieces([...new Set(contactIds)])) {
		const rows = await db
			.selectFrom('contacts')
			.select(['id', 'display_name', 'status', 'deleted_at'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		for (const { id, display_name, status, deleted_at } of rows)
			found.push({ contactId: id, name: display_name, status, isDeleted: deleted_at !== null });
	}
	return found;
}

/** See `Crm.setContactStatus`. */
export async function setContactStatus(
	{ db, siteId }: SiteTables,
	contactId: number,
	status: ContactStatus,
): Promise<void> {
	await db
		.updateTable('contacts')
		.set({ status })
		.where('site_id', '=', siteId)
		.where('id', '=', contactId)
		.execute();
}

/** See `Crm.setContactDeleted`. */
export async function setContactDeleted(
	{ db, siteId }: SiteTables,
	contactId: number,
	deletedAt: Date | null,
): Promise<void> {
	await db
		.updateTable('contacts')
		.set({ deleted_at: deletedAt?.getTime() ?? null })
		.where('site_id', '=', siteId)
		.where('id', '=', contactId)
		.execute();
}

/** See `Crm.doNotSendAmong`. */
export async function doNotSendAmong(
	{ db, siteId }: SiteTables,
	emails: readonly string[],
): Promise<Set<string>> {
	const found = new Set<string>();
	for (const piece of inPieces([...new Set(emails.map((email) => email.toLowerCase()))])) {
		const rows = await db
			.selectFrom('do_not_send')
			.select('email')
			.where('site_id', '=', siteId)
			.where('email', 'in', piece)
			.execute();
		for (const { email } of rows) found.add(email);
	}
	return found;
}

/** See `Crm.addToDoNotSend`. */
export async function addToDoNotSend(
	{ db, siteId }: SiteTables,
	entries: readonly NewDoNotSend[],
	who: string,
	at: Date,
): Promise<number> {
	let added = 0;
	for (const piece of inPieces(entries)) {
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('do_not_send')
			.values(
				piece.map((entry) => ({
					site_id: siteId,
					email: entry.email.toLowerCase(),
					added_at: (entry.at ?? at).getTime(),
					who: entry.who ?? who,
					because: entry.because,
				})),
			)
			.onConflict((conflict) => conflict.columns(['site_id', 'email']).doNothing())
			.executeTakeFirstOrThrow();
		added += Number(numInsertedOrUpdatedRows ?? 0);
	}
	return added;
}

/** See `Crm.removeFromDoNotSend`. */
export async function removeFromDoNotSend(
	{ db, siteId }: SiteTables,
	emails: readonly string[],
): Promise<number> {
	let removed = 0;
	for (const piece of inPieces(emails.map((email) => email.toLowerCase()))) {
		const { numDeletedRows } = await db
			.deleteFrom('do_not_send')
			.where('site_id', '=', siteId)
			.where('email', 'in', piece)
			.executeTakeFirstOrThrow();
		removed += Number(numDeletedRows);
	}
	return removed;
}

/** See `Crm.listDoNotSend`. */
export async function listDoNotSend(
	{ db, siteId }: SiteTables,
	{ page = 1, per_page = 20, order = 'desc', search }: DoNotSendFilters,
): Promise<Page<DoNotSendEntry>> {
	let query = db.selectFrom('do_not_send').where('site_id', '=', siteId);
	if (search) query = query.where(contains('email', search.toLowerCase()));
	const rows = await query
		.selectAll()
		.orderBy('id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await query
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	return {
		rows: rows.map(({ id, email, added_at, who, because }) => ({
			id,
			email,
			addedAt: new Date(added_at).toISOString(),
			who,
			because,
		})),
		total: Number(total),
	};
}
