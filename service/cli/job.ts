import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { jobNames } from '../contract/job.ts';
import { openDatabase } from '../db/open.ts';
import { runJob } from '../jobs/run-job.ts';
import { openLog } from '../log.ts';
import { openSites } from '../sites.ts';
import type { Out } from './out.ts';

/** `return-channel job run NAME --site ID [--dry-run]`: runs a job now, with the service running or not, and waits.
 *  @returns 0 when it is done, 1 when it failed, 2 for wrong words, 3 when another run of it is going on. */
export async function jobRunCommand(argv: string[], out: Out): Promise<number> {
	const { values, positionals } = parseArgs({
		args: argv,
		allowPositionals: true,
		options: {
			site: { type: 'string', default: '1' },
			'dry-run': { type: 'boolean', default: false },
		},
	});
	const name = jobNames.find((known) => known === positionals[0]);
	if (!name) {
		out.complain(`Name one of the jobs: ${jobNames.join(', ')}.`);
		return 2;
	}

	const config = readConfig(process.env);
	const db = await openDatabase(config.databasePath);
	try {
		const site = await openSites(db, config, { log: openLog('silent') }).find(values.site);
		if (!site) {
			out.complain(`There is no site ${values.site} in ${config.databasePath}.`);
			return 2;
		}
		const { run, isOurs, sentence } = await runJob(site, name, {
			trigger: 'command-line',
			isDryRun: values['dry-run'],
		});
		out.write(isOurs ? run.sentence : sentence);
		if (!isOurs) return 3;
		return run.state === 'done' ? 0 : 1;
	} finally {
		await db.destroy();
	}
}
