import { readsAccountsFor } from '../contract/job.ts';
import type { Job, JobName, JobRun } from '../contract/job.ts';
import { inPassing } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { JobRow } from '../db/schema.ts';
import { isDue, nextRunAfter } from './is-due.ts';
import type { Claim, JobBook } from './job-book.ts';
import { LeaseLost } from './job-book.ts';
import { jobList } from './job-list.ts';
import type { LeaseOwner } from './lease-owner.ts';
import { inWords, takePlaceOfQuietRun, toRun } from './run-rows.ts';

/** In the order of the job list. */
const allJobs = Object.keys(jobList) as JobName[];

interface JobTables {
	db: Database;
	siteId: string;
	owner: LeaseOwner;
	/** How long a run may be silent until it counts as crashed. */
	leaseMs: number;
}

/** A clock comes by every minute; WordPress's own only when somebody visits. */
const patienceMs = 30 * 60_000;

/** The jobs of one site in the service's own database. */
export function siteJobBook(tables: JobTables): JobBook {
	const { db, siteId } = tables;
	const book: JobBook = {
		list: async (now) => Promise.all((await jobRows(tables)).map((row) => toJob(row, tables, now))),
		change: async (name, { frequency, isEnabled }) => {
			await jobRows(tables);
			await db
				.updateTable('jobs')
				.set({ frequency, is_enabled: isEnabled ? 1 : 0 })
				.where('site_id', '=', siteId)
				.where('name', '=', name)
				.execute();
		},
		due: async (now) =>
			(await rowsToRun(tables))
				.filter((row) => isDue(row.frequency, dateOf(row.last_run_at), now))
				.map(({ name }) => name),
		overdueSince: (now) => overdueSince(tables, now),
		claim: (name, trigger, now, accountId) =>
			inPassing(db, (inside) => claim({ ...tables, db: inside }, name, trigger, now, accountId)),
		renew: (claimed, progress, now) =>
			inPassing(db, (inside) => renew({ ...tables, db: inside }, claimed, progress, now)),
		finish: (claimed, state, sentence, now, { isQuiet } = { isQuiet: false }) =>
			inPassing(db, (inside) =>
				finish({ ...tables, db: inside }, claimed, { state, sentence, isQuiet }, now),
			),
		note: async ({ runId }, level, sentence, now) => {
			await db
				.insertInto('run_log')
				.values({ site_id: siteId, run_id: runId, at: now.getTime(), level, sentence })
				.execute();
		},
		runs: async ({ page = 1, per_page = 20, job, search, order = 'desc' }) => {
			let query = db.selectFrom('runs').where('site_id', '=', siteId);
			if (job) query = query.where('job', '=', job);
			if (search) query = query.where('sentence', 'like', `%${search}%`);
			const rows = await query
				.selectAll()
				.orderBy('id', order)
				.limit(per_page)
				.offset((page - 1) * per_page)
				.execute();
			const { total } = await query
				.select((eb) => eb.fn.countAll<number>().as('total'))
				.executeTakeFirstOrThrow();
			return {
				rows: await Promise.all(rows.map((row) => toRun(row, tables))),
				total: Number(total),
			};
		},
		run: async (id) => {
			const row = await db
				.selectFrom('runs')
				.selectAll()
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.executeTakeFirst();
			return row && toRun(row, tables);
		},
		purgeRuns: (before) => purgeRuns(tables, before),
	};
	return book;
}

async function renew(
	{ db, siteId, leaseMs }: JobTables,
	claimed: Claim,
	progress: { done: number; total: number } | undefined,
	now: Date,
): Promise<void> {
	const { numUpdatedRows } = await db
		.updateTable('jobs')
		.set({ lease_until: now.getTime() + leaseMs })
		.where('site_id', '=', siteId)
		.where('name', '=', claimed.name)
		.where('fence', '=', claimed.fence)
		.executeTakeFirstOrThrow();
	if (numUpdatedRows === 0n) throw new LeaseLost(claimed.name);
	if (!progress) return;
	await db
		.updateTable('runs')
		.set(progress)
		.where('site_id', '=', siteId)
		.where('id', '=', claimed.runId)
		.execute();
}

async function claim(
	tables: JobTables,
	name: JobName,
	trigger: JobRun['trigger'],
	now: Date,
	accountId?: number,
): Promise<(Claim & { run: JobRun }) | { heldBy: JobRun }> {
	const { db, siteId, owner, leaseMs } = tables;
	const row = await jobRow(tables, name);

	if (row.lease_owner && row.run_id !== null) {
		const holder = await db
			.selectFrom('runs')
			.selectAll()
			.where('site_id', '=', siteId)
			.where('id', '=', row.run_id)
			.executeTakeFirst();
		if (holder && isHeld(row, owner, now)) return { heldBy: await toRun(holder, tables) };
		await markCrashed(tables, row.run_id, now);
	}

	const run = {
		site_id: siteId,
		job: name,
		triggered_by: trigger,
		state: 'running' as const,
		started_at: now.getTime(),
		ended_at: null,
		done: 0,
		total: null,
		sentence: '',
		account_id: accountId ?? null,
		quiet_times: 0,
		quiet_since: null,
	};
	const { insertId } = await db.insertInto('runs').values(run).executeTakeFirstOrThrow();
	const runId = Number(insertId);
	const fence = row.fence + 1;
	await db
		.updateTable('jobs')
		.set({
			lease_owner: owner.name,
			lease_until: now.getTime() + leaseMs,
			fence,
			run_id: runId,
			// A run for one account does not stand for the others: they are due when they were.
			...(accountId === undefined ? { last_run_at: now.getTime() } : {}),
		})
		.where('site_id', '=', siteId)
		.where('name', '=', name)
		.execute();
	return {
		name,
		runId,
		fence,
		previousRunId: row.run_id,
		run: inWords({ ...run, id: runId }, []),
	};
}

/** On a site that is new, jobs wait since it was introduced. */
async function overdueSince(tables: JobTables, now: Date): Promise<Date | undefined> {
	const { created_at } = await tables.db
		.selectFrom('sites')
		.select('created_at')
		.where('id', '=', tables.siteId)
		.executeTakeFirstOrThrow();
	const waiting = (await rowsToRun(tables))
		.filter((row) => !isHeld(row, tables.owner, now))
		.map(({ last_run_at, frequency }) => {
			const last = dateOf(last_run_at);
			return last ? nextRunAfter(last, frequency) : new Date(created_at);
		})
		.filter((due) => due.getTime() < now.getTime() - patienceMs)
		.sort((a, b) => a.getTime() - b.getTime());
	return waiting[0];
}

/** Whether somebody has the lease: heard of lately, and not known to be gone. */
function isHeld({ lease_owner, lease_until }: JobRow, owner: LeaseOwner, now: Date): boolean {
	return (
		lease_owner !== null &&
		lease_until !== null &&
		lease_until > now.getTime() &&
		owner.mayBeAlive(lease_owner)
	);
}

async function markCrashed({ db, siteId }: JobTables, runId: number, now: Date) {
	await db
		.updateTable('runs')
		.set({
			state: 'crashed',
			ended_at: now.getTime(),
			sentence:
				'The run ended without a word, so the next one took over. What it had not finished was still in the mailbox.',
		})
		.where('site_id', '=', siteId)
		.where('id', '=', runId)
		.where('state', '=', 'running')
		.execute();
}

async function finish(
	tables: JobTables,
	claimed: Claim,
	{ state, sentence, isQuiet }: { state: JobRun['state']; sentence: string; isQuiet: boolean },
	now: Date,
) {
	const { db, siteId } = tables;
	await db
		.updateTable('runs')
		.set({
			state,
			sentence,
			ended_at: now.getTime(),
			...(isQuiet ? await takePlaceOfQuietRun(tables, claimed, sentence) : {}),
		})
		.where('site_id', '=', siteId)
		.where('id', '=', claimed.runId)
		.where('state', '=', 'running')
		.execute();
	await db
		.updateTable('jobs')
		.set({ lease_owner: null, lease_until: null })
		.where('site_id', '=', siteId)
		.where('name', '=', claimed.name)
		.where('fence', '=', claimed.fence)
		.execute();
}

async function purgeRuns({ db, siteId }: JobTables, before: Date): Promise<number> {
	const old = db
		.selectFrom('runs')
		.select('id')
		.where('site_id', '=', siteId)
		.where('ended_at', '<', before.getTime());
	await db.deleteFrom('run_log').where('site_id', '=', siteId).where('run_id', 'in', old).execute();
	const { numDeletedRows } = await db
		.deleteFrom('runs')
		.where('site_id', '=', siteId)
		.where('ended_at', '<', before.getTime())
		.executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}

async function jobRow(tables: JobTables, name: JobName): Promise<JobRow> {
	const row = await tables.db
		.selectFrom('jobs')
		.selectAll()
		.where('site_id', '=', tables.siteId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row ?? (await jobRows(tables)).find((job) => job.name === name)!;
}

/** The jobs as stored; those that the job list has and the site does not are added as shipped. */
async function jobRows({ db, siteId }: JobTables): Promise<JobRow[]> {
	const select = () => db.selectFrom('jobs').selectAll().where('site_id', '=', siteId).execute();
	let rows = await select();
	const missing = allJobs.filter((name) => !rows.some((row) => row.name === name));
	if (missing.length > 0) {
		await db
			.insertInto('jobs')
			.values(
				missing.map((name) => ({
					site_id: siteId,
					name,
					frequency: jobList[name].frequency,
					is_enabled: jobList[name].isEnabled ? 1 : 0,
					last_run_at: null,
					lease_owner: null,
					lease_until: null,
					fence: 0,
					run_id: null,
				})),
			)
			.onConflict((conflict) => conflict.columns(['site_id', 'name']).doNothing())
			.execute();
		rows = await select();
	}
	return allJobs.flatMap((name) => rows.filter((row) => row.name === name));
}

async function toJob(row: JobRow, tables: JobTables, now: Date): Promise<Job> {
	const { db, siteId } = tables;
	const latest = await db
		.selectFrom('runs')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('job', '=', row.name)
		.orderBy('id', 'desc')
		.limit(2)
		.execute();
	const [newest] = latest;
	const runs = await Promise.all(latest.map((run) => toRun(run, tables)));
	const running =
		newest?.state === 'running' && isHeld(row, tables.owner, now) ? runs[0] : undefined;
	const lastRunAt = dateOf(row.last_run_at);
	const next = lastRunAt ? nextRunAfter(lastRunAt, row.frequency) : now;
	return {
		name: row.name,
		label: jobList[row.name].label,
		description: jobList[row.name].description,
		frequency: row.frequency,
		isEnabled: row.is_enabled === 1,
		lastRunAt: lastRunAt?.toISOString() ?? null,
		lastRun: (running ? runs[1] : runs[0]) ?? null,
		nextDueAt:
			row.is_enabled === 1 ? new Date(Math.max(next.getTime(), now.getTime())).toISOString() : null,
		running: running ?? null,
		byHand: true,
	};
}

/** The jobs that are switched on. Those that would read a kind of account of which there is none say so once and then wait
 *  for one. */
async function rowsToRun(tables: JobTables): Promise<JobRow[]> {
	const rows = (await jobRows(tables)).filter(({ is_enabled }) => is_enabled === 1);
	const uses = await tables.db
		.selectFrom('accounts')
		.select('used_for')
		.distinct()
		.where('site_id', '=', tables.siteId)
		.where('is_active', '=', 1)
		.execute();
	return rows.filter(({ name, last_run_at }) => {
		const use = readsAccountsFor(name);
		return (
			use === undefined || last_run_at === null || uses.some(({ used_for }) => used_for === use)
		);
	});
}

function dateOf(ms: number | null): Date | undefined {
	return ms === null ? undefined : new Date(ms);
}
