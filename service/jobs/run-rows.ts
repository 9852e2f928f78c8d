import type { JobRun } from '../contract/job.ts';
import type { Database } from '../db/open.ts';
import type { RunRow } from '../db/schema.ts';
import { inFigures } from '../words.ts';
import type { Claim } from './job-book.ts';

interface RunTables {
	db: Database;
	siteId: string;
}

/** Log lines of one run that are shown. */
const mostLogLines = 200;

/** A run as it is shown, with its log. */
export async function toRun(row: RunRow, { db, siteId }: RunTables): Promise<JobRun> {
	const log = await db
		.selectFrom('run_log')
		.select(['at', 'level', 'sentence'])
		.where('site_id', '=', siteId)
		.where('run_id', '=', row.id)
		.orderBy('id')
		.limit(mostLogLines)
		.execute();
	return inWords(row, log);
}

/** A run as it is shown. */
export function inWords(
	row: RunRow,
	log: (Omit<JobRun['log'][number], 'at'> & { at: number })[],
): JobRun {
	return {
		id: row.id,
		job: row.job,
		trigger: row.triggered_by,
		state: row.state,
		startedAt: new Date(row.started_at).toISOString(),
		endedAt: row.ended_at === null ? null : new Date(row.ended_at).toISOString(),
		accountId: row.account_id,
		done: row.done,
		total: row.total,
		sentence: row.sentence + howOftenQuiet(row),
		log: log.map((line) => ({ ...line, at: new Date(line.at).toISOString() })),
	};
}

function howOftenQuiet({ quiet_times, quiet_since }: RunRow): string {
	if (quiet_times < 2 || quiet_since === null) return '';
	const since = new Date(quiet_since).toISOString().slice(0, 16).replace('T', ' ');
	return ` So it was ${inFigures(quiet_times)} times since ${since} UTC.`;
}

/** A run that found nothing new takes the place of the quiet one before it that said the same.
 *  @returns for how many runs that found nothing this one stands from now on, and since when; 0 when it did find something */
export async function takePlaceOfQuietRun(
	{ db, siteId }: RunTables,
	{ runId, previousRunId }: Claim,
	sentence: string,
): Promise<{ quiet_times: number; quiet_since: number | null }> {
	const rows = await db
		.selectFrom('runs')
		.select(['id', 'done', 'sentence', 'started_at', 'account_id', 'quiet_times', 'quiet_since'])
		.where('site_id', '=', siteId)
		.where('id', 'in', [runId, previousRunId ?? runId])
		.execute();
	const run = rows.find(({ id }) => id === runId);
	const before = rows.find(({ id }) => id === previousRunId);
	if (!run || run.done > 0) return { quiet_times: 0, quiet_since: null };
	if (!before?.quiet_times || before.sentence !== sentence || before.account_id !== run.account_id)
		return { quiet_times: 1, quiet_since: run.started_at };
	await db.deleteFrom('runs').where('site_id', '=', siteId).where('id', '=', before.id).execute();
	return { quiet_times: before.quiet_times + 1, quiet_since: before.quiet_since };
}
