import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface WordPressOptions {
	/** Kept between starts; made when missing. */
	dir: string;
	/** Kept with the folder; without one, a free port is picked at the first start. */
	port?: number;
	isNetwork: boolean;
	/** Constants for the plugin; without them, it asks on its settings page. */
	pluginSettings?: { serviceUrl: string; secret: string };
	/** Further constants of wp-config.php. */
	constants?: Record<string, string | number | boolean>;
	/** How the plugin is activated at the first start. Default: on the network, or on the only site. */
	activate?: 'network' | 'main-site' | 'nowhere';
	/** People beside "admin"; everybody's password is "password". Default: `samplePeople`. */
	users?: SamplePerson[];
	/** Calls every site's wp-cron.php once a minute. Default: true. */
	hasCron?: boolean;
	/** "embedded" is WebAssembly and needs nothing; "native" is the system's PHP. Default: "embedded". */
	php?: 'embedded' | 'native';
}

export interface SamplePerson {
	login: string;
	email: string;
	firstName: string;
	lastName: string;
	/** A WordPress role: "subscriber", "editor", "administrator" … */
	role: string;
	/** "" is the main site; "north" and "south" are only there on a network. */
	site: '' | 'north' | 'south';
}

export const samplePeople: SamplePerson[] = [
	person('anna', 'Anna', 'Berg', 'subscriber', ''),
	person('erik', 'Erik', 'Lund', 'editor', ''),
	person('nora', 'Nora', 'Nord', 'administrator', 'north'),
	person('sami', 'Sami', 'Syd', 'administrator', 'south'),
];

export interface RunningWordPress {
	/** Without a slash at its end. */
	url: string;
	dir: string;
	/** Of the process; its children end with it. */
	pid: number;
	/** The address of a site of a network, without a slash at its end; "" is the main site. */
	siteUrl(slug: '' | 'north' | 'south'): string;
	/** Runs PHP (without `<?php`) in a site's WordPress. @returns what it printed. @throws Error when PHP fails. */
	php(code: string, slug?: '' | 'north' | 'south'): Promise<string>;
	/** Lets a site's wp-cron run now, the plugin's minute being over. */
	runCron(slug?: '' | 'north' | 'south'): Promise<void>;
	/** PHP's notices, warnings and errors since the folder was made; "" when there were none. */
	phpLog(): Promise<string>;
	stop(): Promise<void>;
}

/** What the process of a WordPress says to its parent, and what it is asked. */
export type Said =
	| { say: 'ready'; url: string }
	| { say: 'failed'; message: string }
	| { say: 'ran'; id: number; output?: string; error?: string };
export interface Asked {
	id: number;
	code: string;
	siteUrl: string;
}

const program = fileURLToPath(new URL('run-wordpress.ts', import.meta.url));

/** Starts a real WordPress with the plugin of this checkout in a process of its own, and waits until it answers.
 *  @throws Error with the reason when it can't start. */
export async function startWordPress(options: WordPressOptions): Promise<RunningWordPress> {
	const child = fork(program, [JSON.stringify(options)], {
		execArgv: ['--import', 'tsx'],
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const url = await ready(child);
	const siteUrl = (slug: string) => (slug ? `${url}/${slug}` : url);
	const php = phpIn(child);
	return {
		url,
		dir: options.dir,
		pid: child.pid ?? 0,
		siteUrl,
		php: (code, slug = '') => php(code, `${siteUrl(slug)}/`),
		runCron: async (slug = '') => {
			await php(theMinuteIsOver, `${siteUrl(slug)}/`);
			await fetch(`${siteUrl(slug)}/wp-cron.php?doing_wp_cron`);
		},
		phpLog: () => readFile(join(options.dir, 'logs', 'php.log'), 'utf8').catch(() => ''),
		stop: () => stop(child),
	};
}

/** Makes the plugin's events due, if they are scheduled at all. */
const theMinuteIsOver = `
$events = _get_cron_array();
foreach ( $events as $due_at => $hooks ) {
	foreach ( $hooks as $hook => $planned ) {
		if ( str_starts_with( $hook, 'return_channel_' ) ) {
			unset( $events[ $due_at ][ $hook ] );
			$events[1][ $hook ] = $planned;
		}
	}
}
ksort( $events );
_set_cron_array( array_filter( $events ) );
delete_transient( 'doing_cron' );`;

function ready(child: ChildProcess): Promise<string> {
	return new Promise((resolve, reject) => {
		child.once('exit', (code) =>
			reject(new Error(`WordPress ended with ${code} before it was ready.`)),
		);
		child.on('message', (said: Said) => {
			if (said.say === 'ready') resolve(said.url);
			if (said.say === 'failed') reject(new Error(said.message));
		});
	});
}

function phpIn(child: ChildProcess): (code: string, siteUrl: string) => Promise<string> {
	const waiting = new Map<number, { resolve(out: string): void; reject(error: Error): void }>();
	let last = 0;
	child.on('message', (said: Said) => {
		if (said.say !== 'ran') return;
		const asker = waiting.get(said.id);
		waiting.delete(said.id);
		if (said.error !== undefined) asker?.reject(new Error(said.error));
		else asker?.resolve(said.output ?? '');
	});
	child.once('exit', () => {
		for (const { reject } of waiting.values()) reject(new Error('WordPress has ended.'));
	});
	return (code, siteUrl) =>
		new Promise((resolve, reject) => {
			const asked: Asked = { id: ++last, code, siteUrl };
			waiting.set(asked.id, { resolve, reject });
			child.send(asked);
		});
}

async function stop(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const ended = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await ended;
}

function person(
	login: string,
	firstName: string,
	lastName: string,
	role: string,
	site: SamplePerson['site'],
): SamplePerson {
	const email = `${firstName}.${lastName}@example.org`.toLowerCase();
	return { login, email, firstName, lastName, role, site };
}
