import { inPieces } from '../../../../db/open.ts';
import type { SiteTables } from '../../site-tables.ts';
import { difference } from '../deeds.ts';
import type { Step } from '../deeds.ts';
import { freshAddress, insertAddress } from '../edit.ts';
import { insertGroup, insertMembers, membersAmong, membership } from '../groups.ts';
import { addressesOf } from '../list.ts';
import { nameColumns } from '../names.ts';
import { contactRow, fieldsOf } from '../record.ts';
import type { Known } from './decide-row.ts';

export interface Writing {
	/** "Imported from people.csv". */
	source: string;
	at: Date;
	/** Names of the site's groups in lower case → number and name; groups that are made are added. */
	groups: Map<string, { id: number; name: string }>;
	/** All join this group. */
	groupId: number | null;
	/** Groups as the file spells them, for those to be made: lower case → name. */
	spelled: ReadonlyMap<string, string>;
}

/** Writes the contacts that rows added or changed. @returns the steps that undo it. */
export async function writeContacts(
	tables: SiteTables,
	contacts: readonly Known[],
	writing: Writing,
): Promise<Step[]> {
	const steps = await makeGroups(tables, contacts, writing);
	const fresh = contacts.filter(({ id }) => id === null);
	const changed = contacts.filter(({ id }) => id !== null);
	for (const piece of inPieces(fresh))
		steps.push(...(await insertContacts(tables, piece, writing)));
	for (const contact of changed) steps.push(...(await updateContact(tables, contact, writing)));
	steps.push(...(await joinGroups(tables, contacts, writing)));
	return steps;
}

async function makeGroups(
	tables: SiteTables,
	contacts: readonly Known[],
	{ groups, spelled }: Writing,
): Promise<Step[]> {
	const wanted = new Set(contacts.flatMap((contact) => [...contact.groups]));
	const steps: Step[] = [];
	for (const key of wanted) {
		if (groups.has(key)) continue;
		const name = (spelled.get(key) ?? key).slice(0, 100);
		const id = await insertGroup(tables, { name, description: '', isMailingList: false });
		groups.set(key, { id, name });
		steps.push({ contactId: 0, thing: 'group', thingId: id, before: null, after: { name } });
	}
	return steps;
}

/** All in one statement; their numbers come back in ascending order, which is the order in which they were given. */
async function insertContacts(
	{ db, siteId }: SiteTables,
	contacts: readonly Known[],
	{ source, at }: Writing,
): Promise<Step[]> {
	const now = at.getTime();
	const rows = contacts.map((contact) => ({
		site_id: siteId,
		wp_user_id: null,
		sync_id: null,
		created_at: now,
		changed_at: now,
		source,
		...toColumns(contact),
	}));
	const inserted = await db
		.insertInto('contacts')
		.values(rows)
		.returning(['id', 'display_name'])
		.execute();
	inserted.sort((a, b) => a.id - b.id);
	for (const [index, contact] of contacts.entries()) {
		const { id, display_name } = inserted[index]!;
		if (display_name !== rows[index]!.display_name)
			throw new Error('The database numbered the new contacts in another order.');
		contact.id = id;
	}
	const addresses = contacts.flatMap((contact) =>
		contact.emails.map((email, index) => ({
			site_id: siteId,
			contact_id: contact.id!,
			email,
			email_key: email.toLowerCase(),
			domain: email.slice(email.lastIndexOf('@') + 1).toLowerCase(),
			is_primary: index === 0 ? 1 : 0,
			...freshAddress,
		})),
	);
	for (const piece of inPieces(addresses)) await db.insertInto('addresses').values(piece).execute();
	return inserted.map(({ id }) => ({
		contactId: id,
		thing: 'contact',
		thingId: id,
		before: null,
		after: {},
	}));
}

function toColumns(contact: Known) {
	return {
		kind: contact.kind,
		...nameColumns(contact, contact.emails[0]),
		employer: contact.employer,
		status: contact.status,
		note: contact.note,
		is_opted_out: contact.isOptedOut ? 1 : 0,
		do_not_email: contact.doNotEmail ? 1 : 0,
	};
}

async function updateContact(tables: SiteTables, contact: Known, { at }: Writing): Promise<Step[]> {
	const { db, siteId } = tables;
	const contactId = contact.id!;
	const row = await contactRow(tables, contactId);
	if (!row) throw new Error(`Contact ${contactId} is gone.`);
	const { display_name, sort_name, ...columns } = toColumns(contact);
	const before = fieldsOf(row);
	const isSameName =
		before.firstName === contact.firstName &&
		before.lastName === contact.lastName &&
		before.name === contact.name;
	const names: Record<string, string> = isSameName ? {} : { display_name, sort_name };
	const changed = difference({ ...row }, { ...columns, ...names });
	const steps: Step[] = [];
	await db
		.updateTable('contacts')
		.set({ ...changed?.after, changed_at: at.getTime() })
		.where('site_id', '=', siteId)
		.where('id', '=', contactId)
		.execute();
	if (changed) steps.push({ contactId, thing: 'contact', thingId: contactId, ...changed });

	const present = (await addressesOf(tables, [contactId])).get(contactId) ?? [];
	const keys = new Set(present.map(({ email_key }) => email_key));
	for (const email of contact.emails.filter((one) => !keys.has(one.toLowerCase()))) {
		const isPrimary = keys.size === 0;
		const added = await insertAddress(tables, contactId, { email, isPrimary, isBulk: false });
		keys.add(added.email_key);
		steps.push({
			contactId,
			thing: 'address',
			thingId: added.id,
			before: null,
			after: { ...added },
		});
	}
	return steps;
}

async function joinGroups(
	tables: SiteTables,
	contacts: readonly Known[],
	{ groups, groupId }: Writing,
): Promise<Step[]> {
	const joining = new Map<number, { name: string; ids: number[] }>();
	const join = (id: number, name: string, contactId: number) => {
		const group = joining.get(id) ?? { name, ids: [] };
		group.ids.push(contactId);
		joining.set(id, group);
	};
	const everyone = [...groups.values()].find(({ id }) => id === groupId);
	for (const contact of contacts) {
		const own = [...contact.groups].flatMap((key) => groups.get(key) ?? []);
		for (const { id, name } of everyone ? [...own, everyone] : own) join(id, name, contact.id!);
	}
	const steps: Step[] = [];
	for (const [id, { name, ids }] of joining) {
		const members = await membersAmong(tables, id, ids);
		const added = [...new Set(ids)].filter((contactId) => !members.has(contactId));
		await insertMembers(
			tables,
			id,
			added.map((contactId) => ({ contactId, byRole: null })),
		);
		steps.push(...added.map((one) => membership(one, id, name, null, { by_role: null })));
	}
	return steps;
}
