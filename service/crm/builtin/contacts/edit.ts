import { ServiceError } from '../../../errors.ts';
import type { AddressRow, ContactRow } from '../../../db/schema.ts';
import type { Author, ContactDraft } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { difference, writeDeed } from './deeds.ts';
import type { Step } from './deeds.ts';
import { deleteMembers, insertMembers, membership } from './groups.ts';
import { addressesOf, groupsOf } from './list.ts';
import { nameColumns, namePartsOf } from './names.ts';
import { contactRow, fieldsOf } from './record.ts';

/** Columns of an address that nothing bounced at yet. */
export const freshAddress = {
	hold: null,
	held_at: null,
	hold_type: null,
	hold_because: null,
	hold_bounce_id: null,
	count_since: 0,
} as const;

/** See `ContactBook.add`. */
export async function addByHand(
	tables: SiteTables,
	draft: ContactDraft,
	by: Author,
): Promise<number> {
	const { db, siteId } = tables;
	const addresses = checkedAddresses(draft);
	const groups = await groupNames(tables, draft.groupIds);
	const at = by.at.getTime();
	const columns = toColumns(draft, primaryOf(addresses));
	const { insertId } = await db
		.insertInto('contacts')
		.values({
			site_id: siteId,
			wp_user_id: null,
			sync_id: null,
			created_at: at,
			changed_at: at,
			source: `Added by ${by.who}`,
			...columns,
		})
		.executeTakeFirstOrThrow();
	const contactId = Number(insertId);
	for (const address of addresses) await insertAddress(tables, contactId, address);
	for (const [groupId] of groups)
		await insertMembers(tables, groupId, [{ contactId, byRole: null }]);

	const sentence = `${columns.display_name} was added.`;
	await writeDeed(tables, { what: 'added', sentence, ...by }, [
		{ contactId, thing: 'contact', thingId: contactId, before: null, after: {} },
	]);
	return contactId;
}

/** See `ContactBook.change`. */
export async function changeByHand(
	tables: SiteTables,
	id: number,
	draft: ContactDraft,
	by: Author,
): Promise<void> {
	const row = await contactRow(tables, id);
	if (!row || row.merged_into !== null)
		throw new ServiceError('not-found', 'There is no such contact; it may have been merged.');
	const wanted = checkedAddresses(draft);
	const present = (await addressesOf(tables, [id])).get(id) ?? [];
	const groups = await groupNames(tables, draft.groupIds);
	const steps = [
		...(await changeFields(tables, row, draft, { present, wanted }, by)),
		...(await changeAddresses(tables, id, present, wanted)),
		...(await changeGroups(tables, id, groups)),
	];
	if (steps.length === 0) return;
	const sentence = `${row.display_name} was edited.`;
	await writeDeed(tables, { what: 'edited', sentence, ...by }, steps);
}

type DraftAddress = ContactDraft['addresses'][number];

/** The addresses with exactly one primary, if there is any at all.
 *  @throws ServiceError invalid-request that names the fields. */
function checkedAddresses(draft: ContactDraft): DraftAddress[] {
	const fields: Record<string, string> = {};
	const seen = new Set<string>();
	for (const [index, { email }] of draft.addresses.entries()) {
		const key = email.toLowerCase();
		if (seen.has(key))
			fields[`addresses.${index}.email`] =
				`${email} is listed twice; a contact has an address once.`;
		seen.add(key);
	}
	const marked = (mark: 'isPrimary' | 'isBulk') =>
		draft.addresses.filter((one) => one[mark]).length;
	if (marked('isPrimary') > 1) fields['addresses'] = 'Only one address can be the primary one.';
	if (marked('isBulk') > 1) fields['addresses'] = 'Only one address can be the one for mailings.';
	const { firstName, lastName, name } = namePartsOf(draft);
	if (!firstName && !lastName && !name && draft.addresses.length === 0)
		fields[draft.kind === 'Individual' ? 'lastName' : 'name'] =
			'Give the contact a name or an e-mail address.';
	if (Object.keys(fields).length > 0)
		throw new ServiceError('invalid-request', Object.values(fields).join(' '), { fields });

	const hasPrimary = marked('isPrimary') > 0;
	return draft.addresses.map((address, index) => ({
		...address,
		isPrimary: hasPrimary ? address.isPrimary : index === 0,
	}));
}

function primaryOf(addresses: readonly DraftAddress[]): string {
	return addresses.find(({ isPrimary }) => isPrimary)?.email ?? '';
}

function toColumns(draft: ContactDraft, primaryEmail: string) {
	const parts = namePartsOf(draft);
	return {
		kind: draft.kind,
		...nameColumns(parts, primaryEmail),
		employer: draft.kind === 'Individual' ? draft.employer : '',
		status: draft.status,
		do_not_email: draft.doNotEmail ? 1 : 0,
		is_opted_out: draft.isOptedOut ? 1 : 0,
		is_deceased: draft.isDeceased ? 1 : 0,
		note: draft.note,
	};
}

/** Who is called as WordPress calls its user stays so, until one of the names is edited. */
function columnsToChange(row: ContactRow, draft: ContactDraft, primaryEmail: string) {
	const columns = toColumns(draft, primaryEmail);
	const before = fieldsOf(row);
	const parts = namePartsOf(draft);
	const isSameName =
		before.kind === draft.kind &&
		before.firstName === parts.firstName &&
		before.lastName === parts.lastName &&
		before.name === parts.name;
	const { display_name: _, sort_name: __, ...others } = columns;
	return isSameName && row.wp_user_id !== null ? others : columns;
}

async function changeFields(
	{ db, siteId }: SiteTables,
	row: ContactRow,
	draft: ContactDraft,
	{ wanted }: { present: readonly AddressRow[]; wanted: readonly DraftAddress[] },
	{ at }: Author,
): Promise<Step[]> {
	const changed = difference({ ...row }, columnsToChange(row, draft, primaryOf(wanted)));
	await db
		.updateTable('contacts')
		.set({ ...changed?.after, changed_at: at.getTime() })
		.where('site_id', '=', siteId)
		.where('id', '=', row.id)
		.execute();
	return changed ? [{ contactId: row.id, thing: 'contact', thingId: row.id, ...changed }] : [];
}

/** An address that is spelled otherwise stays the same; another address is another one, with a history of its own. */
async function changeAddresses(
	tables: SiteTables,
	contactId: number,
	present: readonly AddressRow[],
	wanted: readonly DraftAddress[],
): Promise<Step[]> {
	const { db, siteId } = tables;
	const steps: Step[] = [];
	const wantedKeys = new Set(wanted.map(({ email }) => email.toLowerCase()));
	for (const row of present.filter(({ email_key }) => !wantedKeys.has(email_key))) {
		await db
			.deleteFrom('addresses')
			.where('site_id', '=', siteId)
			.where('id', '=', row.id)
			.execute();
		steps.push({ ...aboutAddress(row), before: { ...row }, after: null });
	}
	for (const address of wanted) {
		const row = present.find(({ email_key }) => email_key === address.email.toLowerCase());
		if (!row) {
			const added = await insertAddress(tables, contactId, address);
			steps.push({ ...aboutAddress(added), before: null, after: { ...added } });
			continue;
		}
		const changed = difference({ ...row }, addressColumns(address));
		if (!changed) continue;
		await db
			.updateTable('addresses')
			.set(changed.after)
			.where('site_id', '=', siteId)
			.where('id', '=', row.id)
			.execute();
		steps.push({ ...aboutAddress(row), ...changed });
	}
	return steps;
}

function aboutAddress({ id, contact_id }: { id: number; contact_id: number }) {
	return { contactId: contact_id, thing: 'address' as const, thingId: id };
}

function addressColumns({ email, isPrimary, isBulk }: Omit<DraftAddress, 'id'>) {
	const email_key = email.toLowerCase();
	return {
		email,
		email_key,
		domain: email_key.slice(email_key.lastIndexOf('@') + 1),
		is_primary: isPrimary ? 1 : 0,
		is_bulk: isBulk ? 1 : 0,
	};
}

/** Adds an address to a contact. @returns its row. */
export async function insertAddress(
	{ db, siteId }: SiteTables,
	contactId: number,
	address: Omit<DraftAddress, 'id'>,
): Promise<AddressRow> {
	const row = {
		site_id: siteId,
		contact_id: contactId,
		...addressColumns(address),
		...freshAddress,
	};
	const { insertId } = await db.insertInto('addresses').values(row).executeTakeFirstOrThrow();
	return { id: Number(insertId), ...row };
}

/** @returns number → name. @throws ServiceError not-found. */
async function groupNames(
	{ db, siteId }: SiteTables,
	ids: readonly number[],
): Promise<Map<number, string>> {
	if (ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('contact_groups')
		.select(['id', 'name'])
		.where('site_id', '=', siteId)
		.where('id', 'in', ids)
		.execute();
	if (rows.length < new Set(ids).size)
		throw new ServiceError(
			'not-found',
			'One of the groups is not there; it may have been deleted.',
			{
				fields: { groupIds: 'One of the groups was deleted.' },
			},
		);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

async function changeGroups(
	tables: SiteTables,
	contactId: number,
	wanted: ReadonlyMap<number, string>,
): Promise<Step[]> {
	const { db, siteId } = tables;
	const present = (await groupsOf(tables, [contactId])).get(contactId) ?? [];
	const steps: Step[] = [];
	for (const { id, name } of present.filter((group) => !wanted.has(group.id))) {
		const member = await db
			.selectFrom('group_members')
			.select('by_role')
			.where('site_id', '=', siteId)
			.where('group_id', '=', id)
			.where('contact_id', '=', contactId)
			.executeTakeFirstOrThrow();
		await deleteMembers(tables, id, [contactId]);
		steps.push(membership(contactId, id, name, member, null));
	}
	for (const [id, name] of wanted) {
		if (present.some((group) => group.id === id)) continue;
		await insertMembers(tables, id, [{ contactId, byRole: null }]);
		steps.push(membership(contactId, id, name, null, { by_role: null }));
	}
	return steps;
}
