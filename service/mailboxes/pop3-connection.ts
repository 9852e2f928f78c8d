import { once } from 'node:events';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { MailboxAddress } from './mail-store.ts';
import { Pop3Refused, Pop3Wire } from './pop3-wire.ts';

export interface Pop3Connection {
	wire: Pop3Wire;
	/** What CAPA said (RFC 2449), a line each: "UIDL", "SASL PLAIN LOGIN"; none from a server without CAPA. */
	capabilities: readonly string[];
}

/** A server that takes commands ahead answers two of them in no time; others may drop the second. */
const probeMs = 2_000;
/** RFC 2449 §4: a command has at most 255 octets with its CRLF. */
const longestCommand = 253;

/** Connects and signs in: TLS from the start or by STLS (RFC 2595), certificate checks, then OAuth2, AUTH PLAIN
 *  (RFC 5034) or USER and PASS. The caller closes.
 *  @param silenceMs how long each step may take
 *  @throws Pop3Refused and what Node throws; `diagnose` makes sentences of it */
export async function signInToPop3(
	address: MailboxAddress,
	silenceMs: number,
): Promise<Pop3Connection> {
	refuseUnusable(address);
	let socket = await openSocket(address, silenceMs);
	let wire = new Pop3Wire(socket, silenceMs);
	try {
		await greetingOf(wire);
		let capabilities = await capabilitiesOf(wire);
		if (address.security === 'starttls') {
			socket = await startTls(wire, capabilities, address, silenceMs);
			wire = new Pop3Wire(socket, silenceMs);
			// What was said in plain text counts no more (RFC 2595 §4).
			capabilities = await capabilitiesOf(wire);
		}
		await authenticate(wire, capabilities, address);
		// Many servers say all they can do only to those they know.
		capabilities = await capabilitiesOf(wire);
		wire.isPipelining = capabilities.includes('PIPELINING') || (await takesTwoAtATime(wire));
		return { wire, capabilities };
	} catch (error) {
		wire.close();
		socket.destroy();
		throw error;
	}
}

/** A line break in a name or password would be a command of its own. */
function refuseUnusable({ userName, password, accessToken }: MailboxAddress): void {
	if (!password && accessToken === undefined) throw new Error('No password configured');
	if (/[\r\n\0]/.test(userName + password)) {
		const said = 'A user name or password has no line breaks';
		throw new Pop3Refused(said, { isLogin: true });
	}
}

async function openSocket(address: MailboxAddress, silenceMs: number): Promise<Socket> {
	const { server: host, port, security } = address;
	const isTls = security === 'tls';
	const socket = isTls ? connectTls({ host, port, ...tlsOptions(address) }) : connect(port, host);
	await ready(socket, isTls ? 'secureConnect' : 'connect', silenceMs, 'CONNECT_TIMEOUT');
	socket.setNoDelay(true);
	return socket;
}

/** The name goes along (SNI) so that the server shows the right certificate; an IP address is not allowed there. */
function tlsOptions({ server, verifyCertificate }: MailboxAddress) {
	return {
		rejectUnauthorized: verifyCertificate,
		...(isIP(server) ? {} : { servername: server }),
	};
}

/** @throws when the socket fails, or with `code` when it takes too long */
async function ready(
	socket: Socket,
	event: 'connect' | 'secureConnect',
	silenceMs: number,
	code: 'CONNECT_TIMEOUT' | 'UPGRADE_TIMEOUT',
): Promise<void> {
	const giveUp = () =>
		socket.destroy(Object.assign(new Error(`No connection in ${silenceMs} ms`), { code }));
	const timer = setTimeout(giveUp, silenceMs);
	const hungUp = () =>
		socket.destroy(Object.assign(new Error('Connection closed'), { code: 'ECONNRESET' }));
	socket.once('end', hungUp);
	try {
		await once(socket, event);
	} finally {
		clearTimeout(timer);
		socket.off('end', hungUp);
	}
}

/** A server that says nothing at all is another trouble than one that falls silent later. */
async function greetingOf(wire: Pop3Wire): Promise<void> {
	try {
		await wire.greeting();
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'SERVER_SILENT') {
			throw Object.assign(new Error(error.message), { code: 'GREETING_TIMEOUT' });
		}
		throw error;
	}
}

async function capabilitiesOf(wire: Pop3Wire): Promise<string[]> {
	try {
		const text = await textOf(wire, 'CAPA');
		return text.split('\r\n').flatMap((line) => line.trim().toUpperCase() || []);
	} catch (error) {
		if (error instanceof Pop3Refused) return [];
		throw error;
	}
}

/** Runs a command whose answer is a list.
 *  @returns its lines, each with CRLF */
export async function textOf(wire: Pop3Wire, command: string): Promise<string> {
	const parts: string[] = [];
	await wire.run(command, { onBytes: (bytes) => parts.push(bytes.toString('latin1')) });
	return parts.join('');
}

async function startTls(
	wire: Pop3Wire,
	capabilities: readonly string[],
	address: MailboxAddress,
	silenceMs: number,
): Promise<Socket> {
	// A server without CAPA may know STLS all the same.
	if (capabilities.length > 0 && !capabilities.includes('STLS')) throw noStls();
	try {
		await wire.run('STLS');
	} catch (error) {
		throw error instanceof Pop3Refused ? noStls() : error;
	}
	const plain = wire.release();
	const secure = connectTls({ socket: plain, host: address.server, ...tlsOptions(address) });
	plain.on('error', (error) => secure.destroy(error));
	await ready(secure, 'secureConnect', silenceMs, 'UPGRADE_TIMEOUT');
	return secure;
}

function noStls(): Error {
	return Object.assign(new Error('The server does not support STARTTLS'), { code: 'NO_STLS' });
}

async function authenticate(
	wire: Pop3Wire,
	capabilities: readonly string[],
	{ userName, password, accessToken, server, port }: MailboxAddress,
): Promise<void> {
	const sasl = capabilities.find((one) => one.startsWith('SASL '))?.split(' ') ?? [];
	try {
		if (accessToken !== undefined) {
			const isNew = sasl.includes('OAUTHBEARER') && !sasl.includes('XOAUTH2');
			const mechanism = isNew ? 'OAUTHBEARER' : 'XOAUTH2';
			const words = isNew
				? `n,a=${saslName(userName)},\x01host=${server}\x01port=${port}\x01auth=Bearer ${accessToken}\x01\x01`
				: `user=${userName}\x01auth=Bearer ${accessToken}\x01\x01`;
			await saslMessage(wire, mechanism, words);
		} else if (sasl.includes('PLAIN')) {
			await saslMessage(wire, 'PLAIN', `\0${userName}\0${password}`);
		} else {
			await wire.run(`USER ${userName}`);
			await wire.run(`PASS ${password}`);
		}
	} catch (error) {
		throw error instanceof Pop3Refused ? new Pop3Refused(error.said, { isLogin: true }) : error;
	}
}

/** RFC 5801 §4: a comma and an equals sign in a name are written as codes. */
function saslName(name: string): string {
	return name.replace(/=/g, '=3D').replace(/,/g, '=2C');
}

/** Signs in with a mechanism of one message. It goes along with the command if the line is short enough, else it answers
 *  the server's empty question. A second question tells why a token was refused and wants an empty answer, after
 *  which the refusal comes (RFC 7628 §3.2.3). */
async function saslMessage(wire: Pop3Wire, mechanism: string, words: string): Promise<void> {
	const message = Buffer.from(words, 'utf8').toString('base64');
	const withMessage = `AUTH ${mechanism} ${message}`;
	let isSaid = withMessage.length <= longestCommand;
	await wire.run(isSaid ? withMessage : `AUTH ${mechanism}`, {
		onQuestion: () => {
			if (isSaid) return mechanism === 'OAUTHBEARER' ? 'AQ==' : '';
			isSaid = true;
			return message;
		},
	});
}

/** Tries whether a server that does not announce PIPELINING takes commands ahead all the same: most do, and without it
 *  every mail costs a round trip. Harmless to one that does not: it drops the second NOOP, and is asked something with
 *  another answer, so that question and answer fit together again. */
async function takesTwoAtATime(wire: Pop3Wire): Promise<boolean> {
	wire.isPipelining = true;
	const first = wire.run('NOOP');
	const second = wire.run('NOOP');
	second.catch(() => undefined);
	await first;
	const patience = new AbortController();
	const isAnswered = await Promise.race([
		second.then(
			() => true,
			() => false,
		),
		pause(probeMs, undefined, { signal: patience.signal }),
	]);
	patience.abort();
	if (isAnswered !== undefined) return isAnswered;

	const stat = wire.run('STAT');
	stat.catch(() => undefined);
	if (/^\d+ \d+/.test(await second)) wire.forgetLast();
	else await stat;
	return false;
}
