import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import type { MailboxAddress, MailStore } from '../../service/mailboxes/mail-store.ts';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows, reading } from '../contracts/mail-store.ts';
import { rememberedMails } from './remembered-mails.ts';
import { startScriptedPop3 } from './scripted-pop3.ts';

const refuse = (words: string) => () => `-ERR ${words}\r\n`;
const limits = { ...usualLimits, silenceMs: 5_000 };

/** Reads all and files it. @returns the subjects, and what is remembered */
async function readAll(
	address: MailboxAddress,
	deletes = { processed: true, ignored: false },
	seen = rememberedMails(),
) {
	const subjects: string[] = [];
	await reading({ address: { ...address, leaving: { deletes, seen } } }, limits, async (store) => {
		for await (const window of store.windows()) {
			subjects.push(...window.map(({ bytes }) => /^Subject: (.*?)\r$/m.exec(String(bytes))![1]!));
			await store.file(window, 'processed');
		}
	});
	return { subjects, seen };
}

describe('What a server refuses is told in words', () => {
	const cases: [string, string, RegExp, string][] = [
		['a wrong password', 'wrong-password', /^PASS/, '[AUTH] Authentication failed.'],
		['no code at all', 'wrong-password', /^PASS/, 'Invalid login'],
		['trouble that will pass', 'server-unavailable', /^PASS/, '[SYS/TEMP] Storage is away'],
		['trouble that stays', 'server-broken', /^PASS/, '[SYS/PERM] Mailbox is corrupt'],
		['another session', 'mailbox-in-use', /^PASS/, '[IN-USE] Do you have another POP session?'],
		['a lock in words only', 'mailbox-in-use', /^PASS/, 'maildrop already locked'],
		['a sign-in too soon', 'login-delay', /^PASS/, '[LOGIN-DELAY] Wait 300 seconds'],
		[
			'a mailbox not open for POP3',
			'pop3-disabled',
			/^PASS/,
			'[AUTH] Account is not enabled for POP',
		],
		['POP3 that is switched off', 'pop3-disabled', /^USER/, '[SYS/PERM] POP3 access is disabled'],
		[
			'an app password',
			'app-password-needed',
			/^PASS/,
			'[AUTH] Application-specific password required',
		],
		[
			'a password in plain text',
			'encryption-needed',
			/^USER/,
			'[AUTH] Plaintext authentication disallowed',
		],
		['no lasting names', 'no-uidl', /^UIDL/, 'unknown command'],
	];

	for (const [what, problem, command, words] of cases) {
		test(`${what} is “${problem}”`, async () => {
			const { address } = await startScriptedPop3([[command, refuse(words)]]);

			const report = await testMailbox(address);

			assert.equal(report.isWorking, false);
			assert.equal(report.problem, problem, report.sentence);
			assert.match(report.sentence, /^\S.*\S$/);
			assert.doesNotMatch(report.sentence, /open sesame|undefined/);
			await assert.rejects(readAll(address), { kind: 'mailbox-trouble', problem });
		});
	}

	test('a refusal in the greeting', async () => {
		const greeting = '-ERR [SYS/TEMP] Too busy';
		const { address } = await startScriptedPop3([], { greeting });

		assert.equal((await testMailbox(address)).problem, 'server-unavailable');
	});

	test('a server that does not speak POP3', async () => {
		const { address } = await startScriptedPop3([], { greeting: '220 mail.example.org ESMTP' });

		const report = await testMailbox(address);
		assert.equal(report.isWorking, false);
		assert.match(report.sentence, /220 mail\.example\.org/);
	});

	test('no STLS, announced or not', async () => {
		for (const capa of ['+OK\r\nUIDL\r\n.\r\n', '-ERR what?\r\n']) {
			const { address, commands } = await startScriptedPop3([[/^CAPA/, () => capa]]);

			const report = await testMailbox({ ...address, security: 'starttls' });

			assert.equal(report.problem, 'no-starttls', report.sentence);
			assert.ok(!commands.some((command) => /^(USER|PASS|AUTH)/.test(command)));
		}
	});

	test('something said in plain text ahead of the encryption is not believed', async () => {
		const { address } = await startScriptedPop3([
			[/^CAPA/, () => '+OK\r\nSTLS\r\n.\r\n'],
			[/^STLS/, () => '+OK begin\r\n+OK injected\r\n'],
		]);

		const report = await testMailbox({ ...address, security: 'starttls' });
		assert.equal(report.problem, 'tls-failed', report.sentence);
	});

	test('a line break in a password sends no command', async () => {
		const { address, commands } = await startScriptedPop3([]);

		const report = await testMailbox({ ...address, password: 'x\r\nDELE 1' });
		assert.equal(report.problem, 'wrong-password');
		assert.deepEqual(commands, []);
	});
});

describe('Signing in', () => {
	const offering = (sasl: string): [RegExp, () => string] => [
		/^CAPA/,
		() => `+OK\r\nUIDL\r\nPIPELINING\r\n${sasl}\r\n.\r\n`,
	];

	test('goes by AUTH PLAIN where it is offered', async () => {
		const { address, commands } = await startScriptedPop3([offering('SASL PLAIN LOGIN')]);

		await readAll(address);

		const message = Buffer.from('\0bounce@example.org\0open sesame').toString('base64');
		assert.ok(commands.includes(`AUTH PLAIN ${message}`));
	});

	test('sends a token that is too long for the command after the server asks', async () => {
		const accessToken = 'x'.repeat(1_500);
		const { address, commands } = await startScriptedPop3([
			offering('SASL PLAIN XOAUTH2'),
			[/^AUTH XOAUTH2$/, () => '+ \r\n'],
			[/^[A-Za-z0-9+/=]{300,}$/, () => '+OK\r\n'],
		]);

		await readAll({ ...address, password: '', accessToken });

		const sent = commands.find((command) => command.length > 300)!;
		assert.equal(
			Buffer.from(sent, 'base64').toString(),
			`user=bounce@example.org\x01auth=Bearer ${accessToken}\x01\x01`,
		);
	});

	test('ends politely when a token is refused with an explanation', async () => {
		const { address } = await startScriptedPop3([
			offering('SASL OAUTHBEARER'),
			[/^AUTH OAUTHBEARER /, () => '+ eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=\r\n'],
			[/^AQ==$/, refuse('[AUTH] Token refused')],
		]);

		const report = await testMailbox({ ...address, password: '', accessToken: 'old' });
		assert.equal(report.problem, 'token-refused', report.sentence);
	});
});

describe('Commands are given ahead', () => {
	test('where the server announces it', async () => {
		const { address, ahead } = await startScriptedPop3([]);

		assert.deepEqual((await readAll(address)).subjects, ['1', '2', '3']);
		assert.ok(ahead() >= 3);
	});

	test('where it does not announce it but can', async () => {
		const { address, ahead, commands } = await startScriptedPop3([[/^CAPA/, refuse('what?')]]);

		assert.deepEqual((await readAll(address)).subjects, ['1', '2', '3']);
		assert.ok(commands.filter((command) => command === 'NOOP').length === 2);
		assert.ok(ahead() >= 3);
	});

	test('and never to a server that drops what comes ahead', async () => {
		const server = await startScriptedPop3([[/^CAPA/, refuse('what?')]], { takesOneAtATime: true });

		assert.deepEqual((await readAll(server.address)).subjects, ['1', '2', '3']);
		assert.ok(server.ahead() <= 1, 'only the one that tried');
	}, 15_000);
});

describe('Mails', () => {
	test('that are deleted are gone only after the goodbye, and are forgotten then', async () => {
		const { address, commands } = await startScriptedPop3([]);

		const { seen } = await readAll(address);

		assert.deepEqual(commands.slice(-4), ['DELE 1', 'DELE 2', 'DELE 3', 'QUIT']);
		assert.equal(seen.now.size, 0);
		assert.equal(seen.ever.size, 3);
	});

	test('that should be deleted and are not are told of, and come again after the new ones', async () => {
		const failing = await startScriptedPop3([[/^QUIT/, refuse('[SYS/TEMP] not removed')]]);
		const seen = rememberedMails();

		await assert.rejects(readAll(failing.address, undefined, seen), {
			problem: 'server-unavailable',
		});
		assert.equal(seen.now.size, 3);

		const next = await startScriptedPop3([
			[/^UIDL/, () => '+OK\r\n1 one\r\n2 two\r\n3 new\r\n.\r\n'],
		]);
		const again = await readAll(next.address, undefined, seen);
		assert.deepEqual(again.subjects, ['3', '1', '2']);
		assert.equal(seen.now.size, 0);
	});

	test('that stay are not read again, and are forgotten when they are gone', async () => {
		const keep = { processed: false, ignored: false };
		const first = await startScriptedPop3([]);
		const { seen } = await readAll(first.address, keep);
		assert.ok(!first.commands.some((command) => command.startsWith('DELE')));

		const next = await startScriptedPop3([
			[/^UIDL/, () => '+OK\r\n1 one\r\n2 three\r\n3 new\r\n.\r\n'],
		]);
		const again = await readAll(next.address, keep, seen);

		assert.deepEqual(again.subjects, ['3']);
		assert.deepEqual([...seen.now.keys()].sort(), ['new', 'one', 'three']);
	});

	test('with the same name are copies: one is read, all are deleted', async () => {
		const { address, commands } = await startScriptedPop3([
			[/^UIDL/, () => '+OK\r\n1 same\r\n2 other\r\n3 same\r\n.\r\n'],
		]);

		assert.deepEqual((await readAll(address)).subjects, ['1', '2']);
		assert.equal(commands.filter((command) => command.startsWith('DELE')).length, 3);
	});

	test('are only looked at in a dry run: nothing is deleted, remembered or marked', async () => {
		const { address, commands } = await startScriptedPop3([]);
		const seen = rememberedMails();
		const leaving = { deletes: { processed: true, ignored: true }, seen };

		await reading({ address: { ...address, leaving } }, {}, allWindows);

		assert.deepEqual(commands.slice(-2), ['RSET', 'QUIT']);
		assert.equal(seen.ever.size, 0);
	});

	test('that the server will not give are passed over and stay', async () => {
		const { address } = await startScriptedPop3([[/^RETR 2/, refuse('No such message')]]);

		assert.deepEqual((await readAll(address)).subjects, ['1', '3']);
	});

	test('that are big are read from the beginning, also where TOP is unknown, and come whole in pieces', async () => {
		const big = `Subject: big\r\n\r\n${'0123456789'.repeat(20_000)}\r\n`;
		for (const top of ['+OK\r\nSubject: big\r\n.\r\n', '-ERR unknown\r\n']) {
			const { address } = await startScriptedPop3([
				[/^LIST/, () => `+OK\r\n1 30\r\n2 ${big.length}\r\n3 30\r\n.\r\n`],
				[/^RETR 2/, () => `+OK\r\n${big}.\r\n`],
				[/^TOP 2/, () => top],
			]);

			await reading({ address }, { readLimitBytes: 4_096 }, async (store) => {
				for await (const window of store.windows()) {
					const { isTruncated, sizeBytes, bytes } = window[1]!;
					assert.equal(isTruncated, true);
					assert.equal(sizeBytes, big.length);
					assert.ok(bytes.length <= 4_096);
					assert.equal(await whole(store, window[1]!), big);
					await onlyTheFirstPiece(store, window[1]!);
				}
				assert.equal(await store.countWaiting(), 3);
			});
		}
	});

	test('of which the server names a wrong size are read all the same', async () => {
		const { address } = await startScriptedPop3([
			[/^LIST/, () => '+OK\r\n1 1\r\n2 5000000\r\n.\r\n'],
		]);

		assert.deepEqual((await readAll(address)).subjects, ['1', '2', '3']);
	});
});

test('a server that falls silent is given up after the time allowed', async () => {
	const { address } = await startScriptedPop3([[/^RETR 2/, () => '+OK\r\nSubject: half']]);

	await assert.rejects(reading({ address }, { silenceMs: 200 }, allWindows), {
		problem: 'server-silent',
	});
	const silent = await startScriptedPop3([[/^CAPA/, () => undefined]]);
	await assert.rejects(openMailbox(silent.address, { ...usualLimits, silenceMs: 200 }), {
		problem: 'server-silent',
	});
});

async function whole(store: MailStore, mail: Parameters<MailStore['pieces']>[0]): Promise<string> {
	const pieces: Buffer[] = [];
	for await (const piece of store.pieces(mail)) {
		assert.ok(piece.length <= 4_096);
		pieces.push(Buffer.from(piece));
	}
	return Buffer.concat(pieces).toString('latin1');
}

async function onlyTheFirstPiece(store: MailStore, mail: Parameters<MailStore['pieces']>[0]) {
	for await (const piece of store.pieces(mail)) if (piece.length > 0) return;
}
