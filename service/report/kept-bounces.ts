import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { inPieces } from '../db/open.ts';
import { bounces, toSummary, withSummary } from './bounce-list.ts';
import type { CaughtBounce, KeptBounce, KeptBounces } from './report.ts';
import type { ReportTables } from './report-tables.ts';

const inflate = promisify(inflateRaw);

/** See `Report.keptBounces`. */
export async function keptBounces(
	tables: ReportTables,
	{ ids, before, after, limit }: KeptBounces,
): Promise<KeptBounce[]> {
	let query = judgeable(tables);
	if (ids) query = query.where('b.id', 'in', [...ids]);
	if (before !== undefined) query = query.where('b.id', '<', before);
	if (after !== undefined) query = query.where('b.id', '>', after);
	const rows = await withSummary(query)
		.innerJoin('raw_mails as r', (join) =>
			join.onRef('r.fingerprint', '=', 'b.fingerprint').onRef('r.site_id', '=', 'b.site_id'),
		)
		.select([
			'b.diagnostic',
			'b.evidence',
			'b.rule_id',
			'b.rule_revision',
			'b.fingerprint',
			'r.bytes',
			'r.size_bytes',
		])
		.select((eb) =>
			eb
				.selectFrom('bounces as other')
				.select((inner) => inner.fn.countAll<number>().as('n'))
				.whereRef('other.site_id', '=', 'b.site_id')
				.whereRef('other.fingerprint', '=', 'b.fingerprint')
				.whereRef('other.account_id', '=', 'b.account_id')
				.as('in_mail'),
		)
		.orderBy('b.id', after === undefined ? 'desc' : 'asc')
		.limit(limit)
		.execute();
	const mails = new Map<string, Promise<KeptBounce['mail']>>();
	for (const { fingerprint, bytes, size_bytes } of rows) {
		if (!mails.has(fingerprint)) mails.set(fingerprint, opened(bytes, size_bytes));
	}
	return Promise.all(
		rows.map(async (row) => ({
			bounce: toSummary(row, tables),
			diagnostic: row.diagnostic,
			evidence: row.evidence,
			isOnly: Number(row.in_mail) <= 1,
			caughtBy:
				row.rule_id === null ? null : { ruleId: row.rule_id, revision: row.rule_revision ?? 0 },
			mail: await mails.get(row.fingerprint)!,
		})),
	);
}

async function opened(bytes: Uint8Array, sizeBytes: number): Promise<KeptBounce['mail']> {
	return { bytes: await inflate(bytes), sizeBytes };
}

/** See `Report.countKeptBounces`. */
export async function countKeptBounces(tables: ReportTables): Promise<number> {
	const { total } = await judgeable(tables)
		.innerJoin('raw_mails as r', (join) =>
			join.onRef('r.fingerprint', '=', 'b.fingerprint').onRef('r.site_id', '=', 'b.site_id'),
		)
		.select((eb) => eb.fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	return Number(total);
}

/** See `Report.noteCaught`. */
export async function noteCaught(
	{ db, siteId }: ReportTables,
	caught: readonly CaughtBounce[],
): Promise<void> {
	const byRule = new Map<string, CaughtBounce[]>();
	for (const one of caught) {
		const key = `${one.ruleId} ${one.revision}`;
		byRule.set(key, [...(byRule.get(key) ?? []), one]);
	}
	for (const group of byRule.values()) {
		const [{ ruleId, revision } = { ruleId: 0, revision: 0 }] = group;
		for (const piece of inPieces(group.map(({ bounceId }) => bounceId))) {
			await db
				.updateTable('bounces')
				.set({ rule_id: ruleId, rule_revision: revision })
				.where('site_id', '=', siteId)
				.where('id', 'in', piece)
				.execute();
		}
	}
}

/** See `Report.deletedAmong`. */
export async function deletedAmong(
	{ db, siteId }: ReportTables,
	ids: readonly number[],
): Promise<Set<number>> {
	const found = new Set<number>();
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('bounces')
			.select('id')
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.where('deleted_at', 'is not', null)
			.execute();
		for (const { id } of rows) found.add(id);
	}
	return found;
}

/** See `Report.setBouncesDeleted`. */
export async function setBouncesDeleted(
	{ db, siteId }: ReportTables,
	ids: readonly number[],
	deletedAt: Date | null,
): Promise<void> {
	for (const piece of inPieces(ids)) {
		await db
			.updateTable('bounces')
			.set({ deleted_at: deletedAt?.getTime() ?? null })
			.where('site_id', '=', siteId)
			.where('id', 'in', piece)
			.execute();
	}
}

/** Bounces that a rule may still look at. */
function judgeable(tables: ReportTables) {
	return bounces(tables, {}).where('b.taken_back_at', 'is', null);
}
