import { sql } from 'kysely';
import type { Answers } from '../../../contract/messages.ts';
import { inPieces } from '../../../db/open.ts';
import { counted } from '../../../words.ts';
import { deleteForGood } from '../activities/purge.ts';
import { readStates, writeState } from '../activities/states.ts';
import type { SiteTables } from '../site-tables.ts';
import { eraseContacts, forgetAddressElsewhere } from './erase-contacts.ts';
import { activityIdsOf } from './mail-sections.ts';
import { erased, findPerson, idsOf, names } from './person.ts';
import type { Asked, Person, Step } from './person.ts';
import { nextMentions } from './raw-mentions.ts';

/** Mails that are dealt with at once. */
const mailsAStep = 50;
const rowsAStep = 500;

/** See `PersonalData.erase`. First the mail, last the contact, by which the rest is found. */
export async function erasePersonalData(
	tables: SiteTables,
	email: string,
	page: number,
	asked: Omit<Asked, 'isFirst'>,
): Promise<Answers['erasePersonalData']> {
	const person = await findPerson(tables, email);
	const steps = [eraseMails, eraseLog, eraseBounces, eraseCopies, eraseTraces, eraseContacts];
	let removed = 0;
	const messages: string[] = [];
	for (const step of steps) {
		const result = await step(tables, person, { ...asked, isFirst: page === 1 });
		removed += result.removed;
		messages.push(...result.retained);
		if (result.isMore)
			return {
				items_removed: removed > 0,
				items_retained: messages.length > 0,
				messages,
				done: false,
			};
	}
	return {
		items_removed: removed > 0,
		items_retained: messages.length > 0,
		messages,
		done: true,
	};
}

/** Deletes the mails that nobody else has part in; of the others, the person's part. Their raw copies go in any case. */
async function eraseMails(tables: SiteTables, person: Person): Promise<Step> {
	const rows = await activityIdsOf(tables, person)
		.orderBy('activity_id')
		.limit(mailsAStep)
		.execute();
	const contactIds = new Set(idsOf(person.contacts));
	const alone: number[] = [];
	const shared: number[] = [];
	const states = await readStates(
		tables,
		rows.map(({ activity_id }) => activity_id),
	);
	for (const [id, { parties }] of states) {
		const others = parties.filter(
			(party) => !contactIds.has(party.contactId) && !person.emails.includes(party.email),
		);
		if (others.length === 0) {
			alone.push(id);
			continue;
		}
		await writeState(tables, id, { parties: others });
		shared.push(id);
	}
	await deleteForGood(tables, alone);
	await forgetInShared(tables, shared, person);
	// Parties of mails that are gone, which nothing else would take away.
	await forgetStrays(
		tables,
		rows.map(({ activity_id }) => activity_id),
		states,
	);
	return {
		removed: rows.length,
		retained:
			shared.length > 0
				? [
						`${counted(shared.length, 'mail', 'mails')} that other people have part in ${shared.length === 1 ? 'stays' : 'stay'} with them. The person's name and address were taken out of the list of people; the text is theirs as well and was not changed.`,
					]
				: [],
		isMore: rows.length === mailsAStep,
	};
}

async function forgetStrays(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
	known: ReadonlyMap<number, unknown>,
): Promise<void> {
	const strays = ids.filter((id) => !known.has(id));
	for (const piece of inPieces(strays))
		await db
			.deleteFrom('activity_parties')
			.where('site_id', '=', siteId)
			.where('activity_id', 'in', piece)
			.execute();
}

/** What of a mail that stays still names the person: its reason, its raw copy, and how it was before edits. */
async function forgetInShared(
	tables: SiteTables,
	ids: readonly number[],
	person: Person,
): Promise<void> {
	const { db, siteId } = tables;
	for (const piece of inPieces(ids)) {
		await db
			.deleteFrom('raw_mails')
			.where('site_id', '=', siteId)
			.where('fingerprint', 'in', (eb) =>
				eb
					.selectFrom('activities')
					.select('fingerprint')
					.where('site_id', '=', siteId)
					.where('id', 'in', piece),
			)
			.execute();
		await db
			.deleteFrom('activity_deed_steps')
			.where('site_id', '=', siteId)
			.where('activity_id', 'in', piece)
			.execute();
		const rows = await db
			.selectFrom('activities')
			.select(['id', 'because'])
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		for (const { id, because } of rows)
			await db
				.updateTable('activities')
				.set({ because: withoutNames(because, person) })
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.execute();
	}
}

/** The log keeps that there was a mail, so that it is not dealt with twice; not from whom and about what. */
async function eraseLog({ db, siteId }: SiteTables, person: Person): Promise<Step> {
	const rows = await db
		.selectFrom('journal')
		.select(['id', 'fingerprint', 'because'])
		.where('site_id', '=', siteId)
		.where((eb) => eb.fn('lower', ['sender']), 'in', person.emails)
		.limit(rowsAStep)
		.execute();
	for (const { id, because } of rows)
		await db
			.updateTable('journal')
			.set({ sender: '', subject: erased, because: withoutNames(because, person) })
			.where('site_id', '=', siteId)
			.where('id', '=', id)
			.execute();
	await forgetRaw(
		{ db, siteId },
		rows.map(({ fingerprint }) => fingerprint),
	);
	return { removed: rows.length, retained: [], isMore: rows.length === rowsAStep };
}

/** Bounces go on to count in the statistics of mailings; whose they were and what the server said about them goes. */
async function eraseBounces(tables: SiteTables, person: Person): Promise<Step> {
	const { db, siteId } = tables;
	const rows = await db
		.selectFrom('bounces')
		.select(['id', 'fingerprint'])
		.where('site_id', '=', siteId)
		.where('email', '!=', erased)
		.where((eb) =>
			eb.or([eb('address_id', 'in', idsOf(person.addresses)), eb('email', 'in', person.emails)]),
		)
		.limit(rowsAStep)
		.execute();
	const ids = rows.map(({ id }) => id);
	for (const piece of inPieces(ids)) {
		await db
			.updateTable('bounces')
			.set({
				email: erased,
				diagnostic: null,
				evidence: null,
				because: 'Whose mail this was has been erased.',
			})
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
		await db
			.deleteFrom('reprocess_changes')
			.where('site_id', '=', siteId)
			.where('bounce_id', 'in', piece)
			.execute();
	}
	await forgetRaw(
		tables,
		rows.map(({ fingerprint }) => fingerprint),
	);
	const said =
		rows.length > 0
			? [
					`${counted(rows.length, 'bounce', 'bounces')} still ${rows.length === 1 ? 'counts' : 'count'} in the statistics of mailings, without the address and without what the mail server said.`,
				]
			: [];
	return { removed: rows.length, retained: said, isMore: rows.length === rowsAStep };
}

/** Deletes raw copies of other mails that name the person. Of what others have on record, only if the header does: their letters
 *  are theirs. */
async function eraseCopies(tables: SiteTables, person: Person, { isFirst }: Asked): Promise<Step> {
	const { mentions, isMore } = await nextMentions(tables, person, {
		purpose: 'erase',
		isFirst,
		most: rowsAStep,
	});
	await forgetRaw(
		tables,
		mentions.map(({ fingerprint }) => fingerprint),
	);
	const copies = counted(mentions.length, 'stored copy', 'stored copies');
	const said =
		mentions.length > 0
			? [
					`${copies} of other mails that name the person ${mentions.length === 1 ? 'was' : 'were'} deleted. The mails themselves are still in the mailbox that they came in through; delete them there.`,
				]
			: [];
	return { removed: mentions.length, retained: said, isMore };
}

async function forgetRaw(
	{ db, siteId }: SiteTables,
	fingerprints: readonly string[],
): Promise<void> {
	for (const piece of inPieces(fingerprints))
		await db
			.deleteFrom('raw_mails')
			.where('site_id', '=', siteId)
			.where('fingerprint', 'in', piece)
			.execute();
}

/** Names and addresses in sentences about what was done: rules, holds, deeds, the audit log, imports. */
async function eraseTraces(tables: SiteTables, person: Person): Promise<Step> {
	const { db, siteId } = tables;
	const addressIds = idsOf(person.addresses);
	await db
		.updateTable('rule_deeds')
		.set({ email: erased, because: erased })
		.where('site_id', '=', siteId)
		.where('email', '!=', erased)
		.where((eb) =>
			eb.or([
				eb('contact_id', 'in', idsOf(person.contacts)),
				eb('address_id', 'in', addressIds),
				eb('email', 'in', person.emails),
			]),
		)
		.execute();
	await db
		.updateTable('hold_history')
		.set({ because: null })
		.where('site_id', '=', siteId)
		.where('address_id', 'in', addressIds)
		.execute();
	await db
		.deleteFrom('contact_deed_steps')
		.where('site_id', '=', siteId)
		.where('contact_id', 'in', idsOf(person.contacts))
		.where('contact_id', '!=', 0)
		.execute();
	for (const steps of ['contact_deed_steps', 'activity_deed_steps'] as const)
		for (const column of ['before', 'after'])
			await db
				.deleteFrom(steps)
				.where('site_id', '=', siteId)
				.where(names(column, person.emails))
				.execute();
	await db
		.deleteFrom('contact_import_parts')
		.where('site_id', '=', siteId)
		.where(names('text', person.emails))
		.where('import_id', 'in', (eb) =>
			eb
				.selectFrom('contact_imports')
				.select('id')
				.where('site_id', '=', siteId)
				.where('state', 'in', ['done', 'failed', 'undone']),
		)
		.execute();
	for (const [table, column] of sentences) await eraseIn(tables, table, column, person);
	const removed = await forgetAddressElsewhere(tables, person);
	return { removed, retained: [], isMore: false };
}

/** Where sentences for people stand. */
const sentences = [
	['audit', 'what'],
	['contact_deeds', 'sentence'],
	['activity_deeds', 'sentence'],
	['contact_imports', 'problems'],
	['run_log', 'sentence'],
	['journal', 'because'],
	['journal', 'subject'],
	['activities', 'because'],
] as const;

async function eraseIn(
	{ db, siteId }: SiteTables,
	table: (typeof sentences)[number][0],
	column: string,
	person: Person,
): Promise<void> {
	const words = wordsOf(person).map((word) => word.toLowerCase());
	const { rows } = await sql<{ id: number; text: string }>`
		select id, ${sql.ref(column)} as text from ${sql.table(table)}
		where site_id = ${siteId} and ${names(column, words)}`.execute(db);
	for (const { id, text } of rows)
		await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${withoutNames(text, person)}
			where site_id = ${siteId} and id = ${id}`.execute(db);
}

/** Addresses, and names that are long enough to be nobody else's word. */
function wordsOf({ emails, contacts, addresses }: Person): string[] {
	const called = contacts.map(({ name }) => name).filter((name) => name.length >= 5);
	return [...new Set([...addresses.map(({ email }) => email), ...emails, ...called])]
		.filter((word) => word !== '')
		.sort((a, b) => b.length - a.length);
}

function withoutNames(text: string, person: Person): string {
	const words = wordsOf(person).map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
	return words.length === 0 ? text : text.replace(new RegExp(words.join('|'), 'giu'), erased);
}
