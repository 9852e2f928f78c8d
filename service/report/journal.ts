import { insertRows } from '../db/insert-rows.ts';
import { inPieces } from '../db/open.ts';
import type { EarlierOutcome, JournalEntry } from './report.ts';
import type { ReportTables } from './report-tables.ts';

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
	await insertRows(
		db,
		'journal',
		entries.map((entry) => ({
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
		writtenAnew,
	);
}

/** What is said of a mail that the journal knows. */
const writtenAnew = `on conflict (site_id, fingerprint, account_id) do update set ${[
	'run_id',
	'at',
	'kind',
	'outcome',
	'because',
	'file_under',
	'failures',
	'message_id',
	'ignored_because',
	'activity_id',
]
	.map((column) => `${column} = excluded.${column}`)
	.join(', ')}`;
