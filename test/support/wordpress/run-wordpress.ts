/** The process of one WordPress: `tsx run-wordpress.ts '{"dir": "/tmp/site", "isNetwork": false}'`. Prints a line when it
 *  is ready, and ends with its parent, on SIGTERM, or on Ctrl-C. */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { embeddedPhp } from './embedded-php.ts';
import { nativePhp } from './native-php.ts';
import { inWordPress } from './php-runtime.ts';
import type { PhpRuntime } from './php-runtime.ts';
import { openSiteFolder, refreshOwnFiles, saveSite, writeConstants } from './site-folder.ts';
import type { SiteFolder } from './site-folder.ts';
import { samplePeople } from './start-wordpress.ts';
import type { Asked, Said, WordPressOptions } from './start-wordpress.ts';

const cronEveryMs = 60_000;

async function main(options: WordPressOptions): Promise<void> {
	let site = await openSiteFolder(options, freePort);
	await refreshOwnFiles(site);
	const php = await (options.php === 'native' ? nativePhp(site) : embeddedPhp(site));
	await writeConstants(site, options);
	if (!site.isInstalled) site = await install(site, php, options);

	await php.serve(site.url);
	process.on('message', (asked: Asked) => void runFor(asked, php));
	if (options.hasCron ?? true) startCron(site.url);
	say({ say: 'ready', url: site.url });
	console.log(`WordPress is ready at ${site.url}`);

	await untilTold();
	await php.stop();
	process.exit(0);
}

async function install(
	site: SiteFolder,
	php: PhpRuntime,
	options: WordPressOptions,
): Promise<SiteFolder> {
	const installer = await readFile(new URL('install.php', import.meta.url), 'utf8');
	const steps = async (step: 'install' | 'furnish') => {
		const setUp = {
			root: `${php.folder}/wordpress`,
			url: site.url,
			isNetwork: site.isNetwork,
			step,
			users: options.users ?? samplePeople,
			activate: options.activate ?? 'network',
		};
		const said = await php.run(installer, { SET_UP: JSON.stringify(setUp) });
		if (!said.endsWith('done')) throw new Error(`WordPress could not be installed:\n${said}`);
	};
	await steps('install');
	const standing = { ...site, isInstalled: true };
	await writeConstants(standing, options);
	await steps('furnish');
	return saveSite(standing);
}

async function runFor({ id, code, siteUrl }: Asked, php: PhpRuntime): Promise<void> {
	try {
		say({ say: 'ran', id, output: await php.run(inWordPress(php.folder, siteUrl, code)) });
	} catch (error) {
		say({ say: 'ran', id, error: messageOf(error) });
	}
}

/** WordPress's own trigger is off: with two instances of PHP on one thread, a page should not wait for its jobs. */
function startCron(url: string): void {
	const callEverySite = async () => {
		const response = await fetch(`${url}/wp-admin/admin-ajax.php?action=test_sites`);
		for (const site of (await response.json()) as string[])
			await fetch(`${site}wp-cron.php?doing_wp_cron`);
	};
	const call = () => {
		callEverySite().catch((error: unknown) => console.error(`wp-cron: ${messageOf(error)}`));
	};
	call();
	setInterval(call, cronEveryMs);
}

function untilTold(): Promise<unknown> {
	return new Promise((resolve) => {
		for (const event of ['SIGTERM', 'SIGINT', 'disconnect'] as const) process.once(event, resolve);
	});
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

function say(said: Said): void {
	process.send?.(said);
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

main(JSON.parse(process.argv[2] ?? '{}') as WordPressOptions).catch((error: unknown) => {
	say({ say: 'failed', message: messageOf(error) });
	console.error(messageOf(error));
	process.exit(1);
});
