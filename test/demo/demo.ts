/** `npm run demo`: a real WordPress with the plugin, the service on SQLite, and a sample mailbox that is read. Everything is
 *  kept in .demo/; the second start goes on where the first one stopped. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { JobName, JobRun } from '../../service/contract/job.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { signed } from '../support/signed-client.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import { addSampleData } from './sample-data.ts';
import { addSampleLetters } from './sample-letters.ts';

const usual = { wordPressPort: 8881, servicePort: 8787 };

/** What one start leaves for the next. */
interface Kept {
	secret: string;
	wordPressPort: number;
	servicePort: number;
}

async function demo(): Promise<void> {
	const { values } = parseArgs({
		options: {
			reset: { type: 'boolean', default: false },
			folder: { type: 'string', default: '.demo' },
			once: { type: 'boolean', default: false },
		},
	});
	const folder = resolve(values.folder);
	if (values.reset) await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	const kept = await keptOrNew(folder);

	const maildir = join(folder, 'mail', 'Maildir');
	const office = join(folder, 'mail', 'Office');
	const config = {
		secret: kept.secret,
		databasePath: join(folder, 'return-channel.sqlite'),
		host: '127.0.0.1',
		port: kept.servicePort,
		hasClock: false,
		mailFolders: [join(folder, 'mail')],
		logLevel: 'warn',
	};
	await fillOnce(config, maildir, office);
	const service = await startService(config, openLog(config.logLevel));
	const runs = [
		await runJob('fetch_bounces', service, kept.secret),
		await runJob('process_incoming_emails', service, kept.secret),
	];
	say('Starting WordPress …');
	const wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		port: kept.wordPressPort,
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: kept.secret },
	});
	say(whereToLook(wordPress.url, runs, maildir));

	if (!values.once) await untilTold();
	say('Stopping …');
	await wordPress.stop();
	await service.stop();
}

async function keptOrNew(folder: string): Promise<Kept> {
	const file = join(folder, 'demo.json');
	if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as Kept;

	const kept: Kept = {
		secret: randomBytes(32).toString('hex'),
		wordPressPort: await freePort(usual.wordPressPort),
		servicePort: await freePort(usual.servicePort),
	};
	await writeFile(file, JSON.stringify(kept), { mode: 0o600 });
	return kept;
}

async function fillOnce(
	config: Parameters<typeof startService>[0],
	maildir: string,
	office: string,
): Promise<void> {
	const db = await openDatabase(config.databasePath);
	try {
		const sites = openSites(db, config, { log: openLog('silent') });
		if (await sites.find('1')) return;
		const site = await sites.introduce({
			id: '1',
			name: 'Return Channel demo',
			url: '',
			adminEmail: '',
		});
		const count = await addSampleData(site, maildir);
		const letters = await addSampleLetters(site, office);
		say(`${count} sample mails wait in ${maildir}, ${letters} in ${office}.`);
	} finally {
		await db.destroy();
	}
}

/** Presses "Execute Now", as the page in wp-admin does, and follows the run to its end. */
async function runJob(name: JobName, service: Service, secret: string): Promise<JobRun> {
	const call = async (method: string, path: string, body?: object) => {
		const url = `${service.url}/v1${path}`;
		const response = await fetch(url, signed(method, url, { secret, body }));
		if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
		return response.json();
	};
	let { run } = (await call('POST', `/jobs/${name}/run`, {})) as { run: JobRun };
	while (run.state === 'running') run = (await call('GET', `/runs/${run.id}`)) as JobRun;
	if (run.state !== 'done') throw new Error(`The job ${name} failed: ${run.sentence}`);
	return run;
}

function whereToLook(url: string, [bounces, letters]: JobRun[], maildir: string): string {
	const page = (slug: string) => `${url}/wp-admin/admin.php?page=return-channel${slug}`;
	return [
		'',
		`Fetch Bounces: ${bounces?.sentence}`,
		`Process Incoming Emails: ${letters?.sentence}`,
		'',
		`  Log in          ${url}/wp-login.php      user admin, password “password”`,
		`  Bounces         ${page('')}`,
		`  On hold         ${page('-on-hold')}`,
		`  Contacts        ${page('-contacts')}`,
		`  Filed mail      ${page('-activities')}`,
		`  Mail accounts   ${page('-accounts')}`,
		`  Scheduled jobs  ${page('-jobs')}`,
		'',
		`Put more mails into ${join(maildir, 'new')} and press “Execute Now” under Scheduled jobs.`,
		'Ctrl-C stops the demo; the next start goes on from here. “npm run demo -- --reset” starts over.',
	].join('\n');
}

function untilTold(): Promise<void> {
	return new Promise((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
	});
}

/** The wanted port, or any free one when somebody has it. */
function freePort(wanted: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', () =>
			wanted === 0 ? reject(new Error('No port is free.')) : resolve(freePort(0)),
		);
		server.listen(wanted, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}

function say(text: string): void {
	console.log(text);
}

demo().then(
	() => process.exit(0),
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exit(1);
	},
);
