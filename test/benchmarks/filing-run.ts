/** One measured run as a process of its own, so that its processor time and memory are nobody else's.
 *  Arguments: "bare" and the path of a Maildir, or "whole" and a database file with a site "1" in it, and the folder that it may
 *  read. Prints what it measured as JSON. */
import { readdir, readFile } from 'node:fs/promises';
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Measured } from './fetch-run.ts';

const [what, path = '', mailFolder = ''] = process.argv.slice(2);
const work = what === 'whole' ? await prepareWholeRun() : await prepareBareRun();

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

/** Linux's own count for this program. */
function peakMegabytes(): number {
	const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}

type Work = () => Promise<{ mails: number; sentence: string }>;

/** What everybody would do: read each file and give it to mailparser. Nothing is kept. */
async function prepareBareRun(): Promise<Work> {
	const { simpleParser } = await import('mailparser');
	const fast = {
		skipHtmlToText: true,
		skipTextToHtml: true,
		skipImageLinks: true,
		skipTextLinks: true,
	};
	return async () => {
		const files = await readdir(join(path, 'new'));
		for (const file of files) await simpleParser(await readFile(join(path, 'new', file)), fast);
		return { mails: files.length, sentence: '' };
	};
}

/** The job Process Incoming Emails as the service runs it. */
async function prepareWholeRun(): Promise<Work> {
	const { openDatabase } = await import('../../service/db/open.ts');
	const { runJob } = await import('../../service/jobs/run-job.ts');
	const { openLog } = await import('../../service/log.ts');
	const { openSites } = await import('../../service/sites.ts');
	const { testSecret } = await import('../support/a-mailing.ts');
	const db = await openDatabase(path);
	const config = { secret: testSecret, mailFolders: [mailFolder] };
	const site = await openSites(db, config, { log: openLog('silent') }).find('1');
	return async () => {
		const { run } = await runJob(site!, 'process_incoming_emails', { trigger: 'command-line' });
		if (run.state !== 'done') throw new Error(`The run is ${run.state}: ${run.sentence}`);
		await db.destroy();
		return { mails: run.done, sentence: run.sentence };
	};
}
