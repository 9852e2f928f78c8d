import type { NewParty, NewPerson } from '../crm/filing-book.ts';
import type { IncomingMail } from './incoming-mail.ts';

/** Names that a sentence tells; the rest is counted. */
const mostNames = 3;

/** "anna@example.org, bert@example.org and 4 more". */
export function namesOf(people: readonly { email: string }[]): string {
	const names = people.slice(0, mostNames).map(({ email }) => email);
	const more = people.length - names.length;
	if (more > 0) return `${names.join(', ')} and ${more} more`;
	const last = names.pop() ?? '';
	return names.length > 0 ? `${names.join(', ')} and ${last}` : last;
}

/** " 2 contacts were added."; empty when none was. */
export function added(newContacts: readonly NewPerson[]): string {
	if (newContacts.length === 0) return '';
	return newContacts.length === 1
		? ' 1 contact was added.'
		: ` ${newContacts.length} contacts were added.`;
}

/** Why a mail is filed: "Filed because anna@example.org is Anna Berg. 2 contacts were added." Whom an earlier mail of the same run
 *  added is known by now. */
export function filedSentence(
	parties: readonly (NewParty & { displayName: string })[],
	newContacts: readonly NewPerson[],
	{ isForwarded, damage }: Pick<IncomingMail, 'isForwarded' | 'damage'>,
): string {
	const fresh = new Set(newContacts.map(({ email }) => email));
	const known = parties.filter(({ who }) => 'contactId' in who || !fresh.has(who.newWith));
	const who = known
		.slice(0, mostNames)
		.map(({ email, displayName }) =>
			displayName.toLowerCase() === email ? `${email} is a contact` : `${email} is ${displayName}`,
		);
	const more = known.length - who.length;
	const reason =
		known.length > 0
			? `because ${who.join(', ')}${more > 0 ? `, and for ${more} more` : ''}.${added(newContacts)}`
			: `with ${namesOf(parties)}, ${parties.length === 1 ? 'who was new to us and is a contact' : 'who were new to us and are contacts'} now.`;
	const inner = isForwarded
		? ' It was forwarded, and is filed with the people of the mail inside.'
		: '';
	const whole = damage.length > 0 ? ' Not all of it could be read.' : '';
	return `Filed ${reason}${inner}${whole}`;
}
