import type { DeedReport, MergePreview } from '../../../contract/contact.ts';
import type { ContactRow } from '../../../db/schema.ts';
import { ServiceError } from '../../../errors.ts';
import type { Author, MergeChoice } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { difference, writeDeed } from './deeds.ts';
import type { Step } from './deeds.ts';
import { membership } from './groups.ts';
import { mergeAddresses } from './merge-addresses.ts';
import { previewOf } from './merge-preview.ts';
import { moveRows } from './move-rows.ts';
import { nameColumns, namePartsOf } from './names.ts';
import { contactRecord, contactRow } from './record.ts';

/** See `ContactBook.previewMerge`. */
export async function previewMerge(
	tables: SiteTables,
	{ keepId, dropId, takeFromDrop }: MergeChoice,
): Promise<MergePreview> {
	const records = [];
	for (const id of [keepId, dropId]) {
		const record = await contactRecord(tables, id);
		if (!record || record.deletedAt !== null)
			throw new ServiceError(
				'not-found',
				'One of the two contacts is not there; it may be in the trash or merged already.',
			);
		records.push(record);
	}
	return previewOf(records[0]!, records[1]!, takeFromDrop);
}

/** See `ContactBook.merge`. The dropped contact stays as a row in the trash that says where it went. */
export async function mergeContacts(
	tables: SiteTables,
	choice: MergeChoice,
	by: Author,
): Promise<DeedReport> {
	const preview = await previewMerge(tables, choice);
	if (preview.problem !== null) throw new ServiceError('conflict', preview.problem);
	const keep = (await contactRow(tables, choice.keepId))!;
	const drop = (await contactRow(tables, choice.dropId))!;
	const steps = [
		...(await mergeAddresses(tables, keep.id, drop.id)),
		...(await mergeGroups(tables, keep.id, drop.id)),
		...(await moveHistory(tables, keep.id, drop.id)),
		...(await mergeRows(tables, { keep, drop, result: preview.result }, by)),
	];
	const sentence = `${drop.display_name} was merged into ${preview.keep.displayName}. ${preview.sentence}`;
	const deedId = await writeDeed(tables, { what: 'merged', sentence, ...by }, steps);
	return { deedId, touched: 2, leftAlone: 0, sentence };
}

/** The dropped row first: a WordPress user is one contact, also for a moment. */
async function mergeRows(
	tables: SiteTables,
	{ keep, drop, result }: { keep: ContactRow; drop: ContactRow; result: MergePreview['result'] },
	{ at }: Author,
): Promise<Step[]> {
	const parts = namePartsOf(result);
	const isUser = keep.wp_user_id !== null;
	const { display_name, sort_name, ...names } = nameColumns(parts, result.addresses[0]);
	const isSameName =
		keep.kind === result.kind &&
		keep.first_name === names.first_name &&
		keep.last_name === names.last_name;
	const latest = Math.max(keep.last_mail_at ?? 0, drop.last_mail_at ?? 0);
	const changes: [ContactRow, Record<string, string | number | null>][] = [
		[
			drop,
			{ deleted_at: at.getTime(), merged_into: keep.id, wp_user_id: null, last_mail_at: null },
		],
		[
			keep,
			{
				kind: result.kind,
				...names,
				// What WordPress calls its user, or an organisation's name, stays unless another was chosen.
				...(isSameName && (isUser || result.kind === 'Individual')
					? {}
					: { display_name, sort_name }),
				employer: result.kind === 'Individual' ? result.employer : '',
				status: result.status,
				do_not_email: result.doNotEmail ? 1 : 0,
				is_opted_out: result.isOptedOut ? 1 : 0,
				is_deceased: result.isDeceased ? 1 : 0,
				note: result.note,
				wp_user_id: keep.wp_user_id ?? drop.wp_user_id,
				last_mail_at: latest === 0 ? null : latest,
			},
		],
	];
	const steps: Step[] = [];
	for (const [row, columns] of changes) {
		const changed = difference({ ...row }, columns);
		if (!changed) continue;
		await tables.db
			.updateTable('contacts')
			.set({ ...changed.after, changed_at: at.getTime() })
			.where('site_id', '=', tables.siteId)
			.where('id', '=', row.id)
			.execute();
		steps.push({ contactId: row.id, thing: 'contact', thingId: row.id, ...changed });
	}
	return steps;
}

async function mergeGroups(
	{ db, siteId }: SiteTables,
	keepId: number,
	dropId: number,
): Promise<Step[]> {
	const memberships = await db
		.selectFrom('group_members as m')
		.innerJoin('contact_groups as g', (join) =>
			join.onRef('g.id', '=', 'm.group_id').onRef('g.site_id', '=', 'm.site_id'),
		)
		.select(['m.contact_id', 'm.group_id', 'm.by_role', 'g.name'])
		.where('m.site_id', '=', siteId)
		.where('m.contact_id', 'in', [keepId, dropId])
		.execute();
	const kept = new Map(
		memberships
			.filter(({ contact_id }) => contact_id === keepId)
			.map(({ group_id, by_role }) => [group_id, by_role]),
	);
	const steps: Step[] = [];
	for (const { contact_id, group_id, by_role, name } of memberships) {
		if (contact_id !== dropId) continue;
		const before = kept.get(group_id);
		// Whom somebody put into the group by hand no role takes out.
		const after = before === undefined ? by_role : before === null ? null : by_role;
		await db
			.deleteFrom('group_members')
			.where('site_id', '=', siteId)
			.where('group_id', '=', group_id)
			.where('contact_id', '=', dropId)
			.execute();
		await db
			.insertInto('group_members')
			.values({ site_id: siteId, group_id, contact_id: keepId, by_role: after })
			.onConflict((conflict) =>
				conflict.columns(['site_id', 'group_id', 'contact_id']).doUpdateSet({ by_role: after }),
			)
			.execute();
		steps.push(
			membership(dropId, group_id, name, { by_role }, null),
			membership(keepId, group_id, name, before === undefined ? null : { by_role: before }, {
				by_role: after,
			}),
		);
	}
	return steps;
}

/** Filed mails, and what rules did to the contact. */
async function moveHistory(tables: SiteTables, keepId: number, dropId: number): Promise<Step[]> {
	const owner = { contactId: keepId, from: dropId, to: keepId };
	const targets = ['status', 'deleted'].map((field) => ({
		contactId: keepId,
		from: `${field} ${dropId}`,
		to: `${field} ${keepId}`,
	}));
	return [
		...(await moveRows(tables, 'activity_parties', 'contact_id', owner)),
		...(await moveRows(tables, 'rule_deeds', 'contact_id', owner)),
		...(await moveRows(tables, 'rule_deeds', 'target', targets[0]!)),
		...(await moveRows(tables, 'rule_deeds', 'target', targets[1]!)),
	];
}
