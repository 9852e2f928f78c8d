import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { MailboxAddress } from '../mail-store.ts';
import { Pop3Refused, Pop3Wire } from './wire.ts';
import { goOnInTls, reachServer } from '../reach-server.ts';
import { refuseUnusable, saslMessage } from '../sasl.ts';
import type { SaslMessage } from '../sasl.ts';

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
	let socket = await reachServer(address, silenceMs);
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

/** A list of half a million mails. */
const longestList = 32 * 1024 * 1024;

/** Runs a command whose answer is a list.
 *  @returns its lines, each with CRLF
 *  @throws ConnectionLost when it does not end, and what `run` throws */
export async function textOf(wire: Pop3Wire, command: string): Promise<string> {
	const parts: string[] = [];
	let room = longestList;
	const onBytes = (bytes: Buffer) => {
		room -= bytes.length;
		if (room < 0) throw new Error('The server sent a list without an end');
		parts.push(bytes.toString('latin1'));
	};
	await wire.run(command, { onBytes });
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
	return goOnInTls(wire.release(), address, silenceMs);
}

function noStls(): Error {
	return Object.assign(new Error('The server does not support STARTTLS'), { code: 'NO_STLS' });
}

async function authenticate(
	wire: Pop3Wire,
	capabilities: readonly string[],
	address: MailboxAddress,
): Promise<void> {
	const sasl = capabilities.find((one) => one.startsWith('SASL '))?.split(' ') ?? [];
	const message = saslMessage(address, new Set(sasl));
	try {
		if (message) {
			await sayWhole(wire, message);
		} else {
			await wire.run(`USER ${address.userName}`);
			await wire.run(`PASS ${address.password}`);
		}
	} catch (error) {
		throw error instanceof Pop3Refused ? new Pop3Refused(error.said, { isLogin: true }) : error;
	}
}

/** The message goes along with the command if the line is short enough, else it answers the server's empty question. */
async function sayWhole(
	wire: Pop3Wire,
	{ mechanism, message, afterRefusal }: SaslMessage,
): Promise<void> {
	const withMessage = `AUTH ${mechanism} ${message}`;
	let isSaid = withMessage.length <= longestCommand;
	await wire.run(isSaid ? withMessage : `AUTH ${mechanism}`, {
		onQuestion: () => {
			if (isSaid) return afterRefusal;
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
