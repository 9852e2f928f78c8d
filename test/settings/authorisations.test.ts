import assert from 'node:assert/strict';
import { onTestFinished, test } from 'vitest';
import { ServiceError } from '../../service/errors.ts';
import { openLog } from '../../service/log.ts';
import { openSites } from '../../service/sites.ts';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { addressing, testSecret } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import type { TestBench } from '../support/a-site.ts';
import { startTokenServer } from '../support/token-server.ts';
import type { TokenServer } from '../support/token-server.ts';

const redirectUrl = 'https://example.org/wp-admin/admin.php?page=return-channel-accounts';

async function anOAuthSite() {
	const provider = await startTokenServer();
	onTestFinished(() => provider.stop());
	const bench = await aSite();
	const form = anOAuthAccount(provider);
	const { id } = await bench.site.accounts.add(form);
	return { ...bench, provider, form, id };
}

function anOAuthAccount(provider: TokenServer): AccountForm {
	return {
		name: 'Bounces',
		usedFor: 'bounces',
		protocol: 'imap',
		server: 'imap.example.org',
		port: null,
		security: 'tls',
		verifyCertificate: true,
		userName: 'return@example.org',
		authentication: 'oauth2',
		oauth: {
			provider: 'custom',
			clientId: provider.clientId,
			tenant: 'common',
			authorizeUrl: provider.authorizeUrl,
			tokenUrl: provider.tokenUrl,
			scope: 'mail offline',
		},
		clientSecret: provider.clientSecret,
		...addressing,
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
	};
}

async function authorise({ site, clock }: TestBench, provider: TokenServer, id: number) {
	const url = await site.authorisations.begin(id, redirectUrl, clock.now());
	const back = provider.consent(url, 'return');
	const answer = { state: back.get('state') ?? '', code: back.get('code') ?? '' };
	return { answer, accountId: await site.authorisations.finish(answer, clock.now()) };
}

async function problemOf(work: Promise<unknown>): Promise<string> {
	const error: unknown = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	assert.ok(error instanceof ServiceError, String(error));
	return error.problem;
}

test('the owner is sent to the provider with PKCE and the mailbox as a hint', async () => {
	const { site, clock, id, provider } = await anOAuthSite();

	const url = new URL(await site.authorisations.begin(id, redirectUrl, clock.now()));

	assert.equal(`${url.origin}${url.pathname}`, provider.authorizeUrl);
	const asked = Object.fromEntries(url.searchParams);
	assert.equal(asked['response_type'], 'code');
	assert.equal(asked['code_challenge_method'], 'S256');
	assert.equal(asked['redirect_uri'], redirectUrl);
	assert.equal(asked['login_hint'], 'return@example.org');
	assert.ok((asked['state'] ?? '').length >= 32);
});

test('what the owner brings back becomes a token that opens the mailbox', async () => {
	const bench = await anOAuthSite();

	const { accountId } = await authorise(bench, bench.provider, bench.id);

	assert.equal(accountId, bench.id);
	const account = await bench.site.accounts.get(bench.id);
	assert.equal(account.authorisation.state, 'granted');
	assert.ok((await bench.site.accounts.mailboxAddress(bench.id)).accessToken);
});

test('a state is good once, for half an hour, and nobody can guess one', async () => {
	const bench = await anOAuthSite();
	const { site, clock } = bench;
	const { answer } = await authorise(bench, bench.provider, bench.id);

	assert.equal(
		await problemOf(site.authorisations.finish(answer, clock.now())),
		'oauth-unknown-state',
	);
	const invented = { state: 'x'.repeat(32), code: 'y' };
	assert.equal(
		await problemOf(site.authorisations.finish(invented, clock.now())),
		'oauth-unknown-state',
	);

	const late = bench.provider.consent(
		await site.authorisations.begin(bench.id, redirectUrl, clock.now()),
		'return',
	);
	clock.advance({ seconds: 31 * 60 });
	const tooLate = { state: late.get('state') ?? '', code: late.get('code') ?? '' };
	assert.equal(
		await problemOf(site.authorisations.finish(tooLate, clock.now())),
		'oauth-unknown-state',
	);
});

test('an owner who says no changes nothing and is told so', async () => {
	const { site, clock, id } = await anOAuthSite();
	const url = new URL(await site.authorisations.begin(id, redirectUrl, clock.now()));
	const refusal = {
		state: url.searchParams.get('state') ?? '',
		error: 'access_denied',
		errorDescription: 'The user said no.',
	};

	await assert.rejects(
		site.authorisations.finish(refusal, clock.now()),
		/The user said no.*try again/s,
	);
	assert.equal((await site.accounts.get(id)).authorisation.state, 'none');
});

test('a token is renewed before it ends, and the provider’s new refresh token replaces the old one', async () => {
	const bench = await anOAuthSite();
	const { site, clock, id, provider } = bench;
	await authorise(bench, provider, id);
	const first = await site.authorisations.freshToken(id, clock.now());
	assert.equal(await site.authorisations.freshToken(id, clock.now()), first);

	clock.advance({ seconds: 59.5 * 60 });
	const second = await site.authorisations.freshToken(id, clock.now());
	clock.advance({ hours: 1 });
	const third = await site.authorisations.freshToken(id, clock.now());

	assert.equal(new Set([first, second, third]).size, 3);
	assert.equal(provider.grants, 3);
});

test('a revoked authorisation is marked, said in words, and mended by authorising again', async () => {
	const bench = await anOAuthSite();
	const { site, clock, id, provider } = bench;
	await authorise(bench, provider, id);
	provider.revoke();
	clock.advance({ hours: 2 });

	assert.equal(await problemOf(site.accounts.mailboxAddress(id)), 'oauth-lost');
	const { authorisation } = await site.accounts.get(id);
	assert.equal(authorisation.state, 'lost');
	assert.match(authorisation.problem ?? '', /Authorise it again.*expired or revoked/s);

	await authorise(bench, provider, id);
	assert.equal((await site.accounts.get(id)).authorisation.state, 'granted');
});

test('a provider that is down does not cost the authorisation', async () => {
	const bench = await anOAuthSite();
	const { site, clock, id, provider } = bench;
	await authorise(bench, provider, id);
	clock.advance({ hours: 2 });
	provider.breakDown(503);

	assert.equal(await problemOf(site.accounts.mailboxAddress(id)), 'oauth-odd-answer');
	provider.breakDown(undefined);

	assert.ok((await site.accounts.mailboxAddress(id)).accessToken);
});

test('a wrong client secret is told apart', async () => {
	const { site, clock, id, provider, form } = await anOAuthSite();
	await site.accounts.change(id, { ...form, clientSecret: 'wrong' });
	const back = provider.consent(
		await site.authorisations.begin(id, redirectUrl, clock.now()),
		'return',
	);
	const answer = { state: back.get('state') ?? '', code: back.get('code') ?? '' };

	assert.equal(
		await problemOf(site.authorisations.finish(answer, clock.now())),
		'oauth-wrong-client',
	);
});

test('tokens and client secret go to no other server, user or provider', async () => {
	const bench = await anOAuthSite();
	const { site, id, form } = bench;
	await authorise(bench, bench.provider, id);
	const { clientSecret: _, ...unchanged } = form;
	await site.accounts.change(id, { ...unchanged, name: 'Renamed' });
	assert.equal((await site.accounts.get(id)).authorisation.state, 'granted');

	const elsewhere = { ...unchanged, server: 'imap.attacker.example' };
	assert.equal(await problemOf(site.accounts.mailboxAddressOf(elsewhere, id)), 'oauth-not-granted');
	await site.accounts.change(id, elsewhere);

	const account = await site.accounts.get(id);
	assert.equal(account.authorisation.state, 'none');
	assert.equal(account.hasClientSecret, false);
});

test('no token, verifier or secret is readable in the database', async () => {
	const bench = await anOAuthSite();
	await bench.site.authorisations.begin(bench.id, redirectUrl, bench.clock.now());
	await authorise(bench, bench.provider, bench.id);
	const token = await bench.site.authorisations.freshToken(bench.id, bench.clock.now());

	const stored = JSON.stringify([
		await bench.db.selectFrom('accounts').selectAll().execute(),
		await bench.db.selectFrom('oauth_requests').selectAll().execute(),
	]);

	assert.ok(!stored.includes(token));
	assert.ok(!stored.includes(bench.provider.clientSecret));
});

test('providers in a private network and without TLS are refused unless the operator trusts them', async () => {
	const { db, clock, id } = await anOAuthSite();
	const careful = openSites(
		db,
		{ secret: testSecret, mailFolders: [] },
		{ log: openLog('silent'), now: clock.now },
	);
	const site = await careful.find('1');
	assert.ok(site);

	assert.equal(
		await problemOf(site.authorisations.begin(id, redirectUrl, clock.now())),
		'oauth-insecure',
	);
	await db
		.updateTable('accounts')
		.set({
			oauth: JSON.stringify({
				provider: 'custom',
				clientId: 'x',
				authorizeUrl: 'https://[::1]/a',
				tokenUrl: 'https://10.1.2.3/t',
			}),
		})
		.execute();
	assert.equal(
		await problemOf(site.authorisations.begin(id, redirectUrl, clock.now())),
		'oauth-private',
	);
});

test('another site knows nothing of an authorisation that is under way', async () => {
	const { site, sites, clock, id, provider } = await anOAuthSite();
	const other = await sites.introduce({ id: '2', name: 'Other', url: '', adminEmail: '' });
	const back = provider.consent(
		await site.authorisations.begin(id, redirectUrl, clock.now()),
		'return',
	);
	const answer = { state: back.get('state') ?? '', code: back.get('code') ?? '' };

	assert.equal(
		await problemOf(other.authorisations.finish(answer, clock.now())),
		'oauth-unknown-state',
	);
	assert.equal(await problemOf(other.authorisations.freshToken(id, clock.now())), 'not-found');
	assert.equal(await site.authorisations.finish(answer, clock.now()), id);
});
