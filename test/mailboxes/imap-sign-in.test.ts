import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { listFolders } from '../../service/mailboxes/imap/folders.ts';
import { signIn } from '../../service/mailboxes/imap/connection.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows } from '../contracts/mail-store.ts';
import { startScriptedImap } from './scripted-imap.ts';

type Script = Parameters<typeof startScriptedImap>[0];

const patience = { silenceMs: 2_000, keepBytes: 10_000 };

const base64 = (words: string) => Buffer.from(words).toString('base64');

test('a server that lets us in by itself gets no password', async () => {
	const server = await startScriptedImap([], '* PREAUTH [CAPABILITY IMAP4rev1] hello');

	const { wire } = await signIn(server.address, patience);
	wire.close();

	assert.ok(!server.commands.some((command) => command.includes('open sesame')));
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
		const folders = await listFolders(connection);
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

	const opening = server.commands.indexOf('SELECT "INBOX"');
	assert.ok(opening > 0);
	assert.deepEqual(
		server.commands.slice(opening + 1).filter((command) => command !== 'LOGOUT'),
		[],
	);
});
