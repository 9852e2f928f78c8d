import type { ImportOptions, ImportTarget } from '../../../../contract/contact.ts';
import type { ContactImportRow } from '../../../../db/people-tables.ts';
import type { ImportProgress, ImportRows } from '../../../contact-book.ts';
import type { SiteTables } from '../../site-tables.ts';
import { addSteps, writeDeed } from '../deeds.ts';
import { counted } from '../words.ts';
import { decideRow } from './decide-row.ts';
import type { Becomes, Known, RowDecision } from './decide-row.ts';
import { loadKnown } from './known-contacts.ts';
import { readRow } from './read-row.ts';
import { writeContacts } from './write-rows.ts';

export const mostProblems = 100;

export type Totals = Record<Becomes, number>;
export const noTotals: Totals = { added: 0, changed: 0, skipped: 0, failed: 0 };

/** What an administrator chose, and what the site has. */
export interface Deciding {
	mapping: readonly ImportTarget[];
	options: ImportOptions;
	/** Names in lower case → number and name. */
	groups: Map<string, { id: number; name: string }>;
}

/** Decides rows in their order, each in the light of those before it.
 *  @returns one decision a row, and how groups are spelled */
export async function decideRows(
	tables: SiteTables,
	rows: ImportRows,
	{ mapping, options, groups }: Deciding,
): Promise<{ decisions: RowDecision[]; spelled: Map<string, string> }> {
	const read = rows.map(({ cells }) => readRow(cells, mapping));
	const good = read.flatMap((row) => ('problem' in row ? [] : [row]));
	const emails = good.flatMap((row) => row.emails.map((email) => email.toLowerCase()));
	const known = new Map<string, Known>();
	await loadKnown(tables, emails, known);
	const joinable = options.makeGroups ? undefined : new Set(groups.keys());
	const spelled = new Map<string, string>();
	for (const name of good.flatMap((row) => row.groups))
		if (!spelled.has(name.toLowerCase())) spelled.set(name.toLowerCase(), name);
	return { decisions: read.map((row) => decideRow(row, known, options, joinable)), spelled };
}

/** See `ImportBook.carryOn`. @param row the import as it is stored */
export async function carryOn(
	tables: SiteTables,
	rows: ImportRows,
	row: ContactImportRow,
	deciding: Deciding,
	at: Date,
): Promise<ImportProgress> {
	const source = `Imported from ${row.file_name}`;
	const deedId =
		row.deed_id ??
		(await writeDeed(
			tables,
			{ what: 'imported', sentence: `${row.file_name} was imported.`, who: row.who, at },
			[],
		));
	const { decisions, spelled } = await decideRows(tables, rows, deciding);
	const touched = new Set(decisions.flatMap(({ contact }) => contact ?? []));
	const { groups, options } = deciding;
	const steps = await writeContacts(tables, [...touched], {
		source: source.slice(0, 320),
		at,
		groups,
		groupId: options.groupId,
		spelled,
	});
	await addSteps(tables, deedId, steps);

	const totals = withDecisions(JSON.parse(row.totals) as Totals, decisions);
	const problems = [
		...(JSON.parse(row.problems) as Problem[]),
		...problemsOf(rows, decisions),
	].slice(0, mostProblems);
	const done = row.done + rows.length;
	const isFinished = done >= row.rows_in_all;
	const sentence = importSentence(done, totals);
	await noteProgress(tables, row.id, {
		done,
		deed_id: deedId,
		totals: JSON.stringify(totals),
		problems: JSON.stringify(problems),
		sentence,
		...(isFinished ? { state: 'done' as const } : {}),
	});
	if (isFinished) await finish(tables, row, deedId, sentence);
	return { done, rows: row.rows_in_all, isFinished, sentence };
}

interface Problem {
	line: number;
	sentence: string;
}

/** What could not be imported, with the lines. */
export function problemsOf(rows: ImportRows, decisions: readonly RowDecision[]): Problem[] {
	return decisions.flatMap(({ becomes, sentence }, index) =>
		becomes === 'failed' ? [{ line: rows[index]!.line, sentence }] : [],
	);
}

/** Counts what rows become. */
export function withDecisions(totals: Totals, decisions: readonly RowDecision[]): Totals {
	const sum = { ...totals };
	for (const { becomes } of decisions) sum[becomes] += 1;
	return sum;
}

/** "1,200 rows read: 1,100 contacts added, 80 changed, 15 skipped, 5 could not be read." */
export function importSentence(done: number, { added, changed, skipped, failed }: Totals): string {
	const others = [
		`${counted(added, 'contact')} added`,
		`${changed.toLocaleString('en')} changed`,
		`${skipped.toLocaleString('en')} skipped`,
		...(failed > 0 ? [`${failed.toLocaleString('en')} could not be imported`] : []),
	];
	return `${counted(done, 'row')} read: ${others.join(', ')}.`;
}

async function noteProgress(
	{ db, siteId }: SiteTables,
	id: number,
	columns: Partial<Omit<ContactImportRow, 'id' | 'site_id'>>,
): Promise<void> {
	await db
		.updateTable('contact_imports')
		.set(columns)
		.where('site_id', '=', siteId)
		.where('id', '=', id)
		.execute();
}

/** The file is no longer needed; its people are contacts now. */
async function finish(
	{ db, siteId }: SiteTables,
	row: ContactImportRow,
	deedId: number,
	sentence: string,
): Promise<void> {
	await db
		.updateTable('contact_deeds')
		.set({ sentence: `${row.file_name} was imported. ${sentence}` })
		.where('site_id', '=', siteId)
		.where('id', '=', deedId)
		.execute();
	await db
		.deleteFrom('contact_import_parts')
		.where('site_id', '=', siteId)
		.where('import_id', '=', row.id)
		.execute();
}
