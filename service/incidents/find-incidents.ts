import type { OwnFault, StoredIncident } from './incident-book.ts';
import { providerOfDomain, providerOfServer } from './providers.ts';

const hour = 60 * 60 * 1000;
/** Bounces of so long count for opening an incident; as long a silence, twice, closes it. */
export const spikeMs = 24 * hour;
const silenceMs = 48 * hour;

/** Fewer are no spike, however few mails were sent. */
const fewestBounces = 10;
/** Of the mails sent to the provider (requirement D7). */
const smallestShare = 0.01;
const mostDomains = 20;

/** Who closed an incident that closed by itself. */
export const byItself = 'nobody: no such bounce for 48 hours';

/** The bounces of one provider and reason. */
interface Spike {
	provider: string;
	reason: string;
	bounces: number;
	lastBounceAt: Date;
	domains: string[];
}

/** From which moment on bounces matter: those of the last day, and all since the oldest incident that is still open. */
export function horizonOf(incidents: readonly StoredIncident[], now: Date): Date {
	const open = incidents.filter(({ state }) => state === 'open');
	const moments = open.map(({ countedSince }) => countedSince.getTime());
	return new Date(Math.min(now.getTime() - spikeMs, ...moments));
}

/** Says which incidents there are now: opened, opened again, gone on, closed by themselves; only those that change.
 *  Pure.
 *  @param faults since `horizonOf`
 *  @param deliveries mails sent in the last 24 hours, by recipient domain; asked for only when something may open */
export async function findIncidents(
	faults: readonly OwnFault[],
	incidents: readonly StoredIncident[],
	now: Date,
	deliveries: () => Promise<ReadonlyMap<string, number>>,
): Promise<Omit<StoredIncident, 'id'>[]> {
	const providerOf = providers(faults);
	const known = new Map(incidents.map((incident) => [keyOf(incident), incident]));
	const open = incidents.filter(({ state }) => state === 'open');
	const goneOn = open.flatMap((incident) => {
		const own = faults.filter(({ at }) => at >= incident.countedSince);
		const spike = spikesIn(own, providerOf).get(keyOf(incident));
		return continued(incident, spike, now) ?? [];
	});

	const dayAgo = new Date(now.getTime() - spikeMs);
	const recent = faults.filter(({ at, domain, reason }) => {
		const closedAt = known.get(keyOf({ provider: providerOf(domain), reason }))?.closedAt;
		return at >= dayAgo && (!closedAt || at > closedAt);
	});
	const candidates = [...spikesIn(recent, providerOf).values()].filter(
		(spike) => spike.bounces >= fewestBounces && known.get(keyOf(spike))?.state !== 'open',
	);
	if (candidates.length === 0) return goneOn;

	const sent = sentTo(await deliveries(), providerOf);
	const opened = candidates.flatMap((spike) => {
		const mails = sent.get(spike.provider) ?? null;
		if (mails !== null && spike.bounces < mails * smallestShare) return [];
		const before = known.get(keyOf(spike));
		const since = before?.closedAt ?? dayAgo;
		return [
			{
				...spike,
				state: 'open' as const,
				openedAt: now,
				countedSince: since > dayAgo ? since : dayAgo,
				timesOpened: (before?.timesOpened ?? 0) + 1,
				closedAt: null,
				closedBy: null,
				deliveries: mails,
			},
		];
	});
	return [...goneOn, ...opened];
}

function continued(
	{ id: _, ...incident }: StoredIncident,
	spike: Spike | undefined,
	now: Date,
): Omit<StoredIncident, 'id'> | undefined {
	const last = spike && spike.lastBounceAt > incident.lastBounceAt ? spike.lastBounceAt : undefined;
	if (last) return { ...incident, ...spike };
	if (now.getTime() - incident.lastBounceAt.getTime() < silenceMs) return undefined;
	return { ...incident, state: 'closed', closedAt: now, closedBy: byItself };
}

/** The provider of a recipient's domain: a known one, else the one whose servers report its bounces (a company's domain
 *  that Google or Microsoft serves), else the domain itself. */
function providers(faults: readonly OwnFault[]): (domain: string) => string {
	const served = new Map<string, string>();
	for (const { domain, reportingServer } of faults) {
		const provider = reportingServer ? providerOfServer(reportingServer) : undefined;
		if (provider) served.set(domain, provider);
	}
	return (domain) => providerOfDomain(domain) ?? served.get(domain) ?? domain;
}

function spikesIn(
	faults: readonly OwnFault[],
	providerOf: (domain: string) => string,
): Map<string, Spike> {
	const spikes = new Map<string, Spike & { byDomain: Map<string, number> }>();
	for (const { domain, reason, at, count } of faults) {
		const provider = providerOf(domain);
		const key = keyOf({ provider, reason });
		const spike = spikes.get(key) ?? {
			...{ provider, reason, bounces: 0, lastBounceAt: at, domains: [] },
			byDomain: new Map<string, number>(),
		};
		spike.bounces += count;
		if (at > spike.lastBounceAt) spike.lastBounceAt = at;
		spike.byDomain.set(domain, (spike.byDomain.get(domain) ?? 0) + count);
		spikes.set(key, spike);
	}
	return new Map(
		[...spikes].map(([key, { byDomain, ...spike }]) => {
			const domains = [...byDomain].sort(([, a], [, b]) => b - a).map(([domain]) => domain);
			return [key, { ...spike, domains: domains.slice(0, mostDomains) }];
		}),
	);
}

function sentTo(
	deliveries: ReadonlyMap<string, number>,
	providerOf: (domain: string) => string,
): Map<string, number> {
	const sent = new Map<string, number>();
	for (const [domain, count] of deliveries) {
		const provider = providerOf(domain);
		sent.set(provider, (sent.get(provider) ?? 0) + count);
	}
	return sent;
}

function keyOf({ provider, reason }: { provider: string; reason: string }): string {
	return `${provider} ${reason}`;
}
