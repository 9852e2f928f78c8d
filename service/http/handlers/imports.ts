import { startByHand } from '../start-by-hand.ts';
import { authorOf, carryOut } from './contacts.ts';
import type { HandlersOf } from './handler.ts';

type ImportRoutes =
	| 'listImports'
	| 'startImport'
	| 'addImportPart'
	| 'getImport'
	| 'previewImport'
	| 'runImport'
	| 'undoImport';

export const importHandlers: HandlersOf<ImportRoutes> = {
	listImports: async ({ site }) => {
		const rows = await site.contacts.imports.list();
		return { rows, total: rows.length };
	},

	startImport: (desk, { fileName }) =>
		desk.site.inTransaction((inside) =>
			inside.contacts.imports.open(fileName, authorOf(desk, inside)),
		),

	addImportPart: ({ site }, part) =>
		site.inTransaction((inside) => inside.contacts.imports.addPart(part)),

	getImport: ({ site }, { id }) => site.contacts.imports.get(id),
	previewImport: ({ site }, { id, ...choice }) => site.contacts.imports.preview(id, choice),

	runImport: async ({ site, caller, watch }, { id, ...choice }) => {
		await site.inTransaction(async (inside) => {
			await inside.contacts.imports.ask(id, choice);
			const { fileName } = await inside.contacts.imports.get(id);
			await inside.audit.note(caller.userName, `Started the import of ${fileName}.`, inside.now());
		});
		return startByHand(site, 'import_contacts', {
			who: caller.userName,
			isDryRun: false,
			watch,
		});
	},

	undoImport: (desk, { id }) =>
		carryOut(desk, (inside, by) => inside.contacts.imports.undo(id, by)),
};
