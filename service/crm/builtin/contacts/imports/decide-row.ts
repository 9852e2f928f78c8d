import type { ContactStatus } from '../../../../contract/address.ts';
import type { ContactKind, ImportOptions, ImportPreview } from '../../../../contract/contact.ts';
import { displayNameOf } from '../names.ts';
import { listed } from '../words.ts';
import type { RowContact } from './read-row.ts';

export type Becomes = ImportPreview['rows'][number]['becomes'];

/** A contact as the import knows it: from the database, or from an earlier row. Rows change it as they are decided. */
export interface Known {
	/** Null: an earlier row adds it. */
	id: number | null;
	kind: ContactKind;
	firstName: string;
	lastName: string;
	name: string;
	employer: string;
	status: ContactStatus;
	note: string;
	isOptedOut: boolean;
	doNotEmail: boolean;
	emails: string[];
	/** Names in lower case. */
	groups: Set<string>;
}

export interface RowDecision {
	becomes: Becomes;
	displayName: string;
	email: string;
	sentence: string;
	/** The contact that the row adds or changes. */
	contact: Known | null;
}

const textFields = ['firstName', 'lastName', 'name', 'employer', 'note'] as const;
const labelOf = {
	firstName: 'the first name',
	lastName: 'the last name',
	name: 'the name',
	employer: 'the employer',
	note: 'the note',
	status: 'the status',
	isOptedOut: 'the opt-out',
	doNotEmail: '“do not e-mail”',
	kind: 'the kind',
} as const;
type Field = keyof typeof labelOf;

/** Decides what a row becomes, and carries it out on what is known, so that the next row with the same address finds it.
 *  @param known contacts by address in lower case
 *  @param groups names in lower case that may be joined; undefined: any, because missing ones are made */
export function decideRow(
	row: RowContact | { problem: string },
	known: Map<string, Known>,
	options: Pick<ImportOptions, 'onKnown'>,
	groups: ReadonlySet<string> | undefined,
): RowDecision {
	if ('problem' in row) return refused(row.problem);
	const missing = groups && row.groups.filter((name) => !groups.has(name.toLowerCase()));
	if (missing && missing.length > 0)
		return refused(`There is no group called ${listed(missing.map((name) => `“${name}”`))}.`, row);

	const contact = row.emails.map((email) => known.get(email.toLowerCase())).find(Boolean);
	if (!contact) {
		const added = newContact(row);
		for (const email of added.emails) known.set(email.toLowerCase(), added);
		return { becomes: 'added', ...shown(added), sentence: 'A new contact.', contact: added };
	}
	if (options.onKnown === 'skip')
		return { becomes: 'skipped', ...shown(contact), sentence: 'Known already.', contact: null };

	const changed = fill(contact, row, options.onKnown === 'overwrite', known);
	if (changed.length === 0)
		return { becomes: 'skipped', ...shown(contact), sentence: 'Nothing new.', contact: null };
	const sentence = `Known already; gets ${listed(changed)}.`;
	return { becomes: 'changed', ...shown(contact), sentence, contact };
}

function shown(contact: Known) {
	const [email = ''] = contact.emails;
	return { displayName: displayNameOf(contact, email), email };
}

function refused(problem: string, row?: RowContact): RowDecision {
	const email = row?.emails[0] ?? '';
	const parts = { firstName: '', lastName: '', name: '', kind: 'Individual' as const, ...row };
	const displayName = displayNameOf(parts, email);
	return { becomes: 'failed', displayName, email, sentence: problem, contact: null };
}

function newContact(row: RowContact): Known {
	return {
		id: null,
		kind: row.kind,
		firstName: row.firstName ?? '',
		lastName: row.lastName ?? '',
		name: row.name ?? '',
		employer: row.employer ?? '',
		status: row.status ?? 'confirmed',
		note: row.note ?? '',
		isOptedOut: row.isOptedOut ?? false,
		doNotEmail: row.doNotEmail ?? false,
		emails: [...row.emails],
		groups: new Set(row.groups.map((name) => name.toLowerCase())),
	};
}

/** Fills gaps, or overwrites what the row says something about. @returns what was changed, in words. */
function fill(
	contact: Known,
	row: RowContact,
	overwrite: boolean,
	known: Map<string, Known>,
): string[] {
	const changed: string[] = [];
	const set = <Name extends Field>(field: Name, value: Known[Name] | undefined) => {
		if (value === undefined || contact[field] === value) return;
		(contact as Pick<Known, Field>)[field] = value;
		changed.push(labelOf[field]);
	};
	for (const field of textFields) {
		const belongs = (field === 'name') === (contact.kind !== 'Individual') || field === 'note';
		const isOfKind = field === 'employer' ? contact.kind === 'Individual' : belongs;
		if (isOfKind && (overwrite || contact[field] === '')) set(field, row[field]);
	}
	if (overwrite) set('status', row.status);
	// Nobody gets mail again because a file leaves a gap to fill.
	for (const flag of ['isOptedOut', 'doNotEmail'] as const)
		if (overwrite || row[flag] === true) set(flag, row[flag]);
	for (const email of row.emails) {
		if (contact.emails.some((one) => one.toLowerCase() === email.toLowerCase())) continue;
		contact.emails.push(email);
		known.set(email.toLowerCase(), contact);
		changed.push(`the address ${email}`);
	}
	for (const name of row.groups) {
		if (contact.groups.has(name.toLowerCase())) continue;
		contact.groups.add(name.toLowerCase());
		changed.push(`the group “${name}”`);
	}
	return changed;
}
