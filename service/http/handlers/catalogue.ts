import type { CsvFile, ImportReport } from '../../contract/catalogue.ts';
import { tryMail } from '../../reprocess/try-mail.ts';
import { whatIf } from '../../reprocess/what-if.ts';
import { patternsAsCsv } from '../../settings/pattern-csv.ts';
import { typesAsCsv } from '../../settings/type-csv.ts';
import type { Site } from '../../site.ts';
import { counted } from '../../words.ts';
import type { Desk, HandlersOf } from './handler.ts';

type CatalogueRoutes =
	| 'getCatalogue'
	| 'changeCatalogue'
	| 'whatIfCatalogue'
	| 'addBounceType'
	| 'deleteBounceType'
	| 'exportBounceTypes'
	| 'importBounceTypes'
	| 'listPatterns'
	| 'addPattern'
	| 'changePattern'
	| 'deletePattern'
	| 'exportPatterns'
	| 'importPatterns'
	| 'tryMail';

export const catalogueHandlers: HandlersOf<CatalogueRoutes> = {
	getCatalogue: ({ site }) => site.catalogueBook.settings(),

	changeCatalogue: (desk, change) =>
		noted(desk, async (inside) => {
			const sentences = await inside.catalogueBook.change(change);
			return { result: await inside.catalogueBook.settings(), what: sentences.join(' ') };
		}),

	whatIfCatalogue: ({ site }, change) => whatIf(site, change),

	addBounceType: (desk, fields) =>
		noted(desk, async (inside) => {
			const type = await inside.catalogueBook.addType(fields);
			const what = `Added the bounce type ${type.name} with threshold ${type.holdThreshold}.`;
			return { result: type, what };
		}),

	deleteBounceType: (desk, { id }) =>
		noted(desk, async (inside) => {
			const { name, patterns } = await inside.catalogueBook.deleteType(id);
			const gone = patterns > 0 ? `, with ${counted(patterns, 'pattern', 'patterns')}` : '';
			const sentence = `The bounce type ${name} was deleted${gone}. Recorded bounces keep its name.`;
			return { result: { sentence }, what: sentence };
		}),

	exportBounceTypes: async ({ site }) => {
		const settings = await site.catalogueBook.settings();
		return csvFile(site, 'bounce-types', typesAsCsv(settings), settings.types.length);
	},

	importBounceTypes: (desk, request) =>
		noted(desk, async (inside) =>
			imported('bounce types', await inside.catalogueBook.importTypes(request)),
		),

	listPatterns: ({ site }, filters) => site.patterns.list(filters),

	addPattern: (desk, fields) =>
		noted(desk, async (inside) => {
			const pattern = await inside.patterns.add(fields);
			const what = `Added pattern ${pattern.id} for ${pattern.type}: ${pattern.expression}`;
			return { result: pattern, what };
		}),

	changePattern: (desk, { id, ...fields }) =>
		noted(desk, async (inside) => {
			const pattern = await inside.patterns.change(id, fields);
			const what = `Changed pattern ${id} for ${pattern.type}: ${pattern.expression}`;
			return { result: pattern, what };
		}),

	deletePattern: (desk, { id }) =>
		noted(desk, async (inside) => {
			const { type, expression } = await inside.patterns.delete(id);
			const what = `Deleted pattern ${id} for ${type}: ${expression}`;
			return { result: { sentence: `The pattern for ${type} was deleted.` }, what };
		}),

	exportPatterns: async ({ site }) => {
		const patterns = await site.patterns.all();
		return csvFile(site, 'bounce-patterns', patternsAsCsv(patterns), patterns.length);
	},

	importPatterns: (desk, request) =>
		noted(desk, async (inside) =>
			imported('bounce patterns', await inside.catalogueBook.importPatterns(request)),
		),

	tryMail: ({ site }, { raw = '', rawBase64 }) =>
		tryMail(rawBase64 ? Buffer.from(rawBase64, 'base64') : Buffer.from(raw), site),
};

/** Does a work in a transaction and notes in the audit log what it did; an empty `what` notes nothing. */
function noted<Result>(
	{ site, caller }: Desk,
	work: (inside: Site) => Promise<{ result: Result; what: string }>,
): Promise<Result> {
	return site.inTransaction(async (inside) => {
		const { result, what } = await work(inside);
		if (what) await inside.audit.note(caller.userName, what, inside.now());
		return result;
	});
}

function imported(things: string, report: ImportReport): { result: ImportReport; what: string } {
	return { result: report, what: report.isDryRun ? '' : `Imported ${things}: ${report.sentence}` };
}

function csvFile(site: Site, name: string, csv: string, rows: number): CsvFile {
	return { fileName: `${name}-${site.now().toISOString().slice(0, 10)}.csv`, csv, rows };
}
