import type { Database } from '../db/open.ts';

/** One site's part of the database and the labels of its reasons. */
export interface ReportTables {
	db: Database;
	siteId: string;
	/** "mailbox-full" → "Mailbox full". */
	labelOfReason: (reason: string) => string;
}
