import { sql } from 'kysely';
import type { Outcome } from '../contract/activity.ts';
import { inPieces } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { StoredOutcome } from './outcomes.ts';

/** One site's part of the database. */
export interface OutcomeTables {
	db: Database;
	siteId: string;
}

/** What an account is called that is no longer there. */
export const deletedAccount = 'A deleted account';

/** Outcomes with these numbers, in their order; those that are gone are left out. */
export async function outcomesOf(
	tables: OutcomeTables,
	ids: readonly number[],
): Promise<StoredOutcome[]> {
	const { db, siteId } = tables;
	const outcomes = new Map<number, StoredOutcome>();
	for (const piece of inPieces(ids)) {
		const rows = await db
			.selectFrom('journal as j')
			.leftJoin('accounts as a', (join) =>
				join.onRef('a.id', '=', 'j.account_id').onRef('a.site_id', '=', 'j.site_id'),
			)
			.leftJoin('raw_mails as r', (join) =>
				join.onRef('r.fingerprint', '=', 'j.fingerprint').onRef('r.site_id', '=', 'j.site_id'),
			)
			.leftJoin('activities as v', (join) =>
				join
					.onRef('v.id', '=', 'j.activity_id')
					.onRef('v.site_id', '=', 'j.site_id')
					.on('v.deleted_at', 'is', null),
			)
			.select(['j.id', 'j.at', 'j.account_id', 'j.run_id', 'j.kind', 'j.subject', 'j.sender'])
			.select(['j.message_id', 'j.outcome', 'j.ignored_because', 'j.because', 'j.file_under'])
			.select(['j.failures', 'j.fingerprint', 'a.name', 'a.used_for', 'r.stored_at'])
			.select(['v.id as activity_id', sql<number>`j.activity_id is not null`.as('was_filed')])
			.where('j.site_id', '=', siteId)
			.where('j.id', 'in', piece)
			.execute();
		const bounceIds = await bouncesOf(
			tables,
			rows.map(({ fingerprint }) => fingerprint),
		);
		for (const row of rows)
			outcomes.set(row.id, {
				id: row.id,
				at: new Date(row.at).toISOString(),
				accountId: row.account_id,
				accountName: row.name ?? deletedAccount,
				usedFor: row.used_for ?? (row.was_filed ? 'activities' : 'bounces'),
				runId: row.run_id,
				kind: row.kind,
				subject: row.subject,
				sender: row.sender,
				messageId: row.message_id,
				outcome: row.outcome,
				ignoredBecause: row.ignored_because,
				sentence: row.because,
				fileUnder: row.file_under,
				failures: row.failures,
				activityId: row.activity_id,
				bounceIds: bounceIds.get(`${row.account_id} ${row.fingerprint}`) ?? [],
				hasRaw: row.stored_at !== null,
				fingerprint: row.fingerprint,
			});
	}
	return ids.flatMap((id) => outcomes.get(id) ?? []);
}

async function bouncesOf(
	{ db, siteId }: OutcomeTables,
	fingerprints: readonly string[],
): Promise<Map<string, number[]>> {
	const found = new Map<string, number[]>();
	if (fingerprints.length === 0) return found;
	const rows = await db
		.selectFrom('bounces')
		.select(['id', 'account_id', 'fingerprint'])
		.where('site_id', '=', siteId)
		.where('fingerprint', 'in', [...fingerprints])
		.where('deleted_at', 'is', null)
		.orderBy('position')
		.execute();
	for (const { id, account_id, fingerprint } of rows) {
		const key = `${account_id} ${fingerprint}`;
		found.set(key, [...(found.get(key) ?? []), id]);
	}
	return found;
}

/** As it goes over the wire. */
export function withoutFingerprint({ fingerprint: _, ...outcome }: StoredOutcome): Outcome {
	return outcome;
}
