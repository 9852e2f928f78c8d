import type { NewHold } from '../crm/crm.ts';
import type { FilingFolder } from '../mailboxes/mail-store.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Caught } from './follow-rules.ts';

/** What is to be done about a mail: small actions, and why, in a sentence. Deciding does nothing; a dry run stops here. */
export interface Decision {
	actions: Action[];
	fileUnder: FilingFolder;
	/** "Invalid bounce 1 of 1 of anna@example.org: put on hold." */
	because: string;
}

export type Action =
	| { do: 'record-bounce'; bounce: BounceEntry }
	| { do: 'hold-address'; hold: Omit<NewHold, 'bounceId'>; position: number }
	| ({ do: 'follow-rule'; position: number } & Omit<Caught, 'bounceId'>);

export function ignore(because: string): Decision {
	return { actions: [], fileUnder: 'ignored', because };
}
