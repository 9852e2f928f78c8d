import { expressionBuilder, sql } from 'kysely';
import type { SqlBool } from 'kysely';
import type { ContactStatus } from '../../../contract/address.ts';
import { dayAfter, startOfDay, textMatches } from '../../../db/filters.ts';
import { inPieces } from '../../../db/open.ts';
import type { Tables } from '../../../db/schema.ts';
import type { Chosen, ContactFilters } from '../../contact-book.ts';
import type { SiteTables } from '../builtin-crm.ts';
import { conditionSql } from './conditions.ts';

const tables = expressionBuilder<Tables, never>();

/** The contacts that filters find, as `c`. Merged ones are never found. */
export function found({ db, siteId }: SiteTables, filters: ContactFilters) {
	let query = db.selectFrom('contacts as c').where('c.site_id', '=', siteId);
	query = filters.deleted
		? query.where('c.deleted_at', 'is not', null).where('c.merged_into', 'is', null)
		: query.where('c.deleted_at', 'is', null);
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
function holdCondition(siteId: string, hold: NonNullable<ContactFilters['hold']>) {
	if (hold === 'any' || hold === 'none') {
		const value = hold === 'any' ? 'yes' : 'no';
		return conditionSql(siteId, { field: 'onHold', operator: '=', value });
	}
	return conditionSql(siteId, { field: 'hold', operator: '=', value: hold });
}

/** A word of the search box stands in the name or in one of the addresses. */
function wordTest(siteId: string, word: string) {
	const addresses = tables
		.selectFrom('addresses as a')
		.select('a.contact_id')
		.where('a.site_id', '=', siteId)
		.where(textMatches('a.email_key', 'contains', word.toLowerCase()));
	return sql<SqlBool>`(${textMatches('c.sort_name', 'contains', word.toLowerCase())}
		or ${textMatches('c.display_name', 'contains', word)} or c.id in ${addresses})`;
}
