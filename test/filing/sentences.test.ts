import { expect, test } from 'vitest';
import type { NewParty, NewPerson } from '../../service/crm/filing-book.ts';
import { filedSentence } from '../../service/filing/sentences.ts';

const usual = { isForwarded: false, damage: [] };

function aParty(name: string, who?: NewParty['who']): NewParty & { displayName: string } {
	const email = `${name.toLowerCase()}@people.example`;
	return {
		who: who ?? { newWith: email },
		role: 'target',
		place: 'to',
		email,
		name,
		displayName: name,
	};
}

function aPerson({ email, name }: NewParty): NewPerson {
	return { email, firstName: name, lastName: '', displayName: name, employer: '', groupId: null };
}

test('a mail among strangers says that all of them are contacts now', () => {
	const parties = ['Anna', 'Bert', 'Carl', 'Dora'].map((name) => aParty(name));

	expect(filedSentence(parties, parties.map(aPerson), usual)).toBe(
		'Filed with anna@people.example, bert@people.example, carl@people.example and 1 more, who were new to us and are contacts now.',
	);
});

test('whom an earlier mail of the run added is not called new', () => {
	const anna = aParty('Anna');
	const bert = aParty('Bert');

	expect(filedSentence([anna, bert], [aPerson(bert)], usual)).toBe(
		'Filed because anna@people.example is Anna. 1 contact was added.',
	);
});

test('a contact by its address alone is called a contact', () => {
	const anna = { ...aParty('Anna', { contactId: 7 }), displayName: 'anna@people.example' };

	expect(filedSentence([anna], [], { ...usual, isForwarded: true })).toBe(
		'Filed because anna@people.example is a contact. It was forwarded, and is filed with the people of the mail inside.',
	);
});
