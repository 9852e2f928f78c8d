/** A process that runs a job and kills itself (SIGKILL: no `finally`, no flush) at a given step.
 *  Arguments: job, database file, allowed mail folder, step, which occurrence of it. Without a step it lists the steps. */
import type { JobName } from '../../service/contract/job.ts';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import { testSecret } from './a-mailing.ts';
import { deadlySite } from './deadly-site.ts';

const [job, database = '', mailFolder = '', deadlyStep, occurrence = '1'] = process.argv.slice(2);
const taken = new Map<string, number>();

const db = await openDatabase(database);
const config = { secret: testSecret, mailFolders: [mailFolder] };
const site = await openSites(db, config, { log: openLog('silent') }).find('1');
const deadly = deadlySite(site!, (step) => {
	const times = (taken.get(step) ?? 0) + 1;
	taken.set(step, times);
	if (step === deadlyStep && times === Number(occurrence)) process.kill(process.pid, 'SIGKILL');
});
const { run } = await runJob(deadly, job as JobName, { trigger: 'command-line' });
await db.destroy();
process.stdout.write(
	JSON.stringify({ state: run.state, sentence: run.sentence, steps: [...taken] }),
);
