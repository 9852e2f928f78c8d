import type { BounceTypeName, Fault } from '../contract/bounce.ts';
import type { SitePattern } from './site-patterns.ts';

/** What we know and what an administrator may change about bounces: types with their thresholds, reasons with their
 *  switch (requirement C1). Data: the shipped files of `bounce-types/` and `reasons/`, then the site's own settings. */
export interface Catalogue {
	types: ReadonlyMap<BounceTypeName, BounceType>;
	reasons: ReadonlyMap<string, Reason>;
	/** The site's own expressions, in the order in which they are tried: by type, then as stored. */
	patterns?: readonly SitePattern[];
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
