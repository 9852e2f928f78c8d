import { spawn } from 'node:child_process';
import { rm, symlink, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PhpRuntime } from './php-runtime.ts';
import { pluginFolder } from './site-folder.ts';

const router = fileURLToPath(new URL('router.php', import.meta.url));

/** The system's PHP (Debian: php-cli php-sqlite3 php-curl php-mbstring php-xml), with four workers at a time. */
export async function nativePhp({ dir }: { dir: string }): Promise<PhpRuntime> {
	const plugin = join(dir, 'wordpress', 'wp-content', 'plugins', 'return-channel');
	await rm(plugin, { recursive: true, force: true });
	await symlink(pluginFolder, plugin);
	const settings = [
		...['-d', 'memory_limit=256M', '-d', 'display_errors=0', '-d', 'log_errors=1'],
		...['-d', `error_log=${join(dir, 'logs', 'php.log')}`, '-d', 'xdebug.mode=off'],
	];

	const stops: (() => Promise<void>)[] = [];
	return {
		folder: dir,
		run: async (code, environment = {}) => {
			const work = await mkdtemp(join(tmpdir(), 'return-channel-php-'));
			try {
				const script = join(work, 'script.php');
				await writeFile(script, code);
				return await output([...settings, script], environment);
			} finally {
				await rm(work, { recursive: true });
			}
		},
		serve: async (url) => {
			const { host } = new URL(url);
			const server = spawn(
				'php',
				[...settings, '-S', host, '-t', join(dir, 'wordpress'), router],
				// A group of its own: the workers outlive a plain kill of the parent.
				{ detached: true, stdio: 'ignore', env: { ...process.env, PHP_CLI_SERVER_WORKERS: '4' } },
			);
			const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
			stops.push(async () => {
				if (server.pid !== undefined && server.exitCode === null) process.kill(-server.pid);
				await ended;
			});
			await untilItAnswers(url, ended);
		},
		stop: async () => {
			for (const stop of stops.splice(0)) await stop();
		},
	};
}

function output(words: string[], environment: Record<string, string>): Promise<string> {
	return new Promise((resolve, reject) => {
		const php = spawn('php', words, { env: { ...process.env, ...environment } });
		let out = '';
		let complaints = '';
		php.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
		php.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
		php.once('error', reject);
		php.once('close', (code) =>
			code === 0
				? resolve(out)
				: reject(new Error(`PHP ended with ${code}:\n${complaints || out}`)),
		);
	});
}

async function untilItAnswers(url: string, ended: Promise<void>): Promise<void> {
	let isOver = false;
	void ended.then(() => (isOver = true));
	for (const startedAt = Date.now(); Date.now() - startedAt < 10_000;) {
		if (isOver) throw new Error(`php -S could not serve ${url}. Is the port taken?`);
		try {
			await fetch(`${url}/wp-includes/images/blank.gif`);
			return;
		} catch {
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	}
	throw new Error(`php -S did not answer on ${url} within ten seconds.`);
}
