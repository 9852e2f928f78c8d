import type { JobName, RunStarted } from '../contract/job.ts';
import { ServiceError } from '../errors.ts';
import type { RunParameters } from '../jobs/job-book.ts';
import { jobList } from '../jobs/job-list.ts';
import { startJob } from '../jobs/run-job.ts';
import type { Site } from '../site.ts';

/** Whether a job may be started by hand (requirement E6). */
export async function mayRunByHand(site: Site, name: JobName): Promise<boolean> {
	return name !== 'apply_bounce_rules' || (await site.rules.settings()).manualProcessing;
}

/** Starts a job because somebody asked for it, and notes who did.
 *  @throws ServiceError not-allowed when the site's settings leave the job to the clock. */
export async function startByHand(
	site: Site,
	name: JobName,
	{
		who,
		isDryRun,
		parameters = {},
		watch,
	}: {
		who: string;
		isDryRun: boolean;
		parameters?: RunParameters;
		watch: (work: Promise<unknown>) => void;
	},
): Promise<RunStarted> {
	const { label } = jobList[name];
	if (!(await mayRunByHand(site, name))) {
		throw new ServiceError(
			'not-allowed',
			`${label} is not started by hand on this site: processing by hand is switched off in the settings of the rules.`,
			{ problem: 'by-hand-off' },
		);
	}
	const { run, isOurs, sentence, finished } = await startJob(site, name, {
		trigger: 'by-hand',
		isDryRun,
		parameters,
	});
	watch(finished);
	if (isOurs) await site.audit.note(who, `Started the job ${label}.`, site.now());
	return { run, isOurs, sentence };
}
