import { fromModifiedUtf7, quoteFolder } from '../folder-names.ts';
import type { Naming } from '../folder-names.ts';
import type { ImapConnection } from './imap-connection.ts';
import type { ImapResponse, ImapWire } from './wire.ts';

export interface Folders {
	/** Every folder's name. */
	all: string[];
	/** Names of those that can be opened. */
	selectable: string[];
	/** Names of those that take no folders inside (\Noinferiors). */
	childless: string[];
	naming: Naming;
}

/** A folder that is open now. */
export interface OpenFolder {
	/** Another one means that the server has numbered the mails anew. */
	uidValidity: string;
	/** How many mails are in it, those marked as deleted too. */
	mails: number;
	isReadOnly: boolean;
	/** False where the server keeps no keywords that a client makes up (RFC 3501 §7.1, PERMANENTFLAGS). */
	takesKeywords: boolean;
}

/** Opens a folder, or only looks into it (RFC 3501 §6.3.1, §6.3.2).
 *  @throws CommandRefused when the server does not open it */
export async function openFolder(
	wire: ImapWire,
	name: string,
	command: 'SELECT' | 'EXAMINE' = 'SELECT',
): Promise<OpenFolder> {
	let mails = 0;
	let uidValidity = '';
	let permanentFlags = '\\*';
	const said = await wire.run(`${command} ${quoteFolder(name)}`, ({ text }) => {
		mails = Number(/^\* (\d+) EXISTS/i.exec(text)?.[1] ?? mails);
		uidValidity = /^\* OK \[UIDVALIDITY (\d+)/i.exec(text)?.[1] ?? uidValidity;
		permanentFlags = /^\* OK \[PERMANENTFLAGS \(([^)]*)\)/i.exec(text)?.[1] ?? permanentFlags;
	});
	const takesKeywords = permanentFlags.split(' ').includes('\\*');
	return { uidValidity, mails, isReadOnly: /^\[READ-ONLY\]/i.test(said), takesKeywords };
}

/** Lists the folders of the account (RFC 3501 §6.3.8), and how the server writes their names. */
export async function listFolders({ wire, root }: ImapConnection): Promise<Folders> {
	const listed: ListedFolder[] = [];
	await wire.run('LIST "" "*"', (response) => {
		const folder = readListed(response);
		if (folder) listed.push(folder);
	});
	const names = (folders: ListedFolder[]) => folders.map(({ name }) => name);
	const has = (flag: RegExp) => (folder: ListedFolder) =>
		folder.flags.some((one) => flag.test(one));
	const cannotBeOpened = has(/^\\(noselect|nonexistent)$/i);
	return {
		all: names(listed),
		selectable: names(listed.filter((folder) => !cannotBeOpened(folder))),
		childless: names(listed.filter(has(/^\\noinferiors$/i))),
		naming: {
			prefix: root.prefix,
			delimiter: root.delimiter || listed.find(({ name }) => name === 'INBOX')?.delimiter || '/',
		},
	};
}

interface ListedFolder {
	name: string;
	/** Empty where names have no parts. */
	delimiter: string;
	flags: string[];
}

/** Reads `* LIST (\HasNoChildren) "/" "Old mail"` (RFC 3501 §7.2.2). @returns undefined for every other answer */
function readListed(response: ImapResponse): ListedFolder | undefined {
	if (!/^\* LIST \(/i.test(response.text)) return undefined;
	const words = wordsOf(response);
	const end = words.indexOf(')');
	const [delimiter = '', name] = words.slice(end + 1);
	if (name === undefined) return undefined;
	return {
		name: /^inbox$/i.test(name) ? 'INBOX' : fromModifiedUtf7(name),
		delimiter,
		flags: words.slice(3, end),
	};
}

/** The words of an answer: brackets and atoms as they are, strings without their quotes, literals, NIL as nothing. */
function wordsOf({ text, literals }: ImapResponse): string[] {
	let literal = 0;
	return [...text.matchAll(/[()]|"((?:[^"\\]|\\.)*)"|\{\d+\}|[^\s()]+/g)].map(([word, quoted]) => {
		if (quoted !== undefined) return quoted.replace(/\\(.)/g, '$1');
		if (word.startsWith('{')) return literals[literal++]?.bytes.toString('latin1') ?? '';
		return word.toUpperCase() === 'NIL' ? '' : word;
	});
}
