import { ImapFlow } from 'imapflow';
import type { ListResponse } from 'imapflow';
import { trouble } from './diagnosis.ts';
import type { ServiceError } from '../errors.ts';
import { filingFolderNames, findFolder, similarFolders } from './folder-names.ts';
import type { Naming } from './folder-names.ts';
import type { FilingFolder, MailboxAddress } from './mail-store.ts';

/** Connects and signs in: DNS, TLS or STARTTLS, certificate checks, SASL, all by imapflow. The caller closes.
 *  @param silenceMs how long each step may take
 *  @param idleMs how long an IDLE lasts before it is begun anew, if the caller idles
 *  @throws what imapflow and Node throw; `diagnose` makes sentences of it */
export async function signIn(
	address: MailboxAddress,
	silenceMs: number,
	{ idleMs }: { idleMs?: number } = {},
): Promise<ImapFlow> {
	const client = new ImapFlow({
		host: address.server,
		port: address.port,
		secure: address.security === 'tls',
		doSTARTTLS: address.security === 'tls' ? undefined : address.security === 'starttls',
		tls: { rejectUnauthorized: address.verifyCertificate },
		auth: address.accessToken
			? { user: address.userName, accessToken: address.accessToken }
			: { user: address.userName, pass: address.password },
		connectionTimeout: silenceMs,
		greetingTimeout: silenceMs,
		// Later than the others, so that the one that knows more speaks first.
		socketTimeout: (idleMs ?? 0) + silenceMs + 1_000,
		// Its log would hold folder names and servers' words; what matters comes as errors.
		logger: false,
		disableAutoIdle: true,
		maxIdleTime: idleMs,
		// The wire that takes over speaks plain IMAP4rev1, without compression or MODSEQ.
		disableAutoEnable: true,
		disableCompression: true,
	});
	// Without a listener a late error would end the process; the command that was under way reports it.
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		client.close();
		throw error;
	}
	return client;
}

export interface Folders {
	/** Every folder's name. */
	all: string[];
	/** Names of those that can be opened. */
	selectable: string[];
	/** Names of those that take no folders inside (\Noinferiors). */
	childless: string[];
	naming: Naming;
}

/** Lists the folders of the account, and how the server writes their names. */
export async function listFolders(client: ImapFlow): Promise<Folders> {
	const listed: ListResponse[] = await client.list({ listOnly: true });
	const without = (flag: RegExp) => (folder: ListResponse) =>
		![...folder.flags].some((one) => flag.test(one));
	const paths = (folders: ListResponse[]) => folders.map((folder) => folder.path);
	const inbox = listed.find((folder) => folder.path === 'INBOX');
	return {
		all: paths(listed),
		selectable: paths(listed.filter(without(/^\\(noselect|nonexistent)$/i))),
		childless: paths(listed.filter((folder) => !without(/^\\noinferiors$/i)(folder))),
		naming: {
			prefix: client.namespace?.prefix ?? '',
			delimiter: client.namespace?.delimiter || inbox?.delimiter || '/',
		},
	};
}

/** The server's own spelling of the folder that an account reads from.
 *  @throws ServiceError "folder-missing" with the names that may have been meant */
export function sourceAmong({ selectable, naming }: Folders, address: MailboxAddress): string {
	const source = findFolder(address.source, selectable, naming);
	if (source === undefined) throw folderMissing(address, selectable);
	return source;
}

/** The folder that the account names is not on the server, or not any more. */
export function folderMissing(address: MailboxAddress, names: readonly string[]): ServiceError {
	const similar = similarFolders(address.source, names);
	const list = (similar.length > 0 ? similar : names.slice(0, 5)).map((name) => `“${name}”`);
	return trouble(
		'folder-missing',
		`${address.userName} has no folder “${address.source}” on ${address.server}. ` +
			(similar.length > 0 ? `Did you mean ${list.join(' or ')}?` : `There are ${list.join(', ')}.`),
	);
}

/** The account may look into the folder and take nothing out. */
export function readOnlyFolder(source: string, { userName }: MailboxAddress): ServiceError {
	return trouble(
		'read-only-folder',
		`${userName} may only read in ${source}, so no mail can be filed. Give the account the rights to move mail out of it.`,
	);
}

/** Names a filing folder may have, the documented one first unless the server takes no folders there. */
export function possibleFilingFolders(
	source: string,
	under: FilingFolder,
	{ childless, naming }: Folders,
	{ filingFolder }: MailboxAddress,
): string[] {
	const names = filingFolderNames(source, filingFolder, under, naming);
	return childless.includes(source) ? names.slice(-1) : names;
}
