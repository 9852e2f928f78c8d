import type { HandlersOf } from './handler.ts';

export const viewHandlers: HandlersOf<'listViews' | 'saveView' | 'deleteView'> = {
	listViews: async ({ site, caller }, { page }) => {
		const rows = await site.contacts.views.list(page, caller.userId);
		return { rows, total: rows.length };
	},

	saveView: ({ site, caller }, view) =>
		site.inTransaction((inside) => inside.contacts.views.save(view, caller.userId, inside.now())),

	deleteView: ({ site, caller }, { id }) =>
		site.inTransaction(async (inside) => {
			const isManager = caller.capabilities.has('manage');
			const name = await inside.contacts.views.remove(id, caller.userId, isManager);
			const sentence = `The view “${name}” was deleted.`;
			await inside.audit.note(caller.userName, sentence, inside.now());
			return { sentence };
		}),
};
