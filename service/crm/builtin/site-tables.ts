import type { Database } from '../../db/open.ts';

/** One site's part of the database; every query of this folder starts from it. */
export interface SiteTables {
	db: Database;
	siteId: string;
}
