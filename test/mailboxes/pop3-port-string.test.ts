import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { readPortString } from '../../service/mailboxes/pop3-port-string.ts';

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
