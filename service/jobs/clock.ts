import { schedule } from 'node-cron';
import type { Log } from '../log.ts';
import type { Site } from '../site.ts';
import { runDueJobs } from './run-due-jobs.ts';
import { watchMailboxes } from './watch-mailboxes.ts';

/** Whose jobs the clock starts. */
interface SiteList {
	ids(): Promise<string[]>;
	find(id: string): Promise<Site | undefined>;
}

/** The service's own clock: once a minute it starts what is due, site by site; a failing site does not keep the others.
 *  It also keeps the connections of accounts that are read as their mail arrives.
 *  @param watch is told of the runs, so that a stop can wait for them.
 *  @returns how to stop it. */
export function startClock(
	sites: SiteList,
	{ watch, log }: { watch: (work: Promise<unknown>) => void; log: Log },
): () => Promise<void> {
	const mailboxes = watchMailboxes(sites, { watch, log });
	const lookAround = async () => {
		await startDueJobs(sites, { watch, log });
		try {
			await mailboxes.adjust();
		} catch (error) {
			log.error({ err: error }, 'Mailboxes could not be watched.');
		}
	};
	const task = schedule('* * * * *', lookAround, { noOverlap: true });
	return async () => {
		await task.destroy();
		await mailboxes.stop();
	};
}

/** Starts what is due now, site by site; a failing site does not keep the others.
 *  @param watch is told of the runs, whose end is not waited for */
export async function startDueJobs(
	sites: SiteList,
	{ watch, log }: { watch: (work: Promise<unknown>) => void; log: Log },
): Promise<void> {
	for (const id of await sites.ids()) {
		try {
			const site = await sites.find(id);
			if (!site) continue;
			const { finished } = await runDueJobs(site, 'clock');
			watch(finished);
		} catch (error) {
			log.error({ site: id, err: error }, 'The due jobs of a site could not be started.');
		}
	}
}
