import type { Asked } from '../../api.ts';
import { holdKinds } from '../../../service/contract/address.ts';
import { cleared, oneOf, pageIn, rowsPerPage } from '../../view-state.ts';

/** What the on-hold page keeps in the URL. */
export const holdKeys = [
	'paged',
	's',
	'orderby',
	'order',
	'hold',
	'type',
	'domain',
	'from',
	'until',
] as const;
export type HoldKey = (typeof holdKeys)[number];
export type HoldValues = Readonly<Record<HoldKey, string>>;

/** Filters beside the search. */
export const filterKeys = [
	'hold',
	'type',
	'domain',
	'from',
	'until',
] as const satisfies readonly HoldKey[];

/** Takes away every filter. */
export const noFilters = cleared([...filterKeys, 's', 'paged']);

/** What the list is narrowed to; also what "all that match" releases. A value that the URL has wrong is no filter. */
export function holdFilter(values: HoldValues) {
	return {
		search: values.s || undefined,
		hold: oneOf(holdKinds, values.hold),
		type: values.type || undefined,
		domain: values.domain || undefined,
		from: values.from || undefined,
		until: values.until || undefined,
	};
}

/** What the list asks for. */
export function holdsAsked(values: HoldValues): Asked<'listAddressesOnHold'> {
	return {
		...holdFilter(values),
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		orderby: oneOf(['heldSince', 'email', 'type'], values.orderby),
		order: oneOf(['asc', 'desc'], values.order),
	};
}

/** Asks how many opt-outs are among what the filter finds: a release leaves them alone. Undefined when the filter leaves
 *  none in. */
export function optOutsIn(values: HoldValues): Asked<'listAddressesOnHold'> | undefined {
	if (values.hold && values.hold !== 'opt-out') return undefined;
	return { ...holdFilter(values), hold: 'opt-out', page: 1, per_page: 1 };
}
