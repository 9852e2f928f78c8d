/** One measured run as a process of its own, so that its processor time and memory are nobody else's.
 *  Arguments: "store" and a mailbox address as JSON, or "whole" and a database file with a site "1" in it.
 *  Prints what it measured as JSON. */
import { readFileSync, writeSync } from 'node:fs';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';

export interface Measured {
	mails: number;
	seconds: number;
	cpuSeconds: number;
	peakMegabytes: number;
	sentence: string;
}

const [what, argument = ''] = process.argv.slice(2);
const work =
	what === 'whole' ? await prepareWholeRun(argument) : await prepareStoreRun(JSON.parse(argument));

const startedAt = performance.now();
const before = process.cpuUsage();
const { mails, sentence } = await work();
const { user, system } = process.cpuUsage(before);
const measured: Measured = {
	mails,
	seconds: (performance.now() - startedAt) / 1000,
	cpuSeconds: (user + system) / 1e6,
	peakMegabytes: peakMegabytes(),
	sentence,
};
writeSync(1, JSON.stringify(measured));
process.exit(0);

/** Linux's own count for this program; getrusage would count the memory of the process that started it too. */
function peakMegabytes(): number {
	const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}

type Work = () => Promise<{ mails: number; sentence: string }>;

/** Only what the mail store does: read every mail, move it. */
async function prepareStoreRun(address: MailboxAddress): Promise<Work> {
	const { openMailbox } = await import('../../service/mailboxes/open-mailbox.ts');
	const { rememberedMails } = await import('../mailboxes/remembered-mails.ts');
	// Deletes, where there are no folders to move into.
	const leaving = { deletes: { processed: true, ignored: true }, seen: rememberedMails() };
	return async () => {
		const store = await openMailbox({ ...address, leaving });
		let mails = 0;
		let filing = Promise.resolve();
		for await (const window of store.windows()) {
			mails += window.length;
			await filing;
			filing = store.file(window, 'processed');
		}
		await filing;
		await store.close();
		return { mails, sentence: '' };
	};
}

/** The job Fetch Bounces as the service runs it. */
async function prepareWholeRun(database: string): Promise<Work> {
	const { openDatabase } = await import('../../service/db/open.ts');
	const { runJob } = await import('../../service/jobs/run-job.ts');
	const { openLog } = await import('../../service/log.ts');
	const { openSites } = await import('../../service/sites.ts');
	const { testSecret } = await import('../support/a-mailing.ts');
	const db = await openDatabase(database);
	const config = { secret: testSecret, mailFolders: [] };
	const site = await openSites(db, config, { log: openLog('silent') }).find('1');
	return async () => {
		const { run } = await runJob(site!, 'fetch_bounces', { trigger: 'command-line' });
		if (run.state !== 'done') throw new Error(`The run is ${run.state}: ${run.sentence}`);
		await db.destroy();
		return { mails: run.done, sentence: run.sentence };
	};
}
