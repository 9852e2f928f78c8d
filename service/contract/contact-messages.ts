/** What goes over the routes of contacts; see `messages.ts`. */

import { z } from 'zod';
import { contactStatuses, holdKinds } from './address.ts';
import type { ReleaseReport } from './address.ts';
import {
	addressPlaces,
	contactKinds,
	importTargets,
	operatorsOf,
	searchFields,
	searchOperators,
	storyParts,
} from './contact.ts';
import type {
	Condition,
	ContactEvent,
	ContactFacets,
	ContactImport,
	ContactRecord,
	ContactSummary,
	DeedReport,
	Group,
	ImportPreview,
	MergePreview,
	SavedView,
	SearchField,
	SearchFieldKind,
	StoryPart,
	UserSyncSettings,
} from './contact.ts';
import type { AnsweredFile } from './file.ts';
import type { RunStarted } from './job.ts';
import type { Page } from './page.ts';
import { byId, day, flag, id, none, paged } from './request-parts.ts';

/** What a field can be compared with; see `operatorsOf`. */
const valueOf: Readonly<Record<SearchFieldKind, z.ZodType>> = {
	text: z.string().min(1),
	'yes-no': z.enum(['yes', 'no']),
	kind: z.enum(contactKinds),
	status: z.enum(contactStatuses),
	hold: z.enum(holdKinds),
	type: z.string().min(1),
	date: day,
	number: z.string().regex(/^\d{1,9}$/),
	group: z.string().regex(/^[1-9]\d{0,14}$/),
};
const comparison = z.object({
	field: z.enum(Object.keys(searchFields) as [SearchField, ...SearchField[]]),
	place: z.enum(addressPlaces).optional(),
	operator: z.enum(searchOperators),
	value: z.string().trim().max(300).optional(),
});
const mostConditions = 30;
/** Two levels are what the page offers: groups of comparisons, joined by and/or. */
const group = z.union([
	z.object({ all: z.array(comparison).max(mostConditions) }),
	z.object({ any: z.array(comparison).max(mostConditions) }),
]);
const inside = z.union([comparison, group]);
export const condition: z.ZodType<Condition> = z
	.union([
		comparison,
		z.object({ all: z.array(inside).max(mostConditions) }),
		z.object({ any: z.array(inside).max(mostConditions) }),
	])
	.superRefine((asked, context) => {
		for (const message of problemsIn(asked)) context.addIssue({ code: 'custom', message });
	});

/** Comparisons that make no sense, in sentences. */
function problemsIn(asked: Condition): string[] {
	if ('all' in asked) return asked.all.flatMap(problemsIn);
	if ('any' in asked) return asked.any.flatMap(problemsIn);
	const { field, operator, value } = asked;
	const { kind } = searchFields[field];
	if (!operatorsOf[kind].includes(operator))
		return [`The field “${field}” cannot be compared like that.`];
	const needsValue = operator !== 'empty' && operator !== 'not-empty';
	return needsValue && !valueOf[kind].safeParse(value).success
		? [`“${value ?? ''}” is nothing that the field “${field}” can be compared with.`]
		: [];
}

/** In a query string the condition is JSON. */
const conditionInQuery = z
	.union([
		condition,
		z
			.string()
			.max(8_000)
			.transform((text, context) => {
				try {
					return JSON.parse(text) as unknown;
				} catch {
					context.addIssue({ code: 'custom', message: 'The search cannot be read.' });
					return z.NEVER;
				}
			}),
	])
	.pipe(condition);

const filters = {
	search: paged.search,
	kind: z.enum(contactKinds).optional(),
	status: z.enum(contactStatuses).optional(),
	/** Of the primary address; `any`: whatever hold. */
	hold: z.enum(['any', 'none', ...holdKinds]).optional(),
	groupId: id.optional(),
	domain: z.string().trim().toLowerCase().max(255).optional(),
	isUser: flag.optional(),
	from: day.optional(),
	until: day.optional(),
	/** True: the deleted ones instead. */
	deleted: flag.default(false),
	where: conditionInQuery.optional(),
};
const contactFilters = z.object({
	...paged,
	...filters,
	orderby: z.enum(['name', 'createdAt', 'lastMailAt', 'email']).default('name'),
	order: z.enum(['asc', 'desc']).default('asc'),
});
/** Whom a bulk deed is for: those named, or all that a filter finds. */
const chosen = z.union([
	z.object({ ids: z.array(id).min(1).max(10_000) }),
	z.object({ filter: z.object(filters) }),
]);

const parts = Object.keys(storyParts) as [StoryPart, ...StoryPart[]];
const line = z.string().trim().max(250);
const contactFields = z.object({
	kind: z.enum(contactKinds).default('Individual'),
	firstName: line.default(''),
	lastName: line.default(''),
	name: line.default(''),
	employer: line.default(''),
	status: z.enum(contactStatuses).default('confirmed'),
	doNotEmail: z.boolean().default(false),
	isOptedOut: z.boolean().default(false),
	isDeceased: z.boolean().default(false),
	note: z.string().trim().max(5_000).default(''),
	/** All its addresses; one without an id is new, one that is missing is removed. */
	addresses: z
		.array(
			z.object({
				id: id.optional(),
				email: z.email('This is not an e-mail address.').max(320),
				isPrimary: z.boolean().default(false),
				isBulk: z.boolean().default(false),
			}),
		)
		.max(50)
		.default([]),
	groupIds: z.array(id).max(1_000).default([]),
});
const mergeChoice = z.object({
	keepId: id,
	dropId: id,
	/** Fields taken from the dropped one. */
	takeFromDrop: z.array(z.string().max(40)).max(20).default([]),
});
const groupFields = z.object({
	name: z.string().trim().min(1, 'Give the group a name.').max(100),
	description: z.string().trim().max(500).default(''),
	isMailingList: z.boolean().default(false),
});
const importChoice = byId.extend({
	mapping: z.array(z.enum(importTargets)).max(200),
	options: z.object({
		onKnown: z.enum(['fill-gaps', 'overwrite', 'skip']).default('fill-gaps'),
		groupId: id.nullable().default(null),
		makeGroups: z.boolean().default(true),
	}),
});

export const contactRequests = {
	listContacts: contactFilters,
	countContacts: z.object(filters),
	/** `ids` ("3,7,12") takes only these of them. */
	exportContacts: z.object({
		...filters,
		ids: z
			.string()
			.regex(/^\d{1,15}(,\d{1,15})*$/)
			.max(2_000)
			.transform((list) => list.split(',').map(Number))
			.optional(),
	}),
	getContact: byId,
	getContactTimeline: byId.extend({ ...paged, part: z.enum(parts).optional() }),
	addContact: contactFields,
	changeContact: contactFields.extend({ id }),
	deleteContacts: chosen,
	/** Takes contacts out of the trash; a filter finds them with `deleted: true`. */
	restoreContacts: chosen,
	releaseContacts: chosen,
	previewMerge: mergeChoice,
	mergeContacts: mergeChoice,
	undoContactDeed: byId,
	listGroups: none,
	addGroup: groupFields,
	changeGroup: groupFields.extend({ id }),
	deleteGroup: byId,
	addToGroup: z.object({ id, who: chosen }),
	removeFromGroup: z.object({ id, who: chosen }),
	listViews: z.object({ page: z.enum(['contacts']) }),
	saveView: z.object({
		page: z.enum(['contacts']),
		name: z.string().trim().min(1, 'Give the view a name.').max(100),
		query: z.string().max(8_000),
		isShared: z.boolean().default(false),
	}),
	deleteView: byId,
	listImports: none,
	/** Opens an import; its text follows in parts of at most 500,000 characters. */
	startImport: z.object({ fileName: z.string().trim().min(1).max(250) }),
	/** Parts come in order, from 0; one sent twice is taken once. The last one makes the import ready. */
	addImportPart: byId.extend({
		part: z.coerce.number().int().min(0).max(1_000),
		text: z.string().max(500_000),
		isLast: z.boolean().default(false),
	}),
	getImport: byId,
	previewImport: importChoice,
	runImport: importChoice,
	undoImport: byId,
	getUserSync: none,
	changeUserSync: z.object({
		groupOfRole: z.record(z.string().max(100), id),
		whenUserGoes: z.enum(['keep', 'delete']),
	}),
	getContactOfUser: byId,
} as const;

export interface ContactAnswers {
	listContacts: Page<ContactSummary>;
	countContacts: ContactFacets;
	exportContacts: AnsweredFile;
	getContact: ContactRecord;
	getContactTimeline: Page<ContactEvent>;
	addContact: ContactRecord;
	changeContact: ContactRecord;
	deleteContacts: DeedReport;
	restoreContacts: DeedReport;
	releaseContacts: ReleaseReport;
	previewMerge: MergePreview;
	mergeContacts: DeedReport;
	undoContactDeed: DeedReport;
	listGroups: Page<Group>;
	addGroup: Group;
	changeGroup: Group;
	deleteGroup: DeedReport;
	addToGroup: DeedReport;
	removeFromGroup: DeedReport;
	listViews: Page<SavedView>;
	saveView: SavedView;
	deleteView: { sentence: string };
	listImports: Page<ContactImport>;
	startImport: ContactImport;
	addImportPart: ContactImport;
	getImport: ContactImport;
	previewImport: ImportPreview;
	runImport: RunStarted;
	undoImport: DeedReport;
	getUserSync: UserSyncSettings;
	changeUserSync: UserSyncSettings;
	/** By the number of the WordPress user; null when the user is no contact. */
	getContactOfUser: { contact: ContactRecord | null; events: ContactEvent[] };
}
