import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RawMail } from '../contract/bounce.ts';
import { inPieces } from '../db/open.ts';
import type { NewRawMail } from './report.ts';
import type { ReportTables } from './site-report.ts';

/** Fit for a few kilobytes at a time: most of zlib's time for a small mail goes into its tables, so they are small; and
 *  handing it to another thread costs more than the work. */
const forSmallMails = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 4096 };

/** Deflates a mail (RFC 1951). */
export function compressMail(bytes: Buffer): Buffer {
	return deflateRawSync(bytes, forSmallMails);
}

/** See `Report.keepRawMails`. */
export async function keepRawMails(
	{ db, siteId }: ReportTables,
	mails: readonly NewRawMail[],
): Promise<void> {
	for (const piece of inPieces(mails)) {
		await db
			.insertInto('raw_mails')
			.values(
				piece.map((mail) => ({
					site_id: siteId,
					fingerprint: mail.fingerprint,
					bytes: mail.deflated,
					size_bytes: mail.sizeBytes,
					is_truncated: mail.isTruncated ? 1 : 0,
					stored_at: mail.storedAt.getTime(),
				})),
			)
			.onConflict((conflict) => conflict.columns(['site_id', 'fingerprint']).doNothing())
			.execute();
	}
}

/** See `Report.rawMail`. */
export async function rawMail(
	{ db, siteId }: ReportTables,
	fingerprint: string,
): Promise<RawMail | undefined> {
	const row = await db
		.selectFrom('raw_mails')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('fingerprint', '=', fingerprint)
		.executeTakeFirst();
	if (!row) return undefined;
	const bytes = inflateRawSync(row.bytes);
	return {
		raw: bytes.toString('latin1'),
		isTruncated: row.is_truncated === 1,
		sizeBytes: row.size_bytes,
	};
}

/** See `Report.purgeRawMails`. */
export async function purgeRawMails({ db, siteId }: ReportTables, before: Date): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('raw_mails')
		.where('site_id', '=', siteId)
		.where('stored_at', '<', before.getTime())
		.executeTakeFirstOrThrow();
	return Number(numDeletedRows);
}
