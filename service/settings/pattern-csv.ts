import type { BouncePattern, ImportReport } from '../contract/catalogue.ts';
import { ServiceError } from '../errors.ts';
import { readCatalogue } from './catalogue-row.ts';
import type { SettingsTables } from './catalogue-row.ts';
import type { CsvRow } from '../csv.ts';
import { readCsv, refuseLines, writeCsv } from '../csv.ts';
import { checkPattern, mostPatterns, sitePatternBook } from './pattern-book.ts';
import type { PatternFields } from './pattern-book.ts';
import type { SiteType, StoredCatalogue } from './stored-catalogue.ts';
import { typesOf } from './stored-catalogue.ts';

/** Names under which files have these columns: CiviCRM's table civicrm_mailing_bounce_pattern, joined with the name of
 *  its type or not, and ours. */
const patternColumns = ['pattern', 'expression', 'regular_expression', 'regex'];
const typeIdColumns = ['bounce_type_id', 'type_id'];
const typeNameColumns = ['type', 'bounce_type', 'type_name', 'bounce_type_name', 'name'];
const reasonColumns = ['reason'];
const onColumns = ['is_on', 'is_active'];

/** The site's patterns as a CSV file that can be imported again, here or elsewhere. */
export function patternsAsCsv(patterns: readonly BouncePattern[]): string {
	return writeCsv(
		['id', 'bounce_type_id', 'type', 'pattern', 'reason', 'is_on'],
		patterns.map(({ id, typeId, type, expression, reason, isOn }) => [
			id,
			typeId,
			type,
			expression,
			reason,
			isOn ? 1 : 0,
		]),
	);
}

/** Imports patterns from CSV: CiviCRM's export or ours. What is there already stays as it is, so a file can be imported
 *  twice. Call it in a transaction.
 *  @throws ServiceError invalid-request that names each wrong line (`fields`: "line 7"); then nothing was saved. */
export async function importPatterns(
	tables: SettingsTables,
	{ csv, replace, dryRun }: { csv: string; replace: boolean; dryRun: boolean },
): Promise<ImportReport> {
	const book = sitePatternBook(tables);
	const wanted = readPatterns(csv, await readCatalogue(tables));
	const present = new Map((await book.all()).map((pattern) => [keyOf(pattern), pattern]));
	const isNew = (pattern: PatternFields) => !present.has(keyOf(pattern));
	const isChanged = (pattern: WantedPattern) => {
		const before = present.get(keyOf(pattern));
		return !!before && (before.reason !== pattern.reason || before.isOn !== pattern.isOn);
	};

	const fresh = [...wanted.values()].filter(isNew);
	const changed = [...wanted.values()].filter(isChanged);
	const missing = [...present.values()].filter((pattern) => !wanted.has(keyOf(pattern)));
	const removed = replace ? missing : [];
	if (present.size + fresh.length - removed.length > mostPatterns)
		throw new ServiceError('conflict', `A site can have ${mostPatterns} patterns.`);

	if (!dryRun) {
		await book.deleteAll(removed.map(({ id }) => id));
		for (const pattern of changed) await book.setReason(present.get(keyOf(pattern))!.id, pattern);
		await book.addAll(fresh);
	}
	return importReport('pattern', {
		added: fresh.length,
		changed: changed.length,
		unchanged: wanted.size - fresh.length - changed.length,
		removed: removed.length,
		isDryRun: dryRun,
	});
}

/** What an import did, with its sentence. */
export function importReport(
	thing: 'pattern' | 'type',
	counts: Omit<ImportReport, 'sentence'>,
): ImportReport {
	const { added, changed, unchanged, removed, isDryRun } = counts;
	const did =
		`${added} ${thing}${added === 1 ? '' : 's'} added, ${changed} changed, ` +
		`${removed} removed, ${unchanged} were there already.`;
	return {
		...counts,
		sentence: isDryRun ? `Nothing was changed. It would have been: ${did}` : did,
	};
}

type WantedPattern = Required<PatternFields>;

function readPatterns(csv: string, stored: StoredCatalogue): Map<string, WantedPattern> {
	const { columns, rows } = readCsv(csv);
	if (!rows[0]) throw wrongFile('The file has no patterns below its first line.');
	if (rows[0].cell(...patternColumns) === undefined)
		throw wrongFile(`The first line has no column “pattern”, only: ${columns.join(', ')}.`);
	if (rows[0].cell(...typeIdColumns, ...typeNameColumns) === undefined)
		throw wrongFile('The first line has no column “bounce_type_id” or “type”.');

	const types = typesOf(stored);
	const wanted = new Map<string, WantedPattern>();
	const problems = new Map<number, string>();
	for (const row of rows) {
		try {
			const pattern = readPattern(row, types);
			checkPattern(pattern, stored);
			wanted.set(keyOf(pattern), pattern);
		} catch (error) {
			if (!(error instanceof ServiceError)) throw error;
			problems.set(row.line, error.message);
		}
	}
	refuseLines(problems);
	return wanted;
}

function readPattern(row: CsvRow, types: readonly SiteType[]): WantedPattern {
	return {
		typeId: readType(row, types).id,
		expression: row.cell(...patternColumns) ?? '',
		reason: row.cell(...reasonColumns)?.trim() || null,
		isOn: !/^(?:0|no|off|false|n)$/i.test(row.cell(...onColumns)?.trim() ?? ''),
	};
}

/** The name decides where there is one: the numbers of added types differ from site to site. */
function readType(row: CsvRow, types: readonly SiteType[]): SiteType {
	const name = row.cell(...typeNameColumns)?.trim();
	const id = row.cell(...typeIdColumns)?.trim();
	const type = name
		? types.find((one) => one.name.toLowerCase() === name.toLowerCase())
		: types.find((one) => String(one.id) === id);
	if (type) return type;
	const wanted = name ? `called “${name}”` : `with the number “${id ?? ''}”`;
	throw new ServiceError(
		'invalid-request',
		`There is no bounce type ${wanted}. Import or add the types first.`,
	);
}

function keyOf({ typeId, expression }: { typeId: number; expression: string }): string {
	return `${typeId} ${expression}`;
}

function wrongFile(message: string): ServiceError {
	return new ServiceError('invalid-request', `Nothing was imported. ${message}`, {
		problem: 'wrong-lines',
		fields: { 'line 1': message },
	});
}
