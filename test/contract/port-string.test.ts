import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { readMailboxString, readPortString } from '../../service/contract/port-string.ts';

describe('A port as phpList writes it is understood', () => {
	const cases: [string, string][] = [
		['110/pop3/notls', 'pop3 110 none checked'],
		['110/pop3', 'pop3 110 starttls checked'],
		['110/pop3/tls/novalidate-cert', 'pop3 110 starttls unchecked'],
		['995/pop3/ssl/novalidate-cert', 'pop3 995 tls unchecked'],
		['995/pop3/novalidate-cert', 'pop3 995 tls unchecked'],
		['995/pop3/ssl', 'pop3 995 tls checked'],
		['995', 'pop3 995 tls checked'],
		['110', 'pop3 110 starttls checked'],
		['993/imap/ssl', 'imap 993 tls checked'],
		['143/imap/notls', 'imap 143 none checked'],
		['143/tls', 'imap 143 starttls checked'],
		[' 995/POP3/SSL/NoValidate-Cert ', 'pop3 995 tls unchecked'],
		['2110/service=pop3/notls', 'pop3 2110 none checked'],
		['2995/pop3/ssl', 'pop3 2995 tls checked'],
	];

	for (const [written, meant] of cases) {
		test(`“${written}”`, () => {
			const read = readPortString(written);

			assert.ok(read);
			const checked = read.verifyCertificate ? 'checked' : 'unchecked';
			assert.equal(`${read.protocol} ${read.port} ${read.security} ${checked}`, meant);
		});
	}

	for (const written of [
		'',
		'pop3',
		'0/pop3',
		'65536/pop3',
		'110/nntp',
		'110/pop3/x}INBOX',
		'-1',
	]) {
		test(`“${written}” is no port`, () => {
			assert.equal(readPortString(written), undefined);
		});
	}
});

describe('A mailbox as PHP’s imap_open has it is understood', () => {
	const cases: [string, string][] = [
		['{mail.example.org:995/pop3/ssl}INBOX', 'mail.example.org pop3 995 tls checked INBOX'],
		['{mail.example.org:143/novalidate-cert}', 'mail.example.org imap 143 starttls unchecked '],
		[
			'{imap.example.org/imap/ssl}INBOX.bounces',
			'imap.example.org imap 993 tls checked INBOX.bounces',
		],
		['{imap.example.org:8143}INBOX', 'imap.example.org imap 8143 starttls checked INBOX'],
		['pop.example.org:110/pop3/notls', 'pop.example.org pop3 110 none checked '],
		['localhost/pop3', 'localhost pop3 110 starttls checked '],
		['mail.example.org:995', 'mail.example.org pop3 995 tls checked '],
	];

	for (const [written, meant] of cases) {
		test(`“${written}”`, () => {
			const read = readMailboxString(written);

			assert.ok(read);
			const { server, protocol, port, security, verifyCertificate, folder } = read;
			const checked = verifyCertificate ? 'checked' : 'unchecked';
			assert.equal([server, protocol, port, security, checked, folder].join(' '), meant);
		});
	}

	test('with a user name', () => {
		const read = readMailboxString('{mail.example.org:993/imap/ssl/user=Return}INBOX');

		assert.equal(read?.userName, 'Return');
	});

	for (const written of [
		'',
		'mail.example.org',
		'https://mail.example.org',
		'{mail.example.org:143/nntp}news',
		'{}INBOX',
		'mail.example.org:0',
		'a b/pop3',
	]) {
		test(`“${written}” is none`, () => {
			assert.equal(readMailboxString(written), undefined);
		});
	}
});
