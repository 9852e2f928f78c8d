import type { Outcome, OutcomeFacets } from '../contract/activity.ts';
import type { Request } from '../contract/messages.ts';
import type { Page } from '../contract/page.ts';

/** The ledger of one site: every mail that was seen, and what became of it (requirement F6). */
export interface Outcomes {
	/** Newest first, unless asked otherwise. A search looks at the newest mails only; the total says how many it found there. */
	list(filters: OutcomeFilters): Promise<Page<Outcome>>;
	/** Each count with the other filters. */
	facets(filters: OutcomeFilters): Promise<OutcomeFacets>;
	get(id: number): Promise<StoredOutcome | undefined>;
	/** Those with these numbers, or the newest that filters find. */
	chosen(choice: OutcomeChoice, most: number): Promise<StoredOutcome[]>;
	/** Mails that somebody may mean: with this Message-ID, from this address, or with these words in the subject; the newest
	 *  first. */
	meant(search: string, most: number): Promise<Outcome[]>;
	/** Mails seen since, by what became of them; `filed`: those that became a filed mail. */
	countSince(since: Date): Promise<{ filed: number; ignored: number; failed: number }>;
	/** Mails seen since, by account, and when the newest was; accounts without any are left out. */
	seenSince(since: Date): Promise<Map<number, { mails: number; newestAt: Date }>>;
	/** When the first mail was seen; null when none was. */
	firstSeenAt(): Promise<Date | null>;
	/** Deletes entries from before, some at a time; a mail that is kept raw, or still waits in its mailbox, keeps its entry.
	 *  @returns how many. */
	purge(before: Date, most: number): Promise<number>;
}

export type OutcomeFilters = Partial<Request<'listOutcomes'>>;

export type OutcomeChoice =
	{ ids: readonly number[] } | { filter: Omit<OutcomeFilters, 'page' | 'per_page'> };

export interface StoredOutcome extends Outcome {
	fingerprint: string;
}
