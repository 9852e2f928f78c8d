import type { FilingFolder } from './mail-store.ts';

/** How a server writes folder names (RFC 2342): "INBOX." and "." at Courier and many hosters, "" and "/" elsewhere. */
export interface Naming {
	prefix: string;
	delimiter: string;
}

/** Finds the folder an administrator means, whichever delimiter and prefix it was written with: "INBOX.civicrm",
 *  "INBOX/civicrm" and "civicrm" all name the one folder that the server has.
 *  @param written as in the account's settings; empty is INBOX
 *  @param folders the names the server listed
 *  @returns the server's own spelling, or undefined when it has no such folder */
export function findFolder(
	written: string,
	folders: readonly string[],
	{ prefix, delimiter }: Naming,
): string | undefined {
	const name = written.trim() || 'INBOX';
	if (/^inbox$/i.test(name)) return 'INBOX'; // RFC 3501 §5.1: in any case, and always there
	const withDelimiter = name.replace(/[./\\]/g, () => delimiter);
	const withoutInbox = (path: string) => path.replace(/^inbox[./\\]/i, '');
	const spellings = [
		name,
		withDelimiter,
		prefix + name,
		prefix + withDelimiter,
		withoutInbox(name),
		withoutInbox(withDelimiter),
		prefix + withoutInbox(withDelimiter),
	];
	for (const spelling of spellings) {
		const found = folders.find((folder) => folder === spelling);
		if (found !== undefined) return found;
	}
	return folders.find((folder) =>
		spellings.some((spelling) => folder.toLowerCase() === spelling.toLowerCase()),
	);
}

/** Folders that may have been meant by a name that the server does not have, best first, at most five. */
export function similarFolders(written: string, folders: readonly string[]): string[] {
	const lastPart = (path: string) => path.split(/[./]/).pop()!.toLowerCase();
	const wanted = lastPart(written);
	const likeness = (folder: string): number => {
		const have = lastPart(folder);
		if (have === wanted) return 3;
		if (have.includes(wanted) || wanted.includes(have)) return 2;
		return have.slice(0, 3) === wanted.slice(0, 3) ? 1 : 0;
	};
	return folders
		.map((folder) => ({ folder, likeness: likeness(folder) }))
		.filter((one) => one.likeness > 0)
		.sort((a, b) => b.likeness - a.likeness)
		.slice(0, 5)
		.map((one) => one.folder);
}

/** Where filed mails go, in the order to try: below the source as documented, and beside it for servers whose
 *  INBOX takes no folders inside.
 *  @param filingFolder the administrator's name for it; may have several parts, "Old mail/CiviMail" */
export function filingFolderNames(
	source: string,
	filingFolder: string,
	under: FilingFolder,
	{ prefix, delimiter }: Naming,
): string[] {
	const inside = [...filingFolder.split(/[/\\]/).filter(Boolean), under].join(delimiter);
	return [...new Set([source + delimiter + inside, prefix + inside])];
}

/** A folder name as IMAP wants it in a command: modified UTF-7 (RFC 3501 §5.1.3) as a quoted string. Control
 *  characters come out encoded, so that no name can end the command and begin another. */
export function quoteFolder(name: string): string {
	return `"${toModifiedUtf7(name).replace(/["\\]/g, '\\$&')}"`;
}

/** Modified UTF-7: printable ASCII as it is, "&" as "&-", the rest as UTF-16BE in a base64 of its own. */
export function toModifiedUtf7(name: string): string {
	return name.replace(/&|[^\x20-\x7e]+/g, (part) => {
		if (part === '&') return '&-';
		const utf16 = Buffer.from(part, 'utf16le').swap16();
		return `&${utf16.toString('base64').replace(/=+$/, '').replaceAll('/', ',')}-`;
	});
}

/** The name that modified UTF-7 stands for; what is none stays as it is. */
export function fromModifiedUtf7(written: string): string {
	return written.replace(/&([A-Za-z0-9+,]*)-/g, (part, base64: string) => {
		if (base64 === '') return '&';
		const utf16 = Buffer.from(base64.replaceAll(',', '/'), 'base64');
		return utf16.length % 2 === 0 ? utf16.swap16().toString('utf16le') : part;
	});
}
