import { inPieces } from '../../../db/open.ts';
import type { OldThings } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { contactsOf, noteLastMail, readStates, writeState } from './states.ts';

/** See `ActivityBook.purge`. */
export async function purgeActivities(
	tables: SiteTables,
	{ filedBefore, deletedBefore }: OldThings,
	most: number,
): Promise<number> {
	const { db, siteId } = tables;
	const activities = db.selectFrom('activities').select('id').where('site_id', '=', siteId);
	const old =
		filedBefore === null
			? []
			: await activities
					.where('filed_at', '<', filedBefore.getTime())
					.orderBy('filed_at')
					.limit(most)
					.execute();
	const binned = await activities
		.where('deleted_at', '<', deletedBefore.getTime())
		.limit(most)
		.execute();
	const ids = [...new Set([...old, ...binned].map(({ id }) => id))].slice(0, most);
	await deleteForGood(tables, ids);
	return ids.length;
}

/** See `ActivityBook.purgeContacts`. Bounces and deliveries stay: they are the statistics of mailings. */
export async function purgeContacts(
	tables: SiteTables,
	deletedBefore: Date,
	most: number,
): Promise<number> {
	const { db, siteId } = tables;
	const rows = await db
		.selectFrom('contacts')
		.select('id')
		.where('site_id', '=', siteId)
		.where('deleted_at', '<', deletedBefore.getTime())
		.where('merged_into', 'is', null)
		.where('wp_user_id', 'is', null)
		.limit(most)
		.execute();
	const ids = rows.map(({ id }) => id);
	for (const piece of inPieces(ids)) {
		await takeOutOfMails(tables, piece);
		for (const name of [
			'addresses',
			'group_members',
			'contact_deed_steps',
			'activity_parties',
		] as const)
			await db
				.deleteFrom(name)
				.where('site_id', '=', siteId)
				.where('contact_id', 'in', piece)
				.execute();
		await db
			.deleteFrom('contacts')
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
	return ids.length;
}

/** Ends people's part in mails: their mails with others go on without them, the rest is deleted for good. */
async function takeOutOfMails(tables: SiteTables, contactIds: readonly number[]): Promise<void> {
	const rows = await tables.db
		.selectFrom('activity_parties')
		.select('activity_id')
		.distinct()
		.where('site_id', '=', tables.siteId)
		.where('contact_id', 'in', [...contactIds])
		.execute();
	const alone: number[] = [];
	for (const piece of inPieces(rows.map(({ activity_id }) => activity_id))) {
		for (const [id, { parties }] of await readStates(tables, piece)) {
			const others = parties.filter(({ contactId }) => !contactIds.includes(contactId));
			if (others.length === 0) alone.push(id);
			else await writeState(tables, id, { parties: others });
		}
	}
	await deleteForGood(tables, alone);
}

/** Deletes filed mails with their texts, parties, attachments, threads, deeds and raw mails. The journal remembers that there
 *  was a mail; what their attachments held goes when nothing names it any more. */
export async function deleteForGood(tables: SiteTables, ids: readonly number[]): Promise<void> {
	const { db, siteId } = tables;
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('activities')
			.select(['fingerprint', 'thread_id'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		const contactIds = await contactsOf(tables, piece);
		// First the mails: the triggers that count a contact's mails look at them.
		await db
			.deleteFrom('activities')
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		for (const name of [
			'activity_bodies',
			'activity_parties',
			'attachments',
			'activity_deed_steps',
		] as const)
			await db
				.deleteFrom(name)
				.where('site_id', '=', siteId)
				.where('activity_id', 'in', piece)
				.execute();
		await noteLastMail(tables, contactIds);
		await forgetThreads(
			tables,
			rows.map(({ thread_id }) => thread_id),
		);
		await forgetMails(
			tables,
			rows.map(({ fingerprint }) => fingerprint),
		);
	}
}

async function forgetThreads(
	{ db, siteId }: SiteTables,
	threadIds: readonly number[],
): Promise<void> {
	await db
		.deleteFrom('thread_messages')
		.where('site_id', '=', siteId)
		.where('thread_id', 'in', [...new Set(threadIds)])
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('activities as a')
						.select('a.id')
						.whereRef('a.site_id', '=', 'thread_messages.site_id')
						.whereRef('a.thread_id', '=', 'thread_messages.thread_id'),
				),
			),
		)
		.execute();
}

/** Deletes the raw mails, unless a bounce came in the same one. */
async function forgetMails(
	{ db, siteId }: SiteTables,
	fingerprints: readonly string[],
): Promise<void> {
	await db
		.updateTable('journal')
		.set({ activity_id: null })
		.where('site_id', '=', siteId)
		.where('fingerprint', 'in', [...fingerprints])
		.execute();
	await db
		.deleteFrom('raw_mails')
		.where('site_id', '=', siteId)
		.where('fingerprint', 'in', [...fingerprints])
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('bounces as b')
						.select('b.id')
						.whereRef('b.site_id', '=', 'raw_mails.site_id')
						.whereRef('b.fingerprint', '=', 'raw_mails.fingerprint'),
				),
			),
		)
		.execute();
}
