import { carryOut } from './contacts.ts';
import type { HandlersOf } from './handler.ts';

type GroupRoutes =
	'listGroups' | 'addGroup' | 'changeGroup' | 'deleteGroup' | 'addToGroup' | 'removeFromGroup';

export const groupHandlers: HandlersOf<GroupRoutes> = {
	listGroups: async ({ site }) => {
		const rows = await site.contacts.groups.list();
		return { rows, total: rows.length };
	},

	addGroup: ({ site, caller }, fields) =>
		site.inTransaction(async (inside) => {
			const group = await inside.contacts.groups.add(fields);
			await inside.audit.note(caller.userName, `Added the group “${group.name}”.`, inside.now());
			return group;
		}),

	changeGroup: ({ site, caller }, { id, ...fields }) =>
		site.inTransaction(async (inside) => {
			const group = await inside.contacts.groups.change(id, fields);
			await inside.audit.note(caller.userName, `Changed the group “${group.name}”.`, inside.now());
			return group;
		}),

	deleteGroup: (desk, { id }) =>
		carryOut(desk, (inside, by) => inside.contacts.groups.remove(id, by)),
	addToGroup: (desk, { id, who }) =>
		carryOut(desk, (inside, by) => inside.contacts.groups.addMembers(id, who, by)),
	removeFromGroup: (desk, { id, who }) =>
		carryOut(desk, (inside, by) => inside.contacts.groups.removeMembers(id, who, by)),
};
