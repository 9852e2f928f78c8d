import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { runJob } from '../../service/jobs/run-job.ts';
import { addressing } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot } from '../support/dovecot.ts';
import { startTokenServer } from '../support/token-server.ts';
import type { TokenServer } from '../support/token-server.ts';

let provider: TokenServer;
/** Takes tokens by the older mechanism, Google's and Microsoft's own. */
let dovecot: Dovecot;
/** Takes them by the standard's (RFC 7628). */
let strict: Dovecot;

beforeAll(async () => {
	provider = await startTokenServer();
	const { introspectionUrl } = provider;
	dovecot = await startDovecot({ introspectionUrl, tokenMechanisms: 'xoauth2' });
	strict = await startDovecot({ introspectionUrl, tokenMechanisms: 'oauthbearer' });
}, 120_000);
afterAll(async () => {
	await dovecot.stop();
	await strict.stop();
	await provider.stop();
});

const aMail = Buffer.from('From: a@example.org\nSubject: Hello\n\nHi\n');
const redirectUrl = 'https://example.org/wp-admin/admin.php?page=return-channel-accounts';

/** A site whose bounce account signs in to Dovecot with OAuth2 and was authorised. */
async function anAuthorisedSite(protocol: 'imap' | 'pop3', at = dovecot) {
	const user = at.addUser();
	const { site, clock } = await aSite();
	const { server, port } = user.address({ protocol });
	const form = {
		name: 'Bounces',
		usedFor: 'bounces' as const,
		protocol,
		server,
		port,
		security: 'none' as const,
		verifyCertificate: true,
		userName: user.name,
		authentication: 'oauth2' as const,
		oauth: {
			provider: 'custom' as const,
			clientId: provider.clientId,
			tenant: 'common',
			authorizeUrl: provider.authorizeUrl,
			tokenUrl: provider.tokenUrl,
			scope: 'mail',
		},
		clientSecret: provider.clientSecret,
		...addressing,
		returnPath: '',
		source: '',
		filingFolder: 'CiviMail',
		isActive: true,
	};
	const { id } = await site.accounts.add(form);
	const authorise = async () => {
		const back = provider.consent(
			await site.authorisations.begin(id, redirectUrl, clock.now()),
			user.name,
		);
		const answer = { state: back.get('state') ?? '', code: back.get('code') ?? '' };
		await site.authorisations.finish(answer, clock.now());
	};
	await authorise();
	const { clientSecret: _, ...unsaved } = form;
	return { site, clock, user, id, unsaved, authorise };
}

describe.each(['imap', 'pop3'] as const)('By %s', (protocol) => {
	for (const [mechanism, aServer] of [
		['XOAUTH2', () => dovecot],
		['OAUTHBEARER', () => strict],
	] as const)
		test(`a mailbox is tested and read with a token by ${mechanism}`, async () => {
			const { site, user, id, unsaved } = await anAuthorisedSite(protocol, aServer());
			user.inbox.deliver(aMail);

			const report = await site.testMailbox(await site.accounts.mailboxAddressOf(unsaved, id));
			const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });

			assert.equal(report.isWorking, true, report.sentence);
			assert.match(run.sentence, /^1 mail read/);
			const login = `${protocol}-login: Info: Login: user=<${user.name}>, method=${mechanism},`;
			assert.ok(aServer().log().includes(login), aServer().log());
		});

	test('a token that ended is renewed before the poll', async () => {
		const { site, clock, user } = await anAuthorisedSite(protocol);
		user.inbox.deliver(aMail);
		provider.expireAccess();
		clock.advance({ hours: 2 });

		const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });

		assert.equal(run.state, 'done', run.sentence);
		assert.match(run.sentence, /^1 mail read/);
	});

	test('a token that the server refuses before its time is renewed at once', async () => {
		const { site, user } = await anAuthorisedSite(protocol);
		user.inbox.deliver(aMail);
		provider.expireAccess();

		const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });

		assert.equal(run.state, 'done', run.sentence);
		assert.match(run.sentence, /^1 mail read/);
	});

	test('a revoked authorisation fails the run in words and stands on the account until it is given again', async () => {
		const { site, clock, authorise, id } = await anAuthorisedSite(protocol);
		provider.revoke();
		clock.advance({ hours: 2 });

		const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });

		assert.equal(run.state, 'failed');
		assert.match(run.sentence, /no longer accepts the authorisation.*Authorise it again/s);
		assert.match((await site.accounts.get(id)).lastProblem ?? '', /Authorise it again/);

		await authorise();
		const again = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
		assert.equal(again.run.state, 'done', again.run.sentence);
	});
});
