/** What goes over the routes of rules; see `messages.ts`. */

import { z } from 'zod';
import type { BounceSummary } from './bounce.ts';
import type { CsvFile } from './catalogue.ts';
import type { RunStarted } from './job.ts';
import type { Page } from './page.ts';
import { byId, flag, id, none, paged } from './request-parts.ts';
import { lookPlaces, ruleActions, ruleStates } from './rule.ts';
import type {
	CandidateReport,
	Deed,
	DoNotSendEntry,
	MatchedBounce,
	Rule,
	RuleCheck,
	RulePreview,
	RuleSettings,
	RuleSuggestion,
	UndoReport,
	WhatIf,
} from './rule.ts';

/** Wrong expressions pass here: the service says where they are wrong. */
const ruleFields = z.object({
	expression: z.string().min(1, 'Write an expression.').max(4_000),
	looksIn: z.enum(lookPlaces).default('everything'),
	actions: z.array(z.enum(ruleActions)).max(ruleActions.length),
	state: z.enum(ruleStates).default('active'),
	comment: z.string().trim().max(500).default(''),
});

export const ruleRequests = {
	listRules: none,
	addRule: ruleFields,
	changeRule: ruleFields.extend({ id }),
	deleteRule: byId,
	setRuleState: byId.extend({ state: z.enum(ruleStates) }),
	/** All rules in their new order. */
	orderRules: z.object({ ids: z.array(id).min(1).max(10_000) }),
	/** The manual's starter set: adds what is missing and sets all of it to this state; `active` switches it on. */
	addStarterRules: z.object({ state: z.enum(ruleStates).default('candidate') }),
	checkRules: none,
	listUnmatchedBounces: z.object(paged),
	/** The bounces of the sample that a rule matches, caught by another or not. */
	listRuleBounces: byId.extend(paged),
	/** With the id of a stored rule, that rule is replaced by these fields where it stands; else it stands last. */
	previewRule: z.object({
		id: id.optional(),
		expression: z.string().max(4_000),
		looksIn: z.enum(lookPlaces).default('everything'),
	}),
	tryRule: ruleFields.omit({ state: true }).extend({ id: id.optional() }),
	suggestRule: byId,
	findRuleCandidates: none,
	/** Starts the job Apply Bounce Rules on all stored bounces, with all active rules or with one of them. */
	applyRules: z.object({ ruleId: id.optional(), dryRun: z.boolean().default(false) }),
	getRuleSettings: none,
	changeRuleSettings: z.object({ manualProcessing: z.boolean() }),
	listDeeds: z.object({
		...paged,
		ruleId: id.optional(),
		runId: id.optional(),
		bounceId: id.optional(),
		contactId: id.optional(),
		action: z.enum(ruleActions).optional(),
		/** True: deeds that stand; false: those that were undone. */
		standing: flag.optional(),
	}),
	/** One deed (and what the same rule did to the same person, address or bounce), all of a rule, or all of a run. */
	undoDeeds: z.union([z.object({ deedId: id }), z.object({ ruleId: id }), z.object({ runId: id })]),
	listDoNotSend: z.object(paged),
	/** Each with the reason why; those on the list already stay as they are. One that comes back after it was taken off may say
	 *  `formerly` since when it was on the list, and by whom. */
	addDoNotSend: z.object({
		entries: z
			.array(
				z.object({
					email: z
						.email({ error: ({ input }) => `“${String(input)}” is not an e-mail address.` })
						.max(320, 'An e-mail address has 320 characters at most.'),
					note: z.string().trim().max(2_000).default(''),
					formerly: z.object({ addedAt: z.iso.datetime(), who: z.string().max(200) }).optional(),
				}),
			)
			.min(1, 'Name an address.')
			.max(1_000, 'Add 1,000 addresses at a time.'),
	}),
	exportDoNotSend: none,
	removeDoNotSend: z.object({ emails: z.array(z.string().max(320)).min(1).max(1_000) }),
} as const;

export interface RuleAnswers {
	listRules: Page<Rule>;
	addRule: Rule;
	changeRule: Rule;
	deleteRule: { sentence: string };
	setRuleState: Rule;
	orderRules: Page<Rule>;
	addStarterRules: Page<Rule>;
	checkRules: RuleCheck;
	listUnmatchedBounces: Page<BounceSummary>;
	listRuleBounces: Page<MatchedBounce>;
	previewRule: RulePreview;
	tryRule: WhatIf;
	suggestRule: RuleSuggestion;
	findRuleCandidates: CandidateReport;
	applyRules: RunStarted;
	getRuleSettings: RuleSettings;
	changeRuleSettings: RuleSettings;
	listDeeds: Page<Deed>;
	undoDeeds: UndoReport;
	listDoNotSend: Page<DoNotSendEntry>;
	addDoNotSend: { sentence: string };
	/** Columns: email, added_at, added_by, reason; the newest first. */
	exportDoNotSend: CsvFile;
	removeDoNotSend: { sentence: string };
}

/** Filters as the service's books take them. */
export type DeedFilters = Partial<z.output<(typeof ruleRequests)['listDeeds']>>;
export type DoNotSendFilters = Partial<z.output<(typeof ruleRequests)['listDoNotSend']>>;
