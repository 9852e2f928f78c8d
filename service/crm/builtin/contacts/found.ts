import { expressionBuilder, sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { ContactStatus } from '../../../contract/address.ts';
import { dayAfter, startOfDay, textMatches } from '../../../db/filters.ts';
import { inPieces } from '../../../db/open.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Chosen, ContactFilters } from '../../contact-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { conditionSql } from './conditions.ts';

const tables = expressionBuilder<Tables, never>();

/** The contacts that filters find, as `c`. Merged ones are never found.
 *  @param everywhere in the trash and outside of it, whatever the filters say */
export function found(
	{ db, siteId }: SiteTables,
	filters: ContactFilters,
	{ everywhere = false } = {},
) {
	let query = db.selectFrom('contacts as c').where('c.site_id', '=', siteId);
	if (everywhere)
		query = query.where((eb) =>
			eb.or([eb('c.deleted_at', 'is', null), eb('c.merged_into', 'is', null)]),
		);
	else if (filters.deleted)
		query = query.where('c.deleted_at', 'is not', null).where('c.merged_into', 'is', null);
	else query = query.where('c.deleted_at', 'is', null);
	if (filters.kind) query = query.where('c.kind', '=', filters.kind);
	if (filters.status) query = query.where(statusTest(filters.status));
	if (filters.isUser !== undefined)
		query = query.where('c.wp_user_id', filters.isUser ? 'is not' : 'is', null);
	if (filters.from) query = query.where('c.created_at', '>=', startOfDay(filters.from));
	if (filters.until) query = query.where('c.created_at', '<', dayAfter(filters.until));
	if (filters.groupId) {
		const groupId = String(filters.groupId);
		query = query.where(conditionSql(siteId, { field: 'group', operator: '=', value: groupId }));
	}
	if (filters.domain) {
		const value = filters.domain;
		query = query.where(
			conditionSql(siteId, { field: 'domain', place: 'any', operator: '=', value }),
		);
	}
	if (filters.hold) query = query.where(holdCondition(siteId, filters.hold));
	if (filters.where) query = query.where(conditionSql(siteId, filters.where));
	for (const word of (filters.search ?? '').split(/\s+/).filter(Boolean))
		query = query.where(wordTest(siteId, word));
	return query;
}

/** Ids of the contacts that somebody chose: those among the named ones that are there, or all that the filter finds.
 *  @param inTrash look in the trash instead */
export async function idsOf(
	tablesOfSite: SiteTables,
	chosen: Chosen,
	{ inTrash = false } = {},
): Promise<number[]> {
	if ('filter' in chosen) {
		const filters = inTrash ? { ...chosen.filter, deleted: true } : chosen.filter;
		const rows = await found(tablesOfSite, filters).select('c.id').orderBy('c.id').execute();
		return rows.map(({ id }) => id);
	}
	const ids: number[] = [];
	for (const piece of inPieces([...new Set(chosen.ids)])) {
		const rows = await found(tablesOfSite, { deleted: inTrash })
			.select('c.id')
			.where('c.id', 'in', piece)
			.execute();
		ids.push(...rows.map(({ id }) => id));
	}
	return ids;
}

/** Nearly everybody is confirmed, so that index helps only to find the others; the plus keeps SQLite from sorting all. */
function statusTest(status: ContactStatus) {
	return status === 'confirmed'
		? sql<SqlBool>`+c.status = ${status}`
		: sql<SqlBool>`c.status = ${status}`;
}

/** About the primary address. */
export function holdCondition(siteId: string, hold: NonNullable<ContactFilters['hold']>) {
	if (hold === 'any' || hold === 'none') {
		const value = hold === 'any' ? 'yes' : 'no';
		return conditionSql(siteId, { field: 'onHold', operator: '=', value });
	}
	return conditionSql(siteId, { field: 'hold', operator: '=', value: hold });
}

/** A word of the search box stands in the name or in one of the addresses. */
function wordTest(siteId: string, word: string) {
	const small = word.toLowerCase();
	const addresses = tables
		.selectFrom('addresses as a')
		.select('a.contact_id')
		.where('a.site_id', '=', siteId)
		.where(hasSmall('a.email_key', small));
	return sql<SqlBool>`(${hasSmall('c.sort_name', small)}
		or ${textMatches('c.display_name', 'contains', word)} or c.id in ${addresses})`;
}

/** A condition: a column in lower case contains a word in lower case. */
function hasSmall(column: string, small: string) {
	return sql<SqlBool>`instr(${sql.ref(column)}, ${small}) > 0`;
}
