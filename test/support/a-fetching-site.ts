import { join } from 'node:path';
import { runJob } from '../../service/jobs/run-job.ts';
import type { Site } from '../../service/site.ts';
import { aMaildirAccount } from './a-maildir-account.ts';
import { aSite } from './a-site.ts';
import type { TestBench } from './a-site.ts';
import { maildirOnDisk } from './maildir-on-disk.ts';

export interface FetchingBench extends TestBench {
	/** Delivers mails and runs Fetch Bounces with the site's present settings. @returns the run's sentence. */
	fetch(...mails: (Buffer | string)[]): Promise<string>;
	/** The site with its present settings. */
	now(): Promise<Site>;
}

/** A fresh site that reads its bounces from a Maildir. */
export async function aFetchingSite(): Promise<FetchingBench> {
	const bench = await aSite();
	const path = join(bench.folder, 'Maildir');
	const inbox = maildirOnDisk(path);
	inbox.deliver();
	await bench.site.accounts.add(aMaildirAccount(path));
	const now = async () => (await bench.sites.find(bench.site.id))!;
	return {
		...bench,
		now,
		fetch: async (...mails) => {
			inbox.deliver(...mails.map((mail) => Buffer.from(mail)));
			const { run } = await runJob(await now(), 'fetch_bounces', { trigger: 'by-hand' });
			return run.sentence;
		},
	};
}
