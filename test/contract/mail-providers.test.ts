import assert from 'node:assert/strict';
import { test } from 'vitest';
import { mailProviders, providerOf } from '../../service/contract/mail-providers.ts';

test('the provider is known by the domain of an address, in any case', () => {
	assert.equal(providerOf('Return@GMail.com')?.imap.server, 'imap.gmail.com');
	assert.equal(providerOf('bounce@outlook.com')?.signIn, 'oauth2');
	assert.equal(providerOf('bounce@example.org'), undefined);
	assert.equal(providerOf(''), undefined);
});

test('each domain has one provider, and every server is encrypted', () => {
	const domains = mailProviders.flatMap((provider) => provider.domains);
	assert.equal(new Set(domains).size, domains.length);
	for (const { imap, pop3, domains: own } of mailProviders) {
		assert.equal(imap.security, 'tls');
		assert.equal(pop3?.security ?? 'tls', 'tls');
		for (const domain of own) assert.equal(domain, domain.toLowerCase());
	}
});
