import type { Generated, Selectable } from 'kysely';
import type { IncidentState } from '../contract/incident.ts';
import type { ReprocessState } from '../contract/reprocess.ts';

/** The tables of patterns, reprocessing and incidents; see `schema.ts`. */
export interface CatalogueTables {
	bounce_patterns: BouncePatternsTable;
	reprocessings: ReprocessingsTable;
	reprocess_changes: ReprocessChangesTable;
	incidents: IncidentsTable;
}

interface BouncePatternsTable {
	id: Generated<number>;
	site_id: string;
	type_id: number;
	expression: string;
	reason: string | null;
	/** Why it is left out. */
	problem: string | null;
	is_on: Generated<number>;
}

interface ReprocessingsTable {
	id: Generated<number>;
	site_id: string;
	/** JSON of ReprocessSelection. */
	selection: string;
	state: ReprocessState;
	who: string;
	asked_at: number;
	ended_at: number | null;
	/** Mails that the selection found when it was asked for. */
	found: number;
	/** Mails read later do not belong to it. */
	last_journal_id: number;
	/** How far it is: mails up to this one are done. */
	done_journal_id: number;
	/** JSON of ReprocessTotals. */
	totals: string;
}

interface ReprocessChangesTable {
	id: Generated<number>;
	site_id: string;
	reprocessing_id: number;
	what: 'changed' | 'added' | 'held' | 'released' | 'ruled';
	bounce_id: number | null;
	address_id: number | null;
	/** JSON: the columns, the hold or the run, before and after; "{}" when there was nothing. */
	earlier: string;
	later: string;
}

interface IncidentsTable {
	id: Generated<number>;
	site_id: string;
	provider: string;
	reason: string;
	state: IncidentState;
	opened_at: number;
	/** Bounces from this moment on belong to it. */
	counted_since: number;
	times_opened: number;
	last_bounce_at: number;
	closed_at: number | null;
	closed_by: string | null;
	bounces: number;
	deliveries: number | null;
	/** JSON list. */
	domains: string;
}

export type BouncePatternRow = Selectable<BouncePatternsTable>;
export type ReprocessingRow = Selectable<ReprocessingsTable>;
export type ReprocessChangeRow = Selectable<ReprocessChangesTable>;
export type IncidentRow = Selectable<IncidentsTable>;
