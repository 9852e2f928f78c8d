import type { AddressTimeline, TimelineEvent } from '../../contract/address.ts';
import type { BounceSummary } from '../../contract/bounce.ts';
import type { Deed } from '../../contract/rule.ts';
import type { AddressHistory, ContactStanding } from '../../crm/crm.ts';
import { counted, inFigures } from '../../words.ts';

/** What happens first when two things have the same moment; all else comes after. */
const order: readonly TimelineEvent['what'][] = ['sent', 'bounced', 'held', 'rule-followed'];

/** Tells the story of an address, newest first (requirement D8): sent, bounced, held, what rules did, released.
 *  @param deeds what rules did to it or to its contact
 *  @param standing how its contact stands; undefined when it is gone */
export function timeline(
	history: AddressHistory,
	bounces: readonly BounceSummary[],
	deeds: readonly Deed[],
	standing: ContactStanding | undefined,
): AddressTimeline {
	const events = [
		...history.sent.map(sentEvent),
		...bounces.map(bounceEvent),
		...history.holds.map(holdEvent),
		...deeds.flatMap(deedEvents),
	];
	events.sort((a, b) => byMoment(b, a));
	const { addressId, email, contactId, contactName, hold } = history;
	return {
		addressId,
		email,
		contactId,
		contactName,
		hold,
		contactStatus: standing?.status ?? 'confirmed',
		isContactDeleted: standing?.isDeleted ?? true,
		explanation: explanation(history, bounces, standing),
		events,
	};
}

/** The order in which things happened. */
export function byMoment(a: Moment, b: Moment): number {
	const place = ({ what }: Moment) => {
		const index = order.findIndex((one) => one === what);
		return index < 0 ? order.length : index;
	};
	return a.at.localeCompare(b.at) || place(a) - place(b);
}

interface Moment {
	at: string;
	what: string;
}

/** A mail that was sent, as an event. */
export function sentEvent({
	at,
	mailingId,
	mailingName,
}: AddressHistory['sent'][number]): TimelineEvent {
	return {
		at: at.toISOString(),
		what: 'sent',
		sentence: mailingName ? `The mailing “${mailingName}” was sent.` : 'A mail was sent.',
		...(mailingId === null ? {} : { mailingId }),
	};
}

/** A bounce as an event. */
export function bounceEvent(bounce: BounceSummary): TimelineEvent {
	return {
		at: bounce.recordedAt,
		what: 'bounced',
		sentence: `${bounce.type} bounce: ${bounce.reasonLabel}${bounce.status ? ` (${bounce.status})` : ''}. ${
			bounce.countsTowardHold ? 'It counts toward a hold.' : 'It does not count toward a hold.'
		}`,
		bounceId: bounce.id,
		...(bounce.mailingId === null ? {} : { mailingId: bounce.mailingId }),
	};
}

/** A hold, a release or what was taken back, as an event. */
export function holdEvent({
	at,
	what,
	type,
	because,
	who,
}: AddressHistory['holds'][number]): TimelineEvent {
	const sentences = {
		held: `${who} put it on hold${type ? ` after a bounce of type ${type}` : ''}${because ? `: ${because}` : '.'}`,
		released: `${who} released it. The count of its bounces starts again.`,
		'release-undone': `${who} undid the release, so it is on hold again.`,
		'hold-taken-back': `${who} took back the bounce that had held it.`,
	};
	const kind = what === 'hold-taken-back' ? 'bounce-taken-back' : what;
	return { at: at.toISOString(), what: kind, sentence: sentences[what] };
}

/** What a rule did, and that it was undone; a deed that changed nothing is no event. */
export function deedEvents(deed: Deed): TimelineEvent[] {
	if (deed.before === deed.after) return [];
	const { bounceId, before, after } = deed;
	const done = {
		at: deed.at,
		what: 'rule-followed' as const,
		sentence: deed.because,
		bounceId,
	};
	if (!deed.undoneAt) return [done];
	const by = deed.undoneBy ?? 'Somebody';
	const sentence = `${by} undid what the rule had done (“${before}” → “${after}”).`;
	return [done, { at: deed.undoneAt, what: 'rule-undone', sentence, bounceId }];
}

function explanation(
	{ hold, heldAt, holdBecause, email }: AddressHistory,
	bounces: readonly BounceSummary[],
	standing: ContactStanding | undefined,
): string {
	const contact = standingSentence(standing);
	const since = heldAt ? ` since ${heldAt.toISOString().slice(0, 10)}` : '';
	if (hold === 'opt-out') return `${email} has opted out${since}. Only the person can change that.`;
	if (hold === 'manual')
		return `${email} is on hold${since}: ${holdBecause ?? 'somebody held it by hand'}.${contact}`;
	if (hold === 'bounce') {
		return `${email} is on hold${since}, because a mail server said: ${holdBecause ?? 'nothing we could keep'}. Releasing it starts the count again.${contact}`;
	}
	const counting = bounces.filter(({ countsTowardHold }) => countsTowardHold).length;
	const state = contact === '' ? 'gets mail' : 'is not on hold';
	if (bounces.length === 0) return `${email} ${state}. Nothing has bounced.${contact}`;
	const bounced = `${inFigures(bounces.length)} of its mails bounced`;
	const count =
		bounces.length === 1
			? `it ${counting === 1 ? 'counts' : 'does not count'}`
			: counted(counting, 'of these counts', 'of these count');
	return `${email} ${state}. ${bounced}, and ${count} toward a hold.${contact}`;
}

function standingSentence(standing: ContactStanding | undefined): string {
	if (!standing || standing.isDeleted) return ' Its contact is deleted.';
	const sentences = {
		confirmed: '',
		unconfirmed: ' Its contact is unconfirmed, and has to confirm anew.',
		blacklisted: ' Its contact is blacklisted, and gets no mail.',
	};
	return sentences[standing.status];
}
