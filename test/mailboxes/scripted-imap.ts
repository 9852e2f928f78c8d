import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';

/** What the server says to a command: untagged lines and, last, the completion without its tag ("OK done"), or a question
 *  ("+ go on"): then the next line comes as "+ answer". */
type Answer = (command: RegExpExecArray) => string[];

export interface ScriptedImap {
	address: MailboxAddress;
	/** The commands that came, without tags. */
	commands: string[];
	/** How often the client waited for the server until now, the greeting included: only where it answers in rounds. */
	rounds(): number;
	/** Says something that nobody asked for. */
	tell(line: string): void;
	hangUp(): void;
}

/** How long a client must be silent before a server that answers in rounds believes that it waits. */
const silenceMs = 10;

/** An IMAP server that says what a test wants, for manners that Dovecot does not have. It knows how to greet, sign in,
 *  list INBOX and open it with no mails; the script comes first.
 *  @param script the first pattern that fits a command answers it
 *  @param inRounds it answers only when the client says nothing more, so that rounds can be counted */
export async function startScriptedImap(
	script: [RegExp, Answer][],
	greeting = '* OK ready',
	{ inRounds = false } = {},
): Promise<ScriptedImap> {
	let rounds = 0;
	const commands: string[] = [];
	const sockets = new Set<Socket>();
	const answers = [...script, ...everydayAnswers];
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.write(`${greeting}\r\n`);
		if (greeting.startsWith('* BYE')) socket.end();
		let rest = '';
		let asking: string | undefined;
		let unsaid: Buffer[] = [];
		let timer: NodeJS.Timeout | undefined;
		rounds++;
		const say = (answer: Buffer) => {
			if (!inRounds) return socket.write(answer);
			unsaid.push(answer);
			clearTimeout(timer);
			timer = setTimeout(() => void answerUnlessMoreComes(unsaid.length), silenceMs);
		};
		/** A busy client delays timers too, so what it said by now is heard first. */
		const answerUnlessMoreComes = async (heard: number) => {
			for (let turn = 0; turn < 5; turn++) await setImmediate();
			if (unsaid.length > heard || unsaid.length === 0) return;
			rounds++;
			if (!socket.destroyed) socket.write(Buffer.concat(unsaid));
			unsaid = [];
		};
		socket.on('data', (chunk) => {
			const lines = (rest + chunk.toString('latin1')).split('\r\n');
			rest = lines.pop()!;
			for (const line of lines) {
				const [tag, ...words] = asking === undefined ? line.split(' ') : [asking, '+', line];
				const command = words.join(' ');
				commands.push(command);
				const [pattern, answer] = answers.find(([one]) => one.test(command)) ?? [
					/.*/,
					() => ['BAD'],
				];
				const said = answer(pattern.exec(command)!);
				const last = said.pop()!;
				asking = last.startsWith('+') ? tag : undefined;
				const completion = asking === undefined ? `${tag} ${last}` : last;
				say(Buffer.from([...said, completion, ''].join('\r\n'), 'latin1'));
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return {
		commands,
		rounds: () => rounds,
		tell: (line) => {
			for (const socket of sockets) socket.write(`${line}\r\n`);
		},
		hangUp: () => {
			for (const socket of sockets) socket.destroy();
		},
		address: {
			protocol: 'imap',
			server: '127.0.0.1',
			port: (server.address() as AddressInfo).port,
			security: 'none',
			verifyCertificate: true,
			userName: 'bounce@example.org',
			password: 'open sesame',
			source: 'INBOX',
			filingFolder: 'CiviMail',
		},
	};
}

const everydayAnswers: [RegExp, Answer][] = [
	[/^CAPABILITY/, () => ['* CAPABILITY IMAP4rev1 UIDPLUS MOVE', 'OK']],
	[/^LOGIN/, () => ['OK [CAPABILITY IMAP4rev1 UIDPLUS MOVE] signed in']],
	[/^LIST "" ""/, () => ['* LIST (\\Noselect) "/" ""', 'OK']],
	[/^LIST/, () => ['* LIST () "/" INBOX', 'OK']],
	[/^SELECT/, () => ['* 9 EXISTS', '* OK [UIDVALIDITY 7] numbered', 'OK [READ-WRITE] open']],
	[/^EXAMINE/, () => ['* 0 EXISTS', '* OK [UIDVALIDITY 7] numbered', 'OK [READ-ONLY] open']],
	[/^UID SEARCH/, () => ['* SEARCH', 'OK']],
	[/^(CREATE|SUBSCRIBE|UID MOVE|UID COPY|UID STORE|UID EXPUNGE)/, () => ['OK']],
	[/^LOGOUT/, () => ['* BYE until next time', 'OK']],
];
