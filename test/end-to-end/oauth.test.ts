import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Service } from '../../service/main.ts';
import { aLetter } from '../support/a-bounce.ts';
import { testSecret } from '../support/a-mailing.ts';
import { startTestService } from '../support/a-service.ts';
import {
	accessibilityProblems,
	logIn,
	openPage,
	overflow,
	phone,
	settled,
	startBrowser,
	troublesOf,
	wideScreen,
} from '../support/browser.ts';
import type { Browser, Page } from '../support/browser.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { startTokenServer } from '../support/token-server.ts';
import type { TokenServer } from '../support/token-server.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** A mailbox that takes no passwords, authorised from wp-admin: a real WordPress, service and browser, a provider of tokens,
 *  and a Dovecot that asks it whether a token is good. The tests follow one another. */

let folder: string;
let provider: TokenServer;
let dovecot: Dovecot;
let mailbox: DovecotUser;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	provider = await startTokenServer();
	dovecot = await startDovecot({ introspectionUrl: provider.introspectionUrl });
	mailbox = dovecot.addUser();
	mailbox.inbox.deliver(aLetter());
	service = await startTestService(folder);
	wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: testSecret },
		hasCron: false,
	});
	browser = await startBrowser();
	page = await logIn(browser, wordPress.url);
	troubles = troublesOf(page);
});

afterAll(async () => {
	await browser?.close();
	await wordPress?.stop();
	await service?.stop();
	await dovecot?.stop();
	await provider?.stop();
	await rm(folder, { recursive: true, force: true });
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const fill = (label: string, value: string) => page.getByLabel(label, { exact: true }).fill(value);

describe('an administrator', () => {
	test('is told by the address what the provider wants, and has its settings filled in', async () => {
		await openPage(page, 'return-channel-accounts', { account: 'new' });
		await fill('User name', 'office@gmail.com');
		await see(/takes no usual password here, but an app password/);
		await page.getByRole('button', { name: 'Fill in the settings of Gmail' }).click();
		assert.equal(await page.getByLabel('Server', { exact: true }).inputValue(), 'imap.gmail.com');
		await fill('User name', 'office@outlook.com');
		await page.getByRole('button', { name: 'Fill in the settings of Outlook.com' }).click();
		assert.equal(await page.getByLabel('Signs in with').inputValue(), 'oauth2');
		assert.deepEqual(await accessibilityProblems(page), []);
	});

	test('adds an account that signs in with OAuth2', async () => {
		const { server, port, userName } = mailbox.address();
		await fill('Name', 'Returned mail');
		await fill('User name', `${userName}@example.org`);
		await fill('Server', server);
		await fill('Port', String(port));
		await page.getByLabel('Security').selectOption('none');
		await page.getByLabel('Provider', { exact: true }).selectOption('custom');
		await fill('Client ID', provider.clientId);
		await fill('Client secret', provider.clientSecret);
		await fill('Scope', 'mail');
		await fill('E-mail domain', 'example.org');
		await page.getByRole('button', { name: 'Add the account' }).click();
		await see('Enter where tokens are given.');

		await fill('Authorisation address', provider.authorizeUrl);
		await fill('Token address', provider.tokenUrl);
		await page.getByRole('button', { name: 'Add the account' }).click();
		await see('The mail account “Returned mail” is saved.');
		await see('Not authorised yet');
	});

	test('authorises it at the provider and comes back', async () => {
		await page.getByRole('button', { name: 'Authorise Returned mail' }).click();
		await see('“Returned mail” is authorised. Its mail is read from the next run on.');
		await settled(page);

		assert.doesNotMatch(page.url(), /code=|state=/);
		await see('Authorised');
		for (const viewport of [wideScreen, phone]) {
			await page.setViewportSize(viewport);
			assert.deepEqual(await accessibilityProblems(page), []);
			assert.equal(await overflow(page), 0);
		}
		await page.setViewportSize(wideScreen);
	});

	test('tests the connection and reads the mail with the token', async () => {
		await page.getByRole('button', { name: 'Edit Returned mail' }).click();
		await page.getByRole('button', { name: 'Test connection' }).click();
		await see(/1 mail waits in INBOX/);
		await openPage(page, 'return-channel-jobs');
		await page.getByRole('button', { name: 'Execute Now: Fetch Bounces' }).click();
		await see(/1 mail read/);
	});

	test('sees when the owner took the authorisation back', async () => {
		provider.revoke();
		await page.getByRole('button', { name: 'Execute Now: Fetch Bounces' }).click();
		await see(/refused the OAuth2 authorisation|no longer accepts the authorisation/);
		await openPage(page, 'return-channel-accounts');
		await see(/authorise it again/i);
		const others = troubles.filter((trouble) => !trouble.includes('status of 400'));
		assert.deepEqual(others, []);
	});
});
