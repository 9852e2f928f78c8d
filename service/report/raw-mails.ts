import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RawMail } from '../contract/bounce.ts';
import { insertRows } from '../db/insert-rows.ts';
import type { Cut } from '../messages/skeleton.ts';
import type { KeptMail, NewRawMail } from './report.ts';
import type { ReportTables } from './report-tables.ts';

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
	await insertRows(
		db,
		'raw_mails',
		mails.map((mail) => ({
			site_id: siteId,
			fingerprint: mail.fingerprint,
			bytes: mail.deflated,
			size_bytes: mail.sizeBytes,
			is_truncated: mail.isTruncated ? 1 : 0,
			stored_at: mail.storedAt.getTime(),
		})),
		'on conflict (site_id, fingerprint) do nothing',
	);
	const cuts = mails.flatMap(({ fingerprint, cuts: own = [] }) =>
		own.map((cut, position) => ({
			site_id: siteId,
			fingerprint,
			position,
			starts_at: cut.startsAt,
			sha256: cut.sha256,
			size_bytes: cut.sizeBytes,
			encoding: cut.encoding,
			line_length: cut.lineLength,
			line_end: cut.lineEnd,
		})),
	);
	await insertRows(
		db,
		'raw_mail_cuts',
		cuts,
		'on conflict (site_id, fingerprint, position) do nothing',
	);
}

/** See `Report.keptMail`. */
export async function keptMail(
	{ db, siteId }: ReportTables,
	fingerprint: string,
): Promise<KeptMail | undefined> {
	const row = await db
		.selectFrom('raw_mails')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('fingerprint', '=', fingerprint)
		.executeTakeFirst();
	if (!row) return undefined;
	const cuts = await db
		.selectFrom('raw_mail_cuts')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('fingerprint', '=', fingerprint)
		.orderBy('position')
		.execute();
	return {
		bytes: inflateRawSync(row.bytes),
		cuts: cuts.map((cut): Cut => ({
			startsAt: cut.starts_at,
			sha256: cut.sha256,
			sizeBytes: cut.size_bytes,
			encoding: cut.encoding,
			lineLength: cut.line_length,
			lineEnd: cut.line_end,
		})),
		sizeBytes: row.size_bytes,
		isTruncated: row.is_truncated === 1,
		storedAt: new Date(row.stored_at),
	};
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

/** See `Report.purgeRawMails`. Some at a time, so that nobody waits for the database long. */
export async function purgeRawMails({ db, siteId }: ReportTables, before: Date): Promise<number> {
	let purged = 0;
	for (;;) {
		const rows = await db
			.selectFrom('raw_mails')
			.select('fingerprint')
			.where('site_id', '=', siteId)
			.where('stored_at', '<', before.getTime())
			.limit(200)
			.execute();
		if (rows.length === 0) return purged;
		await db
			.deleteFrom('raw_mails')
			.where('site_id', '=', siteId)
			.where(
				'fingerprint',
				'in',
				rows.map(({ fingerprint }) => fingerprint),
			)
			.execute();
		purged += rows.length;
	}
}
