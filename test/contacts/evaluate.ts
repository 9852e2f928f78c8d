import { searchFields } from '../../service/contract/contact.ts';
import type {
	AddressPlace,
	Condition,
	ContactKind,
	SearchField,
} from '../../service/contract/contact.ts';
import type { ContactStatus, HoldKind } from '../../service/contract/address.ts';

/** A contact as the search sees it. */
export interface Person {
	kind: ContactKind;
	name: string;
	firstName: string;
	lastName: string;
	employer: string;
	note: string;
	status: ContactStatus;
	isUser: boolean;
	doNotEmail: boolean;
	isOptedOut: boolean;
	isDeceased: boolean;
	createdAt: number;
	lastMailAt: number | null;
	mails: number;
	groups: number[];
	addresses: {
		email: string;
		domain: string;
		isPrimary: boolean;
		isBulk: boolean;
		hold: HoldKind | null;
		holdType: string | null;
		heldSince: number | null;
		bounces: number;
	}[];
}

type Fact = string | number | boolean | number[] | null;

/** What the Search Builder means, in plain TypeScript: for an address "one of these addresses is", and every "not", "empty" and
 *  "no" the opposite of what it negates. An empty list asks for nothing, so it is true. */
export function holds(condition: Condition, person: Person): boolean {
	if ('all' in condition) return condition.all.every((part) => holds(part, person));
	if ('any' in condition)
		return condition.any.length === 0 || condition.any.some((part) => holds(part, person));
	const { field, place = 'primary', operator, value = '' } = condition;
	if (operator === '!=') return !holds({ ...condition, operator: '=' }, person);
	if (operator === 'empty') return !holds({ ...condition, operator: 'not-empty' }, person);
	if (value === 'no' && searchFields[field].kind === 'yes-no')
		return !holds({ ...condition, value: 'yes' }, person);
	return factsOf(field, place, person).some((fact) => compare(fact, field, operator, value));
}

function factsOf(field: SearchField, place: AddressPlace, person: Person): Fact[] {
	const addresses = person.addresses.filter(
		({ isPrimary, isBulk }) =>
			place === 'any' || (place === 'primary' && isPrimary) || (place === 'bulk' && isBulk),
	);
	switch (field) {
		case 'email':
		case 'domain':
		case 'hold':
		case 'holdType':
		case 'heldSince':
			return addresses.map((address) => address[field]);
		case 'onHold':
			return addresses.map(({ hold }) => hold !== null);
		case 'bounces':
			return [person.addresses.reduce((sum, { bounces }) => sum + bounces, 0)];
		case 'group':
			return [person.groups];
		default:
			return [person[field]];
	}
}

function compare(fact: Fact, field: SearchField, operator: string, value: string): boolean {
	const { kind } = searchFields[field];
	if (operator === 'not-empty') return fact !== null && fact !== '';
	if (kind === 'group') return (fact as number[]).includes(Number(value));
	if (kind === 'yes-no') return fact === true;
	if (kind === 'number') return inOrder(Number(fact), operator, Number(value));
	if (kind === 'date')
		return (
			fact !== null && inOrder(new Date(Number(fact)).toISOString().slice(0, 10), operator, value)
		);
	if (kind !== 'text') return fact === value;

	const [text, words] = [String(fact).toLowerCase(), value.toLowerCase()];
	if (operator === 'contains') return text.includes(words);
	if (operator === 'starts') return text.startsWith(words);
	if (operator === 'ends') return text.endsWith(words);
	return text === words;
}

function inOrder<Value extends string | number>(a: Value, operator: string, b: Value): boolean {
	return operator === '<' ? a < b : operator === '>' ? a > b : a === b;
}
