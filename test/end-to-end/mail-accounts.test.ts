import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { mailProviders } from '../../service/contract/mail-providers.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce, aLetter } from '../support/a-bounce.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { sendMailingTo, testSecret } from '../support/a-mailing.ts';
import type { Recipient } from '../support/a-mailing.ts';
import { startTestService } from '../support/a-service.ts';
import {
	accessibilityProblems,
	logIn,
	openPage,
	overflow,
	phone,
	startBrowser,
	troublesOf,
	wideScreen,
} from '../support/browser.ts';
import type { Browser, Page } from '../support/browser.ts';
import { startDovecot } from '../support/dovecot.ts';
import type { Dovecot, DovecotUser } from '../support/dovecot.ts';
import { mboxOnDisk } from '../support/mbox-on-disk.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** Mail accounts as an administrator sets them up and looks after them: a real WordPress, service and browser, a POP3 server
 *  and files on a disk. The tests follow one another. */

let folder: string;
let mails: string;
let dovecot: Dovecot;
let mailbox: DovecotUser;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];
let people: Recipient[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	mails = join(folder, 'mails');
	await mkdir(mails);
	dovecot = await startDovecot();
	mailbox = dovecot.addUser();
	people = await sendToPeople();
	mailbox.inbox.deliver(bounceOf(0), aLetter(), gatewaySays(people[1]!));
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
	await rm(folder, { recursive: true, force: true });
});

async function sendToPeople(): Promise<Recipient[]> {
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const sites = openSites(db, { secret: testSecret, mailFolders: [] }, { log: openLog('silent') });
	const site = await sites.introduce({ id: '1', name: '', url: '', adminEmail: '' });
	const names = ['anna', 'bert', 'carla', 'dora'];
	const sent = await sendMailingTo(site, ...names.map((name) => `${name}@dest.example`));
	await db.destroy();
	return sent;
}

function bounceOf(nth: number): Buffer {
	const { returnAddress, email } = people[nth]!;
	return aBounce({ returnAddress, recipient: email });
}

/** A program that nobody knows says in its own words that somebody is not there. */
function gatewaySays({ returnAddress, email }: Recipient): Buffer {
	return Buffer.from(
		[
			'Return-Path: <>',
			`Delivered-To: ${returnAddress}`,
			'From: Postal gateway <robot@gateway.example>',
			`To: ${returnAddress}`,
			'Subject: Zprava',
			'Message-ID: <1.zprava@gateway.example>',
			'Date: Tue, 5 May 2026 10:00:00 +0000',
			'',
			`Schranka ${email} u nas neni vedena.`,
			'',
		].join('\n'),
	);
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const field = (label: string) => page.getByLabel(label, { exact: true });
const fill = (label: string, value: string) => field(label).fill(value);
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();
const dialog = () => page.getByRole('dialog');

/** Usable by keyboard and screen reader, and without scrolling sideways, on a wide screen and on a phone. */
async function isUsable() {
	for (const viewport of [wideScreen, phone]) {
		await page.setViewportSize(viewport);
		assert.deepEqual(await accessibilityProblems(page), []);
		assert.equal(await overflow(page), 0);
	}
	await page.setViewportSize(wideScreen);
}

describe('an administrator', () => {
	test('is asked for what each protocol needs, and told where files may be', async () => {
		await openPage(page, 'return-channel-accounts', { account: 'new' });
		await fill('Name', 'Returned mail');
		await field('Protocol').selectOption('mbox');
		await see('RETURN_CHANNEL_MAIL_FOLDERS=/var/mail:/srv/mail/{site}');
		assert.equal(await field('Server').count(), 0);
		await field('Take unprocessed mails out of the mbox').waitFor();
		await isUsable();

		await field('Protocol').selectOption('pop3');
		assert.equal(await field('Filing folder').count(), 0);
		assert.equal(await field('Delete processed mails from the server').isChecked(), true);
		assert.equal(await field('Delete unprocessed mails from the server').isChecked(), false);
		await isUsable();
	});

	test('is warned before what was typed is lost', async () => {
		const asked = page.waitForEvent('dialog');
		const leaving = press('Cancel');
		const question = await asked;
		assert.match(question.message(), /Leave without saving/);
		await question.dismiss();
		await leaving;

		assert.equal(await field('Name').inputValue(), 'Returned mail');
	});

	test('finds a provider by name, and reads how it lets programs in', async () => {
		await field('Protocol').selectOption('imap');
		const options = await field('Mail provider').locator('option').allInnerTexts();
		assert.equal(options.length, 1 + mailProviders.length);
		await field('Mail provider').selectOption({ label: 'Gmail, Google Workspace (gmail.com)' });
		assert.equal(await field('Server').inputValue(), 'imap.gmail.com');
		await see(/an app password: a long one for this program alone/);
		await isUsable();
		await field('Mail provider').selectOption('');
		assert.equal(await field('Server').inputValue(), '');
	});

	test('pastes a port as phpList writes it, and sees what it means', async () => {
		await fill('Server', '127.0.0.1');
		await fill('Port', `${dovecot.pop3Port}/pop3/notls`);
		await see(`was understood as: POP3, port ${dovecot.pop3Port}, no encryption`);

		assert.equal(await field('Protocol').inputValue(), 'pop3');
		assert.equal(await field('Port').inputValue(), String(dovecot.pop3Port));
		assert.equal(await field('Security').inputValue(), 'none');
		await isUsable();
	});

	test('loses nothing to a wrong port or password', async () => {
		await fill('User name', mailbox.name);
		await fill('Password', 'a wrong one');
		await fill('E-mail domain', 'example.org');
		await fill('Port', 'abc');
		await press('Add the account');
		await see('A port is a whole number from 1 to 65535.');
		assert.equal(await field('Port').inputValue(), 'abc');
		assert.equal(await field('Password').inputValue(), 'a wrong one');

		await fill('Port', String(dovecot.pop3Port));
		await press('Test connection');
		await see(/refused the user name|its password/i);

		await fill('Password', mailbox.password);
		await press('Test connection');
		await see(
			/3 mails wait\. Mails that were processed are deleted, ignored ones stay on the server\./,
		);
		await press('Add the account');
		await see('The mail account “Returned mail” is saved.');
		await see('Not read yet');
	});

	test('has a POP3 mailbox read at once', async () => {
		await press('Read now Returned mail');
		await see(/Returned mail: 3 mails read: 1 bounce recorded, 1 address held, 2 mails ignored\./);

		await see('Working');
		await see('3 mails in the last seven days.');
		assert.equal(mailbox.inbox.mails().length, 2, 'what was processed is deleted');
		await isUsable();
	});

	test('teaches it the words of a strange server, and brings the ignored mails back', async () => {
		await openPage(page, 'return-channel-types', { section: 'patterns' });
		await press('Add a pattern');
		await dialog().getByLabel('Expression').fill('neni vedena');
		await dialog().getByLabel('Bounce type').selectOption({ label: 'Invalid' });
		await dialog().getByRole('button', { name: 'Add the pattern' }).click();
		await see(/The pattern is saved/);

		await openPage(page, 'return-channel-accounts');
		await press('More for Returned mail');
		await page.getByRole('menuitem', { name: 'Bring ignored mails back' }).click();
		await dialog().getByText('2 ignored mails are there now.').waitFor();
		await isUsable();
		await dialog().getByLabel('Dry run: only say what would be done').check();
		await dialog().getByRole('button', { name: 'Try it' }).click();
		await dialog()
			.getByText(
				/Of 2 ignored mails it would have been: 1 bounce recorded, 1 address held, 1 ignored again\./,
			)
			.waitFor();
		await dialog()
			.getByText(/would be treated otherwise now: Invalid bounce 1 of 1 of bert@dest\.example/)
			.waitFor();
		assert.equal(mailbox.inbox.mails().length, 2, 'nothing was forgotten or deleted');

		await dialog().getByLabel('Dry run: only say what would be done').uncheck();
		await dialog().getByRole('button', { name: 'Bring back and read' }).click();
		await see(/2 mails read: 1 bounce recorded, 1 address held, 1 mail ignored\./);
		assert.equal(mailbox.inbox.mails().length, 1);
		await openPage(page, 'return-channel');
		await see('bert@dest.example');
	});

	test('is offered the same beside the rules and the jobs', async () => {
		await openPage(page, 'return-channel-jobs');
		await press('Options: Fetch Bounces');
		await dialog().getByText('1 ignored mail is there now.').waitFor();
		await isUsable();
		await dialog().getByLabel('Also read the ignored mails again').check();
		await dialog().getByRole('button', { name: 'Bring back and read' }).click();
		await see(/1 mail read: 0 bounces recorded/);
	});
});

describe('files on the service’s machine', () => {
	test('are read only where the operator allows it', async () => {
		const port = Number(new URL(service.url).port);
		await service.stop();
		service = await startTestService(folder, port, [mails]);
		await openPage(page, 'return-channel-accounts');
		await press('Edit Returned mail');
		await field('Protocol').selectOption('mbox');
		await see(mails);
		await fill('Path of the mbox', '/etc/passwd');
		await press('Save the account');
		await see(/only below/);
		await isUsable();
	});

	test('in an mbox are read and taken out of it', async () => {
		const mbox = mboxOnDisk(join(mails, 'bounces'));
		mbox.deliver(bounceOf(2), aLetter());
		await fill('Path of the mbox', mbox.path);
		await press('Test connection');
		await see(/The mbox can be read: 2 mails wait in/);
		await press('Save the account');
		await see('The mail account “Returned mail” is saved.');

		await press('Read now Returned mail');
		await see(/2 mails read: 1 bounce recorded, 1 address held, 1 mail ignored\./);
		assert.equal(mbox.mails().length, 1, 'the letter stays');
	});

	test('in a folder of .eml files are read and filed', async () => {
		const path = join(mails, 'eml');
		await mkdir(path);
		await writeFile(join(path, '1.eml'), bounceOf(3));
		await press('Edit Returned mail');
		await field('Protocol').selectOption('eml-folder');
		await fill('Path of the folder', path);
		await press('Test connection');
		await see(/The folder can be read: 1 mail waits in/);
		await isUsable();
		await press('Save the account');
		await see('The mail account “Returned mail” is saved.');

		await openPage(page, 'return-channel-jobs');
		await press('Execute Now: Fetch Bounces');
		await see(/1 mail read: 1 bounce recorded, 1 address held/);
		assert.deepEqual(
			(await readdir(path)).filter((name) => name.endsWith('.eml')),
			[],
		);
	});
});

describe('the list of accounts', () => {
	test('says since when an account fails and when it is tried again, and is mended with a button', async () => {
		const path = join(mails, 'eml');
		await rename(path, `${path}.away`);
		await openPage(page, 'return-channel-accounts');
		await press('Read now Returned mail');
		await see('Failing');
		await see('Tried again at the next run.');
		await press('Retry now Returned mail');
		await see('Tried again by itself:');
		await isUsable();

		await rename(`${path}.away`, path);
		await press('Retry now Returned mail');
		await see('Working');
	});

	test('of a hundred accounts is searched and narrowed, what is wrong first', async () => {
		await addAccounts(100);
		await openPage(page, 'return-channel-accounts');
		await see('101 accounts');
		await see('Page 1 of 6');
		await isUsable();

		await page.getByRole('searchbox', { name: 'Search mail accounts' }).fill('office 77');
		await page.getByRole('button', { name: 'Office 77', exact: true }).waitFor();
		assert.equal(await page.getByRole('rowheader').count(), 1);
		await press('Show all');
		await press('Paused: 10');
		await page.getByRole('button', { name: 'Office 9', exact: true }).waitFor();
		assert.equal(await page.getByRole('rowheader').count(), 10);
	});

	test('was shown without an error in the browser or in PHP', async () => {
		const others = troubles.filter((trouble) => !/status of 40[09]|status of 502/.test(trouble));
		assert.deepEqual(others, []);
		assert.equal(await wordPress.phpLog(), '');
	});
});

async function addAccounts(count: number) {
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [mails] },
		{ log: openLog('silent') },
	);
	const site = (await sites.find('1'))!;
	for (let n = 1; n <= count; n++)
		await site.accounts.add({
			...aMaildirAccount(join(mails, `office-${n}`), `Office ${n}`),
			usedFor: 'activities',
			isActive: n % 10 !== 9,
		});
	await db.destroy();
}
