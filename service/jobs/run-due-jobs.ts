import type { JobRun, RunTrigger } from '../contract/job.ts';
import type { Site } from '../site.ts';
import { startJob } from './run-job.ts';

/** Starts the jobs of a site that are due now.
 *  @returns the runs that were started, and a promise of the end of all of them. */
export async function runDueJobs(
	site: Site,
	trigger: RunTrigger,
): Promise<{ started: JobRun[]; finished: Promise<unknown> }> {
	const runs = [];
	for (const name of await site.jobs.due(site.now()))
		runs.push(await startJob(site, name, { trigger }));
	return {
		started: runs.filter(({ isOurs }) => isOurs).map(({ run }) => run),
		finished: Promise.all(runs.map(({ finished }) => finished)),
	};
}
