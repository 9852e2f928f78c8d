import { CompiledQuery, sql } from 'kysely';
import { insertRows, nextId } from '../../../db/insert-rows.ts';
import { inPieces } from '../../../db/open.ts';
import type { FilingContext, FilingDeed, NewParty } from '../../filing-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { addPeople } from './add-people.ts';
import { joinThreads } from './join-threads.ts';
import type { FilingOfOne } from './join-threads.ts';

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
	const idOf = await numbersOf(tables, filings);
	const threadOf = await joinThreads(tables, filings, idOf);
	await addActivities(tables, filings, { ...context, idOf, threadOf });
	for (const { fingerprint, target } of deeds) {
		if ('file' in target) continue;
		const { addTo } = target;
		const id = 'activityId' in addTo ? addTo.activityId : idOf.get(addTo.filedAs);
		if (id !== undefined) idOf.set(fingerprint, id);
	}
	await addBodies(tables, filings, idOf);
	await addParties(tables, deeds, idOf, idOfPerson);
	await addAttachments(tables, filings, idOf);
	return idOf;
}

async function numbersOf(
	{ db }: SiteTables,
	filings: readonly FilingOfOne[],
): Promise<Map<string, number>> {
	if (filings.length === 0) return new Map();
	const first = await nextId(db, 'activities');
	return new Map(filings.map(({ fingerprint }, index) => [fingerprint, first + index]));
}

async function addActivities(
	{ db, siteId }: SiteTables,
	filings: readonly FilingOfOne[],
	{
		accountId,
		runId,
		at,
		idOf,
		threadOf,
	}: FilingContext & { idOf: ReadonlyMap<string, number>; threadOf: ReadonlyMap<string, number> },
): Promise<void> {
	await insertRows(
		db,
		'activities',
		filings.map(({ fingerprint, parties, target: { file } }) => ({
			id: idOf.get(fingerprint)!,
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
			thread_id: threadOf.get(fingerprint)!,
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
	);
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
	await insertRows(
		db,
		'activity_bodies',
		filings.map(({ fingerprint, target: { file } }) => ({
			site_id: siteId,
			activity_id: idOf.get(fingerprint)!,
			text: file.text,
			html: file.html,
		})),
	);
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
	await insertRows(db, 'activity_parties', rows);
	await noteInPeople(tables, deeds, idOf);
	await noteLastMail(tables, rows);
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
	parties: readonly { contact_id: number; occurred_at: number }[],
): Promise<void> {
	const latest = new Map<number, number>();
	for (const { contact_id, occurred_at } of parties)
		latest.set(contact_id, Math.max(occurred_at, latest.get(contact_id) ?? 0));
	for (const piece of inPieces([...latest])) {
		const rows = Array.from(piece, () => '(?, ?)').join(', ');
		await db.executeQuery(
			CompiledQuery.raw(
				`update contacts set last_mail_at = latest.at
				from (select column1 as contact_id, column2 as at from (values ${rows})) as latest
				where contacts.id = latest.contact_id and contacts.site_id = ?
					and (contacts.last_mail_at is null or contacts.last_mail_at < latest.at)`,
				[...piece.flat(), siteId],
			),
		);
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
	await insertRows(db, 'attachments', rows);
}
