import { inPieces } from '../../../db/open.ts';
import type {
	FiledBefore,
	KnownContact,
	KnownForFiling,
	WantedForFiling,
} from '../../filing-book.ts';
import type { SiteTables } from '../site-tables.ts';

/** See `FilingBook.lookUp`. */
export async function lookUp(tables: SiteTables, wanted: WantedForFiling): Promise<KnownForFiling> {
	return {
		contacts: await contactsWith(tables, wanted.emails),
		neverFile: await neverFileAmong(tables, wanted.neverFilePatterns),
		activities: await filedBefore(tables, wanted),
	};
}

async function contactsWith(
	{ db, siteId }: SiteTables,
	emails: readonly string[],
): Promise<KnownContact[]> {
	const found: KnownContact[] = [];
	for (const piece of inPieces(emails)) {
		const rows = await db
			.selectFrom('addresses as a')
			.innerJoin('contacts as c', (join) =>
				join.onRef('c.id', '=', 'a.contact_id').onRef('c.site_id', '=', 'a.site_id'),
			)
			.select(['a.email_key', 'a.is_primary', 'c.id', 'c.kind', 'c.display_name'])
			.select(['c.deleted_at', 'c.merged_into'])
			.where('a.site_id', '=', siteId)
			.where('a.email_key', 'in', piece)
			.execute();
		for (const row of rows) {
			if (row.deleted_at !== null || row.merged_into !== null) continue;
			found.push({
				email: row.email_key,
				contactId: row.id,
				kind: row.kind,
				name: row.display_name,
				isPrimary: row.is_primary === 1,
			});
		}
	}
	return found;
}

async function neverFileAmong(
	{ db, siteId }: SiteTables,
	patterns: readonly string[],
): Promise<string[]> {
	// Most sites have no list, and a window of mails has hundreds of patterns.
	const any = await db
		.selectFrom('never_file')
		.select('id')
		.where('site_id', '=', siteId)
		.limit(1)
		.executeTakeFirst();
	if (!any) return [];
	const found: string[] = [];
	for (const piece of inPieces(patterns)) {
		const rows = await db
			.selectFrom('never_file')
			.select('pattern')
			.where('site_id', '=', siteId)
			.where('pattern', 'in', piece)
			.execute();
		found.push(...rows.map(({ pattern }) => pattern));
	}
	return found;
}

async function filedBefore(
	tables: SiteTables,
	{ messageIds, fingerprints }: WantedForFiling,
): Promise<FiledBefore[]> {
	const rows = new Map<number, Omit<FiledBefore, 'parties'>>();
	for (const [column, values] of [
		['message_id', messageIds],
		['fingerprint', fingerprints],
	] as const) {
		for (const piece of inPieces(values)) {
			for (const row of await activitiesWhere(tables, column, piece)) rows.set(row.activityId, row);
		}
	}
	const parties = await partiesOf(tables, [...rows.keys()]);
	return [...rows.values()].map((row) => ({
		...row,
		parties: parties.filter(({ activityId }) => activityId === row.activityId),
	}));
}

async function activitiesWhere(
	{ db, siteId }: SiteTables,
	column: 'message_id' | 'fingerprint',
	values: readonly string[],
): Promise<Omit<FiledBefore, 'parties'>[]> {
	const rows = await db
		.selectFrom('activities')
		.select(['id', 'account_id', 'message_id', 'fingerprint', 'subject', 'occurred_at'])
		.select('deleted_at')
		.where('site_id', '=', siteId)
		.where(column, 'in', values)
		.execute();
	// Asked here and not there: SQLite would look through all that are not deleted instead of for the few that are wanted.
	const present = rows.filter(({ deleted_at }) => deleted_at === null);
	return present.map((row) => ({
		activityId: row.id,
		accountId: row.account_id,
		messageId: row.message_id,
		fingerprint: row.fingerprint,
		subject: row.subject,
		occurredAt: new Date(row.occurred_at),
	}));
}

async function partiesOf({ db, siteId }: SiteTables, activityIds: readonly number[]) {
	const found = [];
	for (const piece of inPieces(activityIds)) {
		const rows = await db
			.selectFrom('activity_parties')
			.select(['activity_id', 'contact_id', 'role'])
			.where('site_id', '=', siteId)
			.where('activity_id', 'in', piece)
			.execute();
		for (const row of rows)
			found.push({ activityId: row.activity_id, contactId: row.contact_id, role: row.role });
	}
	return found;
}
