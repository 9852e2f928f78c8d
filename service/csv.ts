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

/** A line of a CSV file, which may be several lines of text, and the line of text that it begins on. */
export interface CsvLine {
	line: number;
	cells: string[];
}

/** Reads CSV like `readCsv`, but as it stands: all lines that are not empty, the header first.
 *  @throws ServiceError invalid-request for a quote that never ends. */
export function readCsvLines(text: string): CsvLine[] {
	const reader = new CsvLineReader();
	const lines = reader.push(text);
	return lines.concat(reader.end());
}

/** Reads CSV while it comes in, in pieces of any size, like `readCsvLines`. */
export class CsvLineReader {
	/** Text from the beginning of a line that is not whole yet. */
	#pending = '';
	#line = 1;
	#delimiter: string | undefined;
	#isAtStart = true;

	/** Takes more text. @returns the lines that are whole now */
	push(text: string): CsvLine[] {
		this.#pending += text;
		return this.#read(false);
	}

	/** Takes the end. @returns the lines that were left
	 *  @throws ServiceError invalid-request for a quote that never ends. */
	end(): CsvLine[] {
		return this.#read(true);
	}

	#read(isEnd: boolean): CsvLine[] {
		if (this.#isAtStart && this.#pending !== '') {
			this.#pending = this.#pending.replace(/^\uFEFF/, '');
			this.#isAtStart = false;
		}
		this.#delimiter ??= delimiterIn(this.#pending, isEnd);
		if (this.#delimiter === undefined) return [];
		const { rows, rest, line } = cellsOf(this.#pending, this.#delimiter, this.#line, isEnd);
		this.#pending = this.#pending.slice(rest);
		this.#line = line;
		return rows.filter(({ cells }) => cells.some((cell) => cell !== ''));
	}
}

/** What stands between the cells, by the first line that is not empty; undefined while that is not whole. */
function delimiterIn(text: string, isEnd: boolean): string | undefined {
	const firstLine = (isEnd ? /[^\r\n]+/ : /[^\r\n]+(?=[\r\n])/).exec(text)?.[0];
	if (firstLine === undefined && !isEnd) return undefined;
	const cellsWith = (delimiter: string) => (firstLine ?? '').split(delimiter).length;
	return delimiters.reduce((best, one) => (cellsWith(one) > cellsWith(best) ? one : best));
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

/** Reads all lines that are whole; at the end of the file the last one is, too.
 *  @param first the line of text that it begins on
 *  @returns where the rest begins, and on which line */
function cellsOf(text: string, delimiter: string, first: number, isEnd: boolean) {
	const rows: CsvLine[] = [];
	let [row, cell, line, rowLine, rest] = [[] as string[], '', first, first, 0];
	const endRow = (): void => {
		row.push(cell);
		cell = '';
		rows.push({ line: rowLine, cells: row });
		row = [];
	};
	for (let at = 0; at < text.length; at += 1) {
		const character = text[at]!;
		if (character === '"' && cell === '') {
			const quoted = quotedCell(text, at);
			// What comes next may be the second of two quotes, or the end that is missing.
			if (!isEnd && (!quoted || quoted.end === text.length - 1)) break;
			if (!quoted) throw neverClosed(line);
			cell = quoted.cell;
			line += quoted.lineEnds;
			at = quoted.end;
		} else if (character === delimiter) {
			row.push(cell);
			cell = '';
		} else if (character === '\n' || character === '\r') {
			// A line feed may follow.
			if (character === '\r' && at === text.length - 1 && !isEnd) break;
			if (character === '\r' && text[at + 1] === '\n') at += 1;
			endRow();
			line += 1;
			rowLine = line;
			rest = at + 1;
		} else cell += character;
	}
	if (isEnd && (cell !== '' || row.length > 0)) endRow();
	return { rows, rest: isEnd ? text.length : rest, line: rowLine };
}

/** The cell whose opening quote stands at `start`; `end` is its closing one. Undefined when there is none. */
function quotedCell(text: string, start: number) {
	let cell = '';
	for (let at = start + 1; ;) {
		const end = text.indexOf('"', at);
		if (end < 0) return undefined;
		cell += text.slice(at, end);
		if (text[end + 1] !== '"')
			return { cell, end, lineEnds: (cell.match(/\r\n|\r|\n/g) ?? []).length };
		cell += '"';
		at = end + 2;
	}
}

function neverClosed(line: number): ServiceError {
	const message = `The quote that opens in line ${line} never closes.`;
	return new ServiceError('invalid-request', `Nothing was imported. ${message}`, {
		problem: 'wrong-lines',
		fields: { [`line ${line}`]: message },
	});
}
