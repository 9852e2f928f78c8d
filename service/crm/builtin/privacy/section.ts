import type { Answers } from '../../../contract/messages.ts';
import type { SiteTables } from '../builtin-crm.ts';
import type { Person } from './person.ts';

export type Item = Answers['exportPersonalData']['data'][number];

/** One kind of thing that is held about people. */
export interface Section {
	count(tables: SiteTables, person: Person): Promise<number>;
	items(tables: SiteTables, person: Person, window: Window): Promise<Item[]>;
}

export interface Window {
	offset: number;
	limit: number;
}

/** One thing, in the shape of WordPress's exporter; empty fields are left out. */
export function item(
	group: string,
	label: string,
	id: number | string,
	fields: Record<string, string>,
): Item {
	return {
		group_id: `return-channel-${group}`,
		group_label: label,
		item_id: `return-channel-${group}-${id}`,
		data: Object.entries(fields)
			.filter(([, value]) => value !== '')
			.map(([name, value]) => ({ name, value })),
	};
}

/** A count that SQL made. */
export function total(row: { n: number } | undefined): number {
	return Number(row?.n ?? 0);
}

/** ISO 8601; empty for none. */
export function moment(at: number | null): string {
	return at === null ? '' : new Date(at).toISOString();
}

/** "yes" or "no". */
export function yes(flag: number): string {
	return flag === 1 ? 'yes' : 'no';
}
