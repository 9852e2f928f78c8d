import {
	addressPlaces,
	operatorsOf,
	searchFields,
	searchOperators,
} from '../../../../service/contract/contact.ts';
import type {
	AddressPlace,
	Condition,
	SearchField,
	SearchOperator,
} from '../../../../service/contract/contact.ts';
import { idIn, oneOf } from '../../../view-state.ts';

/** One comparison while it is written; its value may be missing still. */
export interface Line {
	field: SearchField;
	place: AddressPlace;
	operator: SearchOperator;
	value: string;
}

/** Lines of which all or any must hold. */
export interface Bracket {
	join: 'all' | 'any';
	lines: Line[];
}

/** A search while it is built: lines, and below them brackets of lines. */
export interface SearchDraft extends Bracket {
	brackets: Bracket[];
}

export const fieldNames = Object.keys(searchFields) as SearchField[];

export const emptyLine: Line = { field: 'name', place: 'primary', operator: 'contains', value: '' };
export const emptySearch: SearchDraft = { join: 'all', lines: [emptyLine], brackets: [] };

/** The documented search for people who get no mail: "Contacts, On Hold, Primary, =, Yes". */
export const onHoldSearch: SearchDraft = {
	join: 'all',
	lines: [{ field: 'onHold', place: 'primary', operator: '=', value: 'yes' }],
	brackets: [],
};

/** The line asks for another field: what the field can't be compared with is replaced by what it can. */
export function withField(line: Line, field: SearchField): Line {
	const { kind } = searchFields[field];
	const isSameKind = searchFields[line.field].kind === kind;
	return {
		...line,
		field,
		operator: isSameKind ? line.operator : operatorsOf[kind][0]!,
		value: isSameKind ? line.value : kind === 'yes-no' ? 'yes' : '',
	};
}

export function takesValue({ operator }: Pick<Line, 'operator'>): boolean {
	return operator !== 'empty' && operator !== 'not-empty';
}

/** A value is missing, or is none that the field can have. */
export function isIncomplete(line: Line): boolean {
	if (!takesValue(line)) return false;
	const { kind } = searchFields[line.field];
	const value = line.value.trim();
	if (kind === 'number') return !/^\d{1,9}$/.test(value);
	if (kind === 'group') return idIn(value) === undefined;
	return value === '';
}

export function allLines(draft: SearchDraft): Line[] {
	return [draft, ...draft.brackets].flatMap(({ lines }) => lines);
}

/** The search to ask for; undefined while a line of it is incomplete, or when there is none. */
export function searchOf(draft: SearchDraft): Condition | undefined {
	if (allLines(draft).length === 0 || allLines(draft).some(isIncomplete)) return undefined;
	const brackets = draft.brackets.filter(({ lines }) => lines.length > 0);
	return joined(draft.join, [...draft.lines.map(comparisonOf), ...brackets.map(bracketOf)]);
}

function bracketOf({ join, lines }: Bracket): Condition {
	return joined(join, lines.map(comparisonOf));
}

function joined(join: Bracket['join'], parts: Condition[]): Condition {
	return join === 'all' ? { all: parts } : { any: parts };
}

function comparisonOf(line: Line): Condition {
	const { of } = searchFields[line.field];
	return {
		field: line.field,
		operator: line.operator,
		...(of === 'address' ? { place: line.place } : {}),
		...(takesValue(line) ? { value: line.value.trim() } : {}),
	};
}

/** The search in a URL's `where`; undefined when there is none, or what is there is no search that the page can show. */
export function searchIn(where: string): Condition | undefined {
	const draft = draftIn(where);
	return draft && searchOf(draft);
}

/** The search in a URL's `where`, to go on building; undefined as in `searchIn`. */
export function draftIn(where: string): SearchDraft | undefined {
	const parsed = parse(where);
	const line = lineFrom(parsed);
	if (line) return { join: 'all', lines: [line], brackets: [] };
	const outer = partsOf(parsed);
	if (!outer) return undefined;

	const draft: SearchDraft = { join: outer.join, lines: [], brackets: [] };
	for (const part of outer.parts) {
		const inner = partsOf(part);
		const lines = (inner?.parts ?? [part]).map(lineFrom);
		if (!lines.every((candidate) => candidate !== undefined)) return undefined;
		if (inner) draft.brackets.push({ join: inner.join, lines });
		else draft.lines.push(...lines);
	}
	return draft;
}

function parse(where: string): unknown {
	try {
		return where ? JSON.parse(where) : undefined;
	} catch {
		return undefined; // somebody edited the URL
	}
}

function partsOf(value: unknown): { join: Bracket['join']; parts: unknown[] } | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	if ('all' in value && Array.isArray(value.all)) return { join: 'all', parts: value.all };
	if ('any' in value && Array.isArray(value.any)) return { join: 'any', parts: value.any };
	return undefined;
}

function lineFrom(value: unknown): Line | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const part = value as Partial<Record<keyof Line, unknown>>;
	const field = oneOf(fieldNames, String(part.field));
	const operator = oneOf(searchOperators, String(part.operator));
	if (!field || !operator || !operatorsOf[searchFields[field].kind].includes(operator))
		return undefined;
	return {
		field,
		operator,
		place: oneOf(addressPlaces, String(part.place)) ?? 'primary',
		value: typeof part.value === 'string' ? part.value : '',
	};
}
