import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openMailbox } from '../../service/mailboxes/open-mailbox.ts';
import { testMailbox } from '../../service/mailboxes/test-connection.ts';
import { aMail, allWindows, reading } from '../contracts/mail-store.ts';
import { anAuthority } from '../support/certificates.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';

/** Addresses of the server, each with another thing wrong; nothing is wrong with the last. */
const wrongs: [server: string, problem: string][] = [
	['127.0.0.1', 'certificate-self-signed'],
	['127.0.0.2', 'certificate-wrong-name'],
	['127.0.0.3', 'certificate-expired'],
	['127.0.0.4', 'certificate-not-yet-valid'],
	['127.0.0.5', 'certificate-unknown-issuer'],
];
const right = '127.0.0.6';

let folder: string;
let dovecot: Dovecot;
const { createSecureContext } = tls;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'rc-certificates-'));
	const [known, stranger] = ['known', 'stranger'].map((name) => {
		mkdirSync(join(folder, name));
		return anAuthority(join(folder, name));
	});
	dovecot = await startDovecot({
		certificates: {
			'127.0.0.2': known!.sign('DNS:mail.example.org'),
			'127.0.0.3': known!.sign('IP:127.0.0.3', {
				from: '20200101000000Z',
				until: '20200201000000Z',
			}),
			'127.0.0.4': known!.sign('IP:127.0.0.4', {
				from: '20900101000000Z',
				until: '20900201000000Z',
			}),
			'127.0.0.5': stranger!.sign('IP:127.0.0.5'),
			[right]: known!.sign(`IP:${right}`),
		},
	});
	trust(known!.pem);
});
afterAll(async () => {
	tls.createSecureContext = createSecureContext;
	syncBuiltinESMExports();
	await dovecot.stop();
	rmSync(folder, { recursive: true, force: true });
});

/** As if the operating system knew this authority. */
function trust(pem: string): void {
	tls.createSecureContext = (options) => createSecureContext({ ...options, ca: pem });
	syncBuiltinESMExports();
}

for (const protocol of ['imap', 'pop3'] as const) {
	for (const security of ['tls', 'starttls'] as const) {
		describe(`${protocol} over ${security}`, () => {
			for (const [server, problem] of wrongs) {
				test(`a server with “${problem}” is refused in words, and read when the account has checks off`, async () => {
					const user = dovecot.addUser();
					user.inbox.deliver(aMail('one'));
					const careful = user.address({ protocol, security, server, verifyCertificate: true });
					const careless = { ...careful, verifyCertificate: false };

					const report = await testMailbox(careful);

					assert.equal(report.problem, problem, report.sentence);
					assert.match(report.sentence, /certificate/);
					await assert.rejects(openMailbox(careful), { problem, message: report.sentence });
					assert.equal((await testMailbox(careless)).waitingMails, 1);
					const windows = await reading({ address: careless }, {}, allWindows);
					assert.equal(windows.flat().length, 1);
				});
			}

			test('a server whose certificate is right is read with checks on', async () => {
				const user = dovecot.addUser();
				user.inbox.deliver(aMail('one'));
				const address = user.address({
					protocol,
					security,
					server: right,
					verifyCertificate: true,
				});

				assert.equal((await reading({ address }, {}, allWindows)).flat().length, 1);
			});
		});
	}
}
