import type { IncidentState } from '../contract/incident.ts';
import type { Page } from '../contract/page.ts';

/** A site's incidents, and the bounces that make them. */
export interface IncidentBook {
	/** Bounces since a moment whose fault is our own, about known addresses, without those that were taken back. */
	ownFaults(since: Date): Promise<OwnFault[]>;
	all(): Promise<StoredIncident[]>;
	list(filters: {
		page?: number;
		per_page?: number;
		state?: IncidentState;
	}): Promise<Page<StoredIncident>>;
	get(id: number): Promise<StoredIncident | undefined>;
	/** Writes an incident; there is one of each provider and reason. */
	put(incident: Omit<StoredIncident, 'id'>): Promise<void>;
	/** The newest bounces of a reason at some domains since a moment: their ids and what was said, the newest first. */
	bouncesOf(
		incident: Pick<StoredIncident, 'reason' | 'domains' | 'countedSince'>,
		most: number,
	): Promise<{ id: number; diagnostic: string | null }[]>;
}

/** So many bounces of one domain for one reason, reported by one server, read at one moment. */
export interface OwnFault {
	domain: string;
	reportingServer: string | null;
	reason: string;
	at: Date;
	count: number;
}

export interface StoredIncident {
	id: number;
	provider: string;
	reason: string;
	state: IncidentState;
	openedAt: Date;
	countedSince: Date;
	timesOpened: number;
	lastBounceAt: Date;
	closedAt: Date | null;
	closedBy: string | null;
	bounces: number;
	deliveries: number | null;
	domains: string[];
}
