import type { MatchedBy, Trust, Verdict } from '../contract/bounce.ts';
import type { NewHold } from '../crm/crm.ts';
import type { FilingFolder } from '../mailboxes/mail-store.ts';

/** What is to be done about a mail: small actions, and why, in a sentence. Deciding does nothing; a dry run stops here. */
export interface Decision {
	actions: Action[];
	fileUnder: FilingFolder;
	/** "Invalid bounce 1 of 1 of anna@example.org: put on hold." */
	because: string;
}

export type Action =
	| { do: 'record-bounce'; bounce: DecidedBounce }
	| { do: 'hold-address'; hold: Omit<NewHold, 'bounceId'>; position: number };

/** A bounce as it goes into the bounce log. */
export interface DecidedBounce {
	/** Which recipient of its mail, from 0. */
	position: number;
	verdict: Verdict;
	/** Whom it concerns; lower case. Empty when the report names nobody. */
	email: string;
	addressId: number | null;
	deliveryId: number | null;
	mailingId: number | null;
	trust: Trust;
	matchedBy: MatchedBy;
	counts: boolean;
	/** Why it counts or does not, in a sentence. */
	counting: string;
	causedHold: boolean;
	/** What was done and why, in a sentence. */
	because: string;
}

export function ignore(because: string): Decision {
	return { actions: [], fileUnder: 'ignored', because };
}
