import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openDatabase } from '../../service/db/open.ts';
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
	});

	test('is told so on every page of WordPress, and in Site Health', async () => {
		await wordPress.runCron();
		await page.goto(`${wordPress.url}/wp-admin/`);
		await see('The authorisation of the mail account “Returned mail” was lost');
		for (const viewport of [wideScreen, phone]) {
			await page.setViewportSize(viewport);
			assert.deepEqual(await accessibilityProblems(page, [notice]), []);
			assert.equal(await overflow(page), 0);
		}
		await page.setViewportSize(wideScreen);

		const { accounts, service: reachable } = await siteHealth();
		assert.deepEqual([accounts?.status, reachable?.status], ['critical', 'good']);
		assert.equal(accounts?.label, 'Return Channel was shut out of a mailbox');
		assert.match(accounts?.actions ?? '', /Authorise “Returned mail” again/);
	});

	test('authorises again from the notice, which is gone then', async () => {
		await page.goto(`${wordPress.url}/wp-admin/`);
		await page.locator(notice).getByRole('link', { name: 'Authorise again' }).click();
		await see('“Returned mail” is authorised. Its mail is read from the next run on.');

		await page.goto(`${wordPress.url}/wp-admin/`);
		assert.equal(await page.locator(notice).count(), 0);
		assert.equal((await siteHealth()).accounts?.status, 'good');
	});

	test('dismisses the notice until something changes, for this person alone', async () => {
		provider.revoke();
		await openPage(page, 'return-channel-accounts');
		await page.getByRole('button', { name: 'Read now Returned mail' }).click();
		await see('Authorisation lost');
		await wordPress.runCron();
		await page.goto(`${wordPress.url}/wp-admin/`);
		const dismissed = page.waitForResponse(
			(response) => /return_channel_dismiss/.test(response.url()) && response.ok(),
		);
		await page
			.locator(notice)
			.getByRole('button', { name: /Dismiss/ })
			.click();
		await dismissed;

		await page.reload();
		assert.equal(await page.locator(notice).count(), 0);
		const erik = await logIn(browser, wordPress.url, { login: 'erik' });
		assert.equal(await erik.locator(notice).count(), 0, 'an editor can do nothing about it');
		await erik.context().close();
	});

	test('is told when nothing starts the jobs', async () => {
		const db = await openDatabase(join(folder, 'service.sqlite'));
		const yesterday = Date.now() - 86_400_000;
		await db.updateTable('jobs').set({ last_run_at: yesterday }).execute();
		assert.equal((await siteHealth()).clock?.status, 'critical');

		await wordPress.runCron();
		await db.destroy();
		assert.equal((await siteHealth()).clock?.status, 'good');
	});

	test('has had no other error in the browser, and none in PHP', async () => {
		const others = troubles.filter((trouble) => !/status of (400|502)/.test(trouble));
		assert.deepEqual(others, []);
		assert.equal(await wordPress.phpLog(), '');
	});
});

const notice = '.return-channel-attention';

/** What our tests in Site Health say, by what they are about. */
async function siteHealth(): Promise<
	Partial<
		Record<'service' | 'accounts' | 'clock', { status: string; label: string; actions: string }>
	>
> {
	const said = await wordPress.php(`
		wp_set_current_user( 1 );
		$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
		foreach ( $tests['direct'] as $name => $test ) {
			if ( str_starts_with( $name, 'return_channel_' ) ) {
				$results[ substr( $name, 15 ) ] = $test['test']();
			}
		}
		echo json_encode( $results );`);
	return JSON.parse(said);
}
