import { ServiceError } from '../../errors.ts';
import { runDueJobs } from '../../jobs/run-due-jobs.ts';
import { accountsOf, countIgnored } from '../../jobs/count-ignored.ts';
import { jobList } from '../../jobs/job-list.ts';
import type { Site } from '../../site.ts';
import { attentionOf } from '../attention.ts';
import { mayRunByHand, startByHand } from '../start-by-hand.ts';
import type { HandlersOf } from './handler.ts';

type JobRoutes =
	'listJobs' | 'changeJob' | 'runJob' | 'countIgnored' | 'listRuns' | 'getRun' | 'runDueJobs';

export const jobHandlers: HandlersOf<JobRoutes> = {
	listJobs: async ({ site }) => {
		const rows = await jobsOf(site);
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
		const job = (await jobsOf(site)).find((one) => one.name === name);
		if (!job) throw new Error(`The job ${name} is gone.`);
		return job;
	},

	runJob: async ({ site, caller, watch }, { name, dryRun, ignoredAgain, accountId }) => {
		if (accountId !== undefined) await accountsOf(site, name, accountId);
		return startByHand(site, name, {
			who: caller.userName,
			isDryRun: dryRun,
			parameters: { ignoredAgain, accountId },
			watch,
		});
	},

	countIgnored: ({ site }, { name, accountId }) => countIgnored(site, name, accountId),

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
			attention: await attentionOf(site, await site.accounts.list()),
		};
	},
};

async function jobsOf(site: Site) {
	const jobs = await site.jobs.list(site.now());
	return Promise.all(
		jobs.map(async (job) => ({ ...job, byHand: await mayRunByHand(site, job.name) })),
	);
}
