import { inPieces } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { FilingFolder, SeenMails } from '../mailboxes/mail-store.ts';

interface AccountOfSite {
	db: Database;
	siteId: string;
	accountId: number;
}

/** A UIDL has 70 characters at most (RFC 1939 §7). Some servers take more; a name beyond this is not remembered, and its
 *  mail, if it stays on the server, is looked at in every run and acted on once. */
const longestName = 160;

/** The memory of one account: which mails of its mailbox were filed before. Names are kept as hexadecimal digits, because
 *  MariaDB may take "a" and "A" for the same. */
export function seenMails({ db, siteId, accountId }: AccountOfSite): SeenMails {
	return {
		all: async () => {
			const rows = await db
				.selectFrom('seen_uidls')
				.select(['uidl_hex', 'filed_under'])
				.where('site_id', '=', siteId)
				.where('account_id', '=', accountId)
				.execute();
			return new Map(rows.map((row) => [fromHex(row.uidl_hex), row.filed_under]));
		},
		remember: (names, under) => {
			const short = names.filter((name) => name.length <= longestName);
			return inOneTransaction(db, async (inside) => {
				for (const piece of inPieces(short)) await insert(inside, piece, under);
			});
		},
		forget: (names) =>
			inOneTransaction(db, async (inside) => {
				for (const piece of inPieces(names)) {
					await inside
						.deleteFrom('seen_uidls')
						.where('site_id', '=', siteId)
						.where('account_id', '=', accountId)
						.where('uidl_hex', 'in', piece.map(toHex))
						.execute();
				}
			}),
	};

	async function insert(inside: Database, names: readonly string[], under: FilingFolder) {
		await inside
			.insertInto('seen_uidls')
			.values(
				names.map((name) => ({
					site_id: siteId,
					account_id: accountId,
					uidl_hex: toHex(name),
					filed_under: under,
				})),
			)
			.onConflict((conflict) =>
				conflict.columns(['site_id', 'account_id', 'uidl_hex']).doUpdateSet({ filed_under: under }),
			)
			.execute();
	}
}

/** Forgets all mails of an account: its mailbox is another one now, or none. */
export async function forgetSeenMails({ db, siteId, accountId }: AccountOfSite): Promise<void> {
	await db
		.deleteFrom('seen_uidls')
		.where('site_id', '=', siteId)
		.where('account_id', '=', accountId)
		.execute();
}

/** The memory of an account that is not stored: nothing was seen. */
export const nothingSeen: SeenMails = {
	all: async () => new Map(),
	remember: async () => undefined,
	forget: async () => undefined,
};

/** One commit for all: each waits for the disk. */
function inOneTransaction(db: Database, work: (db: Database) => Promise<void>): Promise<void> {
	return db.isTransaction ? work(db) : db.transaction().execute(work);
}

function toHex(name: string): string {
	return Buffer.from(name, 'latin1').toString('hex');
}

function fromHex(hex: string): string {
	return Buffer.from(hex, 'hex').toString('latin1');
}
