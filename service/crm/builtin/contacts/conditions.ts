import { expressionBuilder, sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { searchFields } from '../../../contract/contact.ts';
import type { AddressPlace, Condition, SearchField } from '../../../contract/contact.ts';
import { dayAfter, startOfDay, textMatches } from '../../../db/filters.ts';
import type { TextMatch } from '../../../db/filters.ts';
import type { Tables } from '../../../db/schema.ts';

type Test = RawBuilder<SqlBool>;
type Comparison = Extract<Condition, { field: SearchField }>;

const tables = expressionBuilder<Tables, never>();

/** The column of contacts that a field is compared with. */
const columnOf = {
	name: 'c.display_name',
	firstName: 'c.first_name',
	lastName: 'c.last_name',
	employer: 'c.employer',
	note: 'c.note',
	kind: 'c.kind',
	status: 'c.status',
	isUser: 'c.wp_user_id',
	doNotEmail: 'c.do_not_email',
	isOptedOut: 'c.is_opted_out',
	isDeceased: 'c.is_deceased',
	createdAt: 'c.created_at',
	lastMailAt: 'c.last_mail_at',
	mails: 'c.mails',
	email: 'a.email_key',
	domain: 'a.domain',
	onHold: 'a.hold',
	hold: 'a.hold',
	holdType: 'a.hold_type',
	heldSince: 'a.held_at',
} as const satisfies Partial<Record<SearchField, string>>;

const textMatchOf: Readonly<Record<string, TextMatch>> = {
	'=': 'is',
	contains: 'contains',
	starts: 'starts',
	ends: 'ends',
};

/** A search as SQL about the contact `c`. `!=`, `empty` and "no" are what `=`, `not-empty` and "yes" are not: so "domain is not
 *  example.org" finds those without any address too. Texts compare without case, days are days in UTC. */
export function conditionSql(siteId: string, condition: Condition): Test {
	if ('all' in condition) return joined(siteId, condition.all, 'and');
	if ('any' in condition) return joined(siteId, condition.any, 'or');
	const { field, operator, value = '' } = condition;
	switch (operator) {
		case '!=':
			return not(conditionSql(siteId, { ...condition, operator: '=' }));
		case 'empty':
			return not(conditionSql(siteId, { ...condition, operator: 'not-empty' }));
		case '=':
			if (searchFields[field].kind === 'yes-no' && value === 'no')
				return not(conditionSql(siteId, { ...condition, value: 'yes' }));
	}
	return searchFields[field].of === 'address'
		? hasAddress(siteId, condition.place ?? 'primary', columnTest(condition))
		: contactTest(siteId, condition);
}

/** Nothing asked for is true for everybody. */
function joined(siteId: string, parts: readonly Condition[], by: 'and' | 'or'): Test {
	if (parts.length === 0) return sql<SqlBool>`1 = 1`;
	const tests = parts.map((part) => conditionSql(siteId, part));
	return sql<SqlBool>`(${sql.join(tests, by === 'and' ? sql` and ` : sql` or `)})`;
}

function not(test: Test): Test {
	return sql<SqlBool>`not (${test})`;
}

function contactTest(siteId: string, comparison: Comparison): Test {
	const { field, operator, value = '' } = comparison;
	if (field === 'group') {
		const members = tables
			.selectFrom('group_members')
			.select('contact_id')
			.where('site_id', '=', siteId)
			.where('group_id', '=', Number(value));
		return sql<SqlBool>`c.id in ${members}`;
	}
	if (field === 'bounces') return bouncesTest(siteId, operator, Number(value));
	return columnTest(comparison);
}

function hasAddress(siteId: string, place: AddressPlace, test: Test): Test {
	let addresses = tables
		.selectFrom('addresses as a')
		.select('a.contact_id')
		.where('a.site_id', '=', siteId)
		.where(test);
	if (place === 'primary') addresses = addresses.where('a.is_primary', '=', 1);
	if (place === 'bulk') addresses = addresses.where('a.is_bulk', '=', 1);
	return sql<SqlBool>`c.id in ${addresses}`;
}

/** A comparison with one column that is neither negated nor `no`. */
function columnTest({ field, operator, value = '' }: Comparison): Test {
	if (field === 'group' || field === 'bounces') throw new Error(`The field ${field} is no column.`);
	const name = columnOf[field];
	const column = sql.ref(name);
	switch (searchFields[field].kind) {
		case 'text':
			if (operator === 'not-empty') return sql<SqlBool>`${column} <> ''`;
			// Addresses are kept in lower case too, so that an index finds them.
			return operator === '=' && isLowerCase(name)
				? sql<SqlBool>`${column} = ${value.toLowerCase()}`
				: textMatches(name, textMatchOf[operator] ?? 'is', value);
		case 'yes-no':
			return name === 'c.wp_user_id' || name === 'a.hold'
				? sql<SqlBool>`${column} is not null`
				: sql<SqlBool>`${column} = 1`;
		case 'date':
			return dayTest(column, operator, value);
		case 'number':
			return numberTest(column, operator, Number(value));
		default:
			return operator === 'not-empty'
				? sql<SqlBool>`${column} is not null`
				: sql<SqlBool>`coalesce(${column}, '') = ${value}`;
	}
}

function isLowerCase(column: string): boolean {
	return column === columnOf.email || column === columnOf.domain;
}

/** Always true or false, never null, so that its opposite is right. */
function dayTest(column: RawBuilder<unknown>, operator: Comparison['operator'], day: string): Test {
	if (operator === 'not-empty') return sql<SqlBool>`${column} is not null`;
	const present = sql`${column} is not null`;
	if (operator === '<') return sql<SqlBool>`(${present} and ${column} < ${startOfDay(day)})`;
	if (operator === '>') return sql<SqlBool>`(${present} and ${column} >= ${dayAfter(day)})`;
	return sql<SqlBool>`(${present} and ${column} >= ${startOfDay(day)} and ${column} < ${dayAfter(day)})`;
}

function numberTest(
	column: RawBuilder<unknown>,
	operator: Comparison['operator'],
	number: number,
): Test {
	if (operator === '<') return sql<SqlBool>`${column} < ${number}`;
	if (operator === '>') return sql<SqlBool>`${column} > ${number}`;
	return sql<SqlBool>`${column} = ${number}`;
}

/** Few contacts have bounces, so those are looked for, and counted where it matters; who is not among them has none. */
function bouncesTest(siteId: string, operator: Comparison['operator'], number: number): Test {
	// A cross join keeps SQLite from beginning with all addresses, which are many more.
	const bounced = tables
		.selectFrom('bounces as b')
		.crossJoin('addresses as a')
		.select('a.contact_id')
		.whereRef('a.id', '=', 'b.address_id')
		.whereRef('a.site_id', '=', 'b.site_id')
		.where('b.site_id', '=', siteId)
		.where('b.deleted_at', 'is', null);
	const having = (test: RawBuilder<SqlBool>) =>
		sql<SqlBool>`c.id in ${bounced.groupBy('a.contact_id').having(test)}`;
	const anyBounce = sql<SqlBool>`c.id in ${bounced}`;

	if (operator === '<' && number === 0) return sql<SqlBool>`1 = 0`;
	if (operator === '>' && number === 0) return anyBounce;
	if (operator === '=' && number === 0) return not(anyBounce);
	if (operator === '>') return having(sql<SqlBool>`count(*) > ${number}`);
	if (operator === '<') return not(having(sql<SqlBool>`count(*) >= ${number}`));
	return having(sql<SqlBool>`count(*) = ${number}`);
}
