import type { JobName, RunStarted, RunTrigger } from '../contract/job.ts';
import { isStorageTrouble } from '../db/storage-trouble.ts';
import { ServiceError } from '../errors.ts';
import type { Site } from '../site.ts';
import type { Claim, RunContext, RunParameters } from './job-book.ts';
import { isByItself, LeaseLost } from './job-book.ts';
import { jobList } from './job-list.ts';

/** A third of the shortest lease, so that one late beat costs nothing. */
const heartbeatMs = 20_000;

export interface RunOptions {
	trigger: RunTrigger;
	isDryRun?: boolean;
	parameters?: RunParameters;
}

/** Starts a job, unless a run of it is going on already.
 *  @returns the run at once, and `finished`, which resolves (never rejects) when the run has ended. */
export async function startJob(
	site: Site,
	name: JobName,
	{ trigger, isDryRun = false, parameters = {} }: RunOptions,
): Promise<RunStarted & { finished: Promise<void> }> {
	const { label } = jobList[name];
	const claim = await site.jobs.claim(name, trigger, site.now(), parameters.accountId);
	if ('heldBy' in claim) {
		const since = claim.heldBy.startedAt;
		return {
			run: claim.heldBy,
			isOurs: false,
			sentence: `${label} is running already, since ${since.slice(11, 19)} UTC. It works on the same mailbox, so no second run was started.`,
			finished: Promise.resolve(),
		};
	}

	const finished = carryOut(site, claim, { trigger, isDryRun, parameters });
	return { run: claim.run, isOurs: true, sentence: `${label} was started.`, finished };
}

/** Runs a job to its end. @returns the run as it ended, or the other one that is going on. */
export async function runJob(site: Site, name: JobName, options: RunOptions): Promise<RunStarted> {
	const started = await startJob(site, name, options);
	await started.finished;
	return { ...started, run: (await site.jobs.run(started.run.id)) ?? started.run };
}

async function carryOut(
	site: Site,
	claim: Claim,
	{ trigger, isDryRun, parameters }: Pick<RunContext, 'trigger' | 'isDryRun' | 'parameters'>,
): Promise<void> {
	let hasNotes = false;
	const context: RunContext = {
		claim,
		trigger,
		isDryRun,
		parameters,
		note: (level, sentence) => {
			hasNotes = true;
			return site.jobs.note(claim, level, sentence, site.now());
		},
	};
	const heartbeat = setInterval(() => keepLease(site, claim), heartbeatMs).unref();
	try {
		const sentence = await jobList[claim.name].run(site, context);
		const isQuiet = isByItself(trigger) && !hasNotes && !isDryRun;
		await site.jobs.finish(claim, 'done', sentence, site.now(), { isQuiet });
		site.log.info({ site: site.id, job: claim.name, run: claim.runId }, sentence);
	} catch (error) {
		const sentence = explain(error);
		site.log.error({ site: site.id, job: claim.name, run: claim.runId, err: error }, sentence);
		await writeFailure(site, claim, sentence);
	} finally {
		clearInterval(heartbeat);
	}
}

/** While the database cannot be written, the run still counts as going on. Its end is written as soon as it can be, unless another
 *  run has taken over by then and says that this one ended without a word. */
async function writeFailure(site: Site, claim: Claim, sentence: string): Promise<void> {
	const endedAt = site.now();
	const write = async () => {
		await site.jobs.finish(claim, 'failed', sentence, endedAt);
		await site.jobs.note(claim, 'error', sentence, endedAt);
	};
	try {
		await write();
	} catch (error) {
		site.log.error(
			{ site: site.id, run: claim.runId, err: error },
			'The end of the run could not be written down.',
		);
		if (!isStorageTrouble(error)) return;
		const again = setInterval(() => {
			write().then(
				() => clearInterval(again),
				(further: unknown) => {
					if (!isStorageTrouble(further)) clearInterval(again);
				},
			);
		}, heartbeatMs).unref();
	}
}

/** Says that the run is alive while it waits for a slow mail server. That the lease was lost shows in the next
 *  transaction, which is where it matters. */
function keepLease(site: Site, claim: Claim): void {
	site.jobs.renew(claim, undefined, site.now()).catch((error: unknown) => {
		site.log.warn(
			{ site: site.id, job: claim.name, err: error },
			'The lease of the run could not be renewed.',
		);
	});
}

function explain(error: unknown): string {
	if (error instanceof ServiceError || error instanceof LeaseLost) return error.message;
	const detail = error instanceof Error ? error.message : String(error);
	return `The run stopped because of an error in the service: ${detail} What it had not finished is still in the mailbox; the next run goes on there.`;
}
