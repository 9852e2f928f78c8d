/** One measured piece of work as a process of its own, so that its processor time and memory are nobody else's.
 *  Arguments: "run" or "idle", a database with a site "1" in it, the folder it may read mailboxes in and, for a service that has
 *  worked before, the database of a site to work for first. Prints what it measured as JSON. */
import { readFileSync, writeSync } from 'node:fs';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import { testSecret } from '../support/a-mailing.ts';
import { lookWithImapflow } from './look-with-imapflow.ts';

export interface Measured {
	mails: number;
	/** Of one run. */
	seconds: number;
	/** Of one run. */
	cpuSeconds: number;
	/** What imapflow alone takes for one look into the same mailbox; only of "idle". */
	bareCpuSeconds?: number;
	peakMegabytes: number;
	sentence: string;
}

/** Runs over a mailbox where nothing is new: the first ones warm up. */
const idleRuns = { unmeasured: 5, measured: 40 };

const [what, database = '', folder = '', earlier] = process.argv.slice(2);
if (earlier !== undefined) {
	const { db, site } = await openSite(earlier);
	await fetchBounces(site);
	await db.destroy();
}
const { db, site } = await openSite(database);

if (what === 'idle') for (let n = 0; n < idleRuns.unmeasured; n++) await fetchBounces(site);
const times = what === 'idle' ? idleRuns.measured : 1;
const startedAt = performance.now();
const before = process.cpuUsage();
let run = await fetchBounces(site);
for (let n = 1; n < times; n++) run = await fetchBounces(site);
const cpuSeconds = cpuSecondsSince(before) / times;
const measured: Measured = {
	mails: run.done,
	seconds: (performance.now() - startedAt) / 1000 / times,
	cpuSeconds,
	bareCpuSeconds: what === 'idle' ? await bareLook() : undefined,
	peakMegabytes: peakMegabytes(),
	sentence: run.sentence,
};
await db.destroy();
writeSync(1, JSON.stringify(measured));
process.exit(0);

async function openSite(file: string) {
	const opened = await openDatabase(file);
	const config = { secret: testSecret, mailFolders: [folder] };
	const sites = openSites(opened, config, { log: openLog('silent') });
	return { db: opened, site: (await sites.find('1'))! };
}

/** The job Fetch Bounces as the service runs it. */
async function fetchBounces(of: Site) {
	const { run: ended } = await runJob(of, 'fetch_bounces', { trigger: 'command-line' });
	if (ended.state !== 'done') throw new Error(`The run is ${ended.state}: ${ended.sentence}`);
	return ended;
}

async function bareLook(): Promise<number> {
	const [account] = await site.accounts.list();
	const address = await site.accounts.mailboxAddress(account!.id);
	for (let n = 0; n < idleRuns.unmeasured; n++) await lookWithImapflow(address);
	const begin = process.cpuUsage();
	for (let n = 0; n < idleRuns.measured; n++) await lookWithImapflow(address);
	return cpuSecondsSince(begin) / idleRuns.measured;
}

function cpuSecondsSince(begin: NodeJS.CpuUsage): number {
	const { user, system } = process.cpuUsage(begin);
	return (user + system) / 1e6;
}

/** Linux's own count for this program; getrusage would count the memory of the process that started it too. */
function peakMegabytes(): number {
	const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
	return Number(kilobytes) / 1024;
}
