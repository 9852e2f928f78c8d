import { randomUUID } from 'node:crypto';
import { inPieces } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { Blobs, BlobWriter } from './blobs.ts';

interface BlobTables {
	db: Database;
	siteId: string;
}

const pieceBytes = 256 * 1024;
/** Marks a content that is still coming in; no SHA-256 begins like this. */
const unfinished = 'coming ';

/** The contents of one site in the service's own database. */
export function siteBlobs(tables: BlobTables): Blobs {
	return {
		put: (contents, at) => put(tables, contents, at),
		begin: (at) => begin(tables, at),
		read: (sha256) => read(tables, sha256),
		purgeUnnamed: (before) => purgeUnnamed(tables, before),
	};
}

async function put(
	tables: BlobTables,
	contents: ReadonlyMap<string, Buffer>,
	at: Date,
): Promise<void> {
	const kept = await keptAmong(tables, [...contents.keys()]);
	for (const [sha256, bytes] of contents) {
		if (kept.has(sha256)) continue;
		await addBlob(tables, sha256, bytes.length, at);
		for (let piece = 0; piece * pieceBytes < bytes.length; piece++)
			await addPiece(
				tables,
				sha256,
				piece,
				bytes.subarray(piece * pieceBytes, (piece + 1) * pieceBytes),
			);
	}
}

async function keptAmong(
	{ db, siteId }: BlobTables,
	names: readonly string[],
): Promise<Set<string>> {
	const kept = new Set<string>();
	for (const piece of inPieces(names)) {
		const rows = await db
			.selectFrom('blobs')
			.select('sha256')
			.where('site_id', '=', siteId)
			.where('sha256', 'in', piece)
			.execute();
		for (const { sha256 } of rows) kept.add(sha256);
	}
	return kept;
}

async function addBlob({ db, siteId }: BlobTables, sha256: string, sizeBytes: number, at: Date) {
	await db
		.insertInto('blobs')
		.values({ site_id: siteId, sha256, size_bytes: sizeBytes, stored_at: at.getTime() })
		.execute();
}

async function addPiece({ db, siteId }: BlobTables, sha256: string, piece: number, bytes: Buffer) {
	await db.insertInto('blob_pieces').values({ site_id: siteId, sha256, piece, bytes }).execute();
}

async function begin(tables: BlobTables, at: Date): Promise<BlobWriter> {
	const name = unfinished + randomUUID();
	const piece = Buffer.allocUnsafeSlow(pieceBytes);
	let [filled, sizeBytes, pieces] = [0, 0, 0];
	await addBlob(tables, name, 0, at);

	const flush = async () => {
		if (filled > 0) await addPiece(tables, name, pieces++, piece.subarray(0, filled));
		filled = 0;
	};
	return {
		write: async (bytes) => {
			sizeBytes += bytes.length;
			for (let from = 0; from < bytes.length;) {
				const copied = bytes.copy(piece, filled, from);
				from += copied;
				filled += copied;
				if (filled === pieceBytes) await flush();
			}
		},
		finish: async (sha256) => {
			await flush();
			await rename(tables, name, { sha256, sizeBytes, pieces }, at);
		},
		abandon: () => remove(tables, [name]),
	};
}

async function rename(
	tables: BlobTables,
	from: string,
	{ sha256, sizeBytes, pieces }: { sha256: string; sizeBytes: number; pieces: number },
	at: Date,
) {
	const { db, siteId } = tables;
	await db.transaction().execute(async (transaction) => {
		const inside = { db: transaction, siteId };
		if ((await keptAmong(inside, [sha256])).has(sha256)) {
			await remove(inside, [from]);
			// As good as new, so that Clean Up leaves it until something names it.
			await transaction
				.updateTable('blobs')
				.set({ stored_at: at.getTime() })
				.where('site_id', '=', siteId)
				.where('sha256', '=', sha256)
				.execute();
			return;
		}
		// One by one: of all that a statement changes, SQLite keeps what was before until it ends.
		for (let piece = 0; piece < pieces; piece++)
			await transaction
				.updateTable('blob_pieces')
				.set({ sha256 })
				.where('site_id', '=', siteId)
				.where('sha256', '=', from)
				.where('piece', '=', piece)
				.execute();
		await transaction
			.updateTable('blobs')
			.set({ sha256, size_bytes: sizeBytes })
			.where('site_id', '=', siteId)
			.where('sha256', '=', from)
			.execute();
	});
}

async function remove({ db, siteId }: BlobTables, names: readonly string[]): Promise<void> {
	for (const table of ['blob_pieces', 'blobs'] as const) {
		await db.deleteFrom(table).where('site_id', '=', siteId).where('sha256', 'in', names).execute();
	}
}

async function* read({ db, siteId }: BlobTables, sha256: string): AsyncGenerator<Uint8Array> {
	if (sha256.startsWith(unfinished)) return;
	for (let piece = 0; ; piece++) {
		const row = await db
			.selectFrom('blob_pieces')
			.select('bytes')
			.where('site_id', '=', siteId)
			.where('sha256', '=', sha256)
			.where('piece', '=', piece)
			.executeTakeFirst();
		if (!row) return;
		yield row.bytes;
	}
}

async function purgeUnnamed(tables: BlobTables, before: Date): Promise<number> {
	const { db, siteId } = tables;
	await db
		.deleteFrom('raw_mail_cuts')
		.where('site_id', '=', siteId)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('raw_mails as m')
						.select('m.fingerprint')
						.whereRef('m.site_id', '=', 'raw_mail_cuts.site_id')
						.whereRef('m.fingerprint', '=', 'raw_mail_cuts.fingerprint'),
				),
			),
		)
		.execute();
	const unnamed = await db
		.selectFrom('blobs as b')
		.select('b.sha256')
		.where('b.site_id', '=', siteId)
		.where('b.stored_at', '<', before.getTime())
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('attachments as a')
						.select('a.id')
						.whereRef('a.site_id', '=', 'b.site_id')
						.whereRef('a.sha256', '=', 'b.sha256'),
				),
			),
		)
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('raw_mail_cuts as c')
						.select('c.position')
						.whereRef('c.site_id', '=', 'b.site_id')
						.whereRef('c.sha256', '=', 'b.sha256'),
				),
			),
		)
		.execute();
	for (const piece of inPieces(unnamed, 50))
		await remove(
			tables,
			piece.map(({ sha256 }) => sha256),
		);
	return unnamed.length;
}
