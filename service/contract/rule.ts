/** Rules (requirements E1–E6): what an administrator has decided shall happen to people whose mails come back with certain
 *  words. The first active rule that matches a bounce wins; what it did to whom is kept as deeds, and can be undone. */

import type { BounceSummary, BounceTypeName } from './bounce.ts';

/** What a rule can do, freely combined. None at all is allowed too: such a rule keeps later rules from a bounce.
 *  delete-subscriber: the contact is deleted (it can be brought back by undoing);
 *  unconfirm-subscriber: the contact must confirm anew before it gets mail;
 *  blacklist-subscriber: the contact gets no mail at any of its addresses;
 *  blacklist-address: the address is put on the do-not-send list, where it stays even if the contact is deleted;
 *  delete-bounce: the bounce leaves the bounce list and the statistics, and does not count toward a hold;
 *  hold: the address is put on hold by this one bounce. */
export const ruleActions = [
	'delete-subscriber',
	'unconfirm-subscriber',
	'blacklist-subscriber',
	'blacklist-address',
	'delete-bounce',
	'hold',
] as const;
export type RuleAction = (typeof ruleActions)[number];

/** Where an expression is looked for. The returned copy of our own mail is never looked at, and of a report on several
 *  recipients only the part about the one.
 *  everything: header, text and the fields of the delivery report; header: the mail's header fields, a line each;
 *  text: what a person would read, once as it stands and once with all white space as single spaces;
 *  diagnostic: the server's words about the recipient. */
export const lookPlaces = ['everything', 'header', 'text', 'diagnostic'] as const;
export type LookPlace = (typeof lookPlaces)[number];

/** candidate: suggested, and does nothing until somebody activates it; off: kept, does nothing, is not suggested again. */
export const ruleStates = ['active', 'candidate', 'off'] as const;
export type RuleState = (typeof ruleStates)[number];

export const ruleOrigins = ['by-hand', 'starter', 'suggested'] as const;
export type RuleOrigin = (typeof ruleOrigins)[number];

export interface ActionPreset {
	name: string;
	/** As the menu of the manual has it. */
	label: string;
	actions: readonly RuleAction[];
}

/** The nine choices of phpList's manual, chapter "Bounce management", section "Advanced bounce management", as sets of
 *  actions. Its do-not-send list of subscribers is our blacklisting of the contact. */
export const actionPresets: readonly ActionPreset[] = [
	{ name: 'delete-subscriber', label: 'Delete subscriber', actions: ['delete-subscriber'] },
	{
		name: 'unconfirm-subscriber',
		label: 'Unconfirm subscriber',
		actions: ['unconfirm-subscriber'],
	},
	{
		name: 'blacklist-subscriber',
		label: 'Blacklist subscriber',
		actions: ['blacklist-subscriber'],
	},
	{ name: 'blacklist-address', label: 'Blacklist email address', actions: ['blacklist-address'] },
	{
		name: 'delete-subscriber-and-bounce',
		label: 'Delete subscriber and bounce',
		actions: ['delete-subscriber', 'delete-bounce'],
	},
	{
		name: 'unconfirm-subscriber-and-delete-bounce',
		label: 'Unconfirm subscriber and delete bounce',
		actions: ['unconfirm-subscriber', 'delete-bounce'],
	},
	{
		name: 'blacklist-subscriber-and-delete-bounce',
		label: 'Add subscriber to the do-not-send list and delete bounce',
		actions: ['blacklist-subscriber', 'delete-bounce'],
	},
	{
		name: 'blacklist-address-and-delete-bounce',
		label: 'Add email address to the do-not-send list and delete bounce',
		actions: ['blacklist-address', 'delete-bounce'],
	},
	{ name: 'delete-bounce', label: 'Delete bounce', actions: ['delete-bounce'] },
];

/** What an administrator fills in. */
export interface RuleFields {
	/** A regular expression; letters compare without case, `^` and `$` match at line ends. */
	expression: string;
	looksIn: LookPlace;
	actions: RuleAction[];
	state: RuleState;
	/** What it is for, in the administrator's words; names the rule in sentences when it is not empty. */
	comment: string;
}

export interface Rule extends RuleFields {
	id: number;
	/** From 1; the first rule that matches wins. */
	position: number;
	/** Grows when the expression, the place or the actions change: a changed rule may act on a bounce once more. */
	revision: number;
	/** Bounces it has caught, and when it caught the last one (ISO 8601). */
	hits: number;
	lastHitAt: string | null;
	/** Why the rule is left out (its expression is wrong, or took too long); null when all is well. Saving clears it. */
	problem: string | null;
	origin: RuleOrigin;
	/** ISO 8601. */
	changedAt: string;
}

/** The words that matched, with some of what stands around them: show `words` highlighted. */
export interface Excerpt {
	before: string;
	words: string;
	after: string;
}

/** Stored bounces that a question about rules was put to: those whose raw mail is still kept, the newest first. */
export interface Sample {
	/** Bounces that were looked at. */
	lookedAt: number;
	/** Bounces with a kept mail that there are in all; more than `lookedAt` when there are too many to look at. */
	stored: number;
	/** "The newest 5,000 of 12,480 stored bounces were looked at." */
	sentence: string;
}

export interface MatchedBounce {
	bounce: BounceSummary;
	excerpt: Excerpt;
}

export interface TypeCount {
	type: BounceTypeName;
	count: number;
}

/** What speaks against a rule, or should at least be seen before it is activated. */
export interface Conflicts {
	/** Types of the bounces it matches beside the most frequent one, most first. */
	otherTypes: TypeCount[];
	/** Bounces it matches that an active rule before it catches. */
	caughtBefore: { ruleId: number; name: string; count: number }[];
	/** Bounces it matches whose cause is the sender's, the network's or a filter's, not the recipient's. */
	notTheirFault: number;
}

/** How the rules do on the stored bounces (requirement E3). Nothing is changed. */
export interface RuleCheck extends Sample {
	/** In the order of the rules; candidates and switched-off rules too, as if they were active where they stand. */
	rules: {
		ruleId: number;
		/** Bounces that this rule catches: it matches, and no active rule before it does. */
		caught: number;
		/** Bounces that it matches, caught by another or not. */
		matched: number;
		conflicts: Conflicts;
		/** Why it could not be tried; null when it could. */
		problem: string | null;
	}[];
	/** Bounces that some active rule catches, and that none does. */
	caught: number;
	unmatched: number;
}

/** How an expression does while it is being written; also the answer to a wrong one, so that it can be shown in place. */
export interface RulePreview extends Sample {
	isValid: boolean;
	/** What is wrong with the expression and where, from character 1; null when nothing is. */
	problem: { sentence: string; at: number } | null;
	matched: number;
	/** The newest matches, some twenty. */
	examples: MatchedBounce[];
	types: TypeCount[];
	conflicts: Conflicts;
}

/** Fields for a new rule, made from one bounce: variable parts of the server's words are wildcards. */
export interface RuleSuggestion extends RuleFields {
	bounceId: number;
	/** The words the expression was made from. */
	madeFrom: string;
}

/** Somebody a rule would touch, or did. */
export interface TouchedPerson {
	contactId: number | null;
	contactName: string | null;
	addressId: number | null;
	email: string;
	/** What would change for this one; what is so already is not named. */
	actions: RuleAction[];
	/** Bounces of this one that the rule catches. */
	bounces: number;
}

/** What a new or changed rule would do to the stored bounces, before it is saved (requirement E3). */
export interface WhatIf extends Sample {
	caught: number;
	/** How many people, addresses or bounces each action would change. */
	changes: { action: RuleAction; count: number }[];
	/** Bounces it catches for which nothing proves that they are about a mail of ours: nobody is touched for them. */
	unproved: number;
	/** Bounces it catches that name nobody we know. */
	nobody: number;
	/** The first hundred people, most bounces first. */
	people: TouchedPerson[];
	/** People in all. */
	peopleTotal: number;
	conflicts: Conflicts;
	/** "14 bounces caught: 9 subscribers would be deleted." */
	outcome: string;
}

/** A rule suggested from bounces that no rule catches (requirement E4). */
export interface RuleCandidate {
	rule: Rule;
	/** Bounces with these words. */
	members: number;
	examples: MatchedBounce[];
	types: TypeCount[];
	conflicts: Conflicts;
}

export interface CandidateReport extends Sample {
	/** Rules that were added by this search. */
	added: number;
	/** All candidates that were suggested, new and old, most bounces first. */
	candidates: RuleCandidate[];
}

/** What one rule did to one person, address or bounce because of one bounce. */
export interface Deed {
	id: number;
	/** ISO 8601. */
	at: string;
	/** Name of the user, or of the job. */
	who: string;
	ruleId: number;
	bounceId: number;
	runId: number | null;
	action: RuleAction;
	contactId: number | null;
	contactName: string | null;
	addressId: number | null;
	email: string;
	/** How it was before and what it was made, such as "confirmed" → "unconfirmed". The same when it was so already. */
	before: string;
	after: string;
	/** The rule and the words that matched, in a sentence. */
	because: string;
	/** ISO 8601; null while the deed stands. */
	undoneAt: string | null;
	undoneBy: string | null;
}

export interface UndoReport {
	/** Deeds that no longer stand. */
	undone: number;
	/** People, addresses and bounces that are again as they were. */
	restored: number;
	/** Those left as they are: another rule wanted the same, or somebody changed them since. */
	leftAlone: number;
	sentence: string;
}

/** An address that gets no mail, whoever has it. */
export interface DoNotSendEntry {
	id: number;
	email: string;
	/** ISO 8601. */
	addedAt: string;
	who: string;
	because: string;
}

export interface RuleSettings {
	/** False hides the menu entry and Execute Now of Apply Bounce Rules, and the service refuses it by hand (requirement E6). */
	manualProcessing: boolean;
}
