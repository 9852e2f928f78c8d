import type { BounceTypeSetting, CatalogueSettings, ImportReport } from '../contract/catalogue.ts';
import type { CatalogueChange, CatalogueRequest } from '../contract/catalogue-messages.ts';
import { catalogueText, readCatalogue, writeCatalogue } from './catalogue-row.ts';
import type { SettingsTables } from './catalogue-row.ts';
import { patternRows, readyPatterns } from './pattern-book.ts';
import { importPatterns } from './pattern-csv.ts';
import {
	asShipped,
	differenceInWords,
	parseStored,
	toSettings,
	toSiteCatalogue,
	typesOf,
	withChange,
	withoutType,
	withType,
} from './stored-catalogue.ts';
import type { SiteCatalogue, SiteType, StoredCatalogue } from './stored-catalogue.ts';
import { importTypes } from './type-csv.ts';

/** What a site may change about types, reasons and counting. Every change lets all processes read it anew; make it in a
 *  transaction. */
export interface CatalogueBook {
	settings(): Promise<CatalogueSettings>;
	/** The site's types, also those that are off, by id. */
	types(): Promise<SiteType[]>;
	/** The catalogue as a change would make it; nothing is saved.
	 *  @throws ServiceError for a type or reason that does not exist. */
	ifChanged(change: CatalogueChange): Promise<SiteCatalogue>;
	/** @returns what changed, in sentences. @throws ServiceError as `ifChanged`. */
	change(change: CatalogueChange): Promise<string[]>;
	/** @throws ServiceError conflict when the name is taken. */
	addType(type: CatalogueRequest<'addBounceType'> & { isOn?: boolean }): Promise<BounceTypeSetting>;
	/** Deletes an added type and the patterns that lead to it; recorded bounces keep its name.
	 *  @throws ServiceError conflict for a shipped type, not-found for none. */
	deleteType(id: number): Promise<BounceTypeSetting>;
	/** See `type-csv.ts` and `pattern-csv.ts`. @throws ServiceError that names each wrong line. */
	importTypes(request: CatalogueRequest<'importBounceTypes'>): Promise<ImportReport>;
	importPatterns(request: CatalogueRequest<'importPatterns'>): Promise<ImportReport>;
}

/** The catalogue settings of one site in the service's own database. */
export function siteCatalogueBook(tables: SettingsTables): CatalogueBook {
	const book: CatalogueBook = {
		settings: async () => toSettings(await readCatalogue(tables), await patternCounts(tables)),
		types: async () => typesOf(await readCatalogue(tables)),
		ifChanged: async (change) => {
			const after = withChange(await readCatalogue(tables), change);
			return toSiteCatalogue(after, await readyPatternsOf(tables, after));
		},
		change: async (change) => {
			const before = await readCatalogue(tables);
			const after = withChange(before, change);
			const sentences = differenceInWords(before, after);
			if (sentences.length > 0) await writeCatalogue(tables, after);
			return sentences;
		},
		addType: async (type) => {
			await writeCatalogue(tables, withType(await readCatalogue(tables), type));
			return (await book.settings()).types.at(-1)!;
		},
		deleteType: async (id) => {
			const after = withoutType(await readCatalogue(tables), id);
			const type = (await book.settings()).types.find((one) => one.id === id)!;
			await tables.db
				.deleteFrom('bounce_patterns')
				.where('site_id', '=', tables.siteId)
				.where('type_id', '=', id)
				.execute();
			await writeCatalogue(tables, after);
			return type;
		},
		importTypes: (request) => importTypes(tables, request),
		importPatterns: (request) => importPatterns(tables, request),
	};
	return book;
}

async function patternCounts(tables: SettingsTables): Promise<Map<number, number>> {
	const counts = new Map<number, number>();
	for (const { type_id } of await patternRows(tables))
		counts.set(type_id, (counts.get(type_id) ?? 0) + 1);
	return counts;
}

async function readyPatternsOf(tables: SettingsTables, stored: StoredCatalogue) {
	return readyPatterns(await patternRows(tables), stored);
}

/** The catalogues of the sites of this process. Patterns are compiled once; one small row is read to see that nothing
 *  changed, in this or another process. */
export class CatalogueCache {
	readonly #shipped = toSiteCatalogue(asShipped, []);
	readonly #known = new Map<string, { text: string; made: SiteCatalogue }>();

	/** The catalogue of a site as it is now. */
	async of(tables: SettingsTables): Promise<SiteCatalogue> {
		const { siteId } = tables;
		const text = await catalogueText(tables);
		if (text === undefined) return this.#shipped;
		const known = this.#known.get(siteId);
		if (known?.text === text) return known.made;

		const stored = parseStored(text);
		const made = toSiteCatalogue(stored, await readyPatternsOf(tables, stored));
		this.#known.set(siteId, { text, made });
		return made;
	}
}
