import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import { anActivityAccount } from './a-filing-site.ts';
import { testSecret } from './a-mailing.ts';
import { startTestService } from './a-service.ts';
import { maildirOnDisk } from './maildir-on-disk.ts';
import { signed } from './signed-client.ts';
import type { SignedRequestOptions } from './signed-client.ts';

export type MailRoom = Awaited<ReturnType<typeof openMailRoom>>;

/** A service that answers over HTTP, and mail that comes in for its sites. */
export async function openMailRoom() {
	const folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const service = await startTestService(folder);
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const config = { secret: testSecret, mailFolders: [folder] };
	const sites = openSites(db, config, { log: openLog('silent') });
	const site = async (id = '1') =>
		(await sites.find(id)) ??
		sites.introduce({
			id,
			name: `Site ${id}`,
			url: `https://site${id}.example.org`,
			adminEmail: '',
		});

	return {
		service,
		db,
		/** Where sites may read mailboxes. */
		folder,
		/** A site of the same database, as it is now. */
		site,
		/** Asks the service as WordPress does; site 1 unless told. `json` where the answer is JSON. */
		send: async (method: string, path: string, options: Partial<SignedRequestOptions> = {}) => {
			const url = `${service.url}/v1${path}`;
			const response = await fetch(url, signed(method, url, { secret: testSecret, ...options }));
			const bytes = Buffer.from(await response.arrayBuffer());
			const isJson = response.headers.get('content-type')?.includes('application/json');
			const { status, headers } = response;
			return { status, headers, json: isJson ? JSON.parse(bytes.toString('utf8')) : null, bytes };
		},
		/** Delivers mails to a site's account "Office" and runs Process Incoming Emails. @returns the run's sentence. */
		file: async (mails: readonly Buffer[], siteId = '1') => {
			const path = join(folder, `office-${siteId}`);
			const inbox = maildirOnDisk(path);
			const to = await site(siteId);
			inbox.deliver(...mails);
			if ((await to.accounts.list()).length === 0) await to.accounts.add(anActivityAccount(path));
			const { run } = await runJob(await site(siteId), 'process_incoming_emails', {
				trigger: 'by-hand',
			});
			return run.sentence;
		},
		close: async () => {
			await db.destroy();
			await service.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
