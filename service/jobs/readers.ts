import type { AccountUse } from '../contract/account.ts';
import type { JobName } from '../contract/job.ts';

/** Which job reads an account. */
export const readers: Readonly<Record<AccountUse, JobName>> = {
	bounces: 'fetch_bounces',
	activities: 'process_incoming_emails',
};

/** Which accounts a job reads; undefined when it reads no mailboxes. */
export function useReadBy(job: JobName): AccountUse | undefined {
	if (job === readers.bounces) return 'bounces';
	return job === readers.activities ? 'activities' : undefined;
}
