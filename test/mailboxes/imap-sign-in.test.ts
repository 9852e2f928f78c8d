import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { listFolders } from '../../service/mailboxes/imap-folders.ts';
import { signIn } from '../../service/mailboxes/imap-connection.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows } from '../contracts/mail-store.ts';
import { startScriptedImap } from './scripted-imap.ts';

type Script = Parameters<typeof startScriptedImap>[0];

const patience = { silenceMs: 2_000, keepBytes: 10_000 };

/** Signs in at a server that can do so much. @returns what was said to it */
async function saidTo(
	capabilities: string,
	over: Partial<MailboxAddress> = {},
	script: Script = [],
): Promise<string[]> {
	const signedIn: Script = [
		[/^(LOGIN|AUTHENTICATE \S+ \S|\+)/, () => ['OK [CAPABILITY IMAP4rev1] hi']],
	];
	const server = await startScriptedImap(
		[...script, ...signedIn],
		`* OK [CAPABILITY IMAP4rev1 ${capabilities}] ready`,
	);
	const { wire } = await signIn({ ...server.address, ...over }, patience);
	wire.close();
	return server.commands.filter((command) => !command.startsWith('LOGOUT'));
}

const base64 = (words: string) => Buffer.from(words).toString('base64');
const asks: Script = [[/^AUTHENTICATE \S+$/, () => ['+ ']]];

describe('Signing in says no more than the server needs', () => {
	test('a name and a password go in one command, in quotes that nothing breaks out of', async () => {
		const said = await saidTo('', { userName: 'dave', password: 'a "b" \\c' });

		assert.deepEqual(said, ['LOGIN "dave" "a \\"b\\" \\\\c"']);
	});

	test('a password with letters of any script is said in UTF-8', async () => {
		const said = await saidTo('AUTH=PLAIN', { userName: 'dave', password: 'пароль' }, asks);

		assert.deepEqual(said, ['AUTHENTICATE PLAIN', `+ ${base64('\0dave\0пароль')}`]);
	});

	test('where LOGIN is switched off, the server is answered when it asks', async () => {
		const said = await saidTo(
			'AUTH=PLAIN LOGINDISABLED',
			{ userName: 'dave', password: 'x' },
			asks,
		);

		assert.deepEqual(said, ['AUTHENTICATE PLAIN', `+ ${base64('\0dave\0x')}`]);
	});

	test('with SASL-IR the password goes along', async () => {
		const said = await saidTo('AUTH=PLAIN SASL-IR', { userName: 'dave', password: 'x' });

		assert.deepEqual(said, [`AUTHENTICATE PLAIN ${base64('\0dave\0x')}`]);
	});

	test('a mailbox inside of another one is named by LOGIN', async () => {
		const userName = 'EXAMPLE\\dave\\bounces';

		const said = await saidTo('AUTH=PLAIN SASL-IR', { userName, password: 'x' });

		assert.deepEqual(said, ['LOGIN "EXAMPLE\\\\dave\\\\bounces" "x"']);
	});

	test('a token is said as the server wants it', async () => {
		const token = { userName: 'dave', password: '', accessToken: 'abc' };

		const google = await saidTo('AUTH=XOAUTH2 AUTH=OAUTHBEARER SASL-IR', token);
		const newer = await saidTo('AUTH=OAUTHBEARER', token, asks);

		assert.deepEqual(google, [
			`AUTHENTICATE XOAUTH2 ${base64('user=dave\x01auth=Bearer abc\x01\x01')}`,
		]);
		assert.equal(newer[0], 'AUTHENTICATE OAUTHBEARER');
		const words = Buffer.from(newer[1]!.slice(2), 'base64').toString();
		assert.match(words, /^n,a=dave,\x01host=127\.0\.0\.1\x01port=\d+\x01auth=Bearer abc\x01\x01$/);
	});

	test('a server that lets us in by itself gets no password', async () => {
		const server = await startScriptedImap([], '* PREAUTH [CAPABILITY IMAP4rev1] hello');

		const { wire } = await signIn(server.address, patience);
		wire.close();

		assert.ok(!server.commands.some((command) => command.includes('open sesame')));
	});

	test('who wants to know what program it is, is told, and nobody waits for the answer', async () => {
		const roundsAt = async (capabilities: string) => {
			const script: Script = [
				[/^LOGIN/, () => [`OK [CAPABILITY ${capabilities}] hi`]],
				[/^SELECT/, () => ['* 0 EXISTS', 'OK [READ-WRITE] open']],
				[/^ID/, () => ['* ID NIL', 'OK']],
			];
			const greeting = `* OK [CAPABILITY ${capabilities}] ready`;
			const server = await startScriptedImap(script, greeting, { inRounds: true });
			await (await openMailbox(server.address)).close();
			return { rounds: server.rounds(), commands: server.commands };
		};
		const curious = await roundsAt('IMAP4rev1 ID');
		const plain = await roundsAt('IMAP4rev1');

		assert.ok(curious.commands.includes('ID ("name" "Return Channel")'));
		assert.equal(curious.rounds, plain.rounds);
	});
});

describe('Signing in fails in words', () => {
	const cases: [string, string, string, Script][] = [
		[
			'a token that is refused, with its reason',
			'token-refused',
			'AUTH=XOAUTH2 SASL-IR',
			[
				[/^AUTHENTICATE/, () => [`+ ${base64('{"status":"400"}')}`]],
				[/^\+ $/, () => ['NO SASL authentication failed']],
			],
		],
		['a server that takes no passwords', 'encryption-needed', 'LOGINDISABLED', []],
	];
	for (const [what, problem, capabilities, script] of cases) {
		test(what, async () => {
			const server = await startScriptedImap(
				script,
				`* OK [CAPABILITY IMAP4rev1 ${capabilities}] hi`,
			);
			const token = problem === 'token-refused' ? { accessToken: 'old', password: '' } : {};

			const report = await testMailbox({ ...server.address, ...token });

			assert.equal(report.problem, problem, report.sentence);
		});
	}

	test('a line break in a password never becomes a command', async () => {
		const server = await startScriptedImap([]);

		const report = await testMailbox({ ...server.address, password: 'x\r\nr9 DELETE INBOX' });

		assert.equal(report.problem, 'wrong-password', report.sentence);
		assert.deepEqual(server.commands, []);
	});

	test('what is said in plain text before the encryption begins does not count', async () => {
		const server = await startScriptedImap(
			[[/^STARTTLS/, () => ['OK go\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] trust me']]],
			'* OK [CAPABILITY IMAP4rev1 STARTTLS] ready',
		);

		const report = await testMailbox({ ...server.address, security: 'starttls' });

		assert.equal(report.problem, 'tls-failed', report.sentence);
		assert.deepEqual(server.commands, ['STARTTLS']);
	});

	test('who lets us in before the encryption is not believed', async () => {
		const server = await startScriptedImap([], '* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] come in');

		const report = await testMailbox({ ...server.address, security: 'starttls' });

		assert.equal(report.problem, 'no-starttls', report.sentence);
	});
});

describe('Folders', () => {
	async function foldersAt(script: Script, capabilities = 'NAMESPACE') {
		const server = await startScriptedImap(
			[[/^LOGIN/, () => [`OK [CAPABILITY IMAP4rev1 ${capabilities}] hi`]], ...script],
			'* OK [CAPABILITY IMAP4rev1] ready',
		);
		const connection = await signIn(server.address, patience);
		const folders = await listFolders(connection.wire, connection.capabilities);
		connection.wire.close();
		return folders;
	}

	test('names come in quotes, as literals and as they are, in modified UTF-7', async () => {
		const folders = await foldersAt([
			[
				/^LIST/,
				() => [
					'* LIST (\\HasChildren) "/" inbox',
					'* LIST () "/" "Old \\"mail\\""',
					'* LIST (\\Noselect) "/" {11}\r\nR&APw-ck &-',
					'* LIST (\\NoInferiors) "/" R&APw-ckl&AOQ-ufer',
					'OK',
				],
			],
			[/^NAMESPACE/, () => ['* NAMESPACE (("" "/")) NIL NIL', 'OK']],
		]);

		assert.deepEqual(folders.all, ['INBOX', 'Old "mail"', 'Rück &', 'Rückläufer']);
		assert.deepEqual(folders.selectable, ['INBOX', 'Old "mail"', 'Rückläufer']);
		assert.deepEqual(folders.childless, ['Rückläufer']);
	});

	test('the place of one’s own folders is asked for, or seen from what is listed', async () => {
		const inbox: Script = [[/^LIST "" "\*"/, () => ['* LIST () "." INBOX', 'OK']]];
		const told = await foldersAt([
			...inbox,
			[/^NAMESPACE/, () => ['* NAMESPACE (("INBOX." ".")) (("user." ".")) NIL', 'OK']],
		]);
		const untold = await foldersAt(
			[...inbox, [/^LIST "" ""/, () => ['* LIST (\\Noselect) "." ""', 'OK']]],
			'',
		);

		assert.deepEqual(told.naming, { prefix: 'INBOX.', delimiter: '.' });
		assert.deepEqual(untold.naming, { prefix: '', delimiter: '.' });
	});
});

test('an empty mailbox is asked for nothing but to open', async () => {
	const server = await startScriptedImap([
		[/^SELECT/, () => ['* 0 EXISTS', '* OK [UIDVALIDITY 7] numbered', 'OK [READ-WRITE] open']],
	]);

	const store = await openMailbox(server.address);
	assert.equal(await store.countWaiting(), 0);
	assert.deepEqual(await allWindows(store), []);
	await store.close();

	assert.deepEqual(server.commands.slice(0, 3), [
		'CAPABILITY',
		'LOGIN "bounce@example.org" "open sesame"',
		'SELECT "INBOX"',
	]);
	assert.ok(server.commands.length <= 4);
});
