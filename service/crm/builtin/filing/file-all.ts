import { sql } from 'kysely';
import { inPieces } from '../../../db/open.ts';
import type { FilingContext, FilingDeed, NewActivity, NewParty } from '../../filing-book.ts';
import type { SiteTables } from '../builtin-crm.ts';
import { addPeople } from './add-people.ts';
import { joinThreads } from './join-threads.ts';

/** A deed whose mail becomes an activity. */
export type FilingOfOne = FilingDeed & { target: { file: NewActivity } };

/** See `FilingBook.file`. */
export async function fileAll(
	tables: SiteTables,
	deeds: readonly FilingDeed[],
	context: FilingContext,
): Promise<Map<string, number>> {
	const idOfPerson = await addPeople(
		tables,
		deeds.flatMap(({ newContacts }) => newContacts),
		context.at,
	);
	const filings = deeds.filter((deed): deed is FilingOfOne => 'file' in deed.target);
	const idOf = await addActivities(tables, filings, context);
	for (const { fingerprint, target } of deeds) {
		if ('file' in target) continue;
		const { addTo } = target;
		const id = 'activityId' in addTo ? addTo.activityId : idOf.get(addTo.filedAs);
		if (id !== undefined) idOf.set(fingerprint, id);
	}
	await addBodies(tables, filings, idOf);
	await joinThreads(tables, filings, idOf);
	await addParties(tables, deeds, idOf, idOfPerson);
	await addAttachments(tables, filings, idOf);
	return idOf;
}

async function addActivities(
	{ db, siteId }: SiteTables,
	filings: readonly FilingOfOne[],
	{ accountId, runId, at }: FilingContext,
): Promise<Map<string, number>> {
	const ids = new Map<string, number>();
	for (const piece of inPieces(filings, 50)) {
		const rows = await db
			.insertInto('activities')
			.values(
				piece.map(({ fingerprint, parties, target: { file } }) => ({
					site_id: siteId,
					type: file.type,
					subject: file.subject,
					occurred_at: file.occurredAt.getTime(),
					filed_at: at.getTime(),
					status: file.status,
					campaign: file.campaign,
					token: file.token,
					people: peopleOf(parties),
					excerpt: file.excerpt,
					attachments: file.files.filter(({ isInline }) => !isInline).length,
					thread_id: 0,
					message_id: file.messageId,
					fingerprint,
					account_id: accountId,
					run_id: runId,
					because: file.because,
					is_truncated: file.isTruncated ? 1 : 0,
					damage: JSON.stringify(file.damage),
					edited_at: null,
					edited_by: null,
					deleted_at: null,
				})),
			)
			.returning(['id', 'fingerprint'])
			.execute();
		for (const { id, fingerprint } of rows) ids.set(fingerprint, id);
	}
	return ids;
}

/** Names and addresses, for searching. */
function peopleOf(parties: readonly NewParty[]): string {
	return parties
		.map(({ name, email }) => (name ? `${name} ${email}` : email))
		.join(', ')
		.slice(0, 4_000);
}

async function addBodies(
	{ db, siteId }: SiteTables,
	filings: readonly FilingOfOne[],
	idOf: ReadonlyMap<string, number>,
): Promise<void> {
	for (const piece of inPieces(filings, 50)) {
		await db
			.insertInto('activity_bodies')
			.values(
				piece.map(({ fingerprint, target: { file } }) => ({
					site_id: siteId,
					activity_id: idOf.get(fingerprint)!,
					text: file.text,
					html: file.html,
				})),
			)
			.execute();
	}
}

async function addParties(
	tables: SiteTables,
	deeds: readonly FilingDeed[],
	idOf: ReadonlyMap<string, number>,
	idOfPerson: ReadonlyMap<string, number>,
): Promise<void> {
	const { db, siteId } = tables;
	const added = await momentsOfJoined(tables, deeds, idOf);
	const rows = deeds.flatMap(({ fingerprint, parties, target }) => {
		const activityId = idOf.get(fingerprint);
		if (activityId === undefined) return [];
		const occurredAt = 'file' in target ? target.file.occurredAt.getTime() : added.get(activityId)!;
		return parties.map(({ who, role, place, email, name }) => ({
			site_id: siteId,
			activity_id: activityId,
			contact_id: 'contactId' in who ? who.contactId : idOfPerson.get(who.newWith)!,
			role,
			place,
			email: email.slice(0, 320),
			name: name.slice(0, 320),
			occurred_at: occurredAt,
		}));
	});
	for (const piece of inPieces(rows))
		await db.insertInto('activity_parties').values(piece).execute();
	await noteInPeople(tables, deeds, idOf);
	await noteLastMail(
		tables,
		rows.map(({ contact_id }) => contact_id),
	);
}

/** When the mails were written to which parties are added. */
async function momentsOfJoined(
	{ db, siteId }: SiteTables,
	deeds: readonly FilingDeed[],
	idOf: ReadonlyMap<string, number>,
): Promise<Map<number, number>> {
	const ids = deeds.flatMap(({ fingerprint, target }) =>
		'addTo' in target ? (idOf.get(fingerprint) ?? []) : [],
	);
	const moments = new Map<number, number>();
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('activities')
			.select(['id', 'occurred_at'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		for (const { id, occurred_at } of rows) moments.set(id, occurred_at);
	}
	return moments;
}

/** Parties that came later are found by searching, too. */
async function noteInPeople(
	{ db, siteId }: SiteTables,
	deeds: readonly FilingDeed[],
	idOf: ReadonlyMap<string, number>,
): Promise<void> {
	for (const { fingerprint, parties, target } of deeds) {
		const id = idOf.get(fingerprint);
		if ('file' in target || id === undefined) continue;
		await db
			.updateTable('activities')
			.set({ people: sql<string>`substr(people || ', ' || ${peopleOf(parties)}, 1, 4000)` })
			.where('site_id', '=', siteId)
			.where('id', '=', id)
			.execute();
	}
}

/** Keeps the moment of each contact's latest mail. */
async function noteLastMail(
	{ db, siteId }: SiteTables,
	contactIds: readonly number[],
): Promise<void> {
	for (const piece of inPieces([...new Set(contactIds)])) {
		await db
			.updateTable('contacts')
			.set({
				last_mail_at: sql<number>`max(coalesce(last_mail_at, 0), coalesce((
					select max(p.occurred_at) from activity_parties p
					where p.site_id = contacts.site_id and p.contact_id = contacts.id), 0))`,
			})
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
}

async function addAttachments(
	{ db, siteId }: SiteTables,
	filings: readonly FilingOfOne[],
	idOf: ReadonlyMap<string, number>,
): Promise<void> {
	const rows = filings.flatMap(({ fingerprint, target: { file } }) =>
		file.files.map((attachment, position) => ({
			site_id: siteId,
			activity_id: idOf.get(fingerprint)!,
			position,
			file_name: attachment.fileName,
			content_type: attachment.contentType.slice(0, 320),
			content_id: attachment.contentId,
			is_inline: attachment.isInline ? 1 : 0,
			size_bytes: attachment.sizeBytes,
			sha256: attachment.problem === null ? attachment.sha256 : null,
			problem: attachment.problem,
		})),
	);
	for (const piece of inPieces(rows)) await db.insertInto('attachments').values(piece).execute();
}
