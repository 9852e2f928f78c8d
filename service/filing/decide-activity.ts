import type { FilingOptions, IgnoredBecause, PartyRole } from '../contract/activity.ts';
import type { MailKind } from '../contract/bounce.ts';
import type { FilingDeed, NewParty, NewPerson, PersonRef } from '../crm/filing-book.ts';
import { excerptOf } from '../messages/quoted-text.ts';
import type { NamedParty } from '../messages/mail-parties.ts';
import type { FilingDecision } from './decision.ts';
import type { IncomingMail } from './incoming-mail.ts';
import type { IsOwn } from './own-addresses.ts';
import { readName } from './person-name.ts';
import { added, filedSentence, namesOf } from './sentences.ts';
import type { EarlierMail, FilingStanding } from './standing.ts';

/** How an account files. */
export interface FilingAccount {
	options: FilingOptions;
	isOwn: IsOwn;
}

/** Mails that no person wrote to anybody, with the sentence for the journal. */
const machineMail: Partial<Record<MailKind, { ignoredBecause: IgnoredBecause; because: string }>> =
	{
		bounce: bounce('A bounce'),
		delayed: bounce('A delay notice'),
		delivered: bounce('A report that a mail was delivered'),
		arf: bounce('A complaint'),
		'auto-reply': {
			ignoredBecause: 'auto-reply',
			because: 'An automatic reply, which is neither filed nor answered.',
		},
		'challenge-response': {
			ignoredBecause: 'auto-reply',
			because: 'A challenge: a program wants to be sure that a person wrote.',
		},
		mdn: { ignoredBecause: 'auto-reply', because: 'A read receipt, which is not filed.' },
		'dmarc-ruf': {
			ignoredBecause: 'other',
			because: 'A DMARC failure report about the sending domain, which is not filed.',
		},
		'dmarc-rua': {
			ignoredBecause: 'other',
			because: 'A DMARC summary of the sending domain, which is not filed.',
		},
	};

function bounce(what: string) {
	return {
		ignoredBecause: 'bounce' as const,
		because: `${what}, which is not filed. Let it go to the mail account for bounces, where it counts.`,
	};
}

/** Decides whether a mail is filed, with whom and how (requirements F1–F7). Pure: the same facts give the same decision. */
export function decideActivity(
	mail: IncomingMail,
	standing: FilingStanding,
	account: FilingAccount,
): FilingDecision {
	const refusal = refuse(mail, standing, account);
	if (refusal) return refusal;
	const named = partiesOf(mail, account);
	const wanted = named.filter(({ email }) => standing.neverFile(email) === undefined);
	if (wanted.length === 0) return ignore(...nobodyLeft(mail, named, standing, account));

	const people = whoIsWho(wanted, standing, account.options);
	if (people.parties.length === 0)
		return ignore(
			'nobody-known',
			account.options.createContacts === 'never'
				? `Nobody in it is a contact (${namesOf(wanted)}), and this account adds none.`
				: `Nobody in it is a contact (${namesOf(wanted)}), and this account adds contacts only to mails with somebody known.`,
		);
	const earlier = standing.filedAs(mail);
	return earlier ? join(mail, people, earlier) : file(mail, people, account.options);
}

function refuse(
	mail: IncomingMail,
	standing: FilingStanding,
	{ options, isOwn }: FilingAccount,
): FilingDecision | undefined {
	const machine = machineMail[mail.kind];
	if (machine) return { do: 'ignore', ...machine };
	if (mail.loop) return { do: 'ignore', ...mail.loop };
	for (const { place, email } of mail.parties) {
		const pattern = place === 'from' && !isOwn(email) ? standing.neverFile(email) : undefined;
		if (pattern !== undefined)
			return ignore('never-file', `Its sender ${email} is on the never-file list (${pattern}).`);
	}
	if (options.requireToken && mail.token === null)
		return ignore(
			'no-token',
			'Its subject has no token such as [case #12], and this account files only mails with one.',
		);
	return undefined;
}

/** A party as the account wants it. */
interface RoledParty extends NamedParty {
	role: PartyRole;
}

/** Strongest first: who is named twice has the stronger role. */
const roleStrength: readonly PartyRole[] = ['source', 'assignee', 'target'];

/** Everybody but the account itself, each once. */
function partiesOf(mail: IncomingMail, { options, isOwn }: FilingAccount): RoledParty[] {
	const byEmail = new Map<string, RoledParty>();
	for (const party of mail.parties) {
		const role = options.roles[party.place];
		if (role === 'none' || isOwn(party.email)) continue;
		const before = byEmail.get(party.email);
		const isStronger = !before || roleStrength.indexOf(role) < roleStrength.indexOf(before.role);
		const name = before?.name || party.name;
		byEmail.set(party.email, isStronger ? { ...party, role, name } : { ...before, name });
	}
	return [...byEmail.values()];
}

function nobodyLeft(
	mail: IncomingMail,
	named: readonly RoledParty[],
	standing: FilingStanding,
	{ isOwn }: FilingAccount,
): [IgnoredBecause, string] {
	if (named.length > 0) {
		const patterns = [...new Set(named.map(({ email }) => standing.neverFile(email)))];
		return ['never-file', `Everybody in it is on the never-file list (${patterns.join(', ')}).`];
	}
	if (mail.parties.some(({ place, email }) => place === 'from' && isOwn(email)))
		return ['own-mail', 'The account wrote it itself, and to nobody else.'];
	return ['no-party', 'It names nobody with a mail address but the account itself.'];
}

interface People {
	parties: (NewParty & { displayName: string })[];
	newContacts: NewPerson[];
}

/** Finds or adds the contact of each party, as the account's policy wants it. */
function whoIsWho(
	wanted: readonly RoledParty[],
	standing: FilingStanding,
	options: FilingOptions,
): People {
	const known = new Map(wanted.map(({ email }) => [email, standing.contactOf(email, options)]));
	const isSomebodyKnown = [...known.values()].some((contact) => contact !== undefined);
	const adds =
		options.createContacts === 'always' ||
		(options.createContacts === 'if-somebody-known' && isSomebodyKnown);
	const newContacts: NewPerson[] = [];
	const parties = wanted.flatMap(({ email, name, role, place }) => {
		const contact = known.get(email);
		if (contact) return [{ who: contact.who, role, place, email, name, displayName: contact.name }];
		if (!adds) return [];
		const person = newPerson(email, name, options);
		newContacts.push(person);
		const who: PersonRef = { newWith: email };
		return [{ who, role, place, email, name, displayName: person.displayName }];
	});
	return { parties: withoutRepeats(parties), newContacts };
}

function newPerson(email: string, written: string, { groupId }: FilingOptions): NewPerson {
	const { firstName, lastName, displayName, employer } = readName(written, email);
	return { email, firstName, lastName, displayName: displayName || email, employer, groupId };
}

/** Two addresses of one contact make it one party, with the stronger role. */
function withoutRepeats(parties: People['parties']): People['parties'] {
	const strongest = new Map<string, PartyRole>();
	for (const { who, role } of parties) {
		const before = strongest.get(keyOf(who));
		if (!before || roleStrength.indexOf(role) < roleStrength.indexOf(before))
			strongest.set(keyOf(who), role);
	}
	return parties.filter(
		({ who, role }) => strongest.get(keyOf(who)) === role && strongest.delete(keyOf(who)),
	);
}

function keyOf(who: PersonRef): string {
	return 'contactId' in who ? `#${who.contactId}` : who.newWith;
}

function file(mail: IncomingMail, people: People, options: FilingOptions): FilingDecision {
	const because = filedSentence(people.parties, people.newContacts, mail);
	const deed: FilingDeed = {
		fingerprint: mail.fingerprint,
		newContacts: people.newContacts,
		parties: people.parties,
		target: {
			file: {
				type: options.activityType,
				status: options.activityStatus,
				campaign: options.campaign,
				subject: mail.message.subject.slice(0, 500) || '(no subject)',
				occurredAt: mail.occurredAt,
				token: mail.token,
				excerpt: excerptOf(mail.text),
				text: mail.text,
				html: mail.html,
				messageId: mail.messageId,
				references: mail.references,
				because,
				isTruncated: mail.isTruncated,
				damage: mail.damage,
				files: mail.files,
			},
		},
	};
	return { do: 'file', deed, because };
}

/** The mail was filed before, by another account or another way: only the people whom that copy did not name are added. */
function join(mail: IncomingMail, people: People, earlier: EarlierMail): FilingDecision {
	const parties = people.parties.filter(({ who }) => !earlier.hasParty(who));
	const newContacts = people.newContacts.filter((person) =>
		parties.some(({ who }) => 'newWith' in who && who.newWith === person.email),
	);
	if (parties.length === 0)
		return {
			...ignore('duplicate', 'The same mail was filed already, with everybody in it.'),
			copyOf: earlier.ref,
		};
	return {
		do: 'join',
		deed: {
			fingerprint: mail.fingerprint,
			newContacts,
			parties,
			target: { addTo: earlier.ref },
		},
		because: `The same mail was filed already; ${namesOf(parties)} ${parties.length === 1 ? 'was' : 'were'} added to it.${added(newContacts)}`,
	};
}

function ignore(
	ignoredBecause: IgnoredBecause,
	because: string,
): Extract<FilingDecision, { do: 'ignore' }> {
	return { do: 'ignore', ignoredBecause, because };
}
