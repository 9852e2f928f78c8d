import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { usualLimits } from '../../service/mailboxes/mail-store.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { allWindows, mails, reading } from '../contracts/mail-store.ts';
import { freePorts, startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { startTokenServer } from '../support/token-server.ts';
import type { TokenServer } from '../support/token-server.ts';

let provider: TokenServer;
let dovecot: Dovecot;
beforeAll(async () => {
	provider = await startTokenServer();
	dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl });
}, 120_000);
afterAll(async () => {
	await dovecot.stop();
	await provider.stop();
});

const aPop3Address = (over: Partial<MailboxAddress> = {}) =>
	dovecot.addUser().address({ protocol: 'pop3', ...over });

test('a server that sends a byte now and then is given up', async () => {
	const user = dovecot.addUser();
	user.inbox.deliver(...mails(300));
	const proxy = await startTcpProxy(dovecot.pop3Port, {
		trickle: { afterBytes: 20_000, everyMs: 20 },
	});
	const address = user.address({ protocol: 'pop3', port: proxy.port });
	try {
		await assert.rejects(reading({ address }, { silenceMs: 100, windowSize: 5 }, allWindows), {
			problem: 'server-silent',
		});
	} finally {
		await proxy.close();
	}
});

describe('A POP3 account that does not work is explained, and opening says the same as testing', () => {
	const cases: [string, string, () => Promise<Partial<MailboxAddress>>][] = [
		['a wrong password', 'wrong-password', async () => ({ password: 'guessed' })],
		['no password', 'password-missing', async () => ({ password: '' })],
		['a token nobody knows', 'token-refused', async () => ({ accessToken: 'nonsense' })],
		['a server that does not exist', 'host-not-found', async () => ({ server: 'mail.invalid' })],
		[
			'a port nobody listens on',
			'connection-refused',
			async () => ({ port: (await freePorts(1))[0]! }),
		],
		[
			'a self-signed certificate',
			'certificate-self-signed',
			async () => ({ security: 'tls', verifyCertificate: true }),
		],
		[
			'a self-signed certificate at STLS',
			'certificate-self-signed',
			async () => ({ security: 'starttls', verifyCertificate: true }),
		],
		[
			'TLS on the port for plain text',
			'not-tls',
			async () => ({ security: 'tls', port: dovecot.pop3Port }),
		],
	];

	for (const [what, problem, over] of cases) {
		test(`${what} is “${problem}”`, async () => {
			const address = aPop3Address(await over());

			const report = await testMailbox(address);

			assert.equal(report.problem, problem, report.sentence);
			assert.doesNotMatch(report.sentence, /undefined|\[object|secret of|IMAP/);
			await assert.rejects(openMailbox(address), { problem, message: report.sentence });
		});
	}

	test('plain text on the TLS port is noticed by the silence', async () => {
		const address = aPop3Address({ port: dovecot.pop3sPort });

		await assert.rejects(openMailbox(address, { ...usualLimits, silenceMs: 300 }), {
			problem: 'no-greeting',
			message: /choose security "TLS"/,
		});
	});
});

test('answers in pieces of a few bytes are read like any others', async () => {
	const user = dovecot.addUser();
	user.inbox.deliver(...mails(8));
	const proxy = await startTcpProxy(dovecot.pop3Port, { pieceBytes: 3 });
	const address = user.address({ protocol: 'pop3', port: proxy.port });

	const read = (await reading({ address }, {}, allWindows)).flat();

	assert.equal(read.length, 8);
	assert.match(read[7]!.bytes.toString(), /The body of 8\.\r\n$/);
	await proxy.close();
});
