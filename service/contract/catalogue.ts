/** What a site knows about bounces and may change: types, reasons, patterns, and how it counts (requirement C1). */

import type { BounceTypeName, Fault, MailKind, MatchedBy, Trust, Verdict } from './bounce.ts';

/** recommended: thresholds as documented, and only what the recipient's side causes counts toward a hold;
 *  as-documented: every bounce counts by its type, exactly as CiviCRM's chapter on inbound mail says;
 *  civicrm-today: the same with the Away threshold of 30 that CiviCRM installs since version 4.7. */
export const presetNames = ['recommended', 'as-documented', 'civicrm-today'] as const;
export type PresetName = (typeof presetNames)[number];

export interface CatalogueSettings {
	/** Grows with every change of anything here, patterns included. */
	version: number;
	preset: PresetName;
	/** True when a type, a reason or the counting is not as the preset has it. */
	differsFromPreset: boolean;
	/** In the order in which their patterns are tried: by id. */
	types: BounceTypeSetting[];
	reasons: ReasonSetting[];
	counting: CountingPolicy;
}

export interface BounceTypeSetting {
	/** The shipped types have CiviCRM's numbers, AOL 1 to Syntax 11; added ones follow. */
	id: number;
	/** Never changes, because recorded bounces carry it. */
	name: BounceTypeName;
	description: string;
	/** Bounces of this type until the address is held; 0 never holds. */
	holdThreshold: number;
	/** What the preset has; null for an added type. */
	presetThreshold: number | null;
	/** Bounces of a type that is off are recorded and never count; its patterns are not tried. */
	isOn: boolean;
	/** Shipped types can be switched off, not deleted. */
	isShipped: boolean;
	/** The site's own patterns that lead to this type. */
	patterns: number;
}

export interface ReasonSetting {
	/** "mailbox-full". */
	name: string;
	/** "Mailbox full". */
	label: string;
	type: BounceTypeName;
	fault: Fault;
	/** What it means and what to do about it. */
	advice: string;
	countsTowardHold: boolean;
	/** What the preset has. */
	presetCounts: boolean;
}

export interface CountingPolicy {
	/** Whether a bounce that only names an address, which anybody could write, counts toward a hold. */
	unprovedCounts: boolean;
	/** Only bounces of so many days count; null counts all since the last release. */
	windowDays: number | null;
}

/** What a change of the settings would do to addresses, judged by the recorded bounces. Nothing was changed, and saving
 *  the settings changes no hold by itself: they apply to the bounces that come, or to old ones that are judged again. */
export interface WhatIf {
	/** Addresses that get mail now and would be on hold. */
	wouldBeHeld: number;
	/** Addresses on hold for a bounce that would get mail. */
	wouldNotBeHeld: number;
	/** Some of each, the first by address id. */
	examples: { email: string; wouldBe: 'held' | 'not-held'; because: string }[];
	/** Bounces and addresses that were looked at. */
	bounces: number;
	addresses: number;
	/** "12 addresses would come on hold, and 3 would not be on hold." */
	sentence: string;
}

/** A regular expression of the site's own that gives a bounce its type. As in CiviCRM: letters compare without case, all
 *  white space of the mail is one space, and of several that match the one of the type with the lowest id wins. */
export interface BouncePattern {
	id: number;
	typeId: number;
	type: BounceTypeName;
	expression: string;
	/** A reason to put in the place of the shipped layers'; null leaves theirs. */
	reason: string | null;
	/** What is wrong with it, in a sentence; it is left out until it is mended. */
	problem: string | null;
	/** False: kept, and not tried. */
	isOn: boolean;
}

/** A CSV file (RFC 4180) for saving. */
export interface CsvFile {
	fileName: string;
	csv: string;
	rows: number;
}

/** What an import did, or with `dryRun` would do. */
export interface ImportReport {
	added: number;
	changed: number;
	/** In the file and in the site alike. */
	unchanged: number;
	/** In the site and not in the file; removed only when the request says `replace`. */
	removed: number;
	isDryRun: boolean;
	sentence: string;
}

/** What the service would make of a mail, by the same code that reads the mailbox; nothing was stored. */
export interface TriedMail {
	kind: MailKind;
	/** What made it this kind. */
	decidedBy: string;
	subject: string;
	verdicts: TriedVerdict[];
	/** The journal's sentence for it. */
	because: string;
	/** What could not be read, in words; empty for a sound mail. */
	damage: string[];
	/** Patterns that took too long on this mail; they are marked when the mailbox is read. */
	slowPatterns: number[];
	/** For people who left: the new address, if the text gives one. */
	newAddress: string | null;
}

export interface TriedVerdict {
	verdict: Verdict;
	reasonLabel: string;
	advice: string;
	/** Whom it is about; null when nobody here has the address, or the return address is not ours. */
	email: string | null;
	trust: Trust;
	matchedBy: MatchedBy;
	/** As things stand: whether it would count and hold, and why. */
	counts: boolean;
	countingExplained: string;
	holds: boolean;
	because: string;
	/** The same for an address of ours, a proved bounce, and nothing bounced before. */
	ifProved: { counts: boolean; holdsAtOnce: boolean; holdThreshold: number; explained: string };
}
