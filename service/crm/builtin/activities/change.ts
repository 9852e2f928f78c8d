import { isDeepStrictEqual } from 'node:util';
import { ServiceError } from '../../../errors.ts';
import type { ActivityChange, Editor } from '../../activity-book.ts';
import type { SiteTables } from '../site-tables.ts';
import { carryOut } from './deeds.ts';
import { readBody, readStates } from './states.ts';
import type { ActivityState, PartyState } from './states.ts';

/** See `ActivityBook.change`. */
export async function changeActivity(
	tables: SiteTables,
	change: ActivityChange,
	{ userId, userName }: Editor,
	at: Date,
): Promise<string[]> {
	const state = (await readStates(tables, [change.id])).get(change.id);
	if (!state || state.deletedAt !== null)
		throw new ServiceError('not-found', 'There is no such mail; it may have been deleted.');
	const body = await readBody(tables, change.id);
	const now = { ...state, body };
	const wanted: ActivityState = {
		subject: change.subject,
		occurredAt: change.occurredAt.getTime(),
		status: change.status,
		campaign: change.campaign,
		parties: await partiesWanted(tables, change.parties, state.parties),
		// A text that was only looked at comes back with the line ends of a form.
		...(change.text === undefined || sameText(change.text, body.text)
			? {}
			: { body: { text: change.text, html: null } }),
	};

	const before: ActivityState = { edited: state.edited };
	const after: ActivityState = { edited: { at: at.getTime(), by: userName } };
	const changed: string[] = [];
	for (const [name, words] of parts) {
		if (wanted[name] === undefined || isDeepStrictEqual(wanted[name], now[name])) continue;
		Object.assign(before, { [name]: now[name] });
		Object.assign(after, { [name]: wanted[name] });
		changed.push(words);
	}
	if (changed.length === 0) return [];
	const sentence = `Edited the ${changed.join(', ')} of “${now.subject.slice(0, 100)}”.`;
	const steps = [{ activityId: change.id, before, after }];
	await carryOut(tables, { what: 'edited', who: userName, userId, at, sentence, steps });
	return changed;
}

/** What can be edited, and how sentences name it. */
const parts = [
	['subject', 'subject'],
	['occurredAt', 'date'],
	['status', 'status'],
	['campaign', 'campaign'],
	['parties', 'people'],
	['body', 'text'],
] as const;

function sameText(one: string, other: string): boolean {
	return one.replace(/\r\n?/g, '\n').trimEnd() === other.replace(/\r\n?/g, '\n').trimEnd();
}

/** The parties as they are to be: those that stay keep the place and the spelling that the mail gave them; somebody new is
 *  one whom the mail could have been sent to. */
async function partiesWanted(
	tables: SiteTables,
	wanted: ActivityChange['parties'],
	present: readonly PartyState[],
): Promise<PartyState[]> {
	const left = [...present];
	const take = (fits: (party: PartyState) => boolean) => {
		const at = left.findIndex(fits);
		return at < 0 ? undefined : left.splice(at, 1)[0];
	};
	const same = wanted.map(({ contactId, role }) =>
		take((party) => party.contactId === contactId && party.role === role),
	);
	const chosen: PartyState[] = [];
	for (const [n, { contactId, role }] of wanted.entries()) {
		const stays = same[n] ?? take((party) => party.contactId === contactId);
		const isThere = chosen.some((one) => one.contactId === contactId && one.role === role);
		if (stays) chosen.push({ ...stays, role });
		else if (!isThere) chosen.push(await newParty(tables, contactId, role));
	}
	// Their order is not for people to change, so that a different order is no change.
	const order = (party: PartyState) => {
		const at = present.findIndex((one) => isSameParty(one, party));
		return at < 0 ? present.length : at;
	};
	return chosen.sort((a, b) => order(a) - order(b));
}

function isSameParty(one: PartyState, other: PartyState): boolean {
	return (
		one.contactId === other.contactId && one.place === other.place && one.email === other.email
	);
}

async function newParty(
	{ db, siteId }: SiteTables,
	contactId: number,
	role: PartyState['role'],
): Promise<PartyState> {
	const contact = await db
		.selectFrom('contacts as c')
		.leftJoin('addresses as a', (join) =>
			join.onRef('a.contact_id', '=', 'c.id').onRef('a.site_id', '=', 'c.site_id'),
		)
		.select(['c.display_name', 'a.email_key'])
		.where('c.site_id', '=', siteId)
		.where('c.id', '=', contactId)
		.where('c.deleted_at', 'is', null)
		.where('c.merged_into', 'is', null)
		.orderBy('a.is_primary', 'desc')
		.orderBy('a.id')
		.limit(1)
		.executeTakeFirst();
	if (!contact)
		throw new ServiceError(
			'invalid-request',
			'One of the people is no contact any more. Choose somebody else.',
			{ problem: 'no-such-contact', fields: { parties: 'This is no contact any more.' } },
		);
	return {
		contactId,
		role,
		place: role === 'source' ? 'from' : 'to',
		email: contact.email_key ?? '',
		name: contact.display_name,
	};
}
