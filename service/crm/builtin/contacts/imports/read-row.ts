import { z } from 'zod';
import type { ContactStatus } from '../../../../contract/address.ts';
import type { ContactKind, ImportTarget } from '../../../../contract/contact.ts';
import { namePartsOf } from '../names.ts';

/** A row of a file as a contact; what the row says nothing about is undefined. */
export interface RowContact {
	kind: ContactKind;
	firstName?: string;
	lastName?: string;
	name?: string;
	employer?: string;
	status?: ContactStatus;
	note?: string;
	isOptedOut?: boolean;
	doNotEmail?: boolean;
	/** As they are written, each once. */
	emails: string[];
	groups: string[];
}

/** Words for "yes" and "no" in the languages of the headings. */
const yes = new Set([
	'1',
	'yes',
	'y',
	'true',
	'x',
	'on',
	'ja',
	'j',
	'oui',
	'o',
	'si',
	'sí',
	's',
	'wahr',
	'vrai',
]);
const no = new Set(['0', 'no', 'n', 'false', 'off', 'nein', 'non', 'nee', 'falsch', 'faux']);
const kinds: Readonly<Record<string, ContactKind>> = {
	individual: 'Individual',
	person: 'Individual',
	personne: 'Individual',
	persona: 'Individual',
	persoon: 'Individual',
	organization: 'Organization',
	organisation: 'Organization',
	organización: 'Organization',
	organisatie: 'Organization',
	company: 'Organization',
	firma: 'Organization',
	household: 'Household',
	haushalt: 'Household',
	foyer: 'Household',
	hogar: 'Household',
	huishouden: 'Household',
};
const statuses: Readonly<Record<string, ContactStatus>> = {
	confirmed: 'confirmed',
	bestätigt: 'confirmed',
	confirmé: 'confirmed',
	confirmado: 'confirmed',
	bevestigd: 'confirmed',
	unconfirmed: 'unconfirmed',
	unbestätigt: 'unconfirmed',
	blacklisted: 'blacklisted',
	gesperrt: 'blacklisted',
};
/** Words before a family's name that belong to it. */
const particle =
	/^(?:van|von|vom|zu|zum|zur|der|den|de|del|della|di|da|dos|das|du|des|la|le|ter|ten|af|av|bin|ibn|al|el)$/i;

const email = z.email();
const longestName = 250;

/** Reads a row. @param mapping one target a column; cells of a target that is named twice are tried in order
 *  @returns the contact, or what is wrong with the row in a sentence */
export function readRow(
	cells: readonly string[],
	mapping: readonly ImportTarget[],
): RowContact | { problem: string } {
	const all = (target: ImportTarget) =>
		mapping.flatMap((one, column) => (one === target ? tidy(cells[column] ?? '') || [] : []));
	const first = (target: ImportTarget) => all(target)[0];
	const problems: string[] = [];
	const word = <Value>(
		target: ImportTarget,
		read: (word: string) => Value | undefined,
		say: (word: string) => string,
	) => {
		const text = first(target);
		const value = text === undefined ? undefined : read(text.toLowerCase());
		if (text !== undefined && value === undefined) problems.push(say(text));
		return value;
	};
	const truth = (target: ImportTarget) =>
		word(
			target,
			(text) => (yes.has(text) ? true : no.has(text) ? false : undefined),
			(text) => `“${text}” is neither yes nor no.`,
		);

	const emails = emailsIn([...all('email'), ...all('email2'), ...all('email3')], problems);
	const kind = word(
		'kind',
		(text) => kinds[text],
		(text) => `“${text}” is no kind of contact; use Individual, Organization or Household.`,
	);
	const status = word(
		'status',
		(text) => statuses[text],
		(text) => `“${text}” is no status; use confirmed, unconfirmed or blacklisted.`,
	);
	const contact: RowContact = {
		...namesIn({
			kind,
			fullName: first('fullName'),
			firstName: first('firstName'),
			lastName: first('lastName'),
			name: first('name'),
		}),
		employer: first('employer')?.slice(0, longestName),
		status,
		note: all('note').join('\n') || undefined,
		isOptedOut: truth('isOptedOut'),
		doNotEmail: truth('doNotEmail'),
		emails,
		groups: [
			...new Set(
				all('group').flatMap((cell) =>
					cell
						.split(/[|;]/)
						.map((name) => name.trim())
						.filter(Boolean),
				),
			),
		],
	};
	const hasName = Boolean(contact.firstName || contact.lastName || contact.name);
	if (problems.length === 0 && emails.length === 0 && !hasName)
		problems.push('The row has neither a name nor an e-mail address.');
	return problems.length > 0 ? { problem: problems.join(' ') } : contact;
}

/** The apostrophe before a sign keeps programs for tables from running the cell; it is not part of it. */
function tidy(cell: string): string {
	return cell.replace(/^'(?=[=+\-@\t\r])/, '').trim();
}

/** Several addresses may stand in a cell. */
function emailsIn(cells: readonly string[], problems: string[]): string[] {
	const emails = new Map<string, string>();
	for (const part of cells.flatMap((cell) => cell.split(/[\s,;|]+/)).filter(Boolean)) {
		const address = part.replace(/^<|>$/g, '').replace(/^mailto:/i, '');
		if (email.safeParse(address).success && address.length <= 320) {
			const key = address.toLowerCase();
			if (!emails.has(key)) emails.set(key, address);
		} else problems.push(`“${part.slice(0, 100)}” is not an e-mail address.`);
	}
	return [...emails.values()];
}

function namesIn(given: {
	kind?: ContactKind;
	fullName?: string;
	firstName?: string;
	lastName?: string;
	name?: string;
}): Pick<RowContact, 'kind' | 'firstName' | 'lastName' | 'name'> {
	const isPerson = given.firstName ?? given.lastName ?? given.fullName;
	const kind = given.kind ?? (given.name && !isPerson ? 'Organization' : 'Individual');
	const whole = splitName(given.fullName ?? '');
	const parts = namePartsOf({
		kind,
		firstName: given.firstName ?? whole.firstName,
		lastName: given.lastName ?? whole.lastName,
		name: given.name ?? given.fullName ?? '',
	});
	const some = (text: string) => text.slice(0, longestName) || undefined;
	return {
		kind,
		firstName: some(parts.firstName),
		lastName: some(parts.lastName),
		name: some(parts.name),
	};
}

/** "Berg, Anna", "Anna Berg" and "Ludwig van der Berg" are split into first and last name; one word is a first name. */
export function splitName(fullName: string): { firstName: string; lastName: string } {
	const [last = '', ...rest] = fullName.split(',').map((part) => part.trim());
	if (rest.length > 0) return { firstName: rest.join(' ').trim(), lastName: last };
	const words = fullName.split(/\s+/).filter(Boolean);
	if (words.length < 2) return { firstName: words[0] ?? '', lastName: '' };
	const start = words.findIndex((word, index) => index > 0 && particle.test(word));
	const cut = start > 0 ? start : words.length - 1;
	return { firstName: words.slice(0, cut).join(' '), lastName: words.slice(cut).join(' ') };
}
