import type { Socket } from 'node:net';
import { Patience } from '../patience.ts';

/** One answer of the server: its text with every literal's length left in place ("BODY[] {42})"), and the literals. */
export interface ImapResponse {
	text: string;
	literals: Literal[];
}

export interface Literal {
	/** The bytes, or the first `keepBytes` of more. */
	bytes: Buffer;
	sizeBytes: number;
}

/** The server answered a command with NO or BAD (RFC 3501 §7.1). */
export class CommandRefused extends Error {
	readonly status: 'NO' | 'BAD';
	/** The server's words, with its response code if it gave one: "[TRYCREATE] No such folder". */
	readonly said: string;

	constructor(status: 'NO' | 'BAD', said: string) {
		super(`${status} ${said}`);
		this.name = 'CommandRefused';
		this.status = status;
		this.said = said;
	}
}

/** The connection is of no use any more: lost, silent, or the server talks nonsense. */
export class ConnectionLost extends Error {
	readonly code: 'CONNECTION_LOST' | 'SERVER_SILENT' | 'SERVER_NONSENSE';

	constructor(code: ConnectionLost['code'], message: string) {
		super(message);
		this.name = 'ConnectionLost';
		this.code = code;
	}
}

interface PendingCommand {
	onResponse?: (response: ImapResponse) => void;
	/** The server waits for more (RFC 3501 §7.5). */
	onQuestion?: () => void;
	done: (said: string) => void;
	fail: (error: Error) => void;
}

const lineFeed = 10;
/** A UID SEARCH of a million mails is one line of 8 MB. */
const longestLine = 16 * 1024 * 1024;
/** What a server may say, mails apart, before it is through with any command: some answers of the longest. */
const longestTalk = 4 * longestLine;
/** No server takes bigger mails, so a bigger number is a lie. */
const biggestLiteral = 1024 * 1024 * 1024;
/** In one answer. A mail is one, a folder's name may be one. */
const mostLiterals = 100;

/** An IMAP connection: commands out, answers in. Commands may be sent before earlier ones are answered; the server works
 *  them off in order (RFC 3501 §5.5), so only commands without message sequence numbers belong here. */
export class ImapWire {
	private readonly socket: Socket;
	private readonly keepBytes: number;
	private readonly patience: Patience;
	private readonly pending = new Map<string, PendingCommand>();
	private tags = 0;
	private lost?: ConnectionLost;
	private goodbye = '';
	private listener?: (response: ImapResponse) => void;

	private line = '';
	private text = '';
	private literals: Literal[] = [];
	private literalLeft = 0;
	private literalKept = 0;
	/** What may still be kept of this answer's literals. */
	private keepLeft: number;
	/** Characters since the last command was through. */
	private talked = 0;

	/** @param socket connected; it belongs to the wire from now on
	 *  @param silenceMs an unanswered command is given up when the server says nothing for so long, or next to
	 *  nothing for much longer
	 *  @param keepBytes what is kept of a literal, whatever length the server announces */
	constructor(socket: Socket, { silenceMs, keepBytes }: { silenceMs: number; keepBytes: number }) {
		this.socket = socket;
		this.keepBytes = keepBytes;
		this.keepLeft = keepBytes;
		this.patience = new Patience(silenceMs);
		// Several commands are on their way at a time, and none shall wait for the answer to another.
		socket.setNoDelay(true);
		socket.setTimeout(silenceMs);
		socket.on('timeout', this.onTimeout);
		socket.on('error', this.onError);
		socket.on('close', this.onClose);
		socket.on('end', this.onClose);
		socket.on('data', this.onData);
		socket.resume();
	}

	/** Sends a command and hands over the untagged answers that come before its completion, also those of others.
	 *  @returns the words after OK
	 *  @throws CommandRefused on NO or BAD, ConnectionLost when no answer can come any more */
	run(
		command: string,
		onResponse?: PendingCommand['onResponse'],
		onQuestion?: PendingCommand['onQuestion'],
	): Promise<string> {
		if (this.lost) return Promise.reject(this.lost);
		if (this.pending.size === 0) this.patience.begin();
		const tag = `r${++this.tags}`;
		return new Promise((done, fail) => {
			this.pending.set(tag, { onResponse, onQuestion, done, fail });
			this.socket.write(`${tag} ${command}\r\n`, 'latin1');
		});
	}

	/** Sends a line that is no command of its own: "DONE", which ends an IDLE. */
	say(line: string): void {
		if (!this.lost) this.socket.write(`${line}\r\n`, 'latin1');
	}

	/** Hands over all untagged answers from now on, also those that come while nothing was asked. */
	overhear(onResponse: (response: ImapResponse) => void): void {
		this.listener = onResponse;
	}

	/** From now on the server may be silent for so long while a command waits. */
	allowSilence(silenceMs: number): void {
		this.socket.setTimeout(silenceMs);
		this.patience.begin(silenceMs);
	}

	/** Says goodbye without waiting for the answer. Commands still under way fail. */
	close(): void {
		if (this.lost) return;
		this.socket.end(`r${++this.tags} LOGOUT\r\n`);
		this.fail('CONNECTION_LOST', 'The connection was closed from this side');
		// A server that never closes its side must not keep the process alive.
		this.socket.setTimeout(2_000, () => this.socket.destroy()).unref();
	}

	private readonly onTimeout = () => {
		if (this.pending.size > 0) this.end('SERVER_SILENT', `No answer for ${this.socket.timeout} ms`);
	};
	private readonly onError = (error: Error) => this.end('CONNECTION_LOST', error.message);
	private readonly onClose = () => this.end('CONNECTION_LOST', this.goodbye || 'Connection closed');
	private readonly onData = (chunk: Buffer) => this.read(chunk);

	private read(chunk: Buffer): void {
		const waiting = this.pending.size;
		let at = 0;
		while (at < chunk.length && !this.lost) {
			at = this.literalLeft > 0 ? this.readLiteral(chunk, at) : this.readLine(chunk, at);
		}
		if (this.pending.size < waiting) this.patience.begin();
		else if (waiting > 0 && this.patience.endsWith(chunk.length))
			this.end('SERVER_SILENT', 'The server sends next to nothing');
	}

	private readLine(chunk: Buffer, from: number): number {
		const end = chunk.indexOf(lineFeed, from);
		this.line += chunk.toString('latin1', from, end < 0 ? chunk.length : end);
		if (this.line.length + this.text.length > longestLine) {
			this.end('SERVER_NONSENSE', 'The server sent a line without an end');
		}
		if (end < 0) return chunk.length;

		const line = this.line.endsWith('\r') ? this.line.slice(0, -1) : this.line;
		this.line = '';
		this.talked += line.length + 1;
		if (this.talked > longestTalk) this.end('SERVER_NONSENSE', 'The server talks without an end');
		this.text += line;
		const literal = line.endsWith('}') && /\{(\d+)\}$/.exec(line);
		if (literal) this.beginLiteral(Number(literal[1]));
		else this.finishResponse();
		return end + 1;
	}

	private beginLiteral(sizeBytes: number): void {
		if (sizeBytes > biggestLiteral) {
			return this.end('SERVER_NONSENSE', `The server announces ${sizeBytes} bytes`);
		}
		if (this.literals.length >= mostLiterals) {
			return this.end('SERVER_NONSENSE', 'The server sent an answer without an end');
		}
		const bytes = Buffer.allocUnsafe(Math.min(sizeBytes, this.keepLeft));
		this.keepLeft -= bytes.length;
		this.literals.push({ bytes, sizeBytes });
		this.literalLeft = sizeBytes;
		this.literalKept = 0;
	}

	private readLiteral(chunk: Buffer, from: number): number {
		const until = Math.min(chunk.length, from + this.literalLeft);
		const { bytes } = this.literals[this.literals.length - 1]!;
		if (this.literalKept < bytes.length) {
			this.literalKept += chunk.copy(bytes, this.literalKept, from, until);
		}
		this.literalLeft -= until - from;
		return until;
	}

	private finishResponse(): void {
		const response = { text: this.text, literals: this.literals };
		this.text = '';
		this.literals = [];
		this.keepLeft = this.keepBytes;
		if (response.text.startsWith('* ')) return this.takeUntagged(response);
		if (response.text.startsWith('+')) {
			for (const { onQuestion } of this.pending.values()) onQuestion?.();
			return;
		}

		const [, tag, status, said = ''] = /^(\S+) (OK|NO|BAD)\b ?(.*)$/i.exec(response.text) ?? [];
		if (!status && response.text) {
			const said = response.text.slice(0, 100);
			return this.end('SERVER_NONSENSE', `The server does not speak IMAP: ${said}`);
		}
		const command = tag && this.pending.get(tag);
		if (!command || !status) return; // nobody asked
		this.talked = 0;
		this.pending.delete(tag);
		if (status.toUpperCase() === 'OK') command.done(said);
		else command.fail(new CommandRefused(status.toUpperCase() === 'NO' ? 'NO' : 'BAD', said));
	}

	/** Servers may work on several commands at a time and then answer in any order, and an untagged answer does not
	 *  tell to which it belongs. So every waiting command sees it and takes what it asked for. */
	private takeUntagged(response: ImapResponse): void {
		if (/^\* BYE\b/i.test(response.text)) this.goodbye = response.text.slice(6);
		try {
			this.listener?.(response);
			for (const { onResponse } of this.pending.values()) onResponse?.(response);
		} catch (error) {
			this.end('SERVER_NONSENSE', String(error));
		}
	}

	private end(code: ConnectionLost['code'], message: string): void {
		this.fail(code, message);
		this.socket.destroy();
	}

	private fail(code: ConnectionLost['code'], message: string): void {
		this.lost ??= new ConnectionLost(code, message);
		for (const command of this.pending.values()) command.fail(this.lost);
		this.pending.clear();
	}
}
