import type { Author, ContactDraft } from '../../service/crm/contact-book.ts';
import type { Site } from '../../service/site.ts';
import type { TestClock } from '../support/clock.ts';

type Wanted = Partial<Omit<ContactDraft, 'addresses'>> & { addresses?: string[] };

/** A contact as a person enters it; the first address is the primary one. */
export function aContact({ addresses = [], ...fields }: Wanted = {}): ContactDraft {
	return {
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
		groupIds: [],
		...fields,
		addresses: addresses.map((email, index) => ({ email, isPrimary: index === 0, isBulk: false })),
	};
}

/** Adds a contact. @returns its number. */
export function idOf(site: Site, wanted: Wanted): Promise<number> {
	return site.contacts.add(aContact(wanted), { who: 'Carla', at: site.now() });
}

/** Carla does something now. */
export function by(clock: TestClock): Author {
	return { who: 'Carla', at: clock.now() };
}
