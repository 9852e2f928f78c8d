import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows, reading } from '../contracts/mail-store.ts';
import { startScriptedImap } from './scripted-imap.ts';

describe('What providers say at sign-in is explained', () => {
	const cases: [string, string, RegExp][] = [
		[
			'NO [ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)',
			'app-password-needed',
			/app password for bounce@example\.org/,
		],
		[
			'NO 534 5.7.14 Please log in via your web browser and then try again.',
			'app-password-needed',
			/myaccount\.google\.com/,
		],
		['NO [WEBALERT https://accounts.example/] Web login required.', 'web-login-needed', /browser/],
		[
			'NO [ALERT] Your account is not enabled for IMAP use. Please visit your settings page.',
			'imap-disabled',
			/Switch IMAP on/,
		],
		['NO [PRIVACYREQUIRED] Encrypt first', 'encryption-needed', /STARTTLS/],
		['NO [UNAVAILABLE] Account directory is down', 'server-unavailable', /directory is down/],
		['NO [LIMIT] Too many connections', 'too-many-connections', /Close other mail programs/],
		['NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)', 'wrong-password', /Invalid cred/],
		['NO LOGIN failed.', 'wrong-password', /LOGIN failed/],
	];

	for (const [said, problem, sentence] of cases) {
		test(`“${said.slice(3, 60)}” is “${problem}”`, async () => {
			const server = await startScriptedImap([[/^LOGIN/, () => [said]]]);

			const report = await testMailbox(server.address);

			assert.equal(report.problem, problem, report.sentence);
			assert.match(report.sentence, sentence);
			assert.doesNotMatch(report.sentence, /open sesame/);
		});
	}

	test('a server that hangs up at once is quoted', async () => {
		const server = await startScriptedImap([], '* BYE Too many connections from your address');

		const report = await testMailbox(server.address);

		assert.equal(report.problem, 'too-many-connections', report.sentence);
	});

	test('something that is no mail server is noticed', async () => {
		const server = await startScriptedImap([], 'HTTP/1.1 400 Bad Request');

		await assert.rejects(openMailbox(server.address, { ...usualLimits, silenceMs: 200 }), {
			kind: 'mailbox-trouble',
			problem: 'no-greeting',
		});
	});

	test('a server without STARTTLS is not used in plain text instead', async () => {
		const server = await startScriptedImap([]);

		const report = await testMailbox({ ...server.address, security: 'starttls' });

		assert.equal(report.problem, 'no-starttls', report.sentence);
		assert.ok(!server.commands.some((command) => command.startsWith('LOGIN')));
	});
});

describe('Reading from servers with manners of their own', () => {
	test('items in another order, bodies as quoted strings or NIL, and news in between are understood', async () => {
		const server = await startScriptedImap([
			[/^UID SEARCH/, () => ['* SEARCH 9 4', '* 3 EXISTS', 'OK']],
			[
				/^UID FETCH \S+ \(UID RFC822\.SIZE/,
				() => [
					'* 2 FETCH (INTERNALDATE "17-Jul-1996 02:44:25 -0700" RFC822.SIZE 5 UID 9)',
					'* 1 FETCH (FLAGS (\\Seen) UID 4)',
					'* 1 FETCH (RFC822.SIZE 11 UID 4 INTERNALDATE " 1-Feb-2026 00:00:00 +0000")',
					'OK',
				],
			],
			[
				/^UID FETCH/,
				() => [
					'* 2 FETCH (BODY[] NIL UID 9)',
					'* OK still here {not a literal',
					'* 1 FETCH (UID 4 BODY[] "say \\"hello\\"" FLAGS ())',
					'OK',
				],
			],
		]);

		const mails = (await reading(server, {}, allWindows)).flat();

		assert.deepEqual(
			mails.map(({ id, bytes }) => [id, bytes.toString()]),
			[
				['7.4', 'say "hello"'],
				['7.9', ''],
			],
		);
		assert.equal(mails[0]!.receivedAt?.toISOString(), '2026-02-01T00:00:00.000Z');
		assert.equal(mails[1]!.receivedAt?.toISOString(), '1996-07-17T09:44:25.000Z');
	});

	test('a server that sends more than it was asked for does not fill the memory', async () => {
		const server = await startScriptedImap([
			[/^UID SEARCH/, () => ['* SEARCH 1', 'OK']],
			[/^UID FETCH \S+ \(UID RFC822/, () => ['* 1 FETCH (UID 1 RFC822.SIZE 100)', 'OK']],
			[/^UID FETCH/, () => [`* 1 FETCH (UID 1 BODY[] {5000}\r\n${'x'.repeat(5000)})`, 'OK']],
		]);

		const [mail] = (await reading(server, { readLimitBytes: 200 }, allWindows)).flat();

		assert.equal(mail!.bytes.length, 200);
		assert.equal(mail!.isTruncated, true);
	});

	test('a mail that the server can’t read is passed over, and the others are read', async () => {
		const body = (uid: number) => `* ${uid} FETCH (UID ${uid} BODY[] "mail ${uid}")`;
		const server = await startScriptedImap([
			[/^UID SEARCH/, () => ['* SEARCH 1 2 3', 'OK']],
			[
				/^UID FETCH \S+ \(UID RFC822/,
				() => [...[1, 2, 3].map((uid) => `* ${uid} FETCH (UID ${uid} RFC822.SIZE 6)`), 'OK'],
			],
			[/^UID FETCH 1:3 /, () => [body(1), 'NO [SERVERBUG] Mail 2 is damaged']],
			[/^UID FETCH 2 /, () => ['NO [SERVERBUG] Mail 2 is damaged']],
			[/^UID FETCH 3 /, () => [body(3), 'OK']],
		]);

		const mails = (await reading(server, {}, allWindows)).flat();

		assert.deepEqual(
			mails.map(({ bytes }) => bytes.toString()),
			['mail 1', 'mail 3'],
		);
	});

	test('a server that refuses every mail is trouble, not an empty mailbox', async () => {
		const server = await startScriptedImap([
			[/^UID SEARCH/, () => ['* SEARCH 1 2', 'OK']],
			[/^UID FETCH/, () => ['NO [UNAVAILABLE] Storage is away']],
		]);

		await assert.rejects(reading(server, {}, allWindows), {
			problem: 'server-unavailable',
			message: /Storage is away/,
		});
	});
});

describe('Reading ignored mails', () => {
	const ignoredMail: Parameters<typeof startScriptedImap>[0] = [
		[
			/^LIST (?!"" "")/,
			() => ['* LIST () "/" INBOX', '* LIST () "/" INBOX/CiviMail/ignored', 'OK'],
		],
		[/^EXAMINE/, () => ['* 1 EXISTS', '* OK [UIDVALIDITY 7] numbered', 'OK [READ-ONLY] open']],
		[/^UID SEARCH UNDELETED/, () => ['* SEARCH 5', 'OK']],
		[/^UID FETCH \S+ \(UID RFC822/, () => ['* 1 FETCH (UID 5 RFC822.SIZE 4)', 'OK']],
	];

	test('only examines their folder, asks for nothing that marks them, and opens the source again', async () => {
		const server = await startScriptedImap([
			...ignoredMail,
			[/^UID FETCH/, () => ['* 1 FETCH (UID 5 BODY[] "mail")', 'OK']],
		]);

		await reading(server, {}, async (store) => {
			assert.equal(await store.countIgnored(), 1);
			const read = (await allWindows(store.ignored())).flat();
			assert.deepEqual(
				read.map(({ bytes }) => bytes.toString()),
				['mail'],
			);
		});

		const folder = '"INBOX/CiviMail/ignored"';
		assert.deepEqual(
			server.commands.filter((command) => /^(SELECT|EXAMINE|UID (?!SEARCH KEYWORD))/.test(command)),
			[
				'SELECT "INBOX"',
				`EXAMINE ${folder}`,
				'UID SEARCH UNDELETED',
				'SELECT "INBOX"',
				`EXAMINE ${folder}`,
				'UID SEARCH UNDELETED',
				'UID FETCH 5 (UID RFC822.SIZE INTERNALDATE)',
				'UID FETCH 5 (UID BODY.PEEK[])',
				'SELECT "INBOX"',
			],
		);
	});

	test('says so when the connection is lost on the way', async () => {
		const server = await startScriptedImap([
			...ignoredMail,
			[
				/^UID FETCH/,
				() => {
					server.hangUp();
					return ['OK'];
				},
			],
		]);

		await assert.rejects(
			reading(server, {}, (store) => allWindows(store.ignored())),
			{ kind: 'mailbox-trouble', problem: 'connection-lost' },
		);
	});
});

describe('Filing at servers with manners of their own', () => {
	const oneMail: Parameters<typeof startScriptedImap>[0] = [
		[/^UID SEARCH/, () => ['* SEARCH 5', 'OK']],
		[/^UID FETCH \S+ \(UID RFC822/, () => ['* 1 FETCH (UID 5 RFC822.SIZE 4)', 'OK']],
		[/^UID FETCH/, () => ['* 1 FETCH (UID 5 BODY[] "mail")', 'OK']],
	];
	const fileAll = (server: Awaited<ReturnType<typeof startScriptedImap>>) =>
		reading(server, {}, async (store) => {
			for await (const window of store.windows()) await store.file(window, 'processed');
		});

	test('where INBOX takes no folders, the filing folders stand beside it', async () => {
		const server = await startScriptedImap([
			...oneMail,
			[/^LIST (?!"" "")/, () => ['* LIST (\\Noinferiors) "/" INBOX', 'OK']],
		]);

		await fileAll(server);

		assert.ok(server.commands.includes('CREATE "CiviMail/processed"'));
		assert.ok(server.commands.includes('UID MOVE 5 "CiviMail/processed"'));
	});

	test('where a folder below INBOX is refused, the one beside it is tried', async () => {
		const server = await startScriptedImap([
			...oneMail,
			[/^CREATE "INBOX/, () => ['NO [CANNOT] Not below INBOX']],
		]);

		await fileAll(server);

		assert.ok(server.commands.includes('UID MOVE 5 "CiviMail/processed"'));
	});

	test('a server that makes no folder at all is quoted, and the mail stays', async () => {
		const server = await startScriptedImap([
			...oneMail,
			[/^CREATE/, () => ['NO [NOPERM] Folders are made by the office']],
		]);

		await assert.rejects(fileAll(server), {
			problem: 'filing-folder-refused',
			message: /“\[NOPERM\] Folders are made by the office”.*by hand/,
		});
		assert.ok(!server.commands.some((command) => /MOVE|COPY|STORE/.test(command)));
	});

	test('a filing folder removed during the run is made again', async () => {
		let refusals = 1;
		const server = await startScriptedImap([
			...oneMail,
			[
				/^LIST (?!"" "")/,
				() => ['* LIST () "/" INBOX', '* LIST () "/" INBOX/CiviMail/processed', 'OK'],
			],
			[/^UID MOVE/, () => [refusals-- > 0 ? 'NO [TRYCREATE] No such folder' : 'OK']],
		]);

		await fileAll(server);

		assert.ok(server.commands.includes('CREATE "INBOX/CiviMail/processed"'));
		assert.equal(server.commands.filter((command) => command.startsWith('UID MOVE')).length, 2);
	});

	test('without MOVE and UIDPLUS a copied mail is marked as deleted and nothing is expunged', async () => {
		const server = await startScriptedImap([
			...oneMail,
			[/^CAPABILITY/, () => ['* CAPABILITY IMAP4rev1', 'OK']],
			[/^LOGIN/, () => ['OK']],
		]);

		await fileAll(server);

		const deeds = server.commands.filter((command) =>
			/MOVE|COPY|STORE|EXPUNGE|CLOSE/.test(command),
		);
		assert.deepEqual(deeds, [
			'UID STORE 5 +FLAGS.SILENT ($ReturnChannelMoving)',
			'UID COPY 5 "INBOX/CiviMail/processed"',
			'UID STORE 5 +FLAGS.SILENT (\\Deleted)',
		]);
	});

	test('when copying fails, nothing is marked as deleted', async () => {
		const server = await startScriptedImap([
			...oneMail,
			[/^CAPABILITY/, () => ['* CAPABILITY IMAP4rev1 UIDPLUS', 'OK']],
			[/^LOGIN/, () => ['OK']],
			[/^UID COPY/, () => ['NO [OVERQUOTA] The mailbox is full']],
		]);

		await assert.rejects(fileAll(server), { problem: 'mailbox-full' });

		assert.ok(!server.commands.some((command) => /STORE.*Deleted|EXPUNGE/.test(command)));
	});

	test('without MOVE, a server that knows no keywords is read and filed at all the same', async () => {
		const server = await startScriptedImap([
			[/^UID (SEARCH|STORE).*ReturnChannelMoving/, () => ['BAD No keywords here']],
			...oneMail,
			[/^CAPABILITY/, () => ['* CAPABILITY IMAP4rev1 UIDPLUS', 'OK']],
			[/^LOGIN/, () => ['OK']],
		]);

		await fileAll(server);

		assert.ok(server.commands.includes('UID EXPUNGE 5'));
	});
});

test('the connection test only examines', async () => {
	const server = await startScriptedImap([[/^UID SEARCH/, () => ['* SEARCH 1 2', 'OK']]]);

	const report = await testMailbox(server.address);

	assert.equal(report.isWorking, true, report.sentence);
	assert.equal(report.waitingMails, 2);
	assert.deepEqual(report.folders, ['INBOX']);
	assert.ok(report.capabilities?.includes('MOVE'));
	assert.ok(server.commands.includes('UID SEARCH UNDELETED'));
	assert.ok(
		!server.commands.some((command) => /^(SELECT|CREATE|STORE|UID MOVE|UID STORE)/.test(command)),
	);
});

test('the connection test asks for the rights where the server can tell them', async () => {
	const withRights = (rights: string) =>
		startScriptedImap([
			[/^LOGIN/, () => ['OK [CAPABILITY IMAP4rev1 MOVE UIDPLUS ACL] signed in']],
			[/^CAPABILITY/, () => ['* CAPABILITY IMAP4rev1 MOVE UIDPLUS ACL', 'OK']],
			[/^MYRIGHTS/, () => [`* MYRIGHTS INBOX ${rights}`, 'OK']],
		]);

	const reader = await testMailbox((await withRights('lrs')).address);
	const owner = await testMailbox((await withRights('lrswipkxtea')).address);
	const oldStyle = await testMailbox((await withRights('lrswipcda')).address);

	assert.equal(reader.problem, 'read-only-folder');
	assert.equal(owner.isWorking, true, owner.sentence);
	assert.equal(oldStyle.isWorking, true, oldStyle.sentence);
});
