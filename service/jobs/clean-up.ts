import type { Site } from '../site.ts';
import { counted, inARow } from '../words.ts';
import type { RunContext } from './job-book.ts';

const day = 24 * 60 * 60 * 1000;
/** How long things are kept (requirement K5). */
const rawMailsForMs = 90 * day;
const runsForMs = 365 * day;

/** The job Clean Up. */
export async function cleanUp(site: Site, { isDryRun }: RunContext): Promise<string> {
	if (isDryRun) return 'A dry run of Clean Up deletes nothing.';
	const now = site.now().getTime();
	const mails = await site.report.purgeRawMails(new Date(now - rawMailsForMs));
	const runs = await site.jobs.purgeRuns(new Date(now - runsForMs));
	await site.reprocessings.purge(new Date(now - runsForMs));
	if (mails + runs === 0) return 'Nothing was old enough to be deleted.';
	const what = [counted(mails, 'raw mail', 'raw mails'), counted(runs, 'old run', 'old runs')];
	return `${inARow(what)} ${mails + runs === 1 ? 'was' : 'were'} deleted.`;
}
