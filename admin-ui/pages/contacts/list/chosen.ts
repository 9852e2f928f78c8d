import type { Group } from '../../../../service/contract/contact.ts';
import { contactFilter } from '../contacts-view.ts';
import type { ContactsValues } from '../contacts-view.ts';

/** What is ticked: some contacts of this page, or all that match. */
export interface Chosen {
	ids: ReadonlySet<number>;
	isAll: boolean;
}

export const noneChosen: Chosen = { ids: new Set(), isAll: false };

export const bulkDeeds = [
	'release',
	'add-to-group',
	'remove-from-group',
	'export',
	'merge',
	'delete',
	'restore',
] as const;
export type BulkDeed = (typeof bulkDeeds)[number];

/** What can be done to contacts in the list, or to those in the trash. */
export function deedsFor({ isTrash }: { isTrash: boolean }): BulkDeed[] {
	return bulkDeeds.filter((deed) => (deed === 'restore') === isTrash);
}

export function countChosen({ ids, isAll }: Chosen, total: number): number {
	return isAll ? total : ids.size;
}

/** Whom a deed is for, as the service takes it. */
export function whoIs(chosen: Chosen, values: ContactsValues) {
	return chosen.isAll ? { filter: contactFilter(values) } : { ids: [...chosen.ids] };
}

/** What each dialog about several contacts gets. */
export interface BulkProps {
	chosen: Chosen;
	/** Contacts that match in all. */
	total: number;
	values: ContactsValues;
	groups: Group[];
	/** It was done, or undone. */
	onDone: () => void;
	onClose: () => void;
}
