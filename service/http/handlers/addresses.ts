import type { AddressTimeline, TimelineEvent } from '../../contract/address.ts';
import type { BounceSummary } from '../../contract/bounce.ts';
import type { AddressHistory } from '../../crm/crm.ts';
import { ServiceError } from '../../errors.ts';
import type { HandlersOf } from './handlers.ts';

type AddressRoutes =
	'listAddressesOnHold' | 'releaseAddresses' | 'undoRelease' | 'holdAddress' | 'explainAddress';

export const addressHandlers: HandlersOf<AddressRoutes> = {
	listAddressesOnHold: ({ site }, filters) => site.crm.listOnHold(filters),

	releaseAddresses: ({ site, caller }, request) =>
		site.inTransaction(async (inside) => {
			const ids =
				'addressIds' in request ? request.addressIds : await inside.crm.idsOnHold(request.filter);
			const at = inside.now();
			const { id, released, leftAlone } = await inside.crm.release(ids, caller.userName, at);
			const sentence = releaseSentence(released, leftAlone);
			await inside.audit.note(caller.userName, `Release ${id}: ${sentence}`, at);
			return { releaseId: id, released, leftAlone, sentence };
		}),

	undoRelease: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const at = inside.now();
			const { restored, leftAlone } = await inside.crm.undoRelease(id, caller.userName, at);
			const sentence =
				`${addresses(restored)} back on hold.` +
				(leftAlone > 0
					? ` ${addresses(leftAlone)} held anew or deleted meanwhile and left as they are.`
					: '');
			await inside.audit.note(caller.userName, `Undid release ${id}: ${sentence}`, at);
			return { releaseId: id, released: -restored, leftAlone, sentence };
		}),

	holdAddress: ({ site, caller }, { id, note }) =>
		site.inTransaction(async (inside) => {
			if (!(await inside.crm.addressHistory(id)))
				throw new ServiceError('not-found', 'There is no such address.');
			if (await inside.crm.addressOnHold(id)) {
				throw new ServiceError('conflict', 'This address is on hold already.');
			}
			const at = inside.now();
			const because = note || `Held by ${caller.userName}`;
			const hold = { addressId: id, hold: 'manual' as const, type: null, because, bounceId: null };
			await inside.crm.hold([hold], caller.userName, at);
			await inside.audit.note(caller.userName, `Put address ${id} on hold: ${because}`, at);
			const held = await inside.crm.addressOnHold(id);
			if (!held) throw new Error(`Address ${id} was not put on hold.`);
			return held;
		}),

	explainAddress: async ({ site }, { id }) => {
		const history = await site.crm.addressHistory(id);
		if (!history)
			throw new ServiceError('not-found', 'There is no such address; it may have been deleted.');
		return timeline(history, await site.report.bouncesOfAddress(id));
	},
};

function releaseSentence(released: number, leftAlone: number): string {
	const left =
		leftAlone > 0
			? ` ${addresses(leftAlone)} left as they are: opted out, or no longer on hold.`
			: '';
	return `${addresses(released)} released; their count starts again.${left}`;
}

function addresses(count: number): string {
	return `${count.toLocaleString('en')} ${count === 1 ? 'address' : 'addresses'}`;
}

function timeline(history: AddressHistory, bounces: readonly BounceSummary[]): AddressTimeline {
	const events = [
		...history.sent.map(({ at, mailingId, mailingName }) => ({
			at: at.toISOString(),
			what: 'sent' as const,
			sentence: mailingName ? `The mailing “${mailingName}” was sent.` : 'A mail was sent.',
			...(mailingId === null ? {} : { mailingId }),
		})),
		...bounces.map((bounce) => ({
			at: bounce.recordedAt,
			what: 'bounced' as const,
			sentence: `${bounce.type} bounce: ${bounce.reasonLabel}${bounce.status ? ` (${bounce.status})` : ''}. ${
				bounce.countsTowardHold ? 'It counts toward a hold.' : 'It does not count toward a hold.'
			}`,
			bounceId: bounce.id,
			...(bounce.mailingId === null ? {} : { mailingId: bounce.mailingId }),
		})),
		...history.holds.map(holdEvent),
	];
	const order: TimelineEvent['what'][] = ['sent', 'bounced', 'held'];
	events.sort((a, b) => a.at.localeCompare(b.at) || order.indexOf(a.what) - order.indexOf(b.what));
	const { addressId, email, contactId, contactName, hold } = history;
	return {
		addressId,
		email,
		contactId,
		contactName,
		hold,
		explanation: explanation(history, bounces),
		events,
	};
}

function holdEvent({
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

function explanation(
	{ hold, heldAt, holdBecause, email }: AddressHistory,
	bounces: readonly BounceSummary[],
): string {
	const since = heldAt ? ` since ${dayOf(heldAt)}` : '';
	if (hold === 'opt-out') return `${email} has opted out${since}. Only the person can change that.`;
	if (hold === 'manual')
		return `${email} is on hold${since}: ${withoutStop(holdBecause ?? 'somebody held it by hand')}.`;
	if (hold === 'bounce') {
		return `${email} is on hold${since}, because a mail server said: ${withoutStop(holdBecause ?? 'nothing we could keep')}. Releasing it starts the count again.`;
	}
	const counting = bounces.filter(({ countsTowardHold }) => countsTowardHold).length;
	if (bounces.length === 0) return `${email} gets mail. Nothing has bounced.`;
	return `${email} gets mail. ${bounces.length} of its mails bounced, and ${counting} of these count toward a hold.`;
}

/** "5 May 2026". */
function dayOf(date: Date): string {
	return date.toLocaleDateString('en-GB', {
		day: 'numeric',
		month: 'long',
		year: 'numeric',
		timeZone: 'UTC',
	});
}

function withoutStop(words: string): string {
	return words.trim().replace(/\.$/, '');
}
