import type { Database } from '../db/open.ts';

/** Who changed what, in sentences (requirement K8). */
export interface AuditLog {
	note(who: string, what: string, at: Date): Promise<void>;
}

/** The audit log of one site in the service's own database. */
export function siteAuditLog({ db, siteId }: { db: Database; siteId: string }): AuditLog {
	return {
		note: async (who, what, at) => {
			await db
				.insertInto('audit')
				.values({ site_id: siteId, at: at.getTime(), who, what })
				.execute();
		},
	};
}
