import { CsvLineReader } from '../../../../csv.ts';
import type { CsvLine } from '../../../../csv.ts';
import type { ImportRows } from '../../../contact-book.ts';
import type { SiteTables } from '../../site-tables.ts';

/** Rows that are handed over at once. */
const rowsAtOnce = 250;
/** Rows by which the meaning of the columns is guessed. */
const sampledRows = 100;

/** Reads a file that was uploaded once to its end.
 *  @returns its columns, cells of the first rows, and how many rows it has
 *  @throws ServiceError invalid-request for a quote that never ends. */
export async function measure(tables: SiteTables, importId: number) {
	let columns: string[] | undefined;
	let rows = 0;
	const sample: string[][] = [];
	for await (const lines of linesOf(tables, importId)) {
		const isHeader = columns === undefined && lines.length > 0;
		if (isHeader) columns = namesIn(lines[0]!);
		const others = isHeader ? lines.slice(1) : lines;
		rows += others.length;
		sample.push(...others.slice(0, sampledRows - sample.length).map(({ cells }) => cells));
	}
	return { columns: columns ?? [], sample, rows };
}

/** The columns of a file and its first rows; the rest of it is not read. */
export async function headOf(
	tables: SiteTables,
	importId: number,
	most: number,
): Promise<{ columns: string[]; rows: ImportRows }> {
	const found: CsvLine[] = [];
	for await (const lines of linesOf(tables, importId)) {
		found.push(...lines.slice(0, most + 1 - found.length));
		if (found.length > most) break;
	}
	const [header, ...rows] = found;
	return { columns: header ? namesIn(header) : [], rows };
}

/** The rows of a file after the first `done` of them, some hundred at a time; only a part of it is in memory. */
export async function* rowsFrom(
	tables: SiteTables,
	importId: number,
	done: number,
): AsyncGenerator<ImportRows> {
	// The first line names the columns.
	let toSkip = done + 1;
	let waiting: CsvLine[] = [];
	for await (const lines of linesOf(tables, importId)) {
		waiting = waiting.concat(lines.slice(toSkip));
		toSkip = Math.max(0, toSkip - lines.length);
		while (waiting.length >= rowsAtOnce) {
			yield waiting.slice(0, rowsAtOnce);
			waiting = waiting.slice(rowsAtOnce);
		}
	}
	if (waiting.length > 0) yield waiting;
}

async function* linesOf({ db, siteId }: SiteTables, importId: number): AsyncGenerator<CsvLine[]> {
	const reader = new CsvLineReader();
	for (let part = 0; ; part += 1) {
		const row = await db
			.selectFrom('contact_import_parts')
			.select('text')
			.where('site_id', '=', siteId)
			.where('import_id', '=', importId)
			.where('part', '=', part)
			.executeTakeFirst();
		if (!row) break;
		yield reader.push(row.text);
	}
	yield reader.end();
}

function namesIn({ cells }: CsvLine): string[] {
	return cells.map((cell) => cell.trim());
}
