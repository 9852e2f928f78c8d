import type { Socket } from 'node:net';
import type { ImapFlow } from 'imapflow';
import type { ServiceError } from '../../errors.ts';
import { trouble } from '../diagnosis.ts';
import { filingFolderNames, findFolder, similarFolders } from '../folder-names.ts';
import type { Folders } from './folders.ts';
import type { ImapConnection } from './imap-connection.ts';
import { ImapWire } from './wire.ts';
import type { FilingFolder, MailboxAddress } from '../mail-store.ts';
import { secureContext } from '../reach-server.ts';
import { refuseUnusable } from '../sasl.ts';

interface Patience {
	/** How long each step may take. */
	silenceMs: number;
	/** What is kept of a literal. */
	keepBytes: number;
}

/** Connects and signs in: DNS, TLS or STARTTLS, certificate checks, SASL, all by imapflow; what it knows then goes over to a wire of
 *  ours. The caller closes.
 *  @throws what imapflow and Node throw; `diagnose` makes sentences of it */
export async function signIn(address: MailboxAddress, patience: Patience): Promise<ImapConnection> {
	refuseUnusable(address);
	const client = await newClient(address, patience.silenceMs);
	// Without a listener a late error would end the process; the command that was under way reports it.
	client.on('error', () => undefined);
	try {
		await client.connect();
	} catch (error) {
		client.close();
		throw error;
	}
	return {
		// The types know only imapflow's own sockets; over TCP and TLS it is always a net.Socket.
		wire: new ImapWire(client.unbind().readSocket as Socket, patience),
		capabilities: new Set(client.capabilities.keys()),
		root: {
			prefix: client.namespace?.prefix ?? '',
			delimiter: client.namespace?.delimiter ?? '',
		},
	};
}

/** imapflow is loaded when there is an IMAP account: the others need not carry its megabytes. */
async function newClient(address: MailboxAddress, silenceMs: number): Promise<ImapFlow> {
	const { ImapFlow } = await import('imapflow');
	const isTls = address.security === 'tls';
	return new ImapFlow({
		host: address.server,
		port: address.port,
		secure: isTls,
		doSTARTTLS: isTls ? undefined : address.security === 'starttls',
		tls: { rejectUnauthorized: address.verifyCertificate, secureContext: secureContext() },
		auth:
			address.accessToken === undefined
				? { user: address.userName, pass: address.password }
				: { user: address.userName, accessToken: address.accessToken },
		connectionTimeout: silenceMs,
		greetingTimeout: silenceMs,
		// Later than the others, so that the one that knows more speaks first.
		socketTimeout: silenceMs + 1_000,
		// Its log would hold folder names and servers' words; what matters comes as errors.
		logger: false,
		disableAutoIdle: true,
		// The wire that takes over speaks plain IMAP4rev1, without compression or MODSEQ.
		disableAutoEnable: true,
		disableCompression: true,
	});
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
