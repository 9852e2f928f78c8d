import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../service/db/open.ts';
import type { Database } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { Service } from '../../service/main.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import { anActivityAccount } from './a-filing-site.ts';
import { testSecret } from './a-mailing.ts';
import { startTestService } from './a-service.ts';
import { maildirOnDisk } from './maildir-on-disk.ts';
import { signed } from './signed-client.ts';
import type { SignedRequestOptions } from './signed-client.ts';

/** A service that answers over HTTP, and mail that comes in for its sites. */
export interface MailRoom {
	service: Service;
	db: Database;
	/** Asks the service as WordPress does; site 1 unless told. JSON where it is JSON, else the bytes. */
	send(
		method: string,
		path: string,
		options?: Partial<SignedRequestOptions>,
	): Promise<{ status: number; headers: Headers; json: any; bytes: Buffer }>;
	/** A site of the same database, as it is now. */
	site(id?: string): Promise<Site>;
	/** Delivers mails to a site's account "Office" and runs Process Incoming Emails. @returns the run's sentence. */
	file(mails: readonly Buffer[], siteId?: string): Promise<string>;
	close(): Promise<void>;
}

export async function openMailRoom(): Promise<MailRoom> {
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
		site,
		send: async (method, path, options = {}) => {
			const url = `${service.url}/v1${path}`;
			const response = await fetch(url, signed(method, url, { secret: testSecret, ...options }));
			const bytes = Buffer.from(await response.arrayBuffer());
			const isJson = response.headers.get('content-type')?.includes('application/json');
			const json: unknown = isJson ? JSON.parse(bytes.toString('utf8')) : undefined;
			return { status: response.status, headers: response.headers, json, bytes };
		},
		file: async (mails, siteId = '1') => {
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
