import type { Socket } from 'node:net';
import type { ServiceError } from '../errors.ts';
import { trouble } from './diagnosis.ts';
import { filingFolderNames, findFolder, similarFolders } from './folder-names.ts';
import type { Folders } from './imap-folders.ts';
import { CommandRefused, ConnectionLost, ImapWire } from './imap-wire.ts';
import type { FilingFolder, MailboxAddress } from './mail-store.ts';
import { goOnInTls, reachServer } from './reach-server.ts';
import { refuseUnusable, saslMessage } from './sasl.ts';

export interface ImapConnection {
	wire: ImapWire;
	/** What the server can do, in capitals: "MOVE", "IDLE". */
	capabilities: ReadonlySet<string>;
}

interface Patience {
	/** How long each step may take. */
	silenceMs: number;
	/** What is kept of a literal. */
	keepBytes: number;
}

/** Some providers let nobody in who does not say what program it is (RFC 2971). */
const introduction = 'ID ("name" "Return Channel")';

/** Connects and signs in: TLS from the start or by STARTTLS, certificate checks, then OAuth2, AUTHENTICATE PLAIN or LOGIN. Nothing
 *  is asked that the server told already, so this takes two round trips where the server allows it. The caller closes.
 *  @throws CommandRefused, ConnectionLost and what Node throws; `diagnose` makes sentences of it */
export async function signIn(address: MailboxAddress, patience: Patience): Promise<ImapConnection> {
	refuseUnusable(address);
	let socket = await reachServer(address, patience.silenceMs);
	let wire = new ImapWire(socket, patience);
	try {
		const greeting = await greetingOf(wire);
		let capabilities = capabilitiesIn(greeting) ?? (await askCapabilities(wire));
		if (address.security === 'starttls') {
			socket = await startTls(wire, { greeting, capabilities }, address, patience.silenceMs);
			wire = new ImapWire(socket, patience);
			// What was said in plain text counts no more (RFC 3501 §6.2.1).
			capabilities = await askCapabilities(wire);
		}
		if (!isLetIn(greeting))
			capabilities =
				(await authenticate(wire, capabilities, address)) ?? (await askCapabilities(wire));
		if (capabilities.has('ID')) wire.run(introduction).catch(() => undefined);
		return { wire, capabilities };
	} catch (error) {
		wire.close();
		socket.destroy();
		throw error;
	}
}

/** A server that says nothing at all, or something that is no IMAP, is another trouble than one that falls silent later. */
async function greetingOf(wire: ImapWire): Promise<string> {
	try {
		return await wire.greeting();
	} catch (error) {
		if (error instanceof ConnectionLost && error.code === 'SERVER_SILENT')
			throw Object.assign(new Error(error.message), { code: 'GREETING_TIMEOUT' });
		throw error;
	}
}

/** RFC 3501 §7.1.4: the server knows by other means who it is. */
function isLetIn(greeting: string): boolean {
	return /^PREAUTH\b/i.test(greeting);
}

/** @returns undefined when the words tell none */
function capabilitiesIn(words: string): Set<string> | undefined {
	const list = /(?:\[|^\* )CAPABILITY ([^\]]*)/i.exec(words)?.[1];
	return list === undefined ? undefined : new Set(list.toUpperCase().split(' ').filter(Boolean));
}

async function askCapabilities(wire: ImapWire): Promise<Set<string>> {
	let capabilities = new Set<string>();
	await wire.run('CAPABILITY', ({ text }) => {
		capabilities = capabilitiesIn(text) ?? capabilities;
	});
	return capabilities;
}

async function startTls(
	wire: ImapWire,
	{ greeting, capabilities }: { greeting: string; capabilities: ReadonlySet<string> },
	address: MailboxAddress,
	silenceMs: number,
): Promise<Socket> {
	// Somebody in between may let us in to keep us from encrypting (RFC 8314 §4).
	if (!capabilities.has('STARTTLS') || isLetIn(greeting)) throw noStartTls();
	try {
		await wire.run('STARTTLS');
	} catch (error) {
		throw error instanceof CommandRefused ? noStartTls() : error;
	}
	return goOnInTls(wire.release(), address, silenceMs);
}

function noStartTls(): Error {
	return Object.assign(new Error('The server does not support STARTTLS'), { code: 'NO_STARTTLS' });
}

/** @returns what the server can do for this user, if it said so */
async function authenticate(
	wire: ImapWire,
	capabilities: ReadonlySet<string>,
	address: MailboxAddress,
): Promise<Set<string> | undefined> {
	let told: Set<string> | undefined;
	const onResponse = ({ text }: { text: string }) => {
		told = capabilitiesIn(text) ?? told;
	};
	try {
		const said = isForLogin(capabilities, address)
			? await wire.run(loginCommand(capabilities, address), onResponse)
			: await saySasl(wire, capabilities, address, onResponse);
		return capabilitiesIn(said) ?? told;
	} catch (error) {
		if (!(error instanceof CommandRefused)) throw error;
		throw new CommandRefused(error.status, error.said, { isLogin: true });
	}
}

function mechanismsOf(capabilities: ReadonlySet<string>): Set<string> {
	return new Set([...capabilities].flatMap((one) => (/^AUTH=/.test(one) ? [one.slice(5)] : [])));
}

/** LOGIN takes one round trip everywhere, AUTHENTICATE only with SASL-IR; but only the latter is sure about characters outside
 *  ASCII, and Exchange takes the names of mailboxes within mailboxes ("domain\user\mailbox") only by LOGIN. */
function isForLogin(
	capabilities: ReadonlySet<string>,
	{ userName, password, accessToken }: MailboxAddress,
): boolean {
	if (accessToken !== undefined) return false;
	if (!mechanismsOf(capabilities).has('PLAIN')) return true;
	if (capabilities.has('LOGINDISABLED')) return false;
	const isAscii = /^[\x20-\x7e]*$/.test(userName + password);
	return /[\\/]/.test(userName) || (isAscii && !capabilities.has('SASL-IR'));
}

function loginCommand(
	capabilities: ReadonlySet<string>,
	{ userName, password }: MailboxAddress,
): string {
	if (capabilities.has('LOGINDISABLED')) throw new Error('Login is disabled');
	return `LOGIN ${quoted(userName)} ${quoted(password)}`;
}

/** A wire writes a byte a character. */
function quoted(words: string): string {
	const bytes = Buffer.from(words, 'utf8').toString('latin1');
	return `"${bytes.replace(/["\\]/g, '\\$&')}"`;
}

/** The message goes along with the command where the server takes that (RFC 4959), else it answers its empty question. */
async function saySasl(
	wire: ImapWire,
	capabilities: ReadonlySet<string>,
	address: MailboxAddress,
	onResponse: (response: { text: string }) => void,
): Promise<string> {
	const sasl = saslMessage(address, mechanismsOf(capabilities));
	if (!sasl) throw new Error('Login is disabled');
	let isSaid = capabilities.has('SASL-IR');
	const command = `AUTHENTICATE ${sasl.mechanism}${isSaid ? ` ${sasl.message}` : ''}`;
	return wire.run(command, onResponse, () => {
		if (isSaid) return sasl.afterRefusal;
		isSaid = true;
		return sasl.message;
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
