import { inPieces } from '../db/open.ts';
import type { EarlierOutcome, JournalEntry } from './report.ts';
import type { ReportTables } from './site-report.ts';

/** See `Report.earlierOutcomes`. */
export async function earlierOutcomes(
	{ db, siteId }: ReportTables,
	accountId: number,
	fingerprints: readonly string[],
): Promise<Map<string, EarlierOutcome>> {
	const outcomes = new Map<string, EarlierOutcome>();
	for (const piece of inPieces(fingerprints)) {
		const rows = await db
			.selectFrom('journal')
			.select(['fingerprint', 'outcome', 'file_under', 'failures'])
			.where('site_id', '=', siteId)
			.where('account_id', '=', accountId)
			.where('fingerprint', 'in', piece)
			.execute();
		for (const { fingerprint, outcome, file_under, failures } of rows) {
			outcomes.set(fingerprint, { outcome, fileUnder: file_under, failures });
		}
	}
	return outcomes;
}

/** See `Report.writeJournal`. */
export async function writeJournal(
	{ db, siteId }: ReportTables,
	entries: readonly JournalEntry[],
): Promise<void> {
	for (const piece of inPieces(entries)) {
		await db
			.insertInto('journal')
			.values(
				piece.map((entry) => ({
					site_id: siteId,
					account_id: entry.accountId,
					fingerprint: entry.fingerprint,
					run_id: entry.runId,
					at: entry.at.getTime(),
					kind: entry.kind,
					subject: entry.subject,
					sender: entry.sender,
					outcome: entry.outcome,
					because: entry.because,
					file_under: entry.fileUnder,
					failures: entry.failures,
					message_id: entry.messageId ?? null,
					ignored_because: entry.ignoredBecause ?? null,
					activity_id: entry.activityId ?? null,
				})),
			)
			.onConflict((conflict) =>
				conflict.columns(['site_id', 'fingerprint', 'account_id']).doUpdateSet((eb) => ({
					run_id: eb.ref('excluded.run_id'),
					at: eb.ref('excluded.at'),
					kind: eb.ref('excluded.kind'),
					outcome: eb.ref('excluded.outcome'),
					because: eb.ref('excluded.because'),
					file_under: eb.ref('excluded.file_under'),
					failures: eb.ref('excluded.failures'),
					message_id: eb.ref('excluded.message_id'),
					ignored_because: eb.ref('excluded.ignored_because'),
					activity_id: eb.ref('excluded.activity_id'),
				})),
			)
			.execute();
	}
}
