import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { ServiceError } from '../../service/errors.ts';
import { diagnose } from '../../service/mailboxes/diagnosis.ts';
import type { MailboxAddress } from '../../service/mailboxes/mail-store.ts';
import { aMaildirAddress } from './a-maildir-address.ts';

const imap: MailboxAddress = {
	...aMaildirAddress('INBOX'),
	protocol: 'imap',
	server: 'imap.example.org',
	port: 993,
	security: 'tls',
	userName: 'bounce@example.org',
	password: 'open sesame',
};

describe('Codes of Node and OpenSSL are told in words', () => {
	const cases: [string, string, RegExp][] = [
		['ENOTFOUND', 'host-not-found', /no server named imap\.example\.org/],
		['EAI_AGAIN', 'name-service-silent', /could not be looked up/],
		['ECONNREFUSED', 'connection-refused', /Nothing answers on imap\.example\.org, port 993/],
		['EHOSTUNREACH', 'no-route', /no way through/],
		['ETIMEDOUT', 'connection-timeout', /firewall/],
		['CONNECT_TIMEOUT', 'connection-timeout', /firewall/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-self-signed', /self-signed/],
		['SELF_SIGNED_CERT_IN_CHAIN', 'certificate-self-signed', /self-signed/],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-unknown-issuer', /issuer/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-unknown-issuer', /in between/],
		['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-wrong-name', /another name/],
		['CERT_HAS_EXPIRED', 'certificate-expired', /has expired/],
		['CERT_NOT_YET_VALID', 'certificate-not-yet-valid', /clock/],
		['ECONNRESET', 'connection-lost', /broke off/],
		['EACCES', 'no-permission', /may not read and write/],
		['EROFS', 'read-only-folder', /only be read/],
		['ENOSPC', 'disk-full', /no space/],
	];

	for (const [code, problem, sentence] of cases) {
		test(`${code} is “${problem}”`, () => {
			const error = diagnose(Object.assign(new Error('low-level words'), { code }), imap);

			assert.equal(error.problem, problem);
			assert.equal(error.kind, 'mailbox-trouble');
			assert.match(error.message, sentence);
		});
	}
});

test('what is not known is quoted, in one line and not endlessly', () => {
	const error = diagnose(new Error(`Strange\r\n\u0007things ${'x'.repeat(5_000)}`), imap);

	assert.equal(error.problem, 'unknown-trouble');
	assert.match(error.message, /It says: “Strange things x+…”/);
	assert.ok(error.message.length < 450);
});

test('a trouble that was explained already stays as it is', () => {
	const explained = new ServiceError('mailbox-trouble', 'Known.', { problem: 'folder-missing' });

	assert.equal(diagnose(explained, imap), explained);
});

test('the password is in no sentence', () => {
	const error = diagnose(
		Object.assign(new Error('Command failed'), {
			authenticationFailed: true,
			responseText: 'Authentication failed.',
		}),
		imap,
	);

	assert.doesNotMatch(`${error.message} ${error.stack}`, /open sesame/);
});
