import type { SelectQueryBuilder } from 'kysely';
import type { Answers } from '../../../contract/messages.ts';
import type { SiteTables } from '../site-tables.ts';
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

/** How many rows a query finds. */
export async function countOf<Schema, Tables extends keyof Schema, Row>(
	query: SelectQueryBuilder<Schema, Tables, Row>,
): Promise<number> {
	const row = await query
		.clearSelect()
		.select((eb) => eb.fn.countAll().as('n'))
		.$castTo<{ n: number | string }>()
		.executeTakeFirstOrThrow();
	return Number(row.n);
}

/** The rows of a window of what a query finds; the query says their order. */
export function rowsIn<Schema, Tables extends keyof Schema, Row>(
	{ limit, offset }: Window,
	query: SelectQueryBuilder<Schema, Tables, Row>,
) {
	return query.limit(limit).offset(offset).execute();
}

/** ISO 8601; empty for none. */
export function moment(at: number | null): string {
	return at === null ? '' : new Date(at).toISOString();
}

/** "yes" or "no". */
export function yes(flag: number): string {
	return flag === 1 ? 'yes' : 'no';
}
