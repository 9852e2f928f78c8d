import type { Database } from '../db/open.ts';

/** Remembers the nonces of signed requests; `isNew` is false for one it has seen. */
export interface NonceBook {
	isNew(siteId: string, nonce: string, now: Date): Promise<boolean>;
}

/** Longer than any request lives, so that a nonce can be forgotten safely. */
const rememberedForMs = 10 * 60_000;

/** Nonces in the database, so that a request cannot be replayed to another process or after a restart. */
export function nonceBook(db: Database): NonceBook {
	let tidyAt = 0;
	return {
		isNew: async (siteId, nonce, now) => {
			if (now.getTime() >= tidyAt) {
				tidyAt = now.getTime() + rememberedForMs;
				await db
					.deleteFrom('nonces')
					.where('seen_at', '<', now.getTime() - rememberedForMs)
					.execute();
			}
			const { numInsertedOrUpdatedRows } = await db
				.insertInto('nonces')
				.values({ site_id: siteId, nonce, seen_at: now.getTime() })
				.onConflict((conflict) => conflict.columns(['site_id', 'nonce']).doNothing())
				.executeTakeFirstOrThrow();
			return (numInsertedOrUpdatedRows ?? 0n) > 0n;
		},
	};
}
