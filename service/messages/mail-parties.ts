import { partyPlaces } from '../contract/activity.ts';
import type { PartyPlace } from '../contract/activity.ts';
import { readAddressList } from './address-list.ts';
import type { Mailbox } from './address-list.ts';

/** Somebody a mail names, and in which of its lists. */
export interface NamedParty extends Mailbox {
	place: PartyPlace;
}

/** Reads who wrote a mail and to whom (RFC 5322 §3.6.2, §3.6.3): From, To, Cc and Bcc, all addresses of each, an address as
 *  often as it is named. Sender and Reply-To lend their name to an address that has none elsewhere. Resent fields (§3.6.6)
 *  are left out, so that a redirected mail is its writer's.
 *  @param fields raw header fields of the mail */
export function readParties(fields: readonly (readonly [string, string])[]): NamedParty[] {
	const lists = new Map<string, Mailbox[]>();
	for (const [name, value] of fields) {
		const key = name.toLowerCase();
		if (!readNames.has(key)) continue;
		lists.set(key, [...(lists.get(key) ?? []), ...readAddressList(value)]);
	}
	const names = new Map<string, string>();
	for (const mailboxes of lists.values()) {
		for (const { name, email } of mailboxes) if (name && !names.has(email)) names.set(email, name);
	}
	return partyPlaces.flatMap((place) =>
		(lists.get(place) ?? []).map(({ name, email }) => ({
			place,
			email,
			name: name || (names.get(email) ?? ''),
		})),
	);
}

const readNames = new Set<string>([...partyPlaces, 'sender', 'reply-to']);
