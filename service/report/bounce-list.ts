import type { BounceFacets, BounceSummary } from '../contract/bounce.ts';
import type { Page } from '../contract/page.ts';
import { contains, dayAfter, startOfDay } from '../db/filters.ts';
import type { BounceFilters, StoredBounce } from './report.ts';
import type { ReportTables } from './report-tables.ts';

/** Bounces of one address that its timeline shows, the newest. */
const mostOfAnAddress = 200;

/** See `Report.listBounces`. */
export async function listBounces(
	tables: ReportTables,
	filters: BounceFilters,
): Promise<Page<BounceSummary>> {
	const { page = 1, per_page = 20, orderby = 'recordedAt', order = 'desc' } = filters;
	const column = { recordedAt: 'b.recorded_at', email: 'b.email', type: 'b.type' } as const;

	const rows = await withSummary(bounces(tables, filters))
		.orderBy(column[orderby], order)
		.orderBy('b.id', order)
		.limit(per_page)
		.offset((page - 1) * per_page)
		.execute();
	const { total } = await bounces(tables, filters)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	return { rows: rows.map((row) => toSummary(row, tables)), total: Number(total) };
}

/** See `Report.bounceFacets`: the same filters, but for the type itself. */
export async function bounceFacets(
	tables: ReportTables,
	{ type: _, ...filters }: BounceFilters,
): Promise<BounceFacets> {
	const rows = await bounces(tables, filters)
		.select(['b.type', (eb) => eb.fn.countAll<number>().as('count')])
		.select((eb) =>
			eb.fn
				.sum<number>(eb.case().when('b.is_recognised', '=', 0).then(1).else(0).end())
				.as('unrecognised'),
		)
		.groupBy('b.type')
		.orderBy('b.type')
		.execute();
	return {
		byType: rows.map(({ type, count }) => ({ type, count: Number(count) })),
		total: rows.reduce((sum, { count }) => sum + Number(count), 0),
		notRecognised: rows.reduce((sum, { unrecognised }) => sum + Number(unrecognised), 0),
	};
}

/** See `Report.bounce`. */
export async function bounce(tables: ReportTables, id: number): Promise<StoredBounce | undefined> {
	const row = await withSummary(allBounces(tables))
		.leftJoin('accounts as a', (join) =>
			join.onRef('a.id', '=', 'b.account_id').onRef('a.site_id', '=', 'b.site_id'),
		)
		.leftJoin('journal as j', (join) =>
			join
				.onRef('j.fingerprint', '=', 'b.fingerprint')
				.onRef('j.account_id', '=', 'b.account_id')
				.onRef('j.site_id', '=', 'b.site_id'),
		)
		.leftJoin('raw_mails as r', (join) =>
			join.onRef('r.fingerprint', '=', 'b.fingerprint').onRef('r.site_id', '=', 'b.site_id'),
		)
		.select([
			'b.fingerprint',
			'b.reply_code',
			'b.diagnostic',
			'b.reporting_server',
			'b.decided_by',
			'b.evidence',
			'b.because',
			'b.counting',
			'a.name as account_name',
			'j.subject',
			'r.stored_at',
		])
		.where('b.id', '=', id)
		.executeTakeFirst();
	if (!row) return undefined;

	return {
		...toSummary(row, tables),
		fingerprint: row.fingerprint,
		replyCode: row.reply_code,
		diagnostic: row.diagnostic,
		reportingServer: row.reporting_server,
		decidedBy: row.decided_by,
		evidence: row.evidence,
		because: row.because,
		countingExplained: row.counting,
		subject: row.subject,
		accountName: row.account_name,
		hasRawMail: row.stored_at !== null,
	};
}

/** See `Report.bouncesOfAddress`: oldest first. */
export async function bouncesOfAddress(
	tables: ReportTables,
	addressId: number,
): Promise<BounceSummary[]> {
	const rows = await withSummary(bounces(tables, { addressId }))
		.orderBy('b.recorded_at', 'desc')
		.orderBy('b.id', 'desc')
		.limit(mostOfAnAddress)
		.execute();
	return rows.reverse().map((row) => toSummary(row, tables));
}

/** See `Report.countAllBounces`. */
export async function countAllBounces(tables: ReportTables): Promise<number> {
	return (await bounceFacets(tables, {})).total;
}

/** Deleted ones too: somebody who undoes a rule's deed wants to see them. */
function allBounces({ db, siteId }: ReportTables) {
	return db.selectFrom('bounces as b').where('b.site_id', '=', siteId);
}

/** The bounces that filters find, as `b`. */
export function bounces(tables: ReportTables, filters: BounceFilters) {
	let query = allBounces(tables).where('b.deleted_at', 'is', null);
	if (filters.type) query = query.where('b.type', '=', filters.type);
	if (filters.reason) query = query.where('b.reason', '=', filters.reason);
	if (filters.fault) query = query.where('b.fault', '=', filters.fault);
	if (filters.trust) query = query.where('b.trust', '=', filters.trust);
	if (filters.recognised !== undefined)
		query = query.where('b.is_recognised', '=', filters.recognised ? 1 : 0);
	if (filters.addressId) query = query.where('b.address_id', '=', filters.addressId);
	if (filters.mailingId) query = query.where('b.mailing_id', '=', filters.mailingId);
	if (filters.from) query = query.where('b.recorded_at', '>=', startOfDay(filters.from));
	if (filters.until) query = query.where('b.recorded_at', '<', dayAfter(filters.until));
	if (filters.search) {
		const words = filters.search;
		query = query.where((eb) =>
			eb.or([
				contains('b.email', words.toLowerCase()),
				contains('b.diagnostic', words),
				contains('b.status', words),
			]),
		);
	}
	return query;
}

/** Joins what a summary needs. */
export function withSummary(query: ReturnType<typeof bounces>) {
	return query
		.leftJoin('addresses as ad', (join) =>
			join.onRef('ad.id', '=', 'b.address_id').onRef('ad.site_id', '=', 'b.site_id'),
		)
		.leftJoin('contacts as c', (join) =>
			join.onRef('c.id', '=', 'ad.contact_id').onRef('c.site_id', '=', 'b.site_id'),
		)
		.leftJoin('mailings as m', (join) =>
			join.onRef('m.id', '=', 'b.mailing_id').onRef('m.site_id', '=', 'b.site_id'),
		)
		.select([
			'b.id',
			'b.recorded_at',
			'b.email',
			'c.id as contact_id',
			'c.display_name',
			'b.address_id',
			'b.mailing_id',
			'm.name as mailing_name',
			'b.type',
			'b.reason',
			'b.fault',
			'b.status',
			'b.trust',
			'b.matched_by',
			'b.is_recognised',
			'b.counts',
			'b.caused_hold',
		]);
}

type SummaryRow = Awaited<ReturnType<ReturnType<typeof withSummary>['execute']>>[number];

/** A row of `withSummary` for people. */
export function toSummary(row: SummaryRow, { labelOfReason }: ReportTables): BounceSummary {
	return {
		id: row.id,
		recordedAt: new Date(row.recorded_at).toISOString(),
		email: row.email,
		contactId: row.contact_id,
		contactName: row.display_name,
		addressId: row.address_id,
		mailingId: row.mailing_id,
		mailingName: row.mailing_name,
		type: row.type,
		reason: row.reason,
		reasonLabel: labelOfReason(row.reason),
		fault: row.fault,
		status: row.status,
		trust: row.trust,
		matchedBy: row.matched_by,
		isRecognised: row.is_recognised === 1,
		countsTowardHold: row.counts === 1,
		causedHold: row.caused_hold === 1,
	};
}
