import type { CatalogueSettings, ImportReport } from '../contract/catalogue.ts';
import { ServiceError } from '../errors.ts';
import { readCatalogue, writeCatalogue } from './catalogue-row.ts';
import type { SettingsTables } from './catalogue-row.ts';
import type { CsvRow } from '../csv.ts';
import { readCsv, refuseLines, writeCsv } from '../csv.ts';
import { importReport } from './pattern-csv.ts';
import { sitePatternBook } from './pattern-book.ts';
import { typesOf, withChange, withoutType, withType } from './stored-catalogue.ts';
import type { SiteType, StoredCatalogue } from './stored-catalogue.ts';

const nameColumns = ['name', 'type', 'bounce_type'];
const thresholdColumns = ['hold_threshold', 'threshold'];
const onColumns = ['is_on', 'is_active', 'active', 'on'];
const highestThreshold = 1_000;

interface WantedType {
	name: string;
	/** Undefined: the file does not say, so it stays as it is. */
	description?: string;
	holdThreshold: number;
	isOn?: boolean;
}

/** The site's types as a CSV file that can be imported again; the first four columns are CiviCRM's. */
export function typesAsCsv({ types }: CatalogueSettings): string {
	return writeCsv(
		['id', 'name', 'description', 'hold_threshold', 'is_on'],
		types.map(({ id, name, description, holdThreshold, isOn }) => [
			id,
			name,
			description,
			holdThreshold,
			isOn ? 1 : 0,
		]),
	);
}

/** Imports types from CSV by their names: CiviCRM's export of civicrm_mailing_bounce_type or ours. With `replace`, added
 *  types that the file does not have are removed with their patterns; shipped ones always stay. Call it in a transaction.
 *  @throws ServiceError invalid-request that names each wrong line (`fields`: "line 7"); then nothing was saved. */
export async function importTypes(
	tables: SettingsTables,
	{ csv, replace, dryRun }: { csv: string; replace: boolean; dryRun: boolean },
): Promise<ImportReport> {
	const before = await readCatalogue(tables);
	const wanted = readTypes(csv);
	const present = new Map(typesOf(before).map((type) => [type.name.toLowerCase(), type]));
	const known = [...wanted].filter(([key]) => present.has(key));
	const fresh = [...wanted].filter(([key]) => !present.has(key));
	const changed = known.filter(([key, type]) => differs(type, present.get(key)!));
	const removed = replace
		? [...present].filter(([key, { isShipped }]) => !isShipped && !wanted.has(key))
		: [];

	let after: StoredCatalogue = withChange(before, {
		types: changed.map(([key, { name: _, ...fields }]) => ({
			id: present.get(key)!.id,
			...fields,
		})),
	});
	for (const [, type] of fresh) after = withType(after, { description: '', ...type });
	for (const [, { id }] of removed) after = withoutType(after, id);

	if (!dryRun && changed.length + fresh.length + removed.length > 0) {
		await writeCatalogue(tables, after);
		const orphans = new Set(removed.map(([, { id }]) => id));
		const book = sitePatternBook(tables);
		const patterns = (await book.all()).filter(({ typeId }) => orphans.has(typeId));
		await book.deleteAll(patterns.map(({ id }) => id));
	}
	return importReport('type', {
		added: fresh.length,
		changed: changed.length,
		unchanged: known.length - changed.length,
		removed: removed.length,
		isDryRun: dryRun,
	});
}

function readTypes(csv: string): Map<string, WantedType> {
	const { rows } = readCsv(csv);
	const problems = new Map<number, string>();
	const wanted = new Map<string, WantedType>();
	if (!rows[0]) problems.set(1, 'The file has no types below its first line.');
	else if (rows[0].cell(...nameColumns) === undefined)
		problems.set(1, 'The first line has no column “name”.');
	else if (rows[0].cell(...thresholdColumns) === undefined)
		problems.set(1, 'The first line has no column “hold_threshold” or “threshold”.');
	refuseLines(problems);

	for (const row of rows) {
		try {
			const type = readType(row);
			if (wanted.has(type.name.toLowerCase())) throw wrong(`“${type.name}” is there twice.`);
			wanted.set(type.name.toLowerCase(), type);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			problems.set(row.line, error.message);
		}
	}
	refuseLines(problems);
	return wanted;
}

function readType(row: CsvRow): WantedType {
	const name = row.cell(...nameColumns)?.trim() ?? '';
	if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u.test(name))
		throw wrong(`“${name}” is no name for a type.`);
	const threshold = row.cell(...thresholdColumns)?.trim() ?? '';
	if (!/^\d{1,4}$/.test(threshold) || Number(threshold) > highestThreshold)
		throw wrong(`The threshold “${threshold}” is no whole number from 0 to ${highestThreshold}.`);
	const description = row.cell('description')?.trim().slice(0, 250);
	const on = row.cell(...onColumns)?.trim();
	return {
		name,
		holdThreshold: Number(threshold),
		...(description === undefined ? {} : { description }),
		...(on === undefined || on === '' ? {} : { isOn: !/^(?:0|no|off|false|n)$/i.test(on) }),
	};
}

function differs(wanted: WantedType, present: SiteType): boolean {
	return (
		wanted.holdThreshold !== present.holdThreshold ||
		(wanted.description ?? present.description) !== present.description ||
		(wanted.isOn ?? present.isOn) !== present.isOn
	);
}

function wrong(message: string): ServiceError {
	return new ServiceError('invalid-request', message);
}
