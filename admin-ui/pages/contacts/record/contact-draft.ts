import type { ContactFields, ContactRecord } from '../../../../service/contract/contact.ts';
import type { Asked } from '../../../api.ts';

/** An address in the form. */
export interface AddressDraft {
	/** Tells the rows of the form apart; an address that is new has no id yet. */
	key: number;
	id?: number;
	email: string;
	isPrimary: boolean;
	isBulk: boolean;
}

export interface ContactDraft {
	fields: ContactFields;
	addresses: AddressDraft[];
	groupIds: number[];
}

const emptyFields: ContactFields = {
	kind: 'Individual',
	firstName: '',
	lastName: '',
	name: '',
	employer: '',
	status: 'confirmed',
	doNotEmail: false,
	isOptedOut: false,
	isDeceased: false,
	note: '',
};

/** The form for a new contact, or for one that exists. */
export function draftOf(contact?: ContactRecord): ContactDraft {
	if (!contact) {
		return {
			fields: emptyFields,
			addresses: [{ key: 1, email: '', isPrimary: true, isBulk: false }],
			groupIds: [],
		};
	}
	const fields = Object.fromEntries(
		(Object.keys(emptyFields) as (keyof ContactFields)[]).map((name) => [name, contact[name]]),
	) as unknown as ContactFields;
	return {
		fields,
		addresses: contact.addresses.map(({ id, email, isPrimary, isBulk }) => ({
			key: id,
			id,
			email,
			isPrimary,
			isBulk,
		})),
		groupIds: contact.groups.map(({ id }) => id),
	};
}

export function isChanged(before: ContactDraft, now: ContactDraft): boolean {
	return JSON.stringify(before) !== JSON.stringify(now);
}

/** With one row more to write an address into. */
export function withNewAddress(addresses: AddressDraft[]): AddressDraft[] {
	const key = Math.max(0, ...addresses.map((address) => address.key)) + 1;
	return [...addresses, { key, email: '', isPrimary: addresses.length === 0, isBulk: false }];
}

/** Without one; the next one takes over as the primary. */
export function withoutAddress(addresses: AddressDraft[], key: number): AddressDraft[] {
	return withPrimary(addresses.filter((address) => address.key !== key));
}

/** One address changes. Another one stops being the primary, or the bulk one, when this one becomes it. */
export function withAddress(
	addresses: AddressDraft[],
	key: number,
	change: Partial<AddressDraft>,
): AddressDraft[] {
	return addresses.map((address) => {
		if (address.key === key) return { ...address, ...change };
		return {
			...address,
			isPrimary: address.isPrimary && !change.isPrimary,
			isBulk: address.isBulk && !change.isBulk,
		};
	});
}

function withPrimary(addresses: AddressDraft[]): AddressDraft[] {
	if (addresses.some(({ isPrimary }) => isPrimary)) return addresses;
	return addresses.map((address, index) => ({ ...address, isPrimary: index === 0 }));
}

/** Without the rows that nobody wrote anything into. */
export function tidied(draft: ContactDraft): ContactDraft {
	const written = draft.addresses.filter(
		({ id, email }) => id !== undefined || email.trim() !== '',
	);
	return { ...draft, addresses: withPrimary(written) };
}

/** What is sent. */
export function contactAsked({ fields, addresses, groupIds }: ContactDraft): Asked<'addContact'> {
	return {
		...fields,
		addresses: addresses.map(({ id, email, isPrimary, isBulk }) => ({
			...(id === undefined ? {} : { id }),
			email: email.trim(),
			isPrimary,
			isBulk,
		})),
		groupIds,
	};
}

/** What the service says is wrong with each address, in the order of the form. */
export function addressProblems(
	problems: Readonly<Record<string, string>>,
	count: number,
): (string | undefined)[] {
	return Array.from(
		{ length: count },
		(_, index) => problems[`addresses.${index}.email`] ?? problems[`addresses.${index}`],
	);
}
