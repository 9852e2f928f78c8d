import type { ContactRecord, DeedReport } from '../../contract/contact.ts';
import { ServiceError } from '../../errors.ts';
import type { Site } from '../../site.ts';
import type { Author } from '../../crm/contact-book.ts';
import { releaseSentence } from './addresses.ts';
import { contactFile } from './contact-file.ts';
import { contactTimeline } from './contact-timeline.ts';
import type { Desk, HandlersOf } from './handler.ts';

type ContactRoutes =
	| 'listContacts'
	| 'countContacts'
	| 'exportContacts'
	| 'getContact'
	| 'getContactTimeline'
	| 'addContact'
	| 'changeContact'
	| 'deleteContacts'
	| 'restoreContacts'
	| 'releaseContacts'
	| 'previewMerge'
	| 'mergeContacts'
	| 'undoContactDeed';

export const contactHandlers: HandlersOf<ContactRoutes> = {
	listContacts: ({ site }, filters) => site.contacts.list(filters),
	countContacts: ({ site }, filters) => site.contacts.facets(filters),

	exportContacts: async ({ site, caller }, filters) => {
		await site.audit.note(caller.userName, 'Exported contacts as CSV.', site.now());
		return contactFile(site, filters);
	},

	getContact: ({ site }, { id }) => recordOf(site, id),
	getContactTimeline: ({ site }, { id, ...wanted }) => contactTimeline(site, id, wanted),

	addContact: (desk, draft) =>
		desk.site.inTransaction(async (inside) => {
			const by = authorOf(desk, inside);
			const record = await recordOf(inside, await inside.contacts.add(draft, by));
			await inside.audit.note(by.who, `Added the contact ${record.displayName}.`, by.at);
			return record;
		}),

	changeContact: (desk, { id, ...draft }) =>
		desk.site.inTransaction(async (inside) => {
			const by = authorOf(desk, inside);
			await inside.contacts.change(id, draft, by);
			const record = await recordOf(inside, id);
			await inside.audit.note(by.who, `Edited the contact ${record.displayName}.`, by.at);
			return record;
		}),

	deleteContacts: (desk, chosen) => carryOut(desk, (inside, by) => inside.contacts.bin(chosen, by)),

	restoreContacts: (desk, chosen) =>
		carryOut(desk, (inside, by) => inside.contacts.restore(chosen, by)),

	releaseContacts: (desk, chosen) =>
		desk.site.inTransaction(async (inside) => {
			const { who, at } = authorOf(desk, inside);
			const addressIds = await inside.contacts.heldAddresses(chosen);
			const { id, released, leftAlone } = await inside.crm.release(addressIds, who, at);
			const sentence = releaseSentence(released, leftAlone);
			await inside.audit.note(who, `Release ${id}: ${sentence}`, at);
			return { releaseId: id, released, leftAlone, sentence };
		}),

	previewMerge: ({ site }, choice) => site.contacts.previewMerge(choice),

	mergeContacts: (desk, choice) =>
		carryOut(desk, (inside, by) => inside.contacts.merge(choice, by)),

	undoContactDeed: (desk, { id }) => carryOut(desk, (inside, by) => inside.contacts.undo(id, by)),
};

/** Does something to contacts, all or nothing, and notes it. */
export function carryOut(
	desk: Desk,
	deed: (inside: Site, by: Author) => Promise<DeedReport>,
): Promise<DeedReport> {
	return desk.site.inTransaction(async (inside) => {
		const by = authorOf(desk, inside);
		const report = await deed(inside, by);
		await inside.audit.note(by.who, report.sentence, by.at);
		return report;
	});
}

/** Who asks, and now. */
export function authorOf({ caller }: Desk, site: Site): Author {
	return { who: caller.userName, at: site.now() };
}

async function recordOf(site: Site, id: number): Promise<ContactRecord> {
	const record = await site.contacts.record(id);
	if (!record)
		throw new ServiceError('not-found', 'There is no such contact; it may have been erased.');
	return record;
}
