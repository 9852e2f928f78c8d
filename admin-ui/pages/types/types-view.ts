import type { Asked } from '../../api.ts';
import { idIn, pageIn, rowsPerPage } from '../../view-state.ts';

export const sectionNames = ['types', 'reasons', 'patterns'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the page keeps in the URL. `pattern` and `expression` come from "make a pattern from this". */
export const typesKeys = [
	'section',
	'paged',
	's',
	'type',
	'problem',
	'pattern',
	'expression',
] as const;
export type TypesKey = (typeof typesKeys)[number];

/** What the list of patterns asks for. A value that the URL has wrong is no filter. */
export function patternsAsked(values: Readonly<Record<TypesKey, string>>): Asked<'listPatterns'> {
	return {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
		typeId: idIn(values.type),
		hasProblem: values.problem === 'yes' ? true : undefined,
	};
}
