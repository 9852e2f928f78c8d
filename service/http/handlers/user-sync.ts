import { contactTimeline } from './contact-timeline.ts';
import type { HandlersOf } from './handler.ts';

/** Events that the box on a user's profile shows. */
const latest = { page: 1, per_page: 20 };

export const userSyncHandlers: HandlersOf<'getUserSync' | 'changeUserSync' | 'getContactOfUser'> = {
	getUserSync: ({ site }) => site.contacts.userSync(),

	changeUserSync: ({ site, caller }, settings) =>
		site.inTransaction(async (inside) => {
			await inside.contacts.setUserSync(settings);
			await inside.audit.note(
				caller.userName,
				'Changed how WordPress users become contacts.',
				inside.now(),
			);
			return inside.contacts.userSync();
		}),

	getContactOfUser: async ({ site }, { id }) => {
		const contact = (await site.contacts.recordOfUser(id)) ?? null;
		if (!contact) return { contact, events: [] };
		return { contact, events: (await contactTimeline(site, contact.id, latest)).rows };
	},
};
