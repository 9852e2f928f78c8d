import type { Page } from '../contract/page.ts';
import type { ReprocessSelection, ReprocessState, ReprocessTotals } from '../contract/reprocess.ts';
import type { NewHold } from '../crm/crm.ts';
import type { BounceColumns } from '../report/archive.ts';

/** What was asked to be judged again, how far it is, and what is needed to take it back. */
export interface ReprocessBook {
	ask(request: {
		selection: ReprocessSelection;
		who: string;
		at: Date;
		found: number;
		lastJournalId: number;
	}): Promise<number>;
	/** The oldest that is not done. */
	next(): Promise<StoredReprocessing | undefined>;
	get(id: number): Promise<StoredReprocessing | undefined>;
	list(filters: { page?: number; per_page?: number }): Promise<Page<StoredReprocessing>>;
	/** Notes how far it is. Call it in the transaction of the work. */
	progress(id: number, doneJournalId: number, totals: ReprocessTotals): Promise<void>;
	setState(id: number, state: ReprocessState, at: Date): Promise<void>;

	noteChanges(id: number, changes: readonly UndoNote[]): Promise<void>;
	/** The latest first. */
	changes(id: number): Promise<UndoNote[]>;
	/** Forgets what ended before, with what is needed to take it back. */
	purge(before: Date): Promise<void>;
}

export interface StoredReprocessing {
	id: number;
	selection: ReprocessSelection;
	state: ReprocessState;
	who: string;
	askedAt: Date;
	endedAt: Date | null;
	found: number;
	lastJournalId: number;
	doneJournalId: number;
	totals: ReprocessTotals;
}

/** How one thing was before and after. */
export type UndoNote =
	| { what: 'changed'; bounceId: number; earlier: BounceColumns; later: BounceColumns }
	| { what: 'added'; bounceId: number; later: BounceColumns }
	| { what: 'held'; addressId: number; bounceId: number }
	| { what: 'released'; addressId: number; bounceId: number; hold: NewHold }
	/** Rules were followed in this run because of the bounce; the deeds say how things were before. */
	| { what: 'ruled'; bounceId: number; runId: number };
