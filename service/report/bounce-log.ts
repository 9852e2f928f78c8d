import type { Verdict } from '../contract/bounce.ts';
import { insertRows, nextId } from '../db/insert-rows.ts';
import { inPieces } from '../db/open.ts';
import { bounceKey } from './report.ts';
import type { BounceCount, NewBounce } from './report.ts';
import type { ReportTables } from './report-tables.ts';

/** See `Report.recordBounces`. The table's unique key refuses to record one twice. */
export async function recordBounces(
	{ db, siteId }: ReportTables,
	bounces: readonly NewBounce[],
): Promise<Map<string, number>> {
	if (bounces.length === 0) return new Map();
	const firstId = await nextId(db, 'bounces');
	const rows = bounces.map((bounce, at) => ({ id: firstId + at, ...toRow(siteId, bounce) }));
	await insertRows(db, 'bounces', rows);
	return new Map(rows.map((row) => [bounceKey(row.fingerprint, row.position), row.id]));
}

/** See `Report.countBounces`. */
export async function countBounces(
	{ db, siteId }: ReportTables,
	addresses: readonly { id: number; since: Date }[],
): Promise<BounceCount[]> {
	const counts: BounceCount[] = [];
	const sinceOf = new Map(addresses.map(({ id, since }) => [id, since.getTime()]));
	for (const piece of inPieces([...sinceOf.keys()])) {
		const rows = await db
			.selectFrom('bounces')
			.select(['address_id', 'type', 'recorded_at'])
			.where('site_id', '=', siteId)
			.where('address_id', 'in', piece)
			.where('counts', '=', 1)
			.where('deleted_at', 'is', null)
			.execute();
		const byKey = new Map<string, BounceCount>();
		for (const { address_id, type, recorded_at } of rows) {
			if (address_id === null || recorded_at < (sinceOf.get(address_id) ?? 0)) continue;
			const key = `${address_id} ${type}`;
			const count = byKey.get(key) ?? { addressId: address_id, type, count: 0 };
			count.count += 1;
			byKey.set(key, count);
		}
		counts.push(...byKey.values());
	}
	return counts;
}

/** See `Report.takeBackBounce`. */
export async function takeBackBounce(
	{ db, siteId }: ReportTables,
	id: number,
	because: string,
	at: Date,
): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('bounces')
		.set({ counts: 0, counting: because, taken_back_at: at.getTime() })
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.where('taken_back_at', 'is', null)
		.executeTakeFirstOrThrow();
	return numUpdatedRows > 0n;
}

function toRow(
	siteId: string,
	{ accountId, runId, fingerprint, kind, recordedAt, bounce }: NewBounce,
) {
	const { verdict } = bounce;
	return {
		site_id: siteId,
		fingerprint,
		position: bounce.position,
		account_id: accountId,
		run_id: runId,
		recorded_at: recordedAt.getTime(),
		kind,
		email: bounce.email,
		address_id: bounce.addressId,
		delivery_id: bounce.deliveryId,
		mailing_id: bounce.mailingId,
		...verdictColumns(verdict),
		trust: bounce.trust,
		matched_by: bounce.matchedBy,
		counts: bounce.counts ? 1 : 0,
		counting: bounce.counting,
		caused_hold: bounce.causedHold ? 1 : 0,
		because: bounce.because,
		taken_back_at: null,
	};
}

/** What a verdict is in the bounce log. */
export function verdictColumns(verdict: Verdict) {
	return {
		type: verdict.type,
		reason: verdict.reason,
		fault: verdict.fault,
		status: verdict.status ?? null,
		reply_code: verdict.replyCode ?? null,
		diagnostic: verdict.diagnostic ?? null,
		reporting_server: verdict.reportingServer?.slice(0, 320) ?? null,
		decided_by: verdict.decidedBy.slice(0, 320),
		evidence: verdict.evidence ?? null,
		is_recognised: verdict.isRecognised ? 1 : 0,
	};
}
