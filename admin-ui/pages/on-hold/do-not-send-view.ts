import type { Asked } from '../../api.ts';
import { pageIn, rowsPerPage } from '../../view-state.ts';

/** What the do-not-send list keeps in the URL. */
export const doNotSendKeys = ['paged', 's'] as const;
export type DoNotSendKey = (typeof doNotSendKeys)[number];

/** What the list asks for. */
export function doNotSendAsked(
	values: Readonly<Record<DoNotSendKey, string>>,
): Asked<'listDoNotSend'> {
	return {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
	};
}
