import type { Part, Step } from './deeds.ts';

/** Columns of contacts that people read about; names that are made of others are not among them. */
const labelOf: Readonly<Record<string, string>> = {
	kind: 'the kind',
	first_name: 'the first name',
	last_name: 'the last name',
	employer: 'the employer',
	status: 'the status',
	note: 'the note',
};
const flagOf: Readonly<Record<string, [on: string, off: string]>> = {
	do_not_email: ['set “do not e-mail”', 'took “do not e-mail” back'],
	is_opted_out: ['noted that it wants no mailings', 'noted that it wants mailings again'],
	is_deceased: ['noted a death', 'took the note of a death back'],
};

/** What steps did to a contact: "changed the last name from “Berg” to “Berger”", "added the address anna@example.org". */
export function stepsInWords(steps: readonly Step[]): string[] {
	return steps.flatMap(({ thing, before, after }) => {
		if (thing === 'contact') return before && after ? columnsInWords(before, after) : [];
		if (thing === 'address') return addressInWords(before, after);
		if (thing !== 'member') return [];
		const name = String((after ?? before)?.['name'] ?? '');
		return [after ? `added it to the group “${name}”` : `removed it from the group “${name}”`];
	});
}

function columnsInWords(before: NonNullable<Part>, after: NonNullable<Part>): string[] {
	const isNamed = 'first_name' in after || 'last_name' in after;
	return Object.entries(after).flatMap(([column, value]) => {
		const flag = flagOf[column];
		if (flag) return [value === 1 ? flag[0] : flag[1]];
		if (column === 'deleted_at')
			return [value === null ? 'brought it back from the trash' : 'put it into the trash'];
		const label = column === 'display_name' && !isNamed ? 'the name' : labelOf[column];
		if (!label) return [];
		if (column === 'note') return ['changed the note'];
		const was = before[column];
		if (was === '' || was === null) return [`set ${label} to “${String(value)}”`];
		if (value === '') return [`took ${label} “${String(was)}” away`];
		return [`changed ${label} from “${String(was)}” to “${String(value)}”`];
	});
}

function addressInWords(before: Part, after: Part): string[] {
	if (!before) return [`added the address ${String(after?.['email'] ?? '')}`];
	if (!after) return [`removed the address ${String(before['email'])}`];
	const words = [];
	if ('email' in after) words.push(`spelled an address ${String(after['email'])}`);
	if (after['is_primary'] === 1) words.push('made another address the primary one');
	if (after['is_bulk'] === 1) words.push('chose an address for mailings');
	return words;
}
