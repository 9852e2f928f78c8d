/** Incidents: a provider refuses our mail for a fault of our own, many times in a short while (requirement D7). */

import type { BounceSummary } from './bounce.ts';

export const incidentStates = ['open', 'closed'] as const;
export type IncidentState = (typeof incidentStates)[number];

/** One provider and one reason. An incident holds nobody: the addresses are not to blame. When the same comes again
 *  after it was closed, it is opened again. */
export interface Incident {
	id: number;
	/** "Google", or the recipients' domain when the provider is not a known one. */
	provider: string;
	reason: string;
	reasonLabel: string;
	/** What to fix. */
	advice: string;
	state: IncidentState;
	/** ISO 8601; of the latest time it was opened. */
	openedAt: string;
	/** How often it was opened. */
	timesOpened: number;
	lastBounceAt: string;
	closedAt: string | null;
	/** Who closed it; null while open. */
	closedBy: string | null;
	/** Bounces since it was opened. */
	bounces: number;
	/** Mails sent to that provider in the 24 hours before it was opened; null when nothing is known of any. */
	deliveries: number | null;
	/** The recipients' domains, most bounces first. */
	domains: string[];
	/** "Google refused 57 of 1,240 mails: Our server is blocked." */
	sentence: string;
}

export interface IncidentDetail extends Incident {
	/** The newest of its bounces. */
	examples: BounceSummary[];
	/** What the servers said, the most frequent first. */
	words: { words: string; count: number }[];
}
