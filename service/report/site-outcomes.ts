import type { Outcome, OutcomeFacets } from '../contract/activity.ts';
import type { Page } from '../contract/page.ts';
import { contains, dayAfter, startOfDay } from '../db/filters.ts';
import { inPieces } from '../db/open.ts';
import { deletedAccount, outcomesOf, withoutFingerprint } from './outcome-rows.ts';
import type { OutcomeTables } from './outcome-rows.ts';
import type { OutcomeChoice, OutcomeFilters, Outcomes, StoredOutcome } from './outcomes.ts';

/** Mails that a search for words looks at, the newest. */
const mostSearched = 100_000;

/** The ledger of one site in the service's own database. */
export function siteOutcomes(tables: OutcomeTables): Outcomes {
	const { db, siteId } = tables;
	return {
		list: (filters) => list(tables, filters),
		facets: (filters) => facets(tables, filters),
		get: async (id) => (await outcomesOf(tables, [id]))[0],
		chosen: (choice, most) => chosen(tables, choice, most),
		meant: (search, most) => meant(tables, search, most),
		countSince: (since) => countSince(tables, since),
		seenSince: (since) => seenSince(tables, since),
		firstSeenAt: async () => {
			const row = await db
				.selectFrom('journal')
				.select((eb) => eb.fn.min('at').as('at'))
				.where('site_id', '=', siteId)
				.executeTakeFirst();
			return typeof row?.at === 'number' ? new Date(row.at) : null;
		},
		purge: (before, most) => purge(tables, before, most),
	};
}

async function list(tables: OutcomeTables, filters: OutcomeFilters): Promise<Page<Outcome>> {
	const { page = 1, per_page = 20, order = 'desc' } = filters;
	const ids = await (
		await found(tables, filters)
	)
		.select('j.id')
		.orderBy('j.at', order)
		.orderBy('j.id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await (
		await found(tables, filters)
	)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	const rows = await outcomesOf(
		tables,
		ids.map(({ id }) => id),
	);
	return { rows: rows.map(withoutFingerprint), total: Number(total) };
}

/** One walk over an index counts everything; a filter leaves out of its own counts what it would hide. */
async function facets(
	tables: OutcomeTables,
	{ outcome, ignoredBecause, accountId, ...others }: OutcomeFilters,
): Promise<OutcomeFacets> {
	const rows = await (
		await found(tables, others)
	)
		.select(['j.outcome', 'j.ignored_because', 'j.account_id'])
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.groupBy(['j.outcome', 'j.ignored_because', 'j.account_id'])
		.execute();
	const names = await accountNames(tables);
	const counted: OutcomeFacets = {
		outcomes: { acted: 0, ignored: 0, failed: 0, 'set-aside': 0 },
		ignoredBecause: {},
		accounts: [],
	};
	const perAccount = new Map<number, number>();
	for (const row of rows) {
		const count = Number(row.count);
		const fits = {
			outcome: outcome === undefined || row.outcome === outcome,
			because: ignoredBecause === undefined || row.ignored_because === ignoredBecause,
			account: accountId === undefined || row.account_id === accountId,
		};
		if (fits.because && fits.account) counted.outcomes[row.outcome] += count;
		if (fits.outcome && fits.account && row.ignored_because)
			counted.ignoredBecause[row.ignored_because] =
				(counted.ignoredBecause[row.ignored_because] ?? 0) + count;
		if (fits.outcome && fits.because)
			perAccount.set(row.account_id, (perAccount.get(row.account_id) ?? 0) + count);
	}
	counted.accounts = [...perAccount]
		.map(([id, count]) => ({ id, name: names.get(id) ?? deletedAccount, count }))
		.sort((a, b) => a.name.localeCompare(b.name));
	return counted;
}

async function accountNames({ db, siteId }: OutcomeTables): Promise<Map<number, string>> {
	const rows = await db
		.selectFrom('accounts')
		.select(['id', 'name'])
		.where('site_id', '=', siteId)
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The journal entries that filters find, as `j`. */
async function found(tables: OutcomeTables, filters: OutcomeFilters) {
	const { db, siteId } = tables;
	let query = db.selectFrom('journal as j').where('j.site_id', '=', siteId);
	if (filters.accountId) query = query.where('j.account_id', '=', filters.accountId);
	if (filters.runId) query = query.where('j.run_id', '=', filters.runId);
	if (filters.outcome) query = query.where('j.outcome', '=', filters.outcome);
	if (filters.ignoredBecause) query = query.where('j.ignored_because', '=', filters.ignoredBecause);
	if (filters.kind) query = query.where('j.kind', '=', filters.kind);
	if (filters.from) query = query.where('j.at', '>=', startOfDay(filters.from));
	if (filters.until) query = query.where('j.at', '<', dayAfter(filters.until));
	if (filters.search) {
		const words = filters.search;
		const messageId = messageIdIn(words);
		const oldest = await oldestSearched(tables);
		query = query
			.where('j.at', '>=', oldest)
			.where((eb) =>
				eb.or([
					contains('j.subject', words),
					contains('j.sender', words.toLowerCase()),
					...(messageId ? [eb('j.message_id', '=', messageId)] : []),
				]),
			);
	}
	return query;
}

/** The moment from which on mails are searched for words. */
async function oldestSearched({ db, siteId }: OutcomeTables): Promise<number> {
	const row = await db
		.selectFrom('journal')
		.select('at')
		.where('site_id', '=', siteId)
		.orderBy('at', 'desc')
		.limit(1)
		.offset(mostSearched)
		.executeTakeFirst();
	return row?.at ?? 0;
}

/** "<abc@example.org>" or "abc@example.org" as the journal has it. */
function messageIdIn(search: string): string | undefined {
	return /^(?:message-id:\s*)?<?([^\s<>]+@[^\s<>]+)>?$/i.exec(search)?.[1]?.toLowerCase();
}

async function chosen(
	tables: OutcomeTables,
	choice: OutcomeChoice,
	most: number,
): Promise<StoredOutcome[]> {
	if ('ids' in choice) return outcomesOf(tables, choice.ids.slice(0, most));
	const rows = await (
		await found(tables, choice.filter)
	)
		.select('j.id')
		.orderBy('j.at', 'desc')
		.limit(most)
		.execute();
	return outcomesOf(
		tables,
		rows.map(({ id }) => id),
	);
}

async function meant(tables: OutcomeTables, search: string, most: number): Promise<Outcome[]> {
	const entries = () =>
		tables.db
			.selectFrom('journal as j')
			.select('j.id')
			.where('j.site_id', '=', tables.siteId)
			.orderBy('j.at', 'desc')
			.limit(most);
	const messageId = messageIdIn(search);
	const exact = messageId ? await entries().where('j.message_id', '=', messageId).execute() : [];
	const rows =
		exact.length > 0
			? exact
			: await (
					await found(tables, { search: messageId ?? search })
				)
					.select('j.id')
					.orderBy('j.at', 'desc')
					.limit(most)
					.execute();
	const outcomes = await outcomesOf(
		tables,
		rows.map(({ id }) => id),
	);
	return outcomes.map(withoutFingerprint);
}

async function seenSince({ db, siteId }: OutcomeTables, since: Date) {
	const rows = await db
		.selectFrom('journal')
		.select((eb) => [
			'account_id',
			eb.fn.countAll<number>().as('mails'),
			eb.fn.max('at').as('newest_at'),
		])
		.where('site_id', '=', siteId)
		.where('at', '>=', since.getTime())
		.groupBy('account_id')
		.execute();
	return new Map(
		rows.map(({ account_id, mails, newest_at }) => [
			account_id,
			{ mails: Number(mails), newestAt: new Date(Number(newest_at)) },
		]),
	);
}

async function countSince({ db, siteId }: OutcomeTables, since: Date) {
	const row = await db
		.selectFrom('journal')
		.select((eb) => [
			// A mail that lies in several mailboxes is filed once, and ignored or completed in the others.
			eb.fn
				.count<number>(eb.case().when('outcome', '=', 'acted').then(eb.ref('activity_id')).end())
				.distinct()
				.as('filed'),
			eb.fn
				.sum<number>(eb.case().when('outcome', '=', 'ignored').then(1).else(0).end())
				.as('ignored'),
			eb.fn
				.sum<number>(eb.case().when('outcome', 'in', ['failed', 'set-aside']).then(1).else(0).end())
				.as('failed'),
		])
		.where('site_id', '=', siteId)
		.where('at', '>=', since.getTime())
		.executeTakeFirstOrThrow();
	return {
		filed: Number(row.filed),
		ignored: Number(row.ignored ?? 0),
		failed: Number(row.failed ?? 0),
	};
}

async function purge({ db, siteId }: OutcomeTables, before: Date, most: number): Promise<number> {
	const rows = await db
		.selectFrom('journal as j')
		.select('j.id')
		.where('j.site_id', '=', siteId)
		.where('j.at', '<', before.getTime())
		.where('j.outcome', '!=', 'failed')
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('raw_mails as r')
						.select('r.fingerprint')
						.whereRef('r.site_id', '=', 'j.site_id')
						.whereRef('r.fingerprint', '=', 'j.fingerprint'),
				),
			),
		)
		.limit(most)
		.execute();
	for (const piece of inPieces(rows.map(({ id }) => id)))
		await db.deleteFrom('journal').where('site_id', '=', siteId).where('id', 'in', piece).execute();
	return rows.length;
}
