import { sql } from 'kysely';
import { z } from 'zod';
import type { AttachmentRow } from '../../../db/people-tables.ts';
import type { StoredActivity, StoredAttachment } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { storedDeed } from './deeds.ts';
import { summaries } from './list.ts';

/** Mails of a thread that are shown, the newest. */
const mostOfAThread = 200;

const sentences = z.array(z.string());

/** See `ActivityBook.get`. */
export async function storedActivity(
	tables: SiteTables,
	id: number,
): Promise<StoredActivity | undefined> {
	const { db, siteId } = tables;
	const row = await db
		.selectFrom('activities as a')
		.leftJoin('activity_bodies as b', (join) =>
			join.onRef('b.activity_id', '=', 'a.id').onRef('b.site_id', '=', 'a.site_id'),
		)
		.leftJoin('raw_mails as r', (join) =>
			join.onRef('r.fingerprint', '=', 'a.fingerprint').onRef('r.site_id', '=', 'a.site_id'),
		)
		.select(['a.fingerprint', 'a.because', 'a.message_id', 'a.damage', 'a.is_truncated'])
		.select(['a.edited_at', 'a.edited_by', 'b.text', 'b.html', 'r.stored_at'])
		.where('a.site_id', '=', siteId)
		.where('a.id', '=', id)
		.where('a.deleted_at', 'is', null)
		.executeTakeFirst();
	const [summary] = row ? await summaries(tables, [id]) : [];
	if (!row || !summary) return undefined;

	return {
		...summary,
		fingerprint: row.fingerprint,
		fullText: row.text ?? '',
		rawHtml: row.html,
		files: await filesOf(tables, id),
		thread: await threadOf(tables, summary.threadId),
		because: row.because,
		messageId: row.message_id,
		damage: sentences.parse(JSON.parse(row.damage)),
		isTruncated: row.is_truncated === 1,
		hasRaw: row.stored_at !== null,
		editedAt: row.edited_at === null ? null : new Date(row.edited_at).toISOString(),
		editedBy: row.edited_by,
		lastEdit: await lastEdit(tables, id),
	};
}

/** See `ActivityBook.attachment`. */
export async function storedAttachment(
	{ db, siteId }: SiteTables,
	id: number,
): Promise<StoredAttachment | undefined> {
	const row = await db
		.selectFrom('attachments as f')
		.innerJoin('activities as a', (join) =>
			join.onRef('a.id', '=', 'f.activity_id').onRef('a.site_id', '=', 'f.site_id'),
		)
		.selectAll('f')
		.where('f.site_id', '=', siteId)
		.where('f.id', '=', id)
		.where('a.deleted_at', 'is', null)
		.executeTakeFirst();
	return row && toAttachment(row);
}

async function filesOf({ db, siteId }: SiteTables, id: number): Promise<StoredAttachment[]> {
	const rows = await db
		.selectFrom('attachments')
		.selectAll()
		.where('site_id', '=', siteId)
		.where('activity_id', '=', id)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return rows.map(toAttachment);
}

async function threadOf({ db, siteId }: SiteTables, threadId: number) {
	const rows = await db
		.selectFrom('activities as a')
		.select(['a.id', 'a.subject', 'a.excerpt', 'a.occurred_at'])
		.select((eb) =>
			eb
				.selectFrom('activity_parties as p')
				.leftJoin('contacts as c', (join) =>
					join.onRef('c.id', '=', 'p.contact_id').onRef('c.site_id', '=', 'p.site_id'),
				)
				.select(
					sql<string>`coalesce(nullif(c.display_name, ''), nullif(p.name, ''), p.email)`.as('from'),
				)
				.whereRef('p.site_id', '=', 'a.site_id')
				.whereRef('p.activity_id', '=', 'a.id')
				.where('p.place', '=', 'from')
				.orderBy('p.id')
				.limit(1)
				.as('from'),
		)
		.where('a.site_id', '=', siteId)
		.where('a.thread_id', '=', threadId)
		.where('a.deleted_at', 'is', null)
		.orderBy('a.occurred_at', 'desc')
		.orderBy('a.id', 'desc')
		.limit(mostOfAThread)
		.execute();
	return rows.reverse().map(({ id, subject, excerpt, occurred_at, from }) => ({
		id,
		subject,
		excerpt,
		occurredAt: new Date(occurred_at).toISOString(),
		from: from ?? '',
	}));
}

async function lastEdit(tables: SiteTables, id: number): Promise<StoredActivity['lastEdit']> {
	const { db, siteId } = tables;
	const row = await db
		.selectFrom('activity_deed_steps as s')
		.innerJoin('activity_deeds as d', (join) =>
			join.onRef('d.id', '=', 's.deed_id').onRef('d.site_id', '=', 's.site_id'),
		)
		.select('d.id')
		.where('s.site_id', '=', siteId)
		.where('s.activity_id', '=', id)
		.where('d.what', '=', 'edited')
		.where('d.undone_at', 'is', null)
		.orderBy('d.id', 'desc')
		.limit(1)
		.executeTakeFirst();
	const deed = row && (await storedDeed(tables, row.id));
	return deed ? { ...deed, id: row.id } : null;
}

function toAttachment(row: AttachmentRow): StoredAttachment {
	return {
		id: row.id,
		activityId: row.activity_id,
		fileName: row.file_name,
		contentType: row.content_type,
		contentId: row.content_id,
		isInline: row.is_inline === 1,
		sizeBytes: row.size_bytes,
		sha256: row.sha256,
		problem: row.problem,
	};
}
