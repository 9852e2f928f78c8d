import type { Database } from '../db/open.ts';
import { asShipped, parseStored } from './stored-catalogue.ts';
import type { StoredCatalogue } from './stored-catalogue.ts';

/** One site's part of the database. */
export interface SettingsTables {
	db: Database;
	siteId: string;
}

const name = 'catalogue';

/** The stored catalogue as text; undefined for a site that never changed it. It holds a version, so the same text means
 *  that nothing changed, whichever process changed it. */
export async function catalogueText({ db, siteId }: SettingsTables): Promise<string | undefined> {
	const row = await db
		.selectFrom('settings')
		.select('value')
		.where('site_id', '=', siteId)
		.where('name', '=', name)
		.executeTakeFirst();
	return row?.value;
}

/** The stored catalogue. */
export async function readCatalogue(tables: SettingsTables): Promise<StoredCatalogue> {
	const text = await catalogueText(tables);
	return text === undefined ? structuredClone(asShipped) : parseStored(text);
}

/** Stores a catalogue under the next version. Call it in the transaction that read it. */
export async function writeCatalogue(
	{ db, siteId }: SettingsTables,
	catalogue: StoredCatalogue,
): Promise<StoredCatalogue> {
	const next = { ...catalogue, version: catalogue.version + 1 };
	const value = JSON.stringify(next);
	await db
		.insertInto('settings')
		.values({ site_id: siteId, name, value })
		.onConflict((conflict) => conflict.columns(['site_id', 'name']).doUpdateSet({ value }))
		.execute();
	return next;
}

/** Says that something beside the stored catalogue changed, so that every process reads it anew. */
export async function touchCatalogue(tables: SettingsTables): Promise<void> {
	await writeCatalogue(tables, await readCatalogue(tables));
}
