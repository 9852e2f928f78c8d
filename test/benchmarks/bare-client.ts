import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Reads and moves a whole INBOX with the least that IMAP asks for: the yardstick of `bench:fetch`. It keeps
 *  nothing, parses nothing and trusts the server in everything.
 *  @returns mails fetched and moved */
export async function fetchAndMoveBarely(
	{ port, isTls, name, password }: { port: number; isTls: boolean; name: string; password: string },
	destination: string,
	windowSize: number,
): Promise<number> {
	const host = '127.0.0.1';
	const socket = isTls
		? connectTls({ port, host, rejectUnauthorized: false })
		: connect({ port, host });
	await once(socket, isTls ? 'secureConnect' : 'connect');
	const wire = new BareWire(socket);
	await wire.command(`LOGIN "${name}" "${password}"`);
	await wire.command(`CREATE "${destination}"`);
	await wire.command('SELECT INBOX');
	const found = await wire.command('UID SEARCH ALL');
	const uids = (/^\* SEARCH ?(.*)$/m.exec(found)?.[1] ?? '').split(' ').filter(Boolean);
	for (let at = 0; at < uids.length; at += windowSize) {
		const range = `${uids[at]}:${uids[Math.min(at + windowSize, uids.length) - 1]}`;
		await wire.command(`UID FETCH ${range} (BODY.PEEK[])`);
		await wire.command(`UID MOVE ${range} "${destination}"`);
	}
	await wire.command('LOGOUT');
	socket.destroy();
	return uids.length;
}

/** One command at a time; literals are counted and dropped. */
class BareWire {
	private readonly socket: Socket;
	private tag = 0;
	private rest: Buffer = Buffer.alloc(0);
	private literalLeft = 0;
	private lines: string[] = [];
	private waiting?: { tag: string; done: (lines: string) => void; fail: (error: Error) => void };

	constructor(socket: Socket) {
		this.socket = socket;
		socket.on('data', (chunk) => this.read(chunk));
	}

	command(text: string): Promise<string> {
		const tag = `b${++this.tag}`;
		this.lines = [];
		this.socket.write(`${tag} ${text}\r\n`);
		return new Promise((done, fail) => (this.waiting = { tag, done, fail }));
	}

	private read(chunk: Buffer): void {
		let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
		for (;;) {
			const skipped = Math.min(this.literalLeft, data.length);
			this.literalLeft -= skipped;
			data = data.subarray(skipped);
			const end = data.indexOf('\r\n');
			if (this.literalLeft > 0 || end < 0) break;
			const line = data.toString('latin1', 0, end);
			data = data.subarray(end + 2);
			const literal = /\{(\d+)\}$/.exec(line);
			if (literal) this.literalLeft = Number(literal[1]);
			else this.take(line);
		}
		this.rest = data;
	}

	private take(line: string): void {
		if (!this.waiting || !line.startsWith(`${this.waiting.tag} `)) {
			if (line !== ')') this.lines.push(line);
			return;
		}
		const { tag, done, fail } = this.waiting;
		if (line.startsWith(`${tag} OK`)) done(this.lines.join('\n'));
		else fail(new Error(line));
	}
}
