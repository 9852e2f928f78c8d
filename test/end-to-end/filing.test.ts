import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Service } from '../../service/main.ts';
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
import { ensureSystemPackages } from '../support/system-packages.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** Filing as an administrator works with it: a real WordPress, the real service, mailboxes on a real IMAP server, a real
 *  browser. The tests follow one another, as the day of an administrator does. */

const mails = 'return-channel-activities';
const log = 'return-channel-outcomes';
const plan = Buffer.from('%PDF-1.4 the plan of the summer camp');

let folder: string;
let dovecot: Dovecot;
/** The mailbox whose address people put into Bcc, and Erik's own, with a folder for what he drags into it. */
let filing: DovecotUser;
let eriks: DovecotUser;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
	ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	dovecot = await startDovecot();
	filing = dovecot.addUser();
	eriks = dovecot.addUser('inbox-prefix');
	eriks.makeFolder('civicrm');
	service = await startTestService(folder);
	wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: testSecret },
		hasCron: false,
		php: 'native',
	});
	await wordPress.runCron();
	browser = await startBrowser();
	page = await logIn(browser, wordPress.url);
	page.setDefaultTimeout(20_000);
	troubles = troublesOf(page);
});

afterAll(async () => {
	await browser?.close();
	await wordPress?.stop();
	await service?.stop();
	await dovecot?.stop();
	await rm(folder, { recursive: true, force: true });
});

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const field = (label: string) => page.getByLabel(label, { exact: true });

/** Erik writes to Carla with the special address in Bcc, and sends the plan along. */
function sentWithBcc(): Buffer {
	return Buffer.from(
		[
			'Return-Path: <erik@choir.example>',
			'Delivered-To: filing@choir.example',
			'From: Erik Lund <erik@choir.example>',
			'To: Carla Costa <carla@dest.example>',
			'Bcc: filing@choir.example',
			'Subject: Summer camp [case #12]',
			'Date: Thu, 19 Nov 2026 18:00:00 +0100',
			'Message-ID: <camp-1@choir.example>',
			'MIME-Version: 1.0',
			'Content-Type: multipart/mixed; boundary=part',
			'',
			'--part',
			'Content-Type: text/html; charset=utf-8',
			'',
			'<p>Dear Carla, here is <b>the plan</b>.</p><img src="https://pictures.example/logo.png">',
			'--part',
			'Content-Type: application/pdf',
			'Content-Disposition: attachment; filename="plan.pdf"',
			'Content-Transfer-Encoding: base64',
			'',
			plan.toString('base64'),
			'--part--',
			'',
		].join('\r\n'),
	);
}

/** Carla's answer, which Erik drags into the folder. */
function answer(): Buffer {
	return Buffer.from(
		[
			'From: Carla Costa <carla@dest.example>',
			'To: Erik Lund <erik@choir.example>',
			'Subject: Re: Summer camp [case #12]',
			'Date: Fri, 20 Nov 2026 09:00:00 +0100',
			'Message-ID: <camp-2@dest.example>',
			'In-Reply-To: <camp-1@choir.example>',
			'Content-Type: text/plain; charset=utf-8',
			'',
			'I shall come and bring a tent.',
			'',
			'On Thu, 19 Nov 2026, Erik Lund wrote:',
			'> Dear Carla, here is the plan.',
			'',
		].join('\r\n'),
	);
}

/** A machine writes to the special address. */
function newsletter(id = 'sale-1'): Buffer {
	return Buffer.from(
		[
			'From: Shop <news@shop.example>',
			'To: filing@choir.example',
			'Subject: Everything must go',
			'Date: Fri, 20 Nov 2026 10:00:00 +0100',
			`Message-ID: <${id}@shop.example>`,
			'',
			'Buy now.',
			'',
		].join('\r\n'),
	);
}

/** Fills in the form of an account for activities and saves it. */
async function addAccount(name: string, user: DovecotUser, source: string, address: string) {
	const { server, port, userName, password } = user.address();
	await field('Name').fill(name);
	await field('Used for').selectOption('activities');
	await field('Security').selectOption('none');
	await field('Server').fill(server);
	await field('Port').fill(String(port));
	await field('User name').fill(userName);
	await field('Password').fill(password);
	await field('Folder').fill(source);
	await field('Address of this mailbox').fill(address);
	await press('Add the account');
	await see(`The mail account “${name}” is saved.`);
}

async function processIncomingEmails(expected: RegExp) {
	await openPage(page, 'return-channel-jobs');
	await press('Execute Now: Process Incoming Emails');
	await see(expected);
}

/** Axe finds nothing, and nobody scrolls sideways, on a wide screen and on a phone. */
async function expectUsable(what: string) {
	await settled(page);
	for (const size of [wideScreen, phone]) {
		await page.setViewportSize(size);
		assert.deepEqual(await accessibilityProblems(page), [], `${what}, ${size.width} pixels`);
		assert.equal(await overflow(page), 0, `${what}, ${size.width} pixels`);
	}
	await page.setViewportSize(wideScreen);
}

describe('an administrator', () => {
	test('is told how mail gets here while there is none', async () => {
		await openPage(page, mails);
		await see('No filed mail yet');
		await expectUsable('no filed mail');
		await openPage(page, log);
		await see('No mail was read yet');
		await expectUsable('no mail in the log');
	});

	test('adds an account for the Bcc address and one for a folder of his own mailbox', async () => {
		await openPage(page, mails);
		await page.getByRole('link', { name: 'Set up a mail account' }).click();
		await settled(page);
		await see(/Put filing@example.org into Bcc when you write/);
		assert.equal(await page.getByLabel('Fixed return path').count(), 0);
		await expectUsable('the form of an account for activities');
		await addAccount('Filing', filing, '', 'filing@choir.example');

		await press('Add a mail account');
		await field('Folder').fill('INBOX.civicrm');
		await field('Used for').selectOption('activities');
		await see(/Drag or copy a mail into the folder INBOX\.civicrm/);
		await addAccount('Erik’s folder', eriks, 'INBOX.civicrm', 'erik.private@choir.example');
		await see('Add a contact for every unknown address');
		await expectUsable('the accounts');
	});

	test('runs Process Incoming Emails: a mail by Bcc, one from the folder, one of a machine', async () => {
		filing.inbox.deliver(sentWithBcc(), newsletter());
		eriks.folder('civicrm').deliver(answer());

		await processIncomingEmails(/3 mails read: 3 mails filed/);

		assert.equal(filing.inbox.mails().length, 0);
		assert.equal(filing.folder('INBOX.CiviMail.processed').mails().length, 2);
		assert.equal(eriks.folder('civicrm.CiviMail.processed').mails().length, 1);
	});

	test('finds a filed mail and narrows the list', async () => {
		await openPage(page, mails);
		await see('3 filed mails');
		await expectUsable('the list of filed mail');
		await page.getByRole('searchbox').fill('tent');
		await see('1 filed mail');
		await page.getByRole('button', { name: 'Show all' }).click();
		await see('3 filed mails');
	});

	test('reads a mail: who, why, what, without asking anybody elsewhere', async () => {
		await press(/^Summer camp/);
		await page.getByRole('heading', { name: /^Summer camp/ }).waitFor();
		const head = page.locator('.rc-one-mail header');
		assert.match(await head.innerText(), /From: Erik Lund\s+To: Carla Costa/);
		// The two accounts are read at once: whichever comes first makes contacts of both.
		assert.match(await head.innerText(), /Filed (with|because) erik@choir\.example/);
		await page.frameLocator('.rc-mail-frame iframe').getByText('the plan').waitFor();
		await see('Pictures from elsewhere are not shown');
		await see('plan.pdf');
		await see('Conversation of 2 mails');
		await expectUsable('a filed mail');

		await see('I shall come and bring a tent.');
		await press(/^Unfold: Carla Costa/);
		await page.locator('.rc-thread .rc-mail-text').getByText('bring a tent').waitFor();
		await page.getByRole('button', { name: /^Fold: Carla Costa/ }).waitFor();
		await expectUsable('a conversation');
	});

	test('downloads the attachment and the original mail', async () => {
		const save = async (name: string) => {
			const [file] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('link', { name }).click(),
			]);
			return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
		};

		const attachment = await save('Download plan.pdf');
		assert.equal(attachment.name, 'plan.pdf');
		assert.deepEqual(attachment.bytes, plan);
		const original = await save('Download the original mail');
		assert.match(original.name, /\.eml$/);
		assert.deepEqual(original.bytes, sentWithBcc());
	});

	test('opens the conversation’s other mail and unfolds what it quotes', async () => {
		await press(/^Open: Carla Costa/);
		await page.getByRole('heading', { name: 'Re: Summer camp' }).waitFor();
		const quoted = page.locator('.rc-quoted').getByText('Dear Carla, here is the plan.');
		assert.equal(await quoted.isVisible(), false);
		await page.getByText('Quoted text').click();
		await quoted.waitFor();
	});

	test('edits what a mail is filed as, and undoes it', async () => {
		await press('Edit');
		const form = page.getByRole('dialog');
		await form.getByLabel('Campaign').fill('Summer 2027');
		await form.getByLabel('Status').selectOption('open');
		await accessibilityOf('the form');
		await form.getByRole('button', { name: 'Save' }).click();
		await see('The filed mail is saved.');
		await see(/Inbound Email · Open · Summer 2027/);

		await press('Undo the last edit');
		await see(/Inbound Email · Completed/);
	});

	test('sees the mail in the contact’s story', async () => {
		await page.locator('.rc-one-mail header').getByRole('link', { name: 'Carla Costa' }).click();
		await settled(page);
		await see(/Summer camp/);
		await expectUsable('the contact');
	});

	test('never files the shop again, removes what was filed, and undoes that', async () => {
		await openPage(page, mails, { section: 'never-file' });
		await see('Everybody’s mail is filed');
		await press('Add addresses or domains');
		const form = page.getByRole('dialog');
		await form.getByLabel(/one in a line/).fill('not an address @');
		await form.getByRole('button', { name: 'Add' }).click();
		await form
			.getByText(/Write an address/)
			.first()
			.waitFor();
		await form.getByLabel(/one in a line/).fill('shop.example\nads@example.net');
		await form.getByLabel('Note').fill('Newsletters');
		await accessibilityOf('the form');
		await form.getByRole('button', { name: 'Add' }).click();
		await form.waitFor({ state: 'detached' });
		await see('ads@example.net');
		await expectUsable('the never-file list');

		await page.getByLabel('Select shop.example').check();
		await press('Remove what was filed already');
		await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
		await page.getByRole('button', { name: 'Undo' }).waitFor();
		await press('Mails');
		await see('2 filed mails');

		await press('Undo');
		await see('3 filed mails');
	});

	test('asks why a mail was not filed', async () => {
		filing.inbox.deliver(newsletter('sale-2'));
		await processIncomingEmails(/1 mail read.*1 mail ignored/);

		await openPage(page, log);
		await expectUsable('the mail log');
		await field('Message-ID, sender’s address or words of the subject').fill('news@shop.example');
		await press('Find out');
		await page.locator('.rc-why').getByText(/never/i).first().waitFor();
		await expectUsable('the answer');
	});

	test('opens a line of the mail log, and deals with the mail again', async () => {
		await press(/^Ignored: /);
		await settled(page);
		await page.locator('tbody .rc-name').first().click();
		const panel = page.getByRole('dialog');
		await panel.getByText('What was done, and why').waitFor();
		await panel.getByRole('button', { name: 'Show the mail as it came' }).click();
		await panel.getByText(/Subject: Everything must go/).waitFor();
		await accessibilityOf('the details');
		await panel.getByRole('button', { name: /^Show all mails of run/ }).click();
		await press('1 filter');
		await page.getByRole('button', { name: /^Remove the filter Run/ }).waitFor();
		await see('1 mail');
		await page.locator('tbody .rc-name').first().click();
		await panel.getByRole('button', { name: 'Deal with it again' }).click();
		await panel
			.locator('.components-notice')
			.getByText(/1 mail/)
			.waitFor();
		await page.keyboard.press('Escape');
	});

	test('changes how long things are kept, and is told what is wrong', async () => {
		await openPage(page, mails, { section: 'settings' });
		await field('Largest attachment (MB)').fill('-1');
		await press('Save the settings');
		await see('Write a number of megabytes.');
		await field('Largest attachment (MB)').fill('10');
		await field('Filed mails').selectOption('days');
		await field('Filed mails (days)').fill('730');
		await press('Save the settings');
		await see('The settings are saved.');
		await expectUsable('the settings');

		await openPage(page, mails, { section: 'settings' });
		assert.equal(await field('Filed mails (days)').inputValue(), '730');
	});

	test('deletes a mail where it is read, and brings it back in the list', async () => {
		await openPage(page, mails);
		await press(/^Summer camp/);
		await page.locator('.rc-one-mail').getByRole('button', { name: 'Delete' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
		await see('2 filed mails');
		await press('Undo');
		await see('3 filed mails');
	});

	test('deletes a mail and brings it back, by keyboard alone', async () => {
		await openPage(page, mails);
		await page.getByLabel('Select Everything must go').first().focus();
		await page.keyboard.press('Space');
		await page.getByRole('button', { name: 'Delete 1 mail' }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).focus();
		await page.keyboard.press('Enter');
		await see('2 filed mails');
		await page.getByRole('button', { name: 'Undo' }).focus();
		await page.keyboard.press('Enter');
		await see('3 filed mails');
	});

	test('is told when a mail is not there', async () => {
		await openPage(page, mails, { activity: '999999' });
		await see('There is no such filed mail');
		await expectUsable('no such mail');
	});

	test('has had no error in the browser and no warning in PHP', async () => {
		// The browser tells of every answer that is an error, such as those that the tests asked for.
		const others = troubles.filter((trouble) => !/status of (400|404)/.test(trouble));
		assert.deepEqual(others, []);
		assert.equal(await wordPress.phpLog(), '');
	});
});

async function accessibilityOf(what: string) {
	assert.deepEqual(await accessibilityProblems(page), [], what);
}
