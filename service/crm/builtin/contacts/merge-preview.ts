import { contactStatuses } from '../../../contract/address.ts';
import type { ContactFields, ContactRecord, MergePreview } from '../../../contract/contact.ts';
import { displayNameOf } from './names.ts';
import { counted, listed } from './words.ts';

/** Fields of which a person chooses one; of the others the stricter or both stay. */
export const choosable = ['kind', 'firstName', 'lastName', 'name', 'employer'] as const;

/** What two contacts become when they are made one. Pure.
 *  @param takeFromDrop fields that are taken from the one that goes; where the one that stays has nothing, they always are */
export function previewOf(
	keep: ContactRecord,
	drop: ContactRecord,
	takeFromDrop: readonly string[],
): MergePreview {
	const fields = mergedFields(keep, drop, takeFromDrop);
	const emailsOf = ({ addresses }: ContactRecord) => addresses.map(({ email }) => email);
	const known = new Set(emailsOf(keep).map((email) => email.toLowerCase()));
	const newEmails = emailsOf(drop).filter((email) => !known.has(email.toLowerCase()));
	const groups = new Set(keep.groups.map(({ name }) => name));
	const newGroups = drop.groups.map(({ name }) => name).filter((name) => !groups.has(name));
	const moves = [
		...(newEmails.length > 0 ? [counted(newEmails.length, 'address', 'addresses')] : []),
		...(newGroups.length > 0 ? [counted(newGroups.length, 'group')] : []),
		...(drop.counts.activities > 0 ? [counted(drop.counts.activities, 'filed mail')] : []),
		...(drop.counts.bounces > 0 ? [counted(drop.counts.bounces, 'bounce')] : []),
		...(drop.counts.sent > 0 ? [counted(drop.counts.sent, 'sent mail')] : []),
	];
	const name = displayNameOf(fields, emailsOf(keep)[0] ?? newEmails[0]);
	const isOne = moves.length === 1 && /^1 /.test(moves[0]!);
	return {
		keep,
		drop,
		result: {
			...fields,
			addresses: [...emailsOf(keep), ...newEmails],
			groups: [...groups, ...newGroups].sort((a, b) => a.localeCompare(b)),
		},
		differences: choosable
			.filter((field) => keep[field] !== '' && drop[field] !== '' && keep[field] !== drop[field])
			.map((field) => ({ field, keep: keep[field], drop: drop[field] })),
		sentence:
			moves.length === 0
				? `${drop.displayName} has nothing that ${name} does not have.`
				: `${listed(moves)} ${isOne ? 'moves' : 'move'} to ${name}.`,
		problem: problemOf(keep, drop),
	};
}

function mergedFields(
	keep: ContactRecord,
	drop: ContactRecord,
	takeFromDrop: readonly string[],
): ContactFields {
	const pick = <Field extends (typeof choosable)[number]>(field: Field): ContactRecord[Field] =>
		(takeFromDrop.includes(field) && drop[field] !== '') || keep[field] === ''
			? drop[field]
			: keep[field];
	const worse =
		contactStatuses.indexOf(drop.status) > contactStatuses.indexOf(keep.status) ? drop : keep;
	const notes = [keep.note, drop.note].filter(Boolean);
	return {
		kind: pick('kind'),
		firstName: pick('firstName'),
		lastName: pick('lastName'),
		name: pick('name'),
		employer: pick('employer'),
		status: worse.status,
		doNotEmail: keep.doNotEmail || drop.doNotEmail,
		isOptedOut: keep.isOptedOut || drop.isOptedOut,
		isDeceased: keep.isDeceased || drop.isDeceased,
		note: keep.note === drop.note ? keep.note : notes.join('\n\n'),
	};
}

function problemOf(keep: ContactRecord, drop: ContactRecord): string | null {
	if (keep.id === drop.id) return 'These are the same contact; choose two.';
	if (keep.wpUserId !== null && drop.wpUserId !== null)
		return 'They are two different WordPress users. Delete one of the users first, then merge.';
	return null;
}
