import type {
	ContactImport,
	ImportOptions,
	ImportPreview,
	ImportTarget,
} from '../../../../contract/contact.ts';
import type { ContactImportRow } from '../../../../db/people-tables.ts';
import { ServiceError } from '../../../../errors.ts';
import type { Author, ImportBook, ImportChoice } from '../../../contact-book.ts';
import type { SiteTables } from '../../site-tables.ts';
import { undoDeed } from '../undo.ts';
import {
	carryOn,
	decideRows,
	importSentence,
	mostProblems,
	noTotals,
	problemsOf,
	withDecisions,
} from './carry-on.ts';
import type { Deciding, Totals } from './carry-on.ts';
import { guessTargets } from './guess-targets.ts';
import { headOf, measure, rowsFrom } from './stored-file.ts';

/** About 250,000 rows. */
const mostCharacters = 25_000_000;
const previewedRows = 20;
/** Rows that a preview looks at, so that it answers at once however long the file is. */
const lookedAt = 2_000;
const usualOptions: ImportOptions = { onKnown: 'fill-gaps', groupId: null, makeGroups: true };
/** Uploads that nobody went on with are forgotten after a week. */
const forgottenMs = 7 * 24 * 60 * 60 * 1000;

/** The imports of one site. */
export function builtinImports(tables: SiteTables): ImportBook {
	return {
		list: async () => (await imports(tables).orderBy('id', 'desc').execute()).map(toImport),
		get: async (id) => toImport(await importRow(tables, id)),
		open: (fileName, by) => open(tables, fileName, by),
		addPart: (part) => addPart(tables, part),
		preview: (id, choice) => preview(tables, id, choice),
		ask: (id, choice) => ask(tables, id, choice),
		next: async () => {
			const row = await imports(tables)
				.where('state', '=', 'running')
				.orderBy('id')
				.executeTakeFirst();
			return row?.id;
		},
		read: async function* (id) {
			yield* rowsFrom(tables, id, (await importRow(tables, id)).done);
		},
		carryOn: async (id, rows, at) => {
			const row = await importRow(tables, id);
			const choice = {
				mapping: JSON.parse(row.mapping) as ImportTarget[],
				options: JSON.parse(row.options) as ImportOptions,
			};
			return carryOn(tables, rows, row, await deciding(tables, choice), at);
		},
		fail: (id, sentence) => set(tables, id, { state: 'failed', sentence }),
		undo: async (id, by) => {
			const { deed_id } = await importRow(tables, id);
			if (deed_id === null)
				throw new ServiceError(
					'conflict',
					'This import added nothing yet, so nothing can be undone.',
				);
			return undoDeed(tables, deed_id, by);
		},
	};
}

function imports({ db, siteId }: SiteTables) {
	return db.selectFrom('contact_imports').selectAll().where('site_id', '=', siteId);
}

async function importRow(tables: SiteTables, id: number): Promise<ContactImportRow> {
	const row = await imports(tables).where('id', '=', id).executeTakeFirst();
	if (!row) throw new ServiceError('not-found', 'There is no such import; it may be too old.');
	return row;
}

async function set(
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

async function open(
	tables: SiteTables,
	fileName: string,
	{ who, at }: Author,
): Promise<ContactImport> {
	const { db, siteId } = tables;
	await forgetOld(tables, at);
	const { insertId } = await db
		.insertInto('contact_imports')
		.values({
			site_id: siteId,
			file_name: fileName,
			state: 'uploading',
			who,
			created_at: at.getTime(),
			mapping: '[]',
			options: JSON.stringify(usualOptions),
			columns: '[]',
			rows_in_all: 0,
			done: 0,
			totals: JSON.stringify(noTotals),
			problems: '[]',
			deed_id: null,
			sentence: 'The file is being uploaded.',
		})
		.executeTakeFirstOrThrow();
	return toImport(await importRow(tables, Number(insertId)));
}

async function forgetOld(tables: SiteTables, at: Date): Promise<void> {
	const { db, siteId } = tables;
	const old = await imports(tables)
		.where('state', 'in', ['uploading', 'ready'])
		.where('created_at', '<', at.getTime() - forgottenMs)
		.execute();
	for (const { id } of old) {
		await db
			.deleteFrom('contact_import_parts')
			.where('site_id', '=', siteId)
			.where('import_id', '=', id)
			.execute();
		await db
			.deleteFrom('contact_imports')
			.where('site_id', '=', siteId)
			.where('id', '=', id)
			.execute();
	}
}

async function addPart(
	tables: SiteTables,
	{ id, part, text, isLast }: Parameters<ImportBook['addPart']>[0],
): Promise<ContactImport> {
	const { db, siteId } = tables;
	const row = await importRow(tables, id);
	const { parts, characters } = await db
		.selectFrom('contact_import_parts')
		.select((eb) => [
			eb.fn.countAll<number>().as('parts'),
			eb.fn
				.coalesce(eb.fn.sum<number>(eb.fn<number>('length', ['text'])), eb.lit(0))
				.as('characters'),
		])
		.where('site_id', '=', siteId)
		.where('import_id', '=', id)
		.executeTakeFirstOrThrow();
	if (part < Number(parts)) return toImport(row);
	if (row.state !== 'uploading')
		throw new ServiceError('conflict', 'The file is complete already; start another import.');
	if (part > Number(parts))
		throw new ServiceError(
			'conflict',
			`Part ${part + 1} of the file came before part ${Number(parts) + 1}. Upload it again.`,
		);
	if (Number(characters) + text.length > mostCharacters)
		throw new ServiceError(
			'too-large',
			'The file has more than 25 million characters. Split it, and import the pieces one after another.',
		);
	await db
		.insertInto('contact_import_parts')
		.values({ site_id: siteId, import_id: id, part, text })
		.execute();
	return isLast ? makeReady(tables, row) : toImport(row);
}

async function makeReady(tables: SiteTables, row: ContactImportRow): Promise<ContactImport> {
	const { columns, sample, rows } = await measure(tables, row.id);
	if (columns.length === 0 || rows === 0)
		throw new ServiceError(
			'invalid-request',
			'The file has no rows below its first line, which names the columns.',
		);
	await set(tables, row.id, {
		state: 'ready',
		columns: JSON.stringify(columns),
		mapping: JSON.stringify(guessTargets(columns, sample)),
		rows_in_all: rows,
		sentence: `${rows.toLocaleString('en')} ${rows === 1 ? 'row waits' : 'rows wait'} to be imported.`,
	});
	return toImport(await importRow(tables, row.id));
}

/** @throws ServiceError conflict when it is not ready to be looked at. */
function refuseUnready({ state }: ContactImportRow): void {
	if (state === 'uploading')
		throw new ServiceError('conflict', 'The file is still being uploaded.');
	if (state !== 'ready')
		throw new ServiceError('conflict', 'This file was imported already; start another import.');
}

async function deciding(tables: SiteTables, choice: ImportChoice): Promise<Deciding> {
	const groups = await tables.db
		.selectFrom('contact_groups')
		.select(['id', 'name'])
		.where('site_id', '=', tables.siteId)
		.orderBy('id', 'desc')
		.execute();
	return { ...choice, groups: new Map(groups.map((group) => [group.name.toLowerCase(), group])) };
}

function problemOf(
	{ mapping }: ImportChoice,
	{ groups, options }: Deciding,
	columns: number,
): string | null {
	if (mapping.length > columns) return `The file has ${columns} columns, not ${mapping.length}.`;
	if (!mapping.some((target) => ['email', 'email2', 'email3'].includes(target)))
		return 'No column holds the e-mail address. Choose which one does.';
	if (options.groupId !== null && ![...groups.values()].some(({ id }) => id === options.groupId))
		return 'The group that all are to join is not there; it may have been deleted.';
	return null;
}

async function preview(
	tables: SiteTables,
	id: number,
	choice: ImportChoice,
): Promise<ImportPreview> {
	const row = await importRow(tables, id);
	refuseUnready(row);
	const { columns, rows } = await headOf(tables, id, lookedAt);
	const how = await deciding(tables, choice);
	const result: ImportPreview = {
		rows: [],
		looked: rows.length,
		counts: noTotals,
		problems: [],
		problem: problemOf(choice, how, columns.length),
	};
	if (result.problem !== null) return result;
	const { decisions } = await decideRows(tables, rows, how);
	result.counts = withDecisions(result.counts, decisions);
	result.problems = problemsOf(rows, decisions).slice(0, mostProblems);
	result.rows = decisions
		.slice(0, previewedRows)
		.map(({ contact: _, ...decision }, index) => ({ line: rows[index]!.line, ...decision }));
	return result;
}

async function ask(tables: SiteTables, id: number, choice: ImportChoice): Promise<void> {
	const row = await importRow(tables, id);
	refuseUnready(row);
	const columns = (JSON.parse(row.columns) as string[]).length;
	const problem = problemOf(choice, await deciding(tables, choice), columns);
	if (problem !== null) throw new ServiceError('invalid-request', problem);
	await set(tables, id, {
		state: 'running',
		mapping: JSON.stringify(choice.mapping),
		options: JSON.stringify(choice.options),
		sentence: importSentence(0, noTotals),
	});
}

function toImport(row: ContactImportRow): ContactImport {
	const totals = JSON.parse(row.totals) as Totals;
	return {
		id: row.id,
		fileName: row.file_name,
		state: row.state,
		who: row.who,
		createdAt: new Date(row.created_at).toISOString(),
		columns: JSON.parse(row.columns) as string[],
		mapping: JSON.parse(row.mapping) as ImportTarget[],
		options: JSON.parse(row.options) as ImportOptions,
		rows: row.rows_in_all,
		done: row.done,
		...totals,
		problems: JSON.parse(row.problems) as ContactImport['problems'],
		sentence: row.sentence,
	};
}
