import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { aMail, allWindows, mails, reading } from '../contracts/mail-store.ts';
import { freePorts, startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import type { Faults, TcpProxy } from '../support/tcp-proxy.ts';

let dovecot: Dovecot;
const proxies: TcpProxy[] = [];

beforeAll(async () => {
	dovecot = await startDovecot();
});
afterAll(async () => {
	await Promise.all(proxies.map((proxy) => proxy.close()));
	await dovecot.stop();
});

describe('An account that does not work is explained, and opening says the same as testing', () => {
	const cases: [string, string, () => Promise<Partial<MailboxAddress>>][] = [
		['a wrong password', 'wrong-password', async () => ({ password: 'guessed' })],
		['an unknown user', 'wrong-password', async () => ({ userName: 'nobody' })],
		['no password', 'password-missing', async () => ({ password: '' })],
		['a server that does not exist', 'host-not-found', async () => ({ server: 'mail.invalid' })],
		[
			'a port nobody listens on',
			'connection-refused',
			async () => ({ port: (await freePorts(1))[0]! }),
		],
		[
			'a self-signed certificate',
			'certificate-self-signed',
			async () => ({ security: 'tls', port: dovecot.imapsPort, verifyCertificate: true }),
		],
		[
			'a self-signed certificate at STARTTLS',
			'certificate-self-signed',
			async () => ({ security: 'starttls', verifyCertificate: true }),
		],
		[
			'TLS on the port for plain text',
			'not-tls',
			async () => ({ security: 'tls', port: dovecot.imapPort }),
		],
		['a folder that is not there', 'folder-missing', async () => ({ source: 'INBOX.nowhere' })],
	];

	for (const [what, problem, over] of cases) {
		test(`${what} is “${problem}”`, async () => {
			const address = dovecot.addUser().address(await over());

			const report = await testMailbox(address);

			assert.equal(report.isWorking, false);
			assert.equal(report.problem, problem, report.sentence);
			assert.match(report.sentence, /^\S.*\S$/);
			assert.doesNotMatch(report.sentence, /undefined|\[object|secret of/);
			await assert.rejects(openMailbox(address), {
				kind: 'mailbox-trouble',
				problem,
				message: report.sentence,
			});
		});
	}

	test('plain text on the TLS port is noticed by the silence', async () => {
		const address = dovecot.addUser().address({ security: 'none', port: dovecot.imapsPort });

		await assert.rejects(openMailbox(address, { ...usualLimits, silenceMs: 300 }), {
			problem: 'no-greeting',
			message: /choose security "TLS"/,
		});
	});

	test('a misspelled folder brings suggestions and the list of folders', async () => {
		const user = dovecot.addUser('inbox-prefix');
		user.makeFolder('civicrm');
		user.makeFolder('Other');

		const report = await testMailbox(user.address({ source: 'INBOX.civicrn' }));

		assert.equal(report.problem, 'folder-missing');
		assert.match(report.sentence, /Did you mean “INBOX\.civicrm”\?/);
		assert.ok(report.folders?.includes('INBOX.Other'));
	});
});

describe('The source folder', () => {
	for (const source of ['INBOX.civicrm', 'INBOX/civicrm', 'civicrm', 'inbox.CiviCRM']) {
		test(`“${source}” is understood where folders are named INBOX.civicrm`, async () => {
			const user = dovecot.addUser('inbox-prefix');
			user.makeFolder('civicrm').deliver(aMail('in the folder'));

			await reading({ address: user.address({ source }) }, {}, async (store) => {
				assert.match(store.name, /^INBOX\.civicrm of /);
				for await (const window of store.windows()) await store.file(window, 'processed');
			});

			assert.equal(user.folder('civicrm.CiviMail.processed').mails().length, 1);
		});

		test(`“${source}” is understood where folders are named civicrm`, async () => {
			const user = dovecot.addUser('slash');
			user.makeFolder('civicrm').deliver(aMail('in the folder'));

			await reading({ address: user.address({ source }) }, {}, async (store) => {
				for await (const window of store.windows()) await store.file(window, 'ignored');
			});

			assert.equal(user.folder('civicrm.CiviMail.ignored').mails().length, 1);
		});
	}

	test('a filing folder with any characters is made under its own name', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(aMail('one'));
		const address = user.address({ filingFolder: 'Rückläufer & "Söhne"' });

		await reading({ address }, {}, async (store) => {
			for await (const window of store.windows()) await store.file(window, 'processed');
		});

		assert.equal(user.inbox.mails().length, 0);
		const report = await testMailbox(address);
		assert.ok(report.folders?.includes('INBOX/Rückläufer & "Söhne"/processed'));
	});

	test('a folder that can only be read is refused before anything is read', async () => {
		const user = dovecot.addUser('slash');
		const folder = user.makeFolder('shared');
		folder.deliver(aMail('one'));
		user.makeReadOnly('shared');

		await assert.rejects(openMailbox(user.address({ source: 'shared' })), {
			problem: 'read-only-folder',
		});
	});
});

describe('On a bad network', () => {
	test('a connection cut in the middle of a window gives whole mails only, and files what was asked', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(...longMails(60));
		const proxy = await throughProxy({ cutAfterBytes: 400_000 });
		const seen: string[] = [];

		await assert.rejects(
			reading(
				{ address: user.address({ port: proxy.port }) },
				{ windowSize: 10 },
				async (store) => {
					for await (const window of store.windows()) {
						for (const mail of window) assert.match(mail.bytes.toString(), /\nThe end\.\r?\n$/);
						seen.push(...window.map(({ id }) => id));
						await store.file(window.slice(0, 5), 'processed');
					}
				},
			),
			{ kind: 'mailbox-trouble', problem: 'connection-lost' },
		);

		// A reset may take what came and was not looked at yet.
		assert.ok(seen.length < 60);
		const filed = user.folder('INBOX.CiviMail.processed').mails().length;
		assert.ok(filed <= seen.length / 2);
		assert.equal(filed + user.inbox.mails().length, 60);
	});

	test('wherever the connection is cut, no mail is lost and the next run files the rest', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(...longMails(30));

		for (let cutAfterBytes = 300; cutAfterBytes < 200_000; cutAfterBytes += 16_700) {
			const proxy = await throughProxy({ cutAfterBytes });
			const run = fileAll(user.address({ port: proxy.port }));
			await run.catch((error) => assert.equal(error.kind, 'mailbox-trouble'));
			const filed = user.folder('INBOX.CiviMail.processed').mails().length;
			assert.equal(filed + user.inbox.mails().length, 30);
		}
		await fileAll(user.address());

		assert.equal(user.folder('INBOX.CiviMail.processed').mails().length, 30);
	});

	test('a server that falls silent in the middle is given up after the time allowed', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(...longMails(30));
		const proxy = await throughProxy({ stallAfterBytes: 100_000 });

		await assert.rejects(
			reading(
				{ address: user.address({ port: proxy.port }) },
				{ silenceMs: 300, windowSize: 5 },
				allWindows,
			),
			{ problem: 'server-silent' },
		);
	});

	test('a server that sends a byte now and then is given up, too', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(...longMails(30));
		const proxy = await throughProxy({ trickle: { afterBytes: 100_000, everyMs: 20 } });

		await assert.rejects(
			reading(
				{ address: user.address({ port: proxy.port }) },
				{ silenceMs: 100, windowSize: 5 },
				allWindows,
			),
			{ problem: 'server-silent' },
		);
	});

	test('a server that falls silent while signing in is given up as well', async () => {
		const user = dovecot.addUser();
		const proxy = await throughProxy({ stallAfterBytes: 200 });
		const limits = { ...usualLimits, silenceMs: 300 };

		await assert.rejects(openMailbox(user.address({ port: proxy.port }), limits), {
			problem: 'server-silent',
		});
	});

	test('answers in pieces of a few bytes are read like any others', async () => {
		const user = dovecot.addUser();
		user.inbox.deliver(...mails(8));
		const proxy = await throughProxy({ pieceBytes: 3 });

		await reading({ address: user.address({ port: proxy.port }) }, {}, async (store) => {
			const read = (await allWindows(store)).flat();

			assert.equal(read.length, 8);
			assert.match(read[7]!.bytes.toString(), /The body of 8\.\r\n$/);
			await store.file(read, 'processed');
		});
		assert.equal(user.folder('INBOX.CiviMail.processed').mails().length, 8);
	});
});

describe('A server without MOVE', () => {
	const old = 'IMAP4rev1 LITERAL+ SASL-IR NAMESPACE';

	test('other people’s deleted mails are left alone', async () => {
		for (const capabilities of [old, `${old} UIDPLUS`]) {
			const server = await startDovecot({ capabilities });
			try {
				const user = server.addUser();
				user.inbox.deliver(...mails(3));
				user.inbox.mark(0, 'T');
				await fileAll(user.address());

				const left = user.inbox.mails().map(String);
				assert.ok(left.some((mail) => mail.includes('Subject: 1')));
				assert.equal(user.folder('INBOX.CiviMail.processed').mails().length, 2);

				await fileAll(user.address());
				assert.equal(user.folder('INBOX.CiviMail.processed').mails().length, 2);
			} finally {
				await server.stop();
			}
		}
	});
});

async function throughProxy(faults: Faults): Promise<TcpProxy> {
	const proxy = await startTcpProxy(dovecot.imapPort, faults);
	proxies.push(proxy);
	return proxy;
}

function longMails(count: number): Buffer[] {
	const body = Buffer.from(
		`${'A line of a long mail. '.repeat(3)}\r\n`.repeat(150) + 'The end.\r\n',
	);
	return mails(count).map((mail) => Buffer.concat([mail, body]));
}

async function fileAll(address: MailboxAddress): Promise<void> {
	await reading({ address }, { windowSize: 4 }, async (store) => {
		for await (const window of store.windows()) await store.file(window, 'processed');
	});
}
