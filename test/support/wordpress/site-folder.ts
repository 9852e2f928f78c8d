import { randomBytes } from 'node:crypto';
import { constants, existsSync } from 'node:fs';
import { copyFile, link, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WordPressOptions } from './start-wordpress.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL('../../../.cache/wordpress/', import.meta.url));
const core = join(cache, 'latest', 'wordpress');

/** The plugin in this checkout. */
export const pluginFolder = fileURLToPath(new URL('../../../plugin', import.meta.url));

/** What must not change between two starts of the same WordPress. */
export interface SiteFolder {
	/** Holds `wordpress/` (the document root) and, out of the web's reach, configuration, database and logs. */
	dir: string;
	/** "http://127.0.0.1:9400"; WordPress keeps it in its database. */
	url: string;
	isNetwork: boolean;
	/** False until the installation came to its end. */
	isInstalled: boolean;
	salts: Record<string, string>;
	/** Which core the folder was filled from. */
	integrity: string;
}

/** Opens a WordPress folder, or fills a new one from `.cache/wordpress`.
 *  @param freePort asked for a port when the options name none and the folder is new.
 *  @throws Error when set-up has not run, or when the folder holds a WordPress of another address or kind. */
export async function openSiteFolder(
	options: WordPressOptions,
	freePort: () => Promise<number>,
): Promise<SiteFolder> {
	const { dir, isNetwork, port } = options;
	const integrity = await readFile(join(cache, 'integrity'), 'utf8').catch((cause: unknown) => {
		throw new Error('WordPress is not here yet: run “node test/support/set-up.mjs”.', { cause });
	});

	const known = await readSiteFile(dir);
	if (known?.isInstalled) {
		if (port !== undefined && known.url !== urlOf(port)) {
			throw new Error(`The WordPress in ${dir} is ${known.url}; it can't move to port ${port}.`);
		}
		if (known.isNetwork !== isNetwork) {
			throw new Error(`The WordPress in ${dir} is ${known.isNetwork ? 'a' : 'not a'} network.`);
		}
		if (known.integrity !== integrity) await fill(dir);
		return saveSite({ ...known, integrity });
	}
	// What an interrupted installation left is of no use.
	await rm(dir, { recursive: true, force: true });
	await fill(dir);
	return saveSite({
		dir,
		url: urlOf(port ?? (await freePort())),
		isNetwork,
		isInstalled: false,
		salts: newSalts(),
		integrity,
	});
}

/** Our own files in a folder, which may be newer than the folder. */
export async function refreshOwnFiles({ dir }: SiteFolder): Promise<void> {
	const muPlugins = join(dir, 'wordpress', 'wp-content', 'mu-plugins');
	await copyFile(join(here, 'test-site.php'), join(muPlugins, 'test-site.php'));
	await copyFile(join(here, 'wp-config.php'), join(dir, 'wp-config.php'));
}

/** Writes down what is known of a site. @returns the same. */
export async function saveSite(site: SiteFolder): Promise<SiteFolder> {
	const { dir: _, ...kept } = site;
	await writeFile(join(site.dir, 'site.json'), JSON.stringify(kept, null, '\t'));
	return site;
}

/** Writes the constants of wp-config.php: those of a network only when it stands. */
export async function writeConstants(
	site: SiteFolder,
	{ pluginSettings, constants: extra }: Pick<WordPressOptions, 'pluginSettings' | 'constants'>,
): Promise<void> {
	const network = {
		MULTISITE: true,
		SUBDOMAIN_INSTALL: false,
		DOMAIN_CURRENT_SITE: new URL(site.url).host,
		PATH_CURRENT_SITE: '/',
		SITE_ID_CURRENT_SITE: 1,
		BLOG_ID_CURRENT_SITE: 1,
	};
	const all = {
		...site.salts,
		...(site.isNetwork && site.isInstalled ? network : {}),
		...(pluginSettings && {
			RETURN_CHANNEL_SERVICE_URL: pluginSettings.serviceUrl,
			RETURN_CHANNEL_SECRET: pluginSettings.secret,
		}),
		...extra,
	};
	await writeFile(join(site.dir, 'constants.json'), JSON.stringify(all, null, '\t'));
}

async function readSiteFile(dir: string): Promise<SiteFolder | undefined> {
	const file = join(dir, 'site.json');
	if (!existsSync(file)) return undefined;
	return { ...(JSON.parse(await readFile(file, 'utf8')) as Omit<SiteFolder, 'dir'>), dir };
}

function urlOf(port: number): string {
	return `http://127.0.0.1:${port}`;
}

function newSalts(): Record<string, string> {
	const names = ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'];
	const all = names.flatMap((name) => [`${name}_KEY`, `${name}_SALT`]);
	return Object.fromEntries(all.map((name) => [name, randomBytes(32).toString('base64')]));
}

/** Puts core, one theme, the SQLite drop-in and our own files into a folder. */
async function fill(dir: string): Promise<void> {
	const root = join(dir, 'wordpress');
	const content = join(root, 'wp-content');
	await rm(root, { recursive: true, force: true });
	for (const folder of ['database', 'logs']) await mkdir(join(dir, folder), { recursive: true });

	await linkTree(core, root, (path) => !path.startsWith('wp-content'));
	await linkTree(
		join(core, 'wp-content', 'themes', 'twentytwentyfive'),
		join(content, 'themes', 'twentytwentyfive'),
	);
	await mkdir(join(content, 'plugins', 'return-channel'), { recursive: true });
	await mkdir(join(content, 'uploads'), { recursive: true });

	const sqlite = join(cache, 'sqlite-database-integration');
	await linkTree(sqlite, join(content, 'mu-plugins', 'sqlite-database-integration'));
	const dropIn = await readFile(join(sqlite, 'db.copy'), 'utf8');
	await writeFile(
		join(content, 'db.php'),
		dropIn.replace(
			"'{SQLITE_IMPLEMENTATION_FOLDER_PATH}'",
			"__DIR__ . '/mu-plugins/sqlite-database-integration'",
		),
	);
}

/** Hard links instead of copies: 3,000 files in a moment and for no space. Nothing here writes into core. */
async function linkTree(
	from: string,
	to: string,
	isWanted: (path: string) => boolean = () => true,
): Promise<void> {
	await mkdir(to, { recursive: true });
	const entries = await readdir(from, { withFileTypes: true, recursive: true });
	const wanted = entries
		.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(from.length + 1) }))
		.filter(({ path }) => isWanted(path));
	for (const { entry, path } of wanted)
		if (entry.isDirectory()) await mkdir(join(to, path), { recursive: true });
	for (const { entry, path } of wanted)
		if (entry.isFile()) await linkOrCopy(join(from, path), join(to, path));
}

async function linkOrCopy(from: string, to: string): Promise<void> {
	try {
		await link(from, to);
	} catch {
		// Another file system, or one without links.
		await copyFile(from, to, constants.COPYFILE_FICLONE);
	}
}
