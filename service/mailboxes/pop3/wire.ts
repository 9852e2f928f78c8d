import type { Socket } from 'node:net';
import { ConnectionLost } from '../imap/wire.ts';
import { Patience } from '../patience.ts';
import { BodyReader } from './body.ts';

/** The server answered a command with -ERR (RFC 1939 §3). */
export class Pop3Refused extends Error {
	/** The server's words, with its response code if it gave one (RFC 2449 §8): "[IN-USE] Locked by another session". */
	readonly said: string;
	/** True when it refused to let somebody in. */
	readonly authenticationFailed: boolean;

	constructor(said: string, { isLogin = false }: { isLogin?: boolean } = {}) {
		super(`-ERR ${said}`);
		this.name = 'Pop3Refused';
		this.said = said;
		this.authenticationFailed = isLogin;
	}
}

interface PendingCommand {
	text: string;
	/** Gets the lines after "+OK" of a multi-line answer; absent for the answers of one line. */
	onBytes?: (bytes: Buffer) => void;
	/** Gets the server's question in "+ …" (RFC 5034 §4) and gives what to send back. */
	onQuestion?: (question: string) => string;
	done: (said: string) => void;
	fail: (error: Error) => void;
}

/** What a command wants besides its one line of answer. */
export type Wishes = Pick<PendingCommand, 'onBytes' | 'onQuestion'>;

const lineFeed = 10;
/** RFC 2449 §4: 512 octets; servers take that lightly in their greetings. */
const longestLine = 64 * 1024;
/** So many commands wait for their answers at the server at a time, when it takes more than one. */
const mostInFlight = 100;

/** A POP3 connection: commands out, answers in, in the same order. Commands may be given before earlier ones are
 *  answered; they are sent ahead where the server takes that (PIPELINING, RFC 2449 §6.6), else one after the other. */
export class Pop3Wire {
	/** True once the server is known to take commands ahead. */
	isPipelining = false;
	private readonly socket: Socket;
	private readonly silenceMs: number;
	private readonly patience: Patience;
	/** Sent and not answered, the oldest first. */
	private readonly sent: PendingCommand[] = [];
	private readonly waiting: PendingCommand[] = [];
	private lost?: ConnectionLost;
	private line: Buffer = Buffer.alloc(0);
	private body?: BodyReader;
	private words = '';
	/** Something was said that nobody asked for. */
	private hasSpokenUnasked = false;

	/** @param socket connected; it belongs to the wire from now on, unless `release` takes it back
	 *  @param silenceMs an unanswered command is given up when the server says nothing for so long, or next to
	 *  nothing for much longer */
	constructor(socket: Socket, silenceMs: number) {
		this.socket = socket;
		this.silenceMs = silenceMs;
		this.patience = new Patience(silenceMs);
		socket.setTimeout(silenceMs, this.onTimeout);
		socket.on('error', this.onError);
		socket.on('close', this.onClose);
		socket.on('end', this.onClose);
		socket.on('data', this.onData);
	}

	/** @returns the words of the server's greeting (RFC 1939 §4)
	 *  @throws Pop3Refused when it begins with -ERR, ConnectionLost when none comes */
	greeting(): Promise<string> {
		return new Promise((done, fail) => {
			if (this.lost) fail(this.lost);
			else this.sent.push({ text: '', done, fail });
		});
	}

	/** Gives a command, without its CRLF.
	 *  @returns the words after +OK, when the answer has come to its end
	 *  @throws Pop3Refused on -ERR, ConnectionLost when no answer can come any more */
	run(text: string, wishes: Wishes = {}): Promise<string> {
		if (this.lost) return Promise.reject(this.lost);
		return new Promise((done, fail) => {
			this.waiting.push({ text, ...wishes, done, fail });
			this.send();
		});
	}

	/** No answer comes to the command that was given last. */
	forgetLast(): void {
		this.sent.pop();
	}

	/** Stops the server's flow of bytes, while somebody works on those that came. */
	pause(): void {
		this.socket.setTimeout(0);
		this.socket.pause();
	}

	resume(): void {
		this.patience.begin();
		this.socket.setTimeout(this.silenceMs);
		this.socket.resume();
	}

	/** Gives the socket back, for TLS to take it over (RFC 2595 §4).
	 *  @throws Error when the server, or somebody in between, said something readable already that would count as said in
	 *  TLS */
	release(): Socket {
		this.socket.pause();
		this.socket.setTimeout(0, this.onTimeout);
		this.socket.off('timeout', this.onTimeout);
		this.socket.off('error', this.onError);
		this.socket.off('close', this.onClose);
		this.socket.off('end', this.onClose);
		this.socket.off('data', this.onData);
		if (this.line.length > 0 || this.hasSpokenUnasked) {
			const error = new Error('Something was said before the encryption began');
			throw Object.assign(error, { code: 'STARTTLS_INJECTION' });
		}
		return this.socket;
	}

	/** Hangs up at once. A server that was not asked to QUIT deletes nothing. */
	close(): void {
		this.fail('CONNECTION_LOST', 'The connection was closed from this side');
		this.socket.destroy();
	}

	private readonly onTimeout = () => {
		if (this.sent.length > 0) this.end('SERVER_SILENT', `No answer for ${this.silenceMs} ms`);
	};
	private readonly onError = (error: Error) => this.end('CONNECTION_LOST', error.message);
	private readonly onClose = () => this.end('CONNECTION_LOST', 'Connection closed');
	private readonly onData = (chunk: Buffer) => {
		let rest: Buffer | undefined = chunk;
		try {
			while (rest && rest.length > 0 && !this.lost) rest = this.read(rest);
			if (this.sent.length > 0 && this.patience.endsWith(chunk.length))
				this.end('SERVER_SILENT', 'The server sends next to nothing');
		} catch (error) {
			this.end('SERVER_NONSENSE', String(error));
		}
	};

	private send(): void {
		const room = this.isPipelining ? mostInFlight : 1;
		// Many commands in one packet: after each answer one would cost the server and us a wake-up for every mail.
		if (this.sent.length > room / 2) return;
		let lines = '';
		while (this.sent.length < room && this.waiting.length > 0) {
			const command = this.waiting.shift()!;
			this.sent.push(command);
			lines += `${command.text}\r\n`;
		}
		if (!lines) return;
		if (this.sent.length === 0) this.patience.begin();
		this.socket.cork();
		this.socket.write(lines, 'utf8');
		process.nextTick(() => this.socket.uncork());
	}

	/** @returns what is left of the bytes */
	private read(chunk: Buffer): Buffer | undefined {
		if (this.body) {
			const rest = this.body.read(chunk);
			if (rest) this.finish((command) => command.done(this.words));
			return rest;
		}
		const end = chunk.indexOf(lineFeed);
		const part = end < 0 ? chunk : chunk.subarray(0, end);
		const line = this.line.length > 0 ? Buffer.concat([this.line, part]) : part;
		this.line = end < 0 ? line : Buffer.alloc(0);
		if (line.length > longestLine) throw new Error('The server sent a line without an end');
		if (end < 0) return undefined;
		this.takeLine(line.toString('utf8').replace(/\r$/, ''));
		return chunk.subarray(end + 1);
	}

	private takeLine(line: string): void {
		const command = this.sent[0];
		if (!command) {
			// Said unasked. Servers that hang up may say why.
			if (/^-ERR/i.test(line)) this.end('CONNECTION_LOST', line.slice(5));
			this.hasSpokenUnasked = true;
			return;
		}
		const question = /^\+ ?(?!OK\b)(.*)$/i.exec(line);
		if (question && command.onQuestion) {
			this.socket.write(`${command.onQuestion(question[1]!)}\r\n`);
			return;
		}
		const [, sign, words = ''] = /^(\+OK|-ERR)(?: (.*))?$/i.exec(line) ?? [];
		if (!sign) throw new Error(`The server does not speak POP3: ${line.slice(0, 100)}`);
		if (sign.startsWith('-')) {
			this.finish(({ fail }) => fail(new Pop3Refused(words)));
		} else if (command.onBytes) {
			this.words = words;
			this.body = new BodyReader(command.onBytes);
		} else {
			this.finish(({ done }) => done(words));
		}
	}

	private finish(settle: (command: PendingCommand) => void): void {
		this.body = undefined;
		settle(this.sent.shift()!);
		this.patience.begin();
		this.send();
	}

	private end(code: ConnectionLost['code'], message: string): void {
		this.fail(code, message);
		this.socket.destroy();
	}

	private fail(code: ConnectionLost['code'], message: string): void {
		this.lost ??= new ConnectionLost(code, message);
		for (const command of [...this.sent.splice(0), ...this.waiting.splice(0)]) {
			command.fail(this.lost);
		}
	}
}
