import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';

/** What the server says to a command, all lines with CRLF; undefined: nothing at all. */
type Answer = (command: RegExpExecArray) => string | undefined;

export interface ScriptedPop3 {
	address: MailboxAddress;
	/** The commands that came. */
	commands: string[];
	/** How many commands came before the one before them was answered. */
	ahead(): number;
}

/** A POP3 server that says what a test wants, for manners that Dovecot does not have. It lets everybody in and has three
 *  small mails; the script comes first.
 *  @param script the first pattern that fits a command answers it
 *  @param takesOneAtATime drops what came ahead, as servers do that empty their buffer before they answer */
export async function startScriptedPop3(
	script: [RegExp, Answer][],
	{ greeting = '+OK ready', takesOneAtATime = false } = {},
): Promise<ScriptedPop3> {
	const commands: string[] = [];
	const answers = [...script, ...everydayAnswers];
	let ahead = 0;
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		socket.write(`${greeting}\r\n`);
		let rest = '';
		socket.on('data', (chunk) => {
			const lines = (rest + chunk.toString('utf8')).split('\r\n');
			rest = lines.pop()!;
			ahead += Math.max(0, lines.length - 1);
			for (const command of takesOneAtATime ? lines.slice(0, 1) : lines) {
				commands.push(command);
				const [pattern, answer] = answers.find(([one]) => one.test(command)) ?? [
					/.*/,
					() => '-ERR unknown command\r\n',
				];
				const said = answer(pattern.exec(command)!);
				if (said !== undefined) socket.write(Buffer.from(said, 'latin1'));
				if (/^QUIT/.test(command)) socket.end();
			}
		});
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => void server.close());
	return {
		commands,
		ahead: () => ahead,
		address: {
			protocol: 'pop3',
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

const body = (n: string) => `Subject: ${n}\r\n\r\nHello\r\n`;
const list = (lines: string[]) => ['+OK', ...lines, '.', ''].join('\r\n');

const everydayAnswers: [RegExp, Answer][] = [
	[/^CAPA/, () => list(['TOP', 'UIDL', 'USER', 'PIPELINING'])],
	[/^UIDL/, () => list(['1 one', '2 two', '3 three'])],
	[/^LIST/, () => list(['1', '2', '3'].map((n) => `${n} ${body(n).length}`))],
	[/^STAT/, () => `+OK 3 ${3 * body('1').length}\r\n`],
	[/^RETR (\d+)/, ([, n]) => `+OK\r\n${body(n!)}.\r\n`],
	[/^TOP (\d+)/, ([, n]) => `+OK\r\n${body(n!)}.\r\n`],
	[/^(USER|PASS|AUTH|NOOP|DELE|RSET|QUIT)/, () => '+OK\r\n'],
];
