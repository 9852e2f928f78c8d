import { contactStatuses, holdKinds } from '../../../service/contract/address.ts';
import { contactKinds } from '../../../service/contract/contact.ts';
import type { Asked } from '../../api.ts';
import { cleared, idIn, oneOf, pageIn, rowsPerPage } from '../../view-state.ts';
import { searchIn } from './search/search-draft.ts';

export const sectionNames = ['contacts', 'search', 'groups', 'import', 'users'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the page keeps in the URL. `contact` is "new" or an id, `edit` says that its form is open, `part` narrows its story and `story`
 *  is the page of it; `where` is the search that was built, as JSON; `import` is an import's id. */
export const contactsKeys = [
	'section',
	'contact',
	'edit',
	'part',
	'story',
	'import',
	'paged',
	's',
	'orderby',
	'order',
	'kind',
	'status',
	'hold',
	'group',
	'domain',
	'user',
	'from',
	'until',
	'trash',
	'where',
] as const;
export type ContactsKey = (typeof contactsKeys)[number];
export type ContactsValues = Readonly<Record<ContactsKey, string>>;

/** Filters in the foldable part, beside the search. */
export const filterKeys = [
	'hold',
	'group',
	'status',
	'kind',
	'domain',
	'user',
	'from',
	'until',
] as const satisfies readonly ContactsKey[];

/** All that narrows the list. */
const narrowingKeys = [
	...filterKeys,
	's',
	'trash',
	'where',
] as const satisfies readonly ContactsKey[];

/** Takes away all that narrows the list; the search that was built stays where it is built. */
export function noFilters({
	section,
	where,
}: ContactsValues): Partial<Record<ContactsKey, string>> {
	return {
		...cleared(narrowingKeys),
		paged: '',
		where: section === 'search' ? where : '',
	};
}

/** Leaves a section for another: what narrowed the first says nothing about the second. */
export function toSection(section: SectionName): Partial<Record<ContactsKey, string>> {
	return { ...cleared(contactsKeys), section: section === 'contacts' ? '' : section };
}

/** Whether the list shows less than all contacts. */
export function isNarrowed(values: ContactsValues): boolean {
	return narrowingKeys.some((key) => values[key] !== '');
}

/** The part of the URL that a saved view keeps: "hold=bounce&group=3". */
export function queryOf(values: ContactsValues): string {
	const kept = ['section', ...narrowingKeys, 'orderby', 'order'] as const;
	return new URLSearchParams(
		kept.filter((key) => values[key] !== '').map((key) => [key, values[key]]),
	).toString();
}

/** What the URL becomes when a saved view is opened. */
export function viewOf(query: string): Partial<Record<ContactsKey, string>> {
	const saved = new URLSearchParams(query);
	return Object.fromEntries(contactsKeys.map((key) => [key, saved.get(key) ?? '']));
}

/** What the list is narrowed to; also whom a deed for "all that match" is for. A value that the URL has wrong is no filter. */
export function contactFilter(values: ContactsValues) {
	return {
		search: values.s || undefined,
		kind: oneOf(contactKinds, values.kind),
		status: oneOf(contactStatuses, values.status),
		hold: oneOf(['any', 'none', ...holdKinds], values.hold),
		groupId: idIn(values.group),
		domain: values.domain || undefined,
		isUser: values.user === 'yes' ? true : values.user === 'no' ? false : undefined,
		from: values.from || undefined,
		until: values.until || undefined,
		deleted: values.trash === 'yes',
		where: searchIn(values.where),
	};
}

/** What the list asks for. */
export function contactsAsked(values: ContactsValues): Asked<'listContacts'> {
	return {
		...contactFilter(values),
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		orderby: oneOf(['name', 'createdAt', 'lastMailAt', 'email'], values.orderby),
		order: oneOf(['asc', 'desc'], values.order),
	};
}

/** What the counts beside the list ask for: everything but what the counts themselves narrow. */
export function countsAsked(values: ContactsValues): Asked<'countContacts'> {
	return {
		...contactFilter(values),
		kind: undefined,
		status: undefined,
		hold: undefined,
		deleted: false,
	};
}
