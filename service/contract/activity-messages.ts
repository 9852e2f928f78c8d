/** What goes over the routes of filed mail, of the ledger of outcomes and of privacy; see `messages.ts`. */

import { z } from 'zod';
import {
	activityStatuses,
	ignoredBecause,
	outcomes,
	partyPlaces,
	partyRoles,
	usualFiling,
} from './activity.ts';
import type {
	ActivityDetail,
	ActivitySummary,
	FilingSettings,
	NeverFileEntry,
	Outcome,
	OutcomeFacets,
	Overview,
} from './activity.ts';
import { mailKinds } from './bounce.ts';
import type { DeedReport } from './contact.ts';
import type { AnsweredFile } from './file.ts';
import type { RunStarted } from './job.ts';
import type { Page } from './page.ts';
import { byId, day, flag, id, none, paged } from './request-parts.ts';

const role = z.enum([...partyRoles, 'none']);
/** Part of an account's fields; what is left out is as documented. */
export const filingOptions = z.object({
	createContacts: z
		.enum(['always', 'if-somebody-known', 'never'])
		.default(usualFiling.createContacts),
	organizations: z.enum(['new-individual', 'use-organization']).default(usualFiling.organizations),
	roles: z.record(z.enum(partyPlaces), role).default(usualFiling.roles),
	activityType: z
		.string()
		.trim()
		.min(1, 'Give the activities a type.')
		.max(60)
		.default(usualFiling.activityType),
	activityStatus: z.enum(activityStatuses).default(usualFiling.activityStatus),
	campaign: z.string().trim().max(100).default(''),
	requireToken: z.boolean().default(false),
	forwarded: z.enum(['as-it-is', 'inner-people']).default(usualFiling.forwarded),
	groupId: id.nullable().default(null),
});

const activityFilters = z.object({
	...paged,
	orderby: z.enum(['occurredAt', 'filedAt']).default('occurredAt'),
	contactId: id.optional(),
	accountId: id.optional(),
	threadId: id.optional(),
	status: z.enum(activityStatuses).optional(),
	campaign: z.string().trim().max(100).optional(),
	hasAttachments: flag.optional(),
	from: day.optional(),
	until: day.optional(),
});
const outcomeFilters = {
	search: paged.search,
	accountId: id.optional(),
	runId: id.optional(),
	outcome: z.enum(outcomes).optional(),
	ignoredBecause: z.enum(ignoredBecause).optional(),
	kind: z.enum(mailKinds).optional(),
	from: day.optional(),
	until: day.optional(),
};
const days = z.number().int().min(1).max(36_500).nullable();
const pattern = z
	.string()
	.trim()
	.toLowerCase()
	.max(320)
	.transform((text) => text.replace(/^[*@]+\.?/, ''))
	// A single word is no domain here: “org” would be everybody below it.
	.refine((text) => /^(?:[^\s@]+@|[^\s@.]+\.)(?:[^\s@.]+\.)*[^\s@.]+$/.test(text), {
		message: 'Write an address (anna@example.org) or a domain (example.org).',
	});

export const activityRequests = {
	listActivities: activityFilters,
	/** `remote`: pictures that are elsewhere may be fetched by the browser. */
	getActivity: byId.extend({ remote: flag.default(false) }),
	changeActivity: byId.extend({
		subject: z.string().trim().max(500),
		occurredAt: z.iso.datetime({ offset: true }),
		status: z.enum(activityStatuses),
		campaign: z.string().trim().max(100),
		parties: z
			.array(z.object({ contactId: id, role: z.enum(partyRoles) }))
			.min(1, 'Somebody has to stay.')
			.max(200),
		/** All of the text, quotes included. Only with the capability to edit the original message; undefined leaves it. */
		text: z.string().max(1_000_000).optional(),
	}),
	deleteActivities: z.object({ ids: z.array(id).min(1).max(1_000) }),
	undoActivityDeed: byId,
	downloadAttachment: byId,
	downloadActivity: byId,
	listNeverFile: z.object(paged),
	addNeverFile: z.object({
		patterns: z.array(pattern).min(1, 'Write at least one address or domain.').max(1_000),
		note: z.string().trim().max(500).default(''),
	}),
	removeNeverFile: z.object({ ids: z.array(id).min(1).max(1_000) }),
	/** Removes what was filed already from the people on the list; undone by its deed. */
	applyNeverFile: z.object({ ids: z.array(id).min(1).max(1_000) }),
	getFilingSettings: none,
	changeFilingSettings: z.object({
		largestAttachmentBytes: z
			.number()
			.int()
			.min(0)
			.max(1024 ** 3),
		largestMailBytes: z
			.number()
			.int()
			.min(65_536)
			.max(1024 ** 3),
		blockedEndings: z
			.array(
				z
					.string()
					.trim()
					.toLowerCase()
					.regex(/^[a-z0-9]{1,12}$/, 'An ending is letters and digits, such as exe.'),
			)
			.max(500),
		keepRawMailDays: days,
		keepActivityDays: days,
		keepOutcomeDays: days,
	}),
	listOutcomes: z.object({ ...paged, ...outcomeFilters }),
	countOutcomes: z.object(outcomeFilters),
	getOutcome: byId,
	downloadOutcome: byId,
	/** Deals with stored mails again as if they came in now: those named, or all that a filter finds. */
	refileMails: z.union([
		z.object({ ids: z.array(id).min(1).max(10_000) }),
		z.object({ filter: z.object(outcomeFilters) }),
	]),
	/** Why was this mail not filed? By its Message-ID, sender or words of its subject. */
	whyNotFiled: z.object({ search: z.string().trim().min(2).max(300) }),
	getOverview: none,
	exportPersonalData: z.object({
		email: z.string().trim().max(320),
		page: z.number().int().min(1).default(1),
	}),
	erasePersonalData: z.object({
		email: z.string().trim().max(320),
		page: z.number().int().min(1).default(1),
	}),
} as const;

export interface ActivityAnswers {
	listActivities: Page<ActivitySummary>;
	getActivity: ActivityDetail;
	changeActivity: ActivityDetail;
	deleteActivities: DeedReport;
	undoActivityDeed: DeedReport;
	downloadAttachment: AnsweredFile;
	downloadActivity: AnsweredFile;
	listNeverFile: Page<NeverFileEntry>;
	addNeverFile: { added: number; filedAlready: number; sentence: string };
	removeNeverFile: { sentence: string };
	applyNeverFile: DeedReport;
	getFilingSettings: FilingSettings;
	changeFilingSettings: FilingSettings;
	listOutcomes: Page<Outcome>;
	countOutcomes: OutcomeFacets;
	getOutcome: Outcome;
	downloadOutcome: AnsweredFile;
	/** A run for people's mail, one for bounces, or both. */
	refileMails: {
		runs: RunStarted[];
		/** How many mails are left out, in a sentence; null when none is. */
		leftOut: string | null;
	};
	whyNotFiled: { sentence: string; outcomes: Outcome[] };
	getOverview: Overview;
	/** In the shape of WordPress's personal data exporter. */
	exportPersonalData: {
		data: {
			group_id: string;
			group_label: string;
			item_id: string;
			data: { name: string; value: string }[];
		}[];
		done: boolean;
	};
	/** In the shape of WordPress's personal data eraser. */
	erasePersonalData: {
		items_removed: boolean;
		items_retained: boolean;
		messages: string[];
		done: boolean;
	};
}
