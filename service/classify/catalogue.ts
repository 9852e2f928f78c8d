import type { BounceTypeName, Fault } from '../contract/bounce.ts';
import type { PatternMatch } from './safe-pattern.ts';

/** What we know and what an administrator may change about bounces: types with their thresholds, reasons with their
 *  switch (requirement C1). Data: the shipped files of `bounce-types/` and `reasons/`, then the site's own settings. */
export interface Catalogue {
	types: ReadonlyMap<BounceTypeName, BounceType>;
	reasons: ReadonlyMap<string, Reason>;
	/** The site's own expressions, in the order in which they are tried: by type, then as stored. */
	patterns?: readonly SitePattern[];
}

/** An administrator's own expression that gives bounces a type, ready to be tried. */
export interface SitePattern {
	/** Of the stored pattern; verdicts name it: "pattern 17". */
	readonly id: number;
	readonly type: string;
	/** A finer cause to put in the place of what the shipped layers say. */
	readonly reason?: string;
	/** The first match; nothing once it was too slow. Never throws. */
	find(text: string): PatternMatch | undefined;
	/** True after it took too long on some mail. It is left out from then on and wants mending. */
	isTooSlow(): boolean;
}

export interface BounceType {
	name: BounceTypeName;
	/** "User inbox is full". */
	description: string;
	/** Bounces of this type until the address is held; 0 never holds. */
	holdThreshold: number;
}

export interface Reason {
	/** Also the name of its file: "mailbox-full". */
	name: string;
	/** For people: "Mailbox full". */
	label: string;
	type: BounceTypeName;
	fault: Fault;
	/** Off for everything that is the sender's own fault: a blocklisting must not hold a provider's recipients. */
	countsTowardHold: boolean;
	/** What it means and what to do about it, one or two sentences. */
	advice: string;
}
