import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { sendMailingTo, testSecret } from '../support/a-mailing.ts';
import {
	accessibilityProblems,
	logIn,
	openPage,
	overflow,
	phone,
	settled,
	startBrowser,
	troublesOf,
} from '../support/browser.ts';
import type { Browser, Page } from '../support/browser.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** The main job as an administrator does it: a real WordPress, the real service, a mailbox on a real IMAP server, a real
 *  browser. The tests follow one another, as the day of an administrator does. */

let folder: string;
let dovecot: Dovecot;
let mailbox: DovecotUser;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	dovecot = await startDovecot();
	mailbox = dovecot.addUser();
	await fillMailbox();
	service = await startTheService(0);
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
	await rm(folder, { recursive: true, force: true });
});

function startTheService(port: number): Promise<Service> {
	const config = {
		secret: testSecret,
		databasePath: join(folder, 'service.sqlite'),
		host: '127.0.0.1',
		port,
		hasClock: false,
		mailFolders: [],
		logLevel: 'silent',
	};
	return startService(config, openLog('silent'));
}

/** Anna and Bert are unknown, Carla's mailbox is full for the first time, and somebody wrote a letter. */
async function fillMailbox() {
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const sites = openSites(db, { secret: testSecret, mailFolders: [] }, { log: openLog('silent') });
	const site = await sites.introduce({ id: '1', name: '', url: '', adminEmail: '' });
	const [anna, bert, carla] = await sendMailingTo(
		site,
		'anna@dest.example',
		'bert@dest.example',
		'carla@dest.example',
	);
	mailbox.inbox.deliver(
		aBounce({ returnAddress: anna!.returnAddress, recipient: anna!.email }),
		aBounce({ returnAddress: bert!.returnAddress, recipient: bert!.email }),
		aBounce({
			returnAddress: carla!.returnAddress,
			recipient: carla!.email,
			status: '4.2.2',
			diagnostic: '452 4.2.2 The email account that you tried to reach is over quota',
		}),
		aLetter(),
	);
	await db.destroy();
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();

describe('an administrator', () => {
	test('sees what to do first on an empty site', async () => {
		await openPage(page, 'return-channel');
		await openPage(page, 'return-channel-accounts');

		await see('No mail account yet');
	});

	test('adds a mail account, and is told what is wrong before it is saved', async () => {
		await page.getByRole('button', { name: 'Add the first mail account' }).click();
		const { server, port, userName, password } = mailbox.address();
		const fill = (label: string, value: string) =>
			page.getByLabel(label, { exact: true }).fill(value);
		await fill('Name', 'Returned mail');
		await page.getByLabel('Security').selectOption('none');
		await fill('Server', server);
		await fill('Port', String(port));
		await fill('User name', userName);
		await fill('Password', 'a wrong one');
		await fill('Local part', 'return+');
		await fill('E-mail domain', 'example.org');
		await see('return+b.12.345.0123456789abcdef@example.org');

		await page.getByRole('button', { name: 'Test connection' }).click();
		await see(/refused the user name|its password/i);

		await fill('Password', password);
		await page.getByRole('button', { name: 'Test connection' }).click();
		await see(/4 mails/);
		assert.equal(
			mailbox.folder('INBOX.CiviMail.processed').exists(),
			false,
			'a test makes no folder',
		);

		await page.getByRole('button', { name: 'Add the account' }).click();
		await see('The mail account “Returned mail” is saved.');
	});

	test('executes Fetch Bounces and reads what it did', async () => {
		await openPage(page, 'return-channel-jobs');
		await page.getByRole('button', { name: 'Execute Now: Fetch Bounces' }).click();

		await see(/4 mails read: 3 bounces recorded, 2 addresses held, 1 mail ignored\./);
		assert.equal(mailbox.inbox.mails().length, 0);
		assert.equal(mailbox.folder('INBOX.CiviMail.processed').mails().length, 3);
		assert.equal(mailbox.folder('INBOX.CiviMail.ignored').mails().length, 1);
	});

	test('opens a bounce and sees the words that decided, what was done, and the mail as it came', async () => {
		await openPage(page, 'return-channel');
		await page.getByRole('button', { name: 'carla@dest.example' }).click();
		const panel = page.getByRole('dialog');
		await panel.locator('mark').first().waitFor();

		assert.match(await panel.locator('mark').first().innerText(), /over quota/i);
		await panel.getByText('Quota bounce 1 of 3 of carla@dest.example').waitFor();
		await panel.getByRole('button', { name: 'Show the mail as it came' }).click();
		await panel.getByText(/Final-Recipient: rfc822; carla@dest\.example/).waitFor();
		await page.keyboard.press('Escape');
	});

	test('asks why an address is on hold, releases it, and undoes that', async () => {
		await openPage(page, 'return-channel-on-hold');
		await see('anna@dest.example');
		await page.getByRole('button', { name: /^Explain.*anna@dest\.example/ }).click();
		const panel = page.getByRole('dialog');
		await panel.getByText(/is on hold since .* because a mail server said/).waitFor();
		await panel.getByText(/The mailing “Spring letter” was sent/).waitFor();
		await page.keyboard.press('Escape');

		await page.getByRole('button', { name: /^Release.*anna@dest\.example/ }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Release', exact: true }).click();
		await see(/1 address released/);
		const annasRelease = page.getByRole('button', { name: /^Release.*anna@dest\.example/ });
		await annasRelease.waitFor({ state: 'detached' });

		await page.getByRole('button', { name: 'Undo' }).click();
		await annasRelease.waitFor();
	});

	test('finds every page usable by keyboard and screen reader, and on a phone', async () => {
		for (const slug of [
			'return-channel',
			'return-channel-on-hold',
			'return-channel-accounts',
			'return-channel-jobs',
		]) {
			await openPage(page, slug);
			assert.deepEqual(await accessibilityProblems(page), [], slug);

			await page.setViewportSize(phone);
			assert.equal(await overflow(page), 0, slug);
			await page.setViewportSize({ width: 1280, height: 900 });
		}
	});

	test('has had no error in the browser and no warning in PHP', async () => {
		assert.deepEqual(troubles, []);
		assert.equal(await wordPress.phpLog(), '');
	});

	test('is told what to do when the service is away, and goes on when it is back', async () => {
		const port = Number(new URL(service.url).port);
		await service.stop();
		await openPage(page, 'return-channel');
		await see(/service/i);
		assert.deepEqual(await accessibilityProblems(page), []);

		service = await startTheService(port);
		await page
			.getByRole('button', { name: /again|retry/i })
			.first()
			.click();
		await settled(page);
		await see('carla@dest.example');
	});
});

describe('WordPress users', () => {
	test('are contacts, so that a bounce of their mail finds them', async () => {
		await wordPress.runCron();
		const db = await openDatabase(join(folder, 'service.sqlite'));
		const contacts = await db
			.selectFrom('contacts')
			.select('display_name')
			.where('wp_user_id', 'is not', null)
			.execute();
		await db.destroy();

		assert.ok(
			contacts.some(({ display_name }) => display_name === 'Anna Berg'),
			JSON.stringify(contacts),
		);
	});
});
