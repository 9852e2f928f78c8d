import { sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { NeverFileEntry } from '../../../contract/activity.ts';
import type { DeedReport } from '../../../contract/contact.ts';
import type { Request } from '../../../contract/messages.ts';
import type { Page } from '../../../contract/page.ts';
import { contains } from '../../../db/filters.ts';
import { inPieces } from '../../../db/open.ts';
import { ServiceError } from '../../../errors.ts';
import { counted } from '../../../words.ts';
import type { SiteTables } from '../site-tables.ts';
import { carryOut } from './deeds.ts';
import type { DeedStep } from './deeds.ts';
import { readStates } from './states.ts';

/** Mails that are removed at once, so that nobody waits for the database long. */
const mostAtOnce = 2_000;

/** The domain of a party, as the index has it; see migration 005. */
const domain = sql<string>`substr(email, instr(email, '@') + 1)`;

/** See `ActivityBook.listNeverFile`. */
export async function listNeverFile(
	tables: SiteTables,
	{ page, per_page, order, search }: Request<'listNeverFile'>,
): Promise<Page<NeverFileEntry>> {
	let query = tables.db.selectFrom('never_file').where('site_id', '=', tables.siteId);
	if (search) query = query.where(contains('pattern', search.toLowerCase()));
	const rows = await query
		.selectAll()
		.orderBy('id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await query
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const domains = await domainsOf(tables, rows);
	return {
		rows: await Promise.all(
			rows.map(async ({ id, pattern, note, added_at, who }) => ({
				id,
				pattern,
				note,
				addedAt: new Date(added_at).toISOString(),
				who,
				filedAlready: await countFiled(tables, [pattern], domains),
			})),
		),
		total: Number(total),
	};
}

/** See `ActivityBook.addNeverFile`. */
export async function addNeverFile(
	tables: SiteTables,
	{ patterns, note }: { patterns: readonly string[]; note: string },
	who: string,
	at: Date,
): Promise<{ added: number; filedAlready: number }> {
	const { db, siteId } = tables;
	let added = 0;
	for (const piece of inPieces([...new Set(patterns)])) {
		const { numInsertedOrUpdatedRows } = await db
			.insertInto('never_file')
			.values(
				piece.map((pattern) => ({ site_id: siteId, pattern, note, added_at: at.getTime(), who })),
			)
			.onConflict((conflict) => conflict.columns(['site_id', 'pattern']).doNothing())
			.executeTakeFirstOrThrow();
		added += Number(numInsertedOrUpdatedRows ?? 0);
	}
	const domains = await domainsOf(
		tables,
		patterns.map((pattern) => ({ pattern })),
	);
	return { added, filedAlready: await countFiled(tables, patterns, domains) };
}

/** See `ActivityBook.removeNeverFile`. */
export async function removeNeverFile(
	tables: SiteTables,
	ids: readonly number[],
): Promise<string[]> {
	const patterns = await patternsOf(tables, ids);
	for (const piece of inPieces(ids)) {
		await tables.db
			.deleteFrom('never_file')
			.where('site_id', '=', tables.siteId)
			.where('id', 'in', piece)
			.execute();
	}
	return patterns;
}

/** See `ActivityBook.applyNeverFile`. */
export async function applyNeverFile(
	tables: SiteTables,
	ids: readonly number[],
	who: string,
	at: Date,
): Promise<DeedReport> {
	const patterns = await patternsOf(tables, ids);
	if (patterns.length === 0)
		throw new ServiceError('not-found', 'There is no such entry on the never-file list.');
	const domains = await domainsOf(
		tables,
		patterns.map((pattern) => ({ pattern })),
	);
	const all = await filedWith(tables, patterns, domains);
	const activityIds = all.slice(0, mostAtOnce);
	const steps: DeedStep[] = [];
	for (const piece of inPieces(activityIds)) {
		for (const [activityId, { parties, deletedAt }] of await readStates(tables, piece)) {
			if (deletedAt !== null) continue;
			const listed = parties.filter(({ email }) => isListed(email, patterns));
			const others = parties.filter((party) => !listed.includes(party));
			const goes = others.length === 0 || listed.some(({ place }) => place === 'from');
			steps.push(
				goes
					? { activityId, before: { deletedAt: null }, after: { deletedAt: at.getTime() } }
					: { activityId, before: { parties }, after: { parties: others } },
			);
		}
	}
	const deleted = steps.filter(({ after }) => after.deletedAt !== undefined).length;
	const leftAlone = all.length - activityIds.length;
	const sentence = sentenceOf(deleted, steps.length - deleted, leftAlone);
	const deedId = await carryOut(tables, { what: 'never-file', who, at, sentence, steps });
	return { deedId, touched: steps.length, leftAlone, sentence };
}

/** Whether an address is one of the patterns, or in one of their domains. @param email lower case */
function isListed(email: string, patterns: readonly string[]): boolean {
	const host = email.slice(email.indexOf('@') + 1);
	return patterns.some((pattern) =>
		pattern.includes('@') ? email === pattern : isWithin(host, pattern),
	);
}

function isWithin(host: string, parent: string): boolean {
	return host === parent || host.endsWith(`.${parent}`);
}

function sentenceOf(deleted: number, parted: number, left: number): string {
	if (deleted + parted === 0) return 'No mail was filed with them, so nothing was removed.';
	const said = [
		...(deleted > 0 ? [`${counted(deleted, 'mail', 'mails')} deleted`] : []),
		...(parted > 0
			? [`they were taken out of ${counted(parted, 'mail', 'mails')} that others have part in`]
			: []),
	];
	const sentence = said.join(', and ');
	const more =
		left > 0
			? ` ${counted(left, 'mail is', 'mails are')} left, because so many are not removed at once; do it again.`
			: '';
	return `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.${more}`;
}

async function patternsOf({ db, siteId }: SiteTables, ids: readonly number[]): Promise<string[]> {
	const patterns: string[] = [];
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('never_file')
			.select('pattern')
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.orderBy('pattern')
			.execute();
		patterns.push(...rows.map(({ pattern }) => pattern));
	}
	return patterns;
}

/** The domains of all parties of the site, when a pattern asks for a domain: one look into the index a domain, however many
 *  mails each has. */
async function domainsOf(
	{ db, siteId }: SiteTables,
	entries: readonly { pattern: string }[],
): Promise<string[]> {
	if (!entries.some(({ pattern }) => !pattern.includes('@'))) return [];
	const { rows } = await sql<{ domain: string }>`
		with recursive known(domain) as (
			select min(${domain}) from activity_parties where site_id = ${siteId}
			union all
			select (select min(${domain}) from activity_parties where site_id = ${siteId} and ${domain} > known.domain)
			from known where known.domain is not null
		)
		select domain from known where domain is not null`.execute(db);
	return rows.map((row) => row.domain);
}

async function countFiled(
	tables: SiteTables,
	patterns: readonly string[],
	domains: readonly string[],
): Promise<number> {
	const [only, ...others] = conditionsFor(patterns, domains);
	if (!only) return 0;
	if (others.length > 0) return (await filedWith(tables, patterns, domains)).length;
	const { count } = await tables.db
		.selectFrom(filed(tables).where(only).as('found'))
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** Mails, not deleted, in which somebody on the list has part. */
async function filedWith(
	tables: SiteTables,
	patterns: readonly string[],
	domains: readonly string[],
): Promise<number[]> {
	const found = new Set<number>();
	for (const condition of conditionsFor(patterns, domains))
		for (const { activity_id } of await filed(tables).where(condition).execute())
			found.add(activity_id);
	return [...found].sort((a, b) => a - b);
}

/** Conditions on parties, each fit for one statement and one index: these addresses, or addresses in these domains. */
function conditionsFor(patterns: readonly string[], domains: readonly string[]) {
	const emails = patterns.filter((pattern) => pattern.includes('@'));
	const hosts = domains.filter((host) =>
		patterns.some((pattern) => !pattern.includes('@') && isWithin(host, pattern)),
	);
	return [
		...inPieces(emails).map((piece) => sql<SqlBool>`email in (${sql.join(piece)})`),
		...inPieces(hosts).map((piece) => sql<SqlBool>`${domain} in (${sql.join(piece)})`),
	];
}

function filed({ db, siteId }: SiteTables) {
	return (
		db
			.selectFrom('activity_parties')
			// The plus sign keeps SQLite from walking through all mails to have them in order.
			.select(sql<number>`+activity_id`.as('activity_id'))
			.distinct()
			.where('site_id', '=', siteId)
			.where((eb) =>
				eb.exists(
					eb
						.selectFrom('activities as a')
						.select('a.id')
						.whereRef('a.id', '=', 'activity_parties.activity_id')
						.where('a.deleted_at', 'is', null),
				),
			)
	);
}
