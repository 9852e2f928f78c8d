import { once } from 'node:events';
import { connect, isIP } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { MailboxAddress } from './mail-store.ts';

let sharedContext: SecureContext | undefined;

/** What TLS trusts, made once: setting it up costs as much time as signing in. */
export function secureContext(): SecureContext {
	return (sharedContext ??= createSecureContext());
}

/** Connects to the account's mail server, in TLS if it asks for TLS from the start.
 *  @param silenceMs how long it may take
 *  @throws what Node throws; with code "CONNECT_TIMEOUT" when it takes too long */
export async function reachServer(address: MailboxAddress, silenceMs: number): Promise<Socket> {
	const { server: host, port, security } = address;
	const isTls = security === 'tls';
	const socket = isTls ? connectTls({ host, port, ...tlsOptions(address) }) : connect(port, host);
	await ready(socket, isTls ? 'secureConnect' : 'connect', silenceMs, 'CONNECT_TIMEOUT');
	socket.setNoDelay(true);
	return socket;
}

/** Goes on in TLS on a connection that began in plain text. The plain socket belongs to it from now on.
 *  @throws what Node throws; with code "UPGRADE_TIMEOUT" when it takes too long */
export async function goOnInTls(
	plain: Socket,
	address: MailboxAddress,
	silenceMs: number,
): Promise<Socket> {
	const secure = connectTls({ socket: plain, host: address.server, ...tlsOptions(address) });
	plain.on('error', (error) => secure.destroy(error));
	await ready(secure, 'secureConnect', silenceMs, 'UPGRADE_TIMEOUT');
	return secure;
}

/** The name goes along (SNI) so that the server shows the right certificate; an IP address is not allowed there. */
function tlsOptions({ server, verifyCertificate }: MailboxAddress) {
	return {
		secureContext: secureContext(),
		rejectUnauthorized: verifyCertificate,
		...(isIP(server) ? {} : { servername: server }),
	};
}

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
