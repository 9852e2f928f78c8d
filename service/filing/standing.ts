import type { FilingOptions } from '../contract/activity.ts';
import type {
	ActivityRef,
	FiledBefore,
	FilingBook,
	KnownContact,
	KnownForFiling,
	PersonRef,
} from '../crm/filing-book.ts';
import type { FilingDecision } from './decision.ts';
import type { IncomingMail } from './incoming-mail.ts';
import { patternsFor } from './never-file.ts';

/** A mail that was filed before. */
export interface EarlierMail {
	ref: ActivityRef;
	hasParty(who: PersonRef): boolean;
}

/** What is known about all that a window of mails names, kept in step with what is decided, so that the second mail of a
 *  new person in one window finds the contact that the first one adds. */
export interface FilingStanding {
	/** The contact an address belongs to, by the account's choice about organisations. */
	contactOf(
		email: string,
		options: Pick<FilingOptions, 'organizations'>,
	): { who: PersonRef; name: string } | undefined;
	/** The entry of the never-file list that an address stands under. */
	neverFile(email: string): string | undefined;
	/** The same mail, filed from another account or with another way around it. */
	filedAs(mail: IncomingMail): EarlierMail | undefined;
	/** From now on as if the decision were carried out. */
	assume(mail: IncomingMail, decision: FilingDecision): void;
}

/** Contacts that were decided to be added: names by address. */
export type NewContacts = Map<string, string>;

/** Asks the book about everything that the mails name: a handful of questions for a hundred mails.
 *  @param added in earlier windows and unknown to the book, because the run is a dry one */
export async function lookUpForFiling(
	mails: readonly IncomingMail[],
	book: FilingBook,
	added?: ReadonlyMap<string, string>,
): Promise<FilingStanding> {
	const emails = unique(mails.flatMap(({ parties }) => parties.map(({ email }) => email)));
	return standingOf(
		await book.lookUp({
			emails,
			neverFilePatterns: unique(emails.flatMap(patternsFor)),
			messageIds: unique(mails.flatMap(({ messageId }) => messageId ?? [])),
			fingerprints: unique(mails.map(({ fingerprint }) => fingerprint)),
		}),
		added,
	);
}

/** From now on as if the contacts of a decision were there. */
export function assumeContacts(decision: FilingDecision, added: NewContacts): void {
	if (decision.do === 'ignore') return;
	for (const { email, displayName } of decision.deed.newContacts) added.set(email, displayName);
}

/** What is known, ready to be asked. Pure. */
export function standingOf(
	{ contacts, neverFile, activities }: KnownForFiling,
	before: ReadonlyMap<string, string> = new Map(),
): FilingStanding {
	const byEmail = new Map<string, KnownContact[]>();
	for (const contact of contacts)
		byEmail.set(contact.email, [...(byEmail.get(contact.email) ?? []), contact]);
	for (const candidates of byEmail.values()) candidates.sort(bestFirst);
	const listed = new Set(neverFile);
	const added: NewContacts = new Map();
	const filed: Filed[] = activities.map((activity) => ({
		...activity,
		ref: { activityId: activity.activityId },
		people: new Set(activity.parties.map(({ contactId }) => keyOf({ contactId }))),
	}));

	return {
		contactOf: (email, { organizations }) => {
			const candidates = byEmail.get(email) ?? [];
			const found =
				candidates.find(({ kind }) => kind === 'Individual') ??
				(organizations === 'use-organization' ? candidates[0] : undefined);
			if (found) return { who: { contactId: found.contactId }, name: found.name };
			const name = added.get(email) ?? before.get(email);
			return name === undefined ? undefined : { who: { newWith: email }, name };
		},
		neverFile: (email) =>
			listed.size === 0 ? undefined : patternsFor(email).find((one) => listed.has(one)),
		filedAs: (mail) => {
			const earlier = filed.find((one) => isSame(one, mail));
			return earlier && { ref: earlier.ref, hasParty: (who) => earlier.people.has(keyOf(who)) };
		},
		assume: (mail, decision) => {
			if (decision.do === 'ignore') return;
			const { deed } = decision;
			assumeContacts(decision, added);
			const people = deed.parties.map(({ who }) => keyOf(who));
			if (decision.do === 'join') {
				const earlier = filed.find((one) => isSame(one, mail));
				for (const key of people) earlier?.people.add(key);
				return;
			}
			filed.push({
				messageId: mail.messageId,
				fingerprint: mail.fingerprint,
				subject: mail.message.subject,
				occurredAt: mail.occurredAt,
				ref: { filedAs: mail.fingerprint },
				people: new Set(people),
			});
		},
	};
}

interface Filed extends Pick<FiledBefore, 'messageId' | 'fingerprint' | 'subject' | 'occurredAt'> {
	ref: ActivityRef;
	people: Set<string>;
}

/** Message-IDs are unique (RFC 5322 §3.6.4) except for programs that use one again and again: subject or date have to
 *  agree as well. */
function isSame(earlier: Filed, mail: IncomingMail): boolean {
	if (earlier.fingerprint === mail.fingerprint) return true;
	if (mail.messageId === null || earlier.messageId !== mail.messageId) return false;
	return (
		earlier.subject === mail.message.subject ||
		Math.abs(earlier.occurredAt.getTime() - mail.occurredAt.getTime()) < 1_000
	);
}

/** An Individual before others, who has it as the first address before others, the oldest before others. */
function bestFirst(a: KnownContact, b: KnownContact): number {
	const rank = ({ kind, isPrimary }: KnownContact) =>
		(kind === 'Individual' ? 0 : 2) + (isPrimary ? 0 : 1);
	return rank(a) - rank(b) || a.contactId - b.contactId;
}

function keyOf(who: PersonRef): string {
	return 'contactId' in who ? `#${who.contactId}` : who.newWith;
}

function unique<Item>(items: readonly Item[]): Item[] {
	return [...new Set(items)];
}
