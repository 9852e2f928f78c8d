import { ServiceError } from './errors.ts';

/** A CSV file that was read: rows by the names of their columns, each with the line it begins on. */
export interface CsvTable {
	columns: string[];
	rows: CsvRow[];
}

export interface CsvRow {
	/** From 1; the header is line 1 unless empty lines stand before it. */
	line: number;
	/** The cell of the first of these columns that the file has; undefined when it has none of them. */
	cell(...columns: readonly string[]): string | undefined;
}

const delimiters = [',', ';', '\t'];

/** Reads CSV (RFC 4180): cells between commas, semicolons or tabs (whichever the header has most of), in quotes where
 *  they hold one of these or a line end, quotes inside doubled. A byte order mark, any line ends and empty lines are
 *  fine; column names compare without case, spaces and underscores.
 *  @throws ServiceError invalid-request for a quote that never ends. */
export function readCsv(text: string): CsvTable {
	const lines = readCsvLines(text);
	const columns = (lines.shift()?.cells ?? []).map(columnName);
	return {
		columns,
		rows: lines.map(({ line, cells }) => ({
			line,
			cell: (...names) => {
				const at = names.map((name) => columns.indexOf(columnName(name))).find((i) => i >= 0);
				return at === undefined ? undefined : (cells[at] ?? '');
			},
		})),
	};
}

/** Reads CSV like `readCsv`, but as it stands: all lines that are not empty, the header first.
 *  @throws ServiceError invalid-request for a quote that never ends. */
export function readCsvLines(text: string): { line: number; cells: string[] }[] {
	const body = text.replace(/^\uFEFF/, '');
	const firstLine = /[^\r\n]+/.exec(body)?.[0] ?? '';
	const delimiter = delimiters.reduce((best, one) =>
		firstLine.split(one).length > firstLine.split(best).length ? one : best,
	);
	return cellsOf(body, delimiter).filter(({ cells }) => cells.some((cell) => cell !== ''));
}

/** Writes CSV (RFC 4180): commas, CRLF, every text in quotes. */
export function writeCsv(
	columns: readonly string[],
	rows: readonly (readonly (string | number | null)[])[],
): string {
	const write = (cell: string | number | null) =>
		typeof cell === 'number' ? String(cell) : `"${(cell ?? '').replaceAll('"', '""')}"`;
	const lines = [columns.join(','), ...rows.map((row) => row.map(write).join(','))];
	return lines.map((line) => `${line}\r\n`).join('');
}

/** Refuses a file because of some of its lines: all are named, so that one look mends them. */
export function refuseLines(problems: ReadonlyMap<number, string>): void {
	if (problems.size === 0) return;
	const all = [...problems].map(([line, problem]) => [`line ${line}`, problem] as const);
	const [[place, first]] = all as [(typeof all)[number]];
	const others = all.length > 1 ? ` ${all.length - 1} more lines are wrong.` : '';
	throw new ServiceError(
		'invalid-request',
		`Nothing was imported. ${place[0]!.toUpperCase()}${place.slice(1)}: ${first}${others}`,
		{ problem: 'wrong-lines', fields: Object.fromEntries(all.slice(0, mostProblems)) },
	);
}

const mostProblems = 100;

function columnName(name: string): string {
	return name.toLowerCase().replace(/[\s_-]+/g, '');
}

function cellsOf(text: string, delimiter: string): { line: number; cells: string[] }[] {
	const rows: { line: number; cells: string[] }[] = [];
	let [row, cell, line, rowLine] = [[] as string[], '', 1, 1];
	const endCell = (): void => {
		row.push(cell);
		cell = '';
	};
	const endRow = (): void => {
		endCell();
		rows.push({ line: rowLine, cells: row });
		row = [];
	};
	for (let at = 0; at < text.length; at += 1) {
		const character = text[at]!;
		if (character === '"' && cell === '') {
			const quoted = quotedCell(text, at, line);
			cell = quoted.cell;
			line += quoted.lineEnds;
			at = quoted.end;
		} else if (character === delimiter) endCell();
		else if (character === '\n' || character === '\r') {
			if (character === '\r' && text[at + 1] === '\n') at += 1;
			endRow();
			line += 1;
			rowLine = line;
		} else cell += character;
	}
	if (cell !== '' || row.length > 0) endRow();
	return rows;
}

/** The cell whose opening quote stands at `start`; `end` is its closing one. */
function quotedCell(text: string, start: number, line: number) {
	let cell = '';
	for (let at = start + 1; ;) {
		const end = text.indexOf('"', at);
		if (end < 0) {
			const message = `The quote that opens in line ${line} never closes.`;
			throw new ServiceError('invalid-request', `Nothing was imported. ${message}`, {
				problem: 'wrong-lines',
				fields: { [`line ${line}`]: message },
			});
		}
		cell += text.slice(at, end);
		if (text[end + 1] !== '"')
			return { cell, end, lineEnds: (cell.match(/\r\n|\r|\n/g) ?? []).length };
		cell += '"';
		at = end + 2;
	}
}
