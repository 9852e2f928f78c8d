import { activityStatuses } from '../../../service/contract/activity.ts';
import type { Asked } from '../../api.ts';
import { cleared, idIn, oneOf, pageIn, rowsPerPage } from '../../view-state.ts';

export const sectionNames = ['mails', 'never-file', 'settings'] as const;
export type SectionName = (typeof sectionNames)[number];

/** What the page keeps in the URL. `activity` is the mail that is shown on a page of its own; `paged` and `s` are
 *  WordPress's own names for page and search. */
export const activityKeys = [
	'section',
	'activity',
	'paged',
	's',
	'orderby',
	'order',
	'account',
	'status',
	'campaign',
	'attachments',
	'contact',
	'thread',
	'from',
	'until',
] as const;
export type ActivityKey = (typeof activityKeys)[number];
export type ActivityValues = Readonly<Record<ActivityKey, string>>;

/** Filters beside the search. */
export const filterKeys = [
	'account',
	'status',
	'campaign',
	'attachments',
	'contact',
	'thread',
	'from',
	'until',
] as const satisfies readonly ActivityKey[];

/** Takes away every filter. */
export const noFilters = cleared([...filterKeys, 's', 'paged']);

/** What the list asks for. A value that the URL has wrong is no filter. */
export function activitiesAsked(values: ActivityValues): Asked<'listActivities'> {
	return {
		page: pageIn(values.paged),
		per_page: rowsPerPage,
		search: values.s || undefined,
		orderby: oneOf(['occurredAt', 'filedAt'], values.orderby),
		order: oneOf(['asc', 'desc'], values.order),
		accountId: idIn(values.account),
		status: oneOf(activityStatuses, values.status),
		campaign: values.campaign || undefined,
		hasAttachments: values.attachments ? values.attachments === 'yes' : undefined,
		contactId: idIn(values.contact),
		threadId: idIn(values.thread),
		from: values.from || undefined,
		until: values.until || undefined,
	};
}
