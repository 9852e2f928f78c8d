import { ServiceError } from '../../errors.ts';
import { runDueJobs } from '../../jobs/run-due-jobs.ts';
import { jobList } from '../../jobs/job-list.ts';
import { startJob } from '../../jobs/run-job.ts';
import type { HandlersOf } from './handlers.ts';

type JobRoutes = 'listJobs' | 'changeJob' | 'runJob' | 'listRuns' | 'getRun' | 'runDueJobs';

export const jobHandlers: HandlersOf<JobRoutes> = {
	listJobs: async ({ site }) => {
		const rows = await site.jobs.list(site.now());
		return { rows, total: rows.length };
	},

	changeJob: async ({ site, caller }, { name, ...change }) => {
		await site.jobs.change(name, change);
		const state = change.isEnabled ? `enabled, ${change.frequency}` : 'disabled';
		await site.audit.note(
			caller.userName,
			`Set the job ${jobList[name].label} to: ${state}.`,
			site.now(),
		);
		const job = (await site.jobs.list(site.now())).find((one) => one.name === name);
		if (!job) throw new Error(`The job ${name} is gone.`);
		return job;
	},

	runJob: async ({ site, caller, watch }, { name, dryRun }) => {
		const { run, isOurs, sentence, finished } = await startJob(site, name, {
			trigger: 'by-hand',
			isDryRun: dryRun,
		});
		watch(finished);
		if (isOurs)
			await site.audit.note(caller.userName, `Started the job ${jobList[name].label}.`, site.now());
		return { run, isOurs, sentence };
	},

	listRuns: ({ site }, filters) => site.jobs.runs(filters),

	getRun: async ({ site }, { id }) => {
		const run = await site.jobs.run(id);
		if (!run)
			throw new ServiceError(
				'not-found',
				'There is no such run; old ones are deleted after a year.',
			);
		return run;
	},

	runDueJobs: async ({ site, watch }) => {
		const { started, finished } = await runDueJobs(site, 'wp-cron');
		watch(finished);
		const count = started.length;
		return {
			started,
			sentence: count === 1 ? '1 job was started.' : `${count} jobs were started.`,
		};
	},
};
