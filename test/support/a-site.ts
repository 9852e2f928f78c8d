import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Database } from '../../service/db/open.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import type { Sites } from '../../service/sites.ts';
import { testSecret } from './a-mailing.ts';
import { TestClock } from './clock.ts';

export interface TestBench {
	db: Database;
	sites: Sites;
	site: Site;
	clock: TestClock;
	/** A folder of this test, gone afterwards; sites may read Maildirs below it. */
	folder: string;
}

/** A database with all its tables, to copy: making them anew takes most of a short test's time. */
let emptyDatabase: Promise<Buffer> | undefined;

async function makeEmptyDatabase(): Promise<Buffer> {
	const folder = await mkdtemp(join(tmpdir(), 'return-channel-empty-'));
	try {
		const path = join(folder, 'service.sqlite');
		await (await openDatabase(path)).destroy();
		return await readFile(path);
	} finally {
		await rm(folder, { recursive: true });
	}
}

/** A fresh site "1" on a database of its own; both are gone when the test is. */
export async function aSite(): Promise<TestBench> {
	const folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const path = join(folder, 'service.sqlite');
	await writeFile(path, await (emptyDatabase ??= makeEmptyDatabase()));
	const db = await openDatabase(path);
	onTestFinished(async () => {
		await db.destroy();
		await rm(folder, { recursive: true, force: true });
	});
	const clock = new TestClock();
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [folder], trustsLocal: true },
		{ log: openLog('silent'), now: clock.now },
	);
	const site = await sites.introduce({
		id: '1',
		name: 'Example Trust',
		url: 'https://example.org',
		adminEmail: 'admin@example.org',
	});
	return { db, sites, site, clock, folder };
}
