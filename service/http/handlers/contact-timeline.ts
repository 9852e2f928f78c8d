import { storyParts } from '../../contract/contact.ts';
import type { ContactEvent, StoryPart } from '../../contract/contact.ts';
import type { TimelineEvent } from '../../contract/address.ts';
import type { Page } from '../../contract/page.ts';
import type { Deed } from '../../contract/rule.ts';
import type { ContactHistory } from '../../crm/contact-book.ts';
import { ServiceError } from '../../errors.ts';
import type { Site } from '../../site.ts';
import { bounceEvent, byMoment, deedEvents, holdEvent, sentEvent } from './timeline.ts';

interface Wanted {
	page: number;
	per_page: number;
	search?: string;
	part?: StoryPart;
}

/** A contact's story, newest first: sent, bounced, held, what rules and people did, mails filed. Of each kind as many are read as
 *  the page needs. With words or a part, only events that have them count.
 *  @throws ServiceError not-found. */
export async function contactTimeline(
	site: Site,
	id: number,
	{ page, per_page, search, part }: Wanted,
): Promise<Page<ContactEvent>> {
	// Words are looked for in sentences, which are only made of what was read.
	const most = search ? mostSearched : page * per_page;
	const history = await site.contacts.history(id, most);
	if (!history) throw new ServiceError('not-found', 'There is no such contact.');
	const bounces = await bouncesOf(site, history, most);
	const deeds = await ruleEvents(site, id, history);
	const kinds: Record<StoryPart, { events: ContactEvent[]; total: number }> = {
		mail: {
			events: [...history.sent.map((one) => at(one, sentEvent(one), history)), ...filed(history)],
			total: history.totals.sent + history.totals.filed,
		},
		bounces: bounces,
		holds: {
			events: [...history.holds.map((one) => at(one, holdEvent(one), history)), ...deeds],
			total: history.totals.holds + deeds.length,
		},
		changes: {
			events: history.changes.map((one) => ({ ...one, at: one.at.toISOString() })),
			total: history.totals.changes,
		},
	};
	const parts = part ? [kinds[part]] : Object.values(kinds);
	const belongs = ({ what }: ContactEvent) =>
		!part || (storyParts[part] as readonly string[]).includes(what);
	const words = (search ?? '').toLowerCase();
	const says = ({ sentence, email = '' }: ContactEvent) =>
		`${sentence} ${email}`.toLowerCase().includes(words);

	const events = parts
		.flatMap((one) => one.events)
		.filter((event) => (words === '' ? belongs(event) : belongs(event) && says(event)))
		.sort((a, b) => byMoment(b, a));
	const total = words === '' ? parts.reduce((sum, one) => sum + one.total, 0) : events.length;
	return { rows: events.slice((page - 1) * per_page, page * per_page), total };
}

/** Of each kind, when words are looked for. */
const mostSearched = 1_000;

function at(
	{ addressId }: { addressId: number },
	event: TimelineEvent,
	{ addresses }: ContactHistory,
): ContactEvent {
	const email = addresses.find((one) => one.id === addressId)?.email;
	return { ...event, addressId, ...(email ? { email } : {}) };
}

function filed({ filed: mails }: ContactHistory): ContactEvent[] {
	return mails.map(({ at: when, activityId, subject, wrote, email }) => ({
		at: when.toISOString(),
		what: 'filed',
		sentence: `${wrote ? 'Wrote' : 'Got'} “${subject || '(no subject)'}”.`,
		activityId,
		email,
	}));
}

async function bouncesOf(site: Site, history: ContactHistory, most: number) {
	const events: ContactEvent[] = [];
	let total = 0;
	for (const { id: addressId, email } of history.addresses) {
		const bounces = await site.report.listBounces({ addressId, per_page: most });
		total += bounces.total;
		events.push(...bounces.rows.map((one) => ({ ...bounceEvent(one), addressId, email })));
	}
	return { events, total };
}

/** What rules did to the contact or to one of its addresses; a deed about both is told once. */
async function ruleEvents(
	site: Site,
	contactId: number,
	history: ContactHistory,
): Promise<ContactEvent[]> {
	const deeds = new Map<number, Deed>();
	for (const addressId of [0, ...history.addresses.map(({ id }) => id)]) {
		for (const deed of await site.rules.deeds.ofPerson(addressId, contactId))
			deeds.set(deed.id, deed);
	}
	return [...deeds.values()].flatMap((deed) =>
		deedEvents(deed).map((event) => ({
			...event,
			email: deed.email,
			...(deed.addressId === null ? {} : { addressId: deed.addressId }),
		})),
	);
}
