import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What the proxy does to what passes it. */
export interface Faults {
	/** Resets the connection after so many bytes from the server. */
	cutAfterBytes?: number;
	/** The same after so many bytes from the client. */
	cutAfterSentBytes?: number;
	/** Passes nothing more after so many bytes from the server, and keeps the connection open. */
	stallAfterBytes?: number;
	/** Passes only a byte every few milliseconds after so many bytes from the server. */
	trickle?: { afterBytes: number; everyMs: number };
	/** Says something else than the server. @param said what came at once, a character a byte */
	rewrite?: (said: string) => string;
	/** Says something over and over, as long as anybody listens. @returns it, or undefined to pass on what the server said */
	flood?: (said: string) => string | undefined;
	/** Passes bytes on in pieces of this size, so that every boundary falls somewhere unhandy. */
	pieceBytes?: number;
	/** Passes everything on so much later, either way: half a round trip. */
	delayMs?: number;
}

export interface TcpProxy {
	port: number;
	/** Bytes that came from the server so far. */
	passedBytes(): number;
	/** Bytes that came from the client so far. */
	sentBytes(): number;
	/** Changes the faults from the next byte on. */
	become(faults: Faults): void;
	close(): Promise<void>;
}

/** Stands between a client and a server on the loopback and makes the network as bad as a test wants it. */
export async function startTcpProxy(targetPort: number, faults: Faults = {}): Promise<TcpProxy> {
	const sockets = new Set<Socket>();
	let now = faults;
	let passed = 0;
	let sent = 0;

	const cut = (client: Socket, server: Socket): void => {
		client.resetAndDestroy();
		server.destroy();
	};
	const send = (client: Socket, server: Socket, chunk: Buffer): void => {
		const { cutAfterSentBytes = Infinity } = now;
		const allowed = Math.max(0, cutAfterSentBytes - sent);
		const through = chunk.subarray(0, Math.min(allowed, chunk.length));
		sent += through.length;
		// What was let through arrives, whatever happens to the client.
		if (through.length > 0) server.write(through);
		if (sent >= cutAfterSentBytes) server.end(() => cut(client, server));
	};
	const flood = (client: Socket, piece: Buffer): void => {
		while (!client.destroyed && client.write(piece));
		client.once('drain', () => flood(client, piece));
	};
	const trickle = (client: Socket, chunk: Buffer, everyMs: number): void => {
		let at = 0;
		const timer = setInterval(() => {
			if (client.destroyed || at >= chunk.length) clearInterval(timer);
			else client.write(chunk.subarray(at, ++at));
		}, everyMs);
	};
	const pass = (client: Socket, server: Socket, chunk: Buffer): void => {
		const flooding = now.flood?.(chunk.toString('latin1'));
		if (flooding) {
			server.removeAllListeners('data').resume();
			return flood(client, Buffer.from(flooding, 'latin1'));
		}
		if (now.trickle && passed + chunk.length > now.trickle.afterBytes) {
			passed += chunk.length;
			server.pause();
			return trickle(client, chunk, now.trickle.everyMs);
		}
		const { cutAfterBytes = Infinity, stallAfterBytes = Infinity, pieceBytes } = now;
		const allowed = Math.max(0, Math.min(cutAfterBytes, stallAfterBytes) - passed);
		const through = chunk.subarray(0, Math.min(allowed, chunk.length));
		passed += through.length;
		const said = now.rewrite
			? Buffer.from(now.rewrite(through.toString('latin1')), 'latin1')
			: through;
		for (let at = 0; at < said.length; at += pieceBytes ?? said.length) {
			client.write(said.subarray(at, at + (pieceBytes ?? said.length)));
		}
		if (passed >= cutAfterBytes) cut(client, server);
	};

	/** Timers of one length keep their order. */
	const later = (act: () => void): void => {
		if (now.delayMs) setTimeout(act, now.delayMs);
		else act();
	};

	const proxy = createServer((client) => {
		const server = connect(targetPort, '127.0.0.1');
		for (const [socket, other] of [
			[client, server],
			[server, client],
		] as const) {
			socket.setNoDelay(true);
			sockets.add(socket);
			socket.on('error', () => other.destroy());
			socket.on('close', () => (sockets.delete(socket), other.destroy()));
		}
		client.on('data', (chunk) => later(() => send(client, server, chunk)));
		server.on('data', (chunk) => later(() => pass(client, server, chunk)));
	});
	proxy.listen(0, '127.0.0.1');
	await once(proxy, 'listening');
	return {
		port: (proxy.address() as AddressInfo).port,
		passedBytes: () => passed,
		sentBytes: () => sent,
		become: (next) => (now = next),
		close: async () => {
			for (const socket of sockets) socket.destroy();
			proxy.close();
			await once(proxy, 'close');
		},
	};
}
