import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import type { ReprocessSelection } from '../contract/reprocess.ts';
import { dayAfter, startOfDay } from '../db/filters.ts';
import { inPieces } from '../db/open.ts';
import type { Database } from '../db/open.ts';
import type { BounceRow } from '../db/schema.ts';
import type { Archive, ArchivedMail, BounceColumns, MailPiece, RecordedBounce } from './archive.ts';
import { verdictColumns } from './bounce-log.ts';

const inflate = promisify(inflateRaw);

interface ArchiveTables {
	db: Database;
	siteId: string;
}

/** The archive in the service's own database. */
export function siteArchive(tables: ArchiveTables): Archive {
	const { db, siteId } = tables;
	return {
		bouncesOfNextAddresses: async (after, most) => {
			const next = await db
				.selectFrom('bounces')
				.select('address_id')
				.distinct()
				.where('site_id', '=', siteId)
				.where('address_id', '>', after)
				.orderBy('address_id')
				.limit(most)
				.execute();
			return bouncesOf(
				tables,
				next.flatMap(({ address_id }) => address_id ?? []),
			);
		},
		bouncesOfAddresses: (ids) => bouncesOf(tables, ids),
		countMails: (selection, newest) => countMails(tables, selection, newest),
		mails: (selection, piece) => mails(tables, selection, piece),
		rewriteBounce: async (id, kind, { counts, counting, ...entry }) => {
			const change = {
				kind,
				email: entry.email,
				address_id: entry.addressId,
				delivery_id: entry.deliveryId,
				mailing_id: entry.mailingId,
				...verdictColumns(entry.verdict),
				trust: entry.trust,
				matched_by: entry.matchedBy,
			};
			const said = { caused_hold: entry.causedHold ? 1 : 0, because: entry.because };
			const row = () =>
				db.updateTable('bounces').set(change).where('site_id', '=', siteId).where('id', '=', id);
			await row().execute();
			await row()
				.set({ ...said, counts: counts ? 1 : 0, counting })
				.where('taken_back_at', 'is', null)
				.execute();
		},
		setKind: async (ids, kind) => {
			for (const piece of inPieces(ids)) {
				await db
					.updateTable('bounces')
					.set({ kind })
					.where('site_id', '=', siteId)
					.where('id', 'in', piece)
					.execute();
			}
		},
		setWithdrawn: async (ids, at) => {
			for (const piece of inPieces(ids)) {
				await db
					.updateTable('bounces')
					.set({ deleted_at: at?.getTime() ?? null })
					.where('site_id', '=', siteId)
					.where('id', 'in', piece)
					.execute();
			}
		},
		setColumns: async (id, columns) => {
			await db
				.updateTable('bounces')
				.set(columns)
				.where('site_id', '=', siteId)
				.where('id', '=', id)
				.execute();
		},
		columnsOf: async (ids) => {
			const found = new Map<number, BounceColumns>();
			for (const piece of inPieces(ids)) {
				const rows = await db
					.selectFrom('bounces')
					.select(['id', ...rewrittenColumns])
					.where('site_id', '=', siteId)
					.where('id', 'in', piece)
					.execute();
				for (const { id, ...columns } of rows) found.set(id, columns);
			}
			return found;
		},
	};
}

async function bouncesOf(
	{ db, siteId }: ArchiveTables,
	addressIds: readonly number[],
): Promise<RecordedBounce[]> {
	const found: RecordedBounce[] = [];
	for (const piece of inPieces([...new Set(addressIds)])) {
		const rows = await db
			.selectFrom('bounces')
			.select(recordedColumns)
			.where('site_id', '=', siteId)
			.where('address_id', 'in', piece)
			.where('deleted_at', 'is', null)
			.orderBy('recorded_at')
			.orderBy('id')
			.execute();
		found.push(...rows.map(toRecorded));
	}
	return found;
}

function selected({ db, siteId }: ArchiveTables, selection: ReprocessSelection) {
	const { from, until, type, notRecognised, ids, mailIds } = selection;
	let query = db
		.selectFrom('journal as j')
		.innerJoin('raw_mails as r', (join) =>
			join.onRef('r.fingerprint', '=', 'j.fingerprint').onRef('r.site_id', '=', 'j.site_id'),
		)
		.where('j.site_id', '=', siteId)
		// Mail that is filed with contacts is no matter of bounces; the mail log deals with it again.
		.where((eb) =>
			eb.not(
				eb.exists(
					eb
						.selectFrom('accounts as a')
						.select('a.id')
						.whereRef('a.site_id', '=', 'j.site_id')
						.whereRef('a.id', '=', 'j.account_id')
						.where('a.used_for', '=', 'activities'),
				),
			),
		);
	if (from) query = query.where('j.at', '>=', startOfDay(from));
	if (until) query = query.where('j.at', '<', dayAfter(until));
	if (mailIds) query = query.where('j.id', 'in', mailIds);
	if (type === undefined && !notRecognised && ids === undefined) return query;

	return query.where((eb) => {
		let bounces = eb
			.selectFrom('bounces as b')
			.select('b.id')
			.whereRef('b.site_id', '=', 'j.site_id')
			.whereRef('b.fingerprint', '=', 'j.fingerprint')
			.whereRef('b.account_id', '=', 'j.account_id')
			.where('b.deleted_at', 'is', null);
		if (type !== undefined) bounces = bounces.where('b.type', '=', type);
		if (notRecognised) bounces = bounces.where('b.is_recognised', '=', 0);
		if (ids !== undefined) bounces = bounces.where('b.id', 'in', ids);
		return eb.exists(bounces);
	});
}

async function countMails(tables: ArchiveTables, selection: ReprocessSelection, newest: number) {
	const { found, last } = await selected(tables, selection)
		.select((eb) => [eb.fn.countAll<number>().as('found'), eb.fn.max('j.id').as('last')])
		.executeTakeFirstOrThrow();
	const oldest = await selected(tables, selection)
		.select('j.id')
		.orderBy('j.id', 'desc')
		.limit(1)
		.offset(newest - 1)
		.executeTakeFirst();
	return { found: Number(found), last: Number(last ?? 0), beforeNewest: (oldest?.id ?? 1) - 1 };
}

async function mails(
	tables: ArchiveTables,
	selection: ReprocessSelection,
	{ after, until, most }: MailPiece,
): Promise<ArchivedMail[]> {
	const rows = await selected(tables, selection)
		.where('j.id', '>', after)
		.where('j.id', '<=', until)
		.select([
			'j.id',
			'j.account_id',
			'j.fingerprint',
			'j.at',
			'j.run_id',
			'j.kind',
			'j.subject',
			'j.sender',
			'j.message_id',
			'j.outcome',
			'j.because',
			'j.file_under',
			'j.failures',
			'r.bytes',
			'r.size_bytes',
		])
		.orderBy('j.id')
		.limit(most)
		.execute();
	const bounces = await bouncesInMails(
		tables,
		rows.map(({ fingerprint }) => fingerprint),
	);
	return Promise.all(
		rows.map(async (row) => ({
			journalId: row.id,
			accountId: row.account_id,
			fingerprint: row.fingerprint,
			readAt: new Date(row.at),
			runId: row.run_id,
			kind: row.kind,
			subject: row.subject,
			sender: row.sender,
			messageId: row.message_id,
			outcome: row.outcome,
			because: row.because,
			fileUnder: row.file_under,
			failures: row.failures,
			bytes: await inflate(row.bytes),
			sizeBytes: row.size_bytes,
			bounces: bounces.get(mailKey(row.account_id, row.fingerprint)) ?? [],
		})),
	);
}

async function bouncesInMails(
	{ db, siteId }: ArchiveTables,
	fingerprints: readonly string[],
): Promise<Map<string, RecordedBounce[]>> {
	const found = new Map<string, RecordedBounce[]>();
	for (const piece of inPieces(fingerprints)) {
		const rows = await db
			.selectFrom('bounces')
			.select(recordedColumns)
			.where('site_id', '=', siteId)
			.where('fingerprint', 'in', piece)
			.orderBy('position')
			.execute();
		for (const row of rows) {
			const key = mailKey(row.account_id, row.fingerprint);
			const same = found.get(key) ?? [];
			same.push(toRecorded(row));
			found.set(key, same);
		}
	}
	return found;
}

function mailKey(accountId: number, fingerprint: string): string {
	return `${accountId} ${fingerprint}`;
}

/** What judging again may write. */
const rewrittenColumns = [
	'kind',
	'email',
	'address_id',
	'delivery_id',
	'mailing_id',
	'type',
	'reason',
	'fault',
	'status',
	'reply_code',
	'diagnostic',
	'reporting_server',
	'decided_by',
	'evidence',
	'is_recognised',
	'trust',
	'matched_by',
	'counts',
	'counting',
	'caused_hold',
	'because',
	'taken_back_at',
	'deleted_at',
] as const;

const recordedColumns = [
	'id',
	'account_id',
	'fingerprint',
	'position',
	'kind',
	'recorded_at',
	'email',
	'address_id',
	'type',
	'reason',
	'fault',
	'trust',
	'is_recognised',
	'counts',
	'caused_hold',
	'decided_by',
	'taken_back_at',
	'deleted_at',
] as const;

function toRecorded(row: Pick<BounceRow, (typeof recordedColumns)[number]>): RecordedBounce {
	return {
		id: row.id,
		accountId: row.account_id,
		fingerprint: row.fingerprint,
		position: row.position,
		kind: row.kind,
		recordedAt: new Date(row.recorded_at),
		email: row.email,
		addressId: row.address_id,
		type: row.type,
		reason: row.reason,
		fault: row.fault,
		trust: row.trust,
		isRecognised: row.is_recognised === 1,
		counts: row.counts === 1,
		causedHold: row.caused_hold === 1,
		decidedBy: row.decided_by,
		isTakenBack: row.taken_back_at !== null,
		isWithdrawn: row.deleted_at !== null,
	};
}
