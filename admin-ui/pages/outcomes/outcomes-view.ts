import { ignoredBecause, outcomes } from '../../../service/contract/activity.ts';
import type { OutcomeFacets } from '../../../service/contract/activity.ts';
import { mailKinds } from '../../../service/contract/bounce.ts';
import type { Asked } from '../../api.ts';
import { cleared, idIn, oneOf, pageIn, rowsPerPage } from '../../view-state.ts';

/** What the page keeps in the URL. `mail` is the line whose details are open; `why` is what was asked about; `paged` and `s`
 *  are WordPress's own names for page and search. */
export const outcomeKeys = [
	'mail',
	'why',
	'paged',
	's',
	'order',
	'outcome',
	'because',
	'account',
	'kind',
	'run',
	'from',
	'until',
] as const;
export type OutcomeKey = (typeof outcomeKeys)[number];
export type OutcomeValues = Readonly<Record<OutcomeKey, string>>;

/** Filters beside the search and those that are pressed above the list. */
export const filterKeys = [
	'account',
	'kind',
	'run',
	'from',
	'until',
] as const satisfies readonly OutcomeKey[];

/** Takes away every filter. */
export const noFilters = cleared([...filterKeys, 's', 'outcome', 'because', 'paged']);

/** What the log is narrowed to. A value that the URL has wrong is no filter. */
export function filterOf(values: OutcomeValues): Asked<'countOutcomes'> {
	return {
		search: values.s || undefined,
		outcome: oneOf(outcomes, values.outcome),
		ignoredBecause: oneOf(ignoredBecause, values.because),
		accountId: idIn(values.account),
		kind: oneOf(mailKinds, values.kind),
		runId: idIn(values.run),
		from: values.from || undefined,
		until: values.until || undefined,
	};
}

/** What the list asks for. */
export function outcomesAsked(values: OutcomeValues): Asked<'listOutcomes'> {
	return {
		...filterOf(values),
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		order: oneOf(['asc', 'desc'], values.order),
	};
}

/** What the counts above the list ask for: all but what they themselves narrow the list to. */
export function countsAsked(values: OutcomeValues): Asked<'countOutcomes'> {
	return { ...filterOf(values), outcome: undefined, ignoredBecause: undefined };
}

/** All mails that the counts know of. */
export function totalOf({ outcomes: byOutcome }: OutcomeFacets): number {
	return outcomes.reduce((sum, name) => sum + byOutcome[name], 0);
}
