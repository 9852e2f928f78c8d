import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
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

interface Symptoms {
	code?: string;
	/** The server's own words. */
	said?: string;
	authenticationFailed?: true;
}

/** Each trouble that is told in words: how it shows, its name, and what the sentence says. */
const cases: [symptoms: Symptoms, problem: string, sentence: RegExp][] = [
	[{ code: 'ENOTFOUND' }, 'host-not-found', /no server named imap\.example\.org/],
	[{ code: 'EAI_AGAIN' }, 'name-service-silent', /could not be looked up/],
	[
		{ code: 'ECONNREFUSED' },
		'connection-refused',
		/Nothing answers on imap\.example\.org, port 993/,
	],
	[{ code: 'EHOSTUNREACH' }, 'no-route', /no way through/],
	[{ code: 'ETIMEDOUT' }, 'connection-timeout', /firewall/],
	[{ code: 'CONNECT_TIMEOUT' }, 'connection-timeout', /firewall/],
	[{ code: 'GREETING_TIMEOUT' }, 'no-greeting', /does not greet/],
	[{ code: 'EPROTO', said: 'wrong version number' }, 'not-tls', /choose security|Choose security/],
	[{ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, 'certificate-self-signed', /self-signed/],
	[{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'certificate-self-signed', /self-signed/],
	[{ code: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, 'certificate-unknown-issuer', /issuer/],
	[{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'certificate-unknown-issuer', /in between/],
	[{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'certificate-wrong-name', /another name/],
	[{ code: 'CERT_HAS_EXPIRED' }, 'certificate-expired', /has expired/],
	[{ code: 'CERT_NOT_YET_VALID' }, 'certificate-not-yet-valid', /clock/],
	[{ said: 'The server does not support STARTTLS' }, 'no-starttls', /readable to anybody/],
	[{ code: 'EPROTO', said: 'handshake failure' }, 'tls-failed', /No secure connection/],
	[{ said: 'Application-specific password required' }, 'app-password-needed', /app password/],
	[{ said: 'Please log in via your web browser' }, 'web-login-needed', /in a web browser/],
	[{ said: 'Your account is not enabled for IMAP use' }, 'imap-disabled', /Switch IMAP on/],
	[{ said: '[AUTH] POP3 access is disabled' }, 'pop3-disabled', /Switch POP3 on/],
	[{ said: '[PRIVACYREQUIRED] Not in plain text' }, 'encryption-needed', /unencrypted/],
	[{ said: 'No password configured' }, 'password-missing', /no password for bounce@/],
	[{ said: 'BasicAuthBlocked' }, 'basic-login-blocked', /only OAuth2/],
	[{ said: '[EXPIRED] Change it' }, 'password-expired', /Set a new one there/],
	[
		{ said: 'Account is locked', authenticationFailed: true },
		'account-closed',
		/Account is locked/,
	],
	[
		{ said: '[CONTACTADMIN] Not you', authenticationFailed: true },
		'account-closed',
		/lets nobody in/,
	],
	[{ said: '[LIMIT] Enough' }, 'too-many-connections', /Close other mail programs/],
	[{ said: '[IN-USE] Busy' }, 'mailbox-in-use', /Another program reads/],
	[{ said: '[LOGIN-DELAY] Wait' }, 'login-delay', /less often/],
	[{ code: 'NO_UIDL', said: 'unknown command' }, 'no-uidl', /Read this mailbox by IMAP/],
	[{ said: '[CORRUPTION] Index broken' }, 'server-broken', /will not heal by itself/],
	[{ said: '[UNAVAILABLE] Back soon' }, 'server-unavailable', /Nothing is lost/],
	[
		{ said: '[AUTHENTICATIONFAILED] No', authenticationFailed: true },
		'wrong-password',
		/or its password/,
	],
	[{ said: '[OVERQUOTA] Full' }, 'mailbox-full', /is full/],
	[{ said: '[NOPERM] Not yours' }, 'no-permission', /has not the rights/],
	[{ code: 'EACCES' }, 'no-permission', /may not read and write/],
	[{ code: 'EROFS' }, 'read-only-folder', /only be read/],
	[{ code: 'ENOSPC' }, 'disk-full', /no space/],
	[{ code: 'SERVER_SILENT' }, 'server-silent', /stopped answering/],
	[{ code: 'SERVER_NONSENSE', said: 'x' }, 'server-nonsense', /should speak IMAP: “x”/],
	[{ code: 'ECONNRESET' }, 'connection-lost', /broke off/],
];

for (const [symptoms, problem, sentence] of cases) {
	test(`${Object.values(symptoms).join(' ')} is “${problem}”`, () => {
		const error = diagnose(Object.assign(new Error('low-level words'), symptoms), imap);

		assert.equal(error.problem, problem);
		assert.equal(error.kind, 'mailbox-trouble');
		assert.match(error.message, sentence);
		assert.doesNotMatch(error.message, /undefined|\[object|open sesame/);
	});
}

test('a token that is refused is no wrong password', () => {
	const refused = Object.assign(new Error('NO'), { authenticationFailed: true, said: 'No' });

	const error = diagnose(refused, { ...imap, accessToken: 'abc' });

	assert.equal(error.problem, 'token-refused');
	assert.match(error.message, /authorise it again/);
});

test('every trouble there are words for is tried here', () => {
	const file = new URL('../../service/mailboxes/diagnosis.ts', import.meta.url);
	const names = [...readFileSync(file, 'utf8').matchAll(/^\t\tname: '(.*)',$/gm)].map(([, n]) => n);
	const tried = new Set([...cases.map(([, problem]) => problem), 'token-refused']);

	assert.ok(names.length >= 30);
	assert.deepEqual(
		names.filter((name) => !tried.has(name!)),
		[],
	);
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
