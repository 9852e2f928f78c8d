import type { Asked } from '../../api.ts';
import { faults, trusts } from '../../../service/contract/bounce.ts';
import { cleared, idIn, oneOf, pageIn, rowsPerPage } from '../../view-state.ts';

/** What the bounces page keeps in the URL. `paged` and `s` are WordPress's own names for page and search. */
export const bounceKeys = [
	'paged',
	's',
	'orderby',
	'order',
	'type',
	'reason',
	'fault',
	'trust',
	'recognised',
	'mailing',
	'from',
	'until',
] as const;
export type BounceKey = (typeof bounceKeys)[number];
export type BounceValues = Readonly<Record<BounceKey, string>>;

/** Filters beside the search and the type, which have places of their own. */
export const filterKeys = [
	'reason',
	'fault',
	'trust',
	'recognised',
	'mailing',
	'from',
	'until',
] as const satisfies readonly BounceKey[];

/** Takes away every filter. */
export const noFilters = cleared([...filterKeys, 's', 'type', 'paged']);

/** What the list asks for. A value that the URL has wrong is no filter. */
export function bouncesAsked(values: BounceValues): Asked<'listBounces'> {
	return {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
		orderby: oneOf(['recordedAt', 'email', 'type'], values.orderby),
		order: oneOf(['asc', 'desc'], values.order),
		type: values.type || undefined,
		reason: values.reason || undefined,
		fault: oneOf(faults, values.fault),
		trust: oneOf(trusts, values.trust),
		recognised: values.recognised ? values.recognised === 'yes' : undefined,
		mailingId: idIn(values.mailing),
		from: values.from || undefined,
		until: values.until || undefined,
	};
}

/** What the counts by type ask for: the same, whatever the type. */
export function countsAsked(values: BounceValues): Asked<'countBounces'> {
	return { ...bouncesAsked({ ...values, type: '', paged: '' }), per_page: 1 };
}

/** Whether the list shows less than all bounces. */
export function isNarrowed(values: BounceValues): boolean {
	return ['s' as const, 'type' as const, ...filterKeys].some((key) => values[key] !== '');
}

/** The stored mails that the list is narrowed to, for judging them again; undefined when it is narrowed by what mails are
 *  not chosen by. */
export function selectionOf(values: BounceValues): Asked<'startReprocess'> | undefined {
	const others: BounceKey[] = ['s', 'reason', 'fault', 'trust', 'mailing'];
	if (values.recognised === 'yes' || others.some((key) => values[key])) return undefined;
	return {
		type: values.type || undefined,
		notRecognised: values.recognised === 'no' ? true : undefined,
		from: values.from || undefined,
		until: values.until || undefined,
	};
}
