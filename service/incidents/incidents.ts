import { reasonNamed } from '../classify/judge.ts';
import type { BounceSummary } from '../contract/bounce.ts';
import type { Incident, IncidentDetail } from '../contract/incident.ts';
import type { Page } from '../contract/page.ts';
import { ServiceError } from '../errors.ts';
import type { Site } from '../site.ts';
import { findIncidents, horizonOf, spikeMs } from './find-incidents.ts';
import type { StoredIncident } from './incident-book.ts';

const mostExamples = 10;
/** Bounces whose words are counted for the look at one incident. */
const mostWords = 500;

/** Looks whether a provider refuses our mail for a fault of our own (requirement D7), opens, continues and closes
 *  incidents. Holds nobody. Call it after each run.
 *  @param hasNews whether the run read any mail; if not, only an incident that is open can change
 *  @returns the sentences of the incidents that were opened. */
export async function watchIncidents(site: Site, { hasNews = true } = {}): Promise<string[]> {
	const now = site.now();
	const incidents = await site.incidents.all();
	if (!hasNews && !incidents.some(({ state }) => state === 'open')) return [];
	const faults = await site.incidents.ownFaults(horizonOf(incidents, now));
	const changed = await findIncidents(faults, incidents, now, () =>
		site.crm.deliveriesByDomain(new Date(now.getTime() - spikeMs)),
	);
	for (const incident of changed) await site.incidents.put(incident);
	return changed
		.filter(({ openedAt }) => openedAt === now)
		.map((incident) => `Incident: ${sentenceOf(incident, site)} ${adviceOf(incident, site)}`);
}

/** One page of a site's incidents, the latest first. */
export async function listIncidents(
	site: Site,
	filters: Parameters<Site['incidents']['list']>[0],
): Promise<Page<Incident>> {
	const { rows, total } = await site.incidents.list(filters);
	return { rows: rows.map((row) => toIncident(row, site)), total };
}

/** One incident with what was said and examples. @throws ServiceError not-found. */
export async function incidentDetail(site: Site, id: number): Promise<IncidentDetail> {
	const incident = await stored(site, id);
	const bounces = await site.incidents.bouncesOf(incident, mostWords);
	const examples: BounceSummary[] = [];
	for (const { id: bounceId } of bounces.slice(0, mostExamples)) {
		const found = await site.report.bounce(bounceId);
		if (found) examples.push(found);
	}
	const counts = new Map<string, number>();
	for (const { diagnostic } of bounces)
		if (diagnostic) counts.set(diagnostic, (counts.get(diagnostic) ?? 0) + 1);
	const words = [...counts]
		.map(([said, count]) => ({ words: said, count }))
		.sort((a, b) => b.count - a.count)
		.slice(0, mostExamples);
	return { ...toIncident(incident, site), examples, words };
}

/** Closes an incident by hand. Bounces that came before no longer open it.
 *  @throws ServiceError not-found, or conflict when it is closed. */
export async function closeIncident(site: Site, id: number, who: string): Promise<Incident> {
	return site.inTransaction(async (inside) => {
		const { id: _, ...incident } = await stored(inside, id);
		if (incident.state === 'closed')
			throw new ServiceError('conflict', 'This incident is closed already.');
		const at = inside.now();
		await inside.incidents.put({ ...incident, state: 'closed', closedAt: at, closedBy: who });
		await inside.audit.note(who, `Closed the incident: ${sentenceOf(incident, inside)}`, at);
		return toIncident(await stored(inside, id), inside);
	});
}

/** What the administrator should see of open incidents, a sentence each. */
export async function openIncidentProblems(site: Site): Promise<string[]> {
	const { rows } = await site.incidents.list({ state: 'open', per_page: 20 });
	return rows.map((incident) => `${sentenceOf(incident, site)} ${adviceOf(incident, site)}`);
}

async function stored(site: Site, id: number): Promise<StoredIncident> {
	const incident = await site.incidents.get(id);
	if (!incident) throw new ServiceError('not-found', 'There is no such incident.');
	return incident;
}

function toIncident(incident: StoredIncident, site: Site): Incident {
	const { label, advice } = reasonNamed(incident.reason, site.catalogue);
	return {
		id: incident.id,
		provider: incident.provider,
		reason: incident.reason,
		reasonLabel: label,
		advice,
		state: incident.state,
		openedAt: incident.openedAt.toISOString(),
		timesOpened: incident.timesOpened,
		lastBounceAt: incident.lastBounceAt.toISOString(),
		closedAt: incident.closedAt?.toISOString() ?? null,
		closedBy: incident.closedBy,
		bounces: incident.bounces,
		deliveries: incident.deliveries,
		domains: incident.domains,
		sentence: sentenceOf(incident, site),
	};
}

/** "Google refused 57 of 1,240 mails: Our server is blocked." Bounces may be more than the mails of one day. */
function sentenceOf(
	{ provider, bounces, deliveries, reason }: Omit<StoredIncident, 'id'>,
	site: Site,
): string {
	const of = deliveries !== null && deliveries >= bounces ? ` of ${number(deliveries)}` : '';
	const { label } = reasonNamed(reason, site.catalogue);
	return `${provider} refused ${number(bounces)}${of} mails: ${label}.`;
}

function adviceOf({ reason }: { reason: string }, site: Site): string {
	return reasonNamed(reason, site.catalogue).advice;
}

function number(count: number): string {
	return count.toLocaleString('en');
}
