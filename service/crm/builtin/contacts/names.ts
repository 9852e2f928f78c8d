import type { ContactKind } from '../../../contract/contact.ts';

/** What a name is made of. */
export interface NameParts {
	kind: ContactKind;
	firstName: string;
	lastName: string;
	/** Of an organisation or a household. */
	name: string;
}

/** Chinese, Japanese and Korean names: the family's name first, and no space between. */
const familyNameFirst =
	/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー・々]+$/u;

/** How a contact is called: "Anna Berg", "山田太郎", "Example Trust"; without a name by the address, which may be empty. */
export function displayNameOf({ kind, firstName, lastName, name }: NameParts, email = ''): string {
	if (kind !== 'Individual') return name || email;
	if (firstName && lastName && familyNameFirst.test(firstName + lastName))
		return lastName + firstName;
	return [firstName, lastName].filter(Boolean).join(' ') || email;
}

/** What a contact is sorted by, in lower case: "berg, anna", or how it is called. */
export function sortNameOf(
	{ kind, firstName, lastName }: Omit<NameParts, 'name'>,
	displayName: string,
): string {
	const isSplit = kind === 'Individual' && lastName !== '';
	const name = isSplit ? [lastName, firstName].filter(Boolean).join(', ') : displayName;
	return name.toLowerCase().slice(0, 320);
}

/** The columns of contacts that hold a name. */
export function nameColumns(parts: NameParts, email = '') {
	const display_name = displayNameOf(parts, email).slice(0, 320);
	return {
		first_name: parts.firstName,
		last_name: parts.lastName,
		display_name,
		sort_name: sortNameOf(parts, display_name),
	};
}

/** The parts of a name that its kind has; the others are empty. */
export function namePartsOf(parts: NameParts): NameParts {
	return parts.kind === 'Individual'
		? { ...parts, name: '' }
		: { ...parts, firstName: '', lastName: '' };
}
