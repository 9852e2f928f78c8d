import type { AnsweredFile } from '../../contract/file.ts';
import type { ExportedContact, ExportFilters } from '../../crm/contact-book.ts';
import { writeCsv } from '../../csv.ts';
import type { Site } from '../../site.ts';

/** Headings that the import understands, in the order of its targets. */
const columns = [
	'E-mail',
	'E-mail 2',
	'E-mail 3',
	'First name',
	'Last name',
	'Name',
	'Employer',
	'Kind',
	'Status',
	'Group',
	'Opted out',
	'Do not e-mail',
	'Note',
] as const;
/** Between several groups, or addresses, in one cell. */
const separator = ' | ';

/** The contacts that a filter finds as a CSV file, made while it is sent. It can be imported again. */
export function contactFile(site: Site, filters: ExportFilters): AnsweredFile {
	return {
		fileName: `contacts-${site.now().toISOString().slice(0, 10)}.csv`,
		contentType: 'text/csv; charset=utf-8',
		content: lines(site, filters),
	};
}

async function* lines(site: Site, filters: ExportFilters): AsyncGenerator<Uint8Array> {
	// Excel takes a file for UTF-8 only with the mark.
	yield Buffer.from(`\uFEFF${writeCsv(columns, [])}`);
	for await (const contacts of site.contacts.everybody(filters)) {
		const csv = writeCsv(
			[],
			contacts.map((contact) => cellsOf(contact).map(harmless)),
		);
		yield Buffer.from(csv.slice(csv.indexOf('\n') + 1));
	}
}

function cellsOf({ emails, groups, ...contact }: ExportedContact): string[] {
	const [first = '', second = '', ...others] = emails;
	return [
		first,
		second,
		others.join(separator),
		contact.firstName,
		contact.lastName,
		contact.name,
		contact.employer,
		contact.kind,
		contact.status,
		groups.join(separator),
		contact.isOptedOut ? 'yes' : '',
		contact.doNotEmail ? 'yes' : '',
		contact.note,
	];
}

/** Programs for tables run a cell that begins like a formula; after an apostrophe they show it. The import takes the
 *  apostrophe off again. */
function harmless(cell: string): string {
	return /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
}
