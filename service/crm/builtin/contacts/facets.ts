import { sql } from 'kysely';
import { contactStatuses } from '../../../contract/address.ts';
import { contactKinds } from '../../../contract/contact.ts';
import type { ContactFacets } from '../../../contract/contact.ts';
import type { ContactFilters } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { found, holdCondition } from './found.ts';

/** How many contacts are alike in what can be filtered. */
interface Tally {
	kind: string;
	status: string;
	count: number | string;
}

/** See `ContactBook.facets`: each count is what its own filter would find beside the others. */
export async function contactFacets(
	tables: SiteTables,
	filters: ContactFilters,
): Promise<ContactFacets> {
	// Words are looked for in everybody's names and addresses; so it looks once for all counts.
	return filters.search ? searched(tables, filters) : counted(tables, filters);
}

async function counted(tables: SiteTables, filters: ContactFilters): Promise<ContactFacets> {
	const { kind: _, status: __, ...others } = filters;
	const tally = await found(tables, others)
		.select(['c.kind', 'c.status', (eb) => eb.fn.countAll<number>().as('count')])
		.groupBy(['c.kind', 'c.status'])
		.execute();
	const count = async (wanted: ContactFilters) => {
		const { total } = await found(tables, wanted)
			.select((eb) => eb.fn.countAll<number>().as('total'))
			.executeTakeFirstOrThrow();
		return Number(total);
	};
	return {
		...countsOf(tally, filters),
		onHold: await count({ ...filters, hold: 'any' }),
		deleted: await count({ ...filters, deleted: true }),
	};
}

async function searched(tables: SiteTables, filters: ContactFilters): Promise<ContactFacets> {
	const { kind, status, hold, ...others } = filters;
	const test = (wanted: ContactFilters['hold']) =>
		wanted ? holdCondition(tables.siteId, wanted) : sql`1`;
	const tally = await found(tables, others, { everywhere: true })
		.select(['c.kind', 'c.status', (eb) => eb.fn.countAll<number>().as('count')])
		.select(sql<number>`c.deleted_at is not null`.as('is_deleted'))
		.select(sql<number>`${test('any')}`.as('is_held'))
		.select(sql<number>`${test(hold)}`.as('is_as_wanted'))
		.groupBy(['c.kind', 'c.status', 'is_deleted', 'is_held', 'is_as_wanted'])
		.execute();
	const inPlace = tally.filter(
		({ is_deleted }) => (is_deleted === 1) === (filters.deleted ?? false),
	);
	const asWanted = (row: (typeof tally)[number]) => row.is_as_wanted === 1;
	const fits = (row: Tally) => (!kind || row.kind === kind) && (!status || row.status === status);
	return {
		...countsOf(inPlace.filter(asWanted), filters),
		onHold: sum(inPlace.filter((row) => row.is_held === 1 && fits(row))),
		deleted: sum(tally.filter((row) => row.is_deleted === 1 && asWanted(row) && fits(row))),
	};
}

function countsOf(tally: readonly Tally[], { kind, status }: ContactFilters) {
	const ofKind = tally.filter((row) => !kind || row.kind === kind);
	const ofStatus = tally.filter((row) => !status || row.status === status);
	return {
		total: sum(ofKind.filter((row) => ofStatus.includes(row))),
		kinds: byWord(contactKinds, (one) => sum(ofStatus.filter((row) => row.kind === one))),
		statuses: byWord(contactStatuses, (one) => sum(ofKind.filter((row) => row.status === one))),
	};
}

function byWord<Word extends string>(
	words: readonly Word[],
	countOf: (word: Word) => number,
): Record<Word, number> {
	return Object.fromEntries(words.map((word) => [word, countOf(word)])) as Record<Word, number>;
}

function sum(tally: readonly Tally[]): number {
	return tally.reduce((total, { count }) => total + Number(count), 0);
}
