import { ServiceError } from '../errors.ts';
import { processMailbox } from '../process-mailbox.ts';
import type { Site } from '../site.ts';
import type { RunContext } from './job-book.ts';

/** The job Fetch Bounces: reads the site's bounce mailbox to its end. */
export async function fetchBounces(site: Site, context: RunContext): Promise<string> {
	const account = await site.accounts.bounceAccount();
	if (!account) {
		return 'There is no active mail account for bounces yet, so nothing was read. Add one under Mail accounts.';
	}

	try {
		const store = await site.openMailbox(await site.accounts.mailboxAddress(account.id));
		try {
			const sentence = await processMailbox(store, account, site, context);
			await noteReading(null);
			return sentence;
		} finally {
			await store.close();
		}
	} catch (error) {
		if (error instanceof ServiceError) await noteReading(error.message);
		throw error;
	}

	function noteReading(problem: string | null) {
		return context.isDryRun
			? undefined
			: site.accounts.noteReading(account!.id, site.now(), problem);
	}
}
