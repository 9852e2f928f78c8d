import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { sendMailingTo, testSecret } from '../support/a-mailing.ts';
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
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** Contacts as an administrator works with them: a real WordPress, the real service, a real browser. The tests follow one
 *  another, as the day of an administrator does. */

const slug = 'return-channel-contacts';

let folder: string;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	await sendAndBounce();
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
	troubles = troublesOf(page);
});

afterAll(async () => {
	await browser?.close();
	await wordPress?.stop();
	await service?.stop();
	await rm(folder, { recursive: true, force: true });
});

/** Gerd, Hanna and Ines were sent a mailing; two of them are unknown where it went. */
async function sendAndBounce() {
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [folder] },
		{ log: openLog('silent') },
	);
	const site = await sites.introduce({ id: '1', name: '', url: '', adminEmail: '' });
	const [gerd, hanna] = await sendMailingTo(
		site,
		'gerd@dest.example',
		'hanna@dest.example',
		'ines@dest.example',
	);
	const inbox = maildirOnDisk(join(folder, 'Maildir'));
	inbox.deliver(
		aBounce({ returnAddress: gerd!.returnAddress, recipient: gerd!.email }),
		aBounce({ returnAddress: hanna!.returnAddress, recipient: hanna!.email }),
	);
	await site.accounts.add(aMaildirAccount(join(folder, 'Maildir')));
	await runJob((await sites.find('1'))!, 'fetch_bounces', { trigger: 'by-hand' });
	await db.destroy();
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const dialog = () => page.getByRole('dialog');
const row = (name: string | RegExp) => page.getByRole('row').filter({ hasText: name });

/** The field of the n-th address in the form of a contact. */
const addressField = (n: number) =>
	page.getByRole('group', { name: `Address ${n}` }).getByLabel('E-mail address');

/** Waits until the list shows these people and nobody else, in this order. */
async function expectListed(...names: string[]) {
	const list = page.locator('tbody th .rc-name');
	await page
		.waitForFunction(
			([selector, wanted]) =>
				[...document.querySelectorAll(selector!)].map((name) => name.textContent).join('|') ===
				wanted,
			['tbody th .rc-name', names.join('|')] as const,
			{ timeout: 15_000 },
		)
		.catch(async () => assert.deepEqual(await list.allInnerTexts(), names));
}

/** Chooses a bulk action for what is ticked and applies it. */
async function applyBulk(action: string) {
	await page.getByLabel('Bulk actions').selectOption({ label: action });
	await press('Apply');
	await dialog().waitFor();
}

const csv = [
	'E-Mail;Vorname;Nachname;Gruppe',
	'berit@dest.example;Berit;Dahl;Friends',
	'carl@dest.example;Carl;Dahl;Friends',
	'karl@dest.example;Karl;Dahl;',
	'not an address;Dora;Falk;',
].join('\n');

const dahls = JSON.stringify({ all: [{ field: 'name', operator: 'contains', value: 'dahl' }] });
const views: Record<string, Record<string, string>> = {
	'the list': {},
	'the filters': { hold: 'any' },
	'the search builder': { section: 'search', where: dahls },
	'the groups': { section: 'groups' },
	'the import': { section: 'import' },
	'the result of an import': { section: 'import', import: '2' },
	'the users': { section: 'users' },
	'a record': { contact: '2' },
	'the form of a contact': { contact: '2', edit: 'yes' },
	'the form of a new contact': { contact: 'new' },
};

describe('an administrator', () => {
	test('finds those who were written to, and WordPress’s users, in one list', async () => {
		await openPage(page, slug);
		await see('gerd');
		await row('Anna Berg').getByText('WordPress user').waitFor();
		await row('hanna').getByText('On hold (bounce)').waitFor();
	});

	test('imports a CSV file: sees what each line becomes before, and what came of it after', async () => {
		await press('Import');
		await page
			.locator('input[type="file"]')
			.setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
		await page.getByRole('heading', { name: 'What the columns mean' }).waitFor();
		assert.equal(await page.getByLabel('Vorname').inputValue(), 'firstName');
		await row('Berit Dahl').getByText('Added').waitFor();
		await see(/Line 5/);

		await press('Import 4 lines');
		await page.getByRole('button', { name: 'Undo the import' }).waitFor();
		await see(/3 contacts added/);

		await press('Back to all imports');
		await row('people.csv').getByText('Done').waitFor();
	});

	test('takes an import back', async () => {
		await press('people.csv');
		await press('Undo the import');
		await dialog().getByRole('button', { name: 'Undo the import' }).click();
		await row('people.csv').waitFor({ state: 'detached' });
		await openPage(page, slug, { s: 'dahl' });
		await see('No contact matches');

		await openPage(page, slug, { section: 'import' });
		await page.getByLabel(/^Lines/).fill(csv);
		await press('Go on with these lines');
		await press('Import 4 lines');
		await see(/3 contacts added/);
	});

	test('builds the documented search for people on hold, and releases all it finds', async () => {
		await openPage(page, slug, { section: 'search' });
		await press('Contacts, On Hold, Primary, =, Yes');
		await see('Contacts where On Hold (Primary) = Yes.');
		await expectListed('gerd', 'hanna');

		await page.getByRole('checkbox', { name: 'Select this page' }).check();
		await applyBulk('Email - unhold addresses');
		await dialog().getByRole('button', { name: 'Release' }).click();
		await see(/2 addresses released/);
		await see('No contact is like that');

		await press('Undo');
		await expectListed('gerd', 'hanna');
	});

	test('joins conditions with “or”, in a group of conditions, and goes back', async () => {
		await press('Add a group of conditions');
		const group = page.getByRole('group', { name: 'Group of conditions' });
		await group.getByLabel('Field').selectOption('email');
		await group.getByLabel('Value').fill('gerd');
		await press(/^Search$/);
		await expectListed('gerd');
		await see(/= Yes and E-mail address \(Primary\) contains “gerd”/);

		await page.goBack();
		await expectListed('gerd', 'hanna');

		await press('Add a group of conditions');
		await press('Remove this group');
		const focused = page.getByRole('button', { name: 'Add a group of conditions' });
		assert.ok(await focused.evaluate((button) => button === document.activeElement));
		await press('Start anew');
		await see('Put a search together, or try this one');
	});

	test('gathers people in a group, and keeps the search for them under a name', async () => {
		await openPage(page, slug, { s: 'dest.example', kind: 'Individual' });
		for (const name of ['gerd', 'ines']) {
			await page.getByRole('checkbox', { name: `Select ${name}` }).check();
		}
		await applyBulk('Add to a group');
		await dialog().getByLabel('Group', { exact: true }).selectOption('new');
		await dialog().getByLabel('Name of the new group').fill('Choir');
		assert.deepEqual(await accessibilityProblems(page), []);
		await dialog().getByRole('button', { name: 'Add' }).click();
		await see(/2 contacts were added/);

		await openPage(page, slug);
		await press('Filters');
		await page.getByLabel('Group', { exact: true }).selectOption({ label: 'Choir' });
		await expectListed('gerd', 'ines');
		await press('Save this view');
		await dialog().getByLabel('Name').fill('The choir');
		await dialog().getByRole('button', { name: 'Save' }).click();
		await see('The view “The choir” is saved.');
		await openPage(page, slug);
		await press('The choir');
		await expectListed('gerd', 'ines');
	});

	test('exports what is ticked', async () => {
		await page.getByRole('checkbox', { name: 'Select ines' }).check();
		await applyBulk('Export as CSV');
		const downloading = page.waitForEvent('download');
		await dialog().getByRole('link', { name: 'Download the CSV file' }).click();
		const file = await (await downloading).path();

		const lines = (await readFile(file, 'utf8')).trim().split('\n');
		assert.equal(lines.length, 2, lines.join('\n'));
		assert.match(lines[1]!, /ines@dest\.example/);
	});

	test('reads the story of a contact, from the list to the bounce', async () => {
		await openPage(page, slug, { s: 'hanna' });
		await press('hanna');
		await page.getByRole('heading', { name: 'hanna', level: 2 }).waitFor();
		await see(/Spring letter/);
		await page.getByLabel('What the history shows').selectOption('bounces');
		await press('Show this bounce');
		await dialog().locator('mark').first().waitFor();
		await page.keyboard.press('Escape');
		await dialog().waitFor({ state: 'detached' });
	});

	test('releases an address on the record, holds another by hand, and sees both in the story', async () => {
		await page.getByLabel('What the history shows').selectOption('');
		await press('Release hanna@dest.example');
		await dialog().getByRole('button', { name: 'Release' }).click();
		await see(/1 address released/);

		await press('Put on hold hanna@dest.example');
		await dialog().getByLabel('Note (why)').fill('Asked on the phone');
		await dialog().getByRole('button', { name: 'Put on hold' }).click();
		await see('On hold (by hand)');
		await page.getByRole('listitem').filter({ hasText: 'Asked on the phone' }).first().waitFor();
	});

	test('edits a contact: is told at the field what is wrong, and asked before the work is lost', async () => {
		await press('Edit');
		await page.getByLabel('First name').fill('Hanna');
		await page.getByLabel('Last name').fill('Holm');
		await press('Add an address');
		await addressField(2).fill('hanna.holm@');
		await press('Save the contact');
		await see('This is not an e-mail address.');
		assert.equal(await addressField(2).getAttribute('aria-invalid'), 'true');

		page.once('dialog', (asked) => void asked.dismiss());
		await press('Back to the list');
		assert.equal(await page.getByLabel('Last name').inputValue(), 'Holm');
		page.once('dialog', (asked) => void asked.dismiss());
		await page.goBack();
		assert.equal(await page.getByLabel('Last name').inputValue(), 'Holm');

		await addressField(2).fill('hanna.holm@dest.example');
		await press('Save the contact');
		await see('The contact is saved.');
		await page.getByRole('heading', { name: 'Hanna Holm' }).waitFor();
		await see('hanna.holm@dest.example');
	});

	test('merges two contacts that are one person, and takes it back', async () => {
		await openPage(page, slug, { s: 'carl dahl' });
		await press('Carl Dahl');
		await press('Merge with…');
		await dialog().getByRole('searchbox').fill('karl');
		await dialog().getByRole('button', { name: 'Karl Dahl' }).click();
		await dialog().getByRole('group', { name: 'First name' }).getByLabel('Karl').check();
		await dialog()
			.getByText(/carl@dest\.example, karl@dest\.example/)
			.waitFor();
		assert.deepEqual(await accessibilityProblems(page), []);
		await dialog().getByRole('button', { name: 'Merge', exact: true }).click();
		await page.getByRole('heading', { name: 'Karl Dahl' }).waitFor();
		await see('karl@dest.example');

		await press('Undo');
		await page.getByRole('heading', { name: 'Carl Dahl' }).waitFor();
		await openPage(page, slug, { s: 'karl dahl' });
		await expectListed('Karl Dahl');
	});

	test('moves a contact to the trash, finds it there and restores it', async () => {
		await openPage(page, slug, { s: 'ines' });
		await page.getByRole('checkbox', { name: 'Select ines' }).check();
		await applyBulk('Move to the trash');
		await dialog().getByRole('button', { name: 'Move to the trash' }).click();
		await see(/1 contact/);
		await openPage(page, slug);
		await press(/^Trash: /);
		await page.getByRole('checkbox', { name: 'Select ines' }).check();
		await applyBulk('Restore');
		await dialog().getByRole('button', { name: 'Restore' }).click();
		await see(/brought back from the trash/);
		await openPage(page, slug, { s: 'ines' });
		await expectListed('ines');
	});

	test('adds a contact', async () => {
		await press('Add a contact');
		await page.getByLabel('Kind').selectOption('Organization');
		await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Society of Friends');
		await addressField(1).fill('office@friends.example');
		await page.getByRole('checkbox', { name: 'Choir' }).check();
		await press('Add the contact');
		await see('Society of Friends is added.');
		await page.getByRole('heading', { name: 'Society of Friends' }).waitFor();
	});

	test('renames a group, deletes it and takes that back', async () => {
		await openPage(page, slug, { section: 'groups' });
		await press('Edit Choir');
		await dialog().getByLabel('Name').fill('Linden Choir');
		await dialog().getByLabel('Mailing list').check();
		await dialog().getByRole('button', { name: 'Save' }).click();
		await row('Linden Choir').getByText('Mailing list').waitFor();

		await press('Delete Linden Choir');
		await dialog().getByRole('button', { name: 'Delete' }).click();
		await row('Linden Choir').waitFor({ state: 'detached' });
		await press('Undo');
		await row('Linden Choir').getByText('3').waitFor();
	});

	test('lets WordPress’s editors join a group', async () => {
		await openPage(page, slug, { section: 'users' });
		await page.getByLabel('Editor').selectOption({ label: 'Linden Choir' });
		await press('Save the settings');
		await see(/^Saved\./);
		await openPage(page, slug, { section: 'users' });
		assert.equal(
			await page.getByLabel('Editor').locator('option:checked').innerText(),
			'Linden Choir',
		);
	});

	test('opens a record and its form with the keyboard alone', async () => {
		await openPage(page, slug, { s: 'berit' });
		await page.getByRole('button', { name: 'Berit Dahl' }).focus();
		await page.keyboard.press('Enter');
		await page.getByRole('button', { name: 'Edit', exact: true }).focus();
		await page.keyboard.press('Enter');
		await page.getByLabel('First name').waitFor();
		assert.equal(
			await page.evaluate(() => document.activeElement?.tagName),
			'SELECT',
			'the form opens at its first field',
		);
		await page.keyboard.press('Tab');
		await page.keyboard.type('Brita');
		await page.keyboard.press('Enter');
		await page.getByRole('heading', { name: 'Brita Dahl' }).waitFor();
	});

	test.each(Object.entries(views))(
		'finds %s usable by screen reader and on a phone',
		async (_, view) => {
			await openPage(page, slug, view);
			assert.deepEqual(await accessibilityProblems(page), []);

			await page.setViewportSize(phone);
			assert.deepEqual(await accessibilityProblems(page), [], 'on a phone');
			assert.equal(await overflow(page), 0);
			await page.setViewportSize(wideScreen);
		},
	);

	test('has had no error in the browser and no warning in PHP', async () => {
		assert.deepEqual(
			troubles.filter((trouble) => !trouble.includes('status of 400')),
			[],
		);
		assert.equal(await wordPress.phpLog(), '');
	});

	test('is told what to do when the service is away, and goes on when it is back', async () => {
		const port = Number(new URL(service.url).port);
		await service.stop();
		await openPage(page, slug);
		await see('No connection to the Return Channel service');
		assert.deepEqual(await accessibilityProblems(page), []);

		service = await startTestService(folder, port);
		await press('Try again');
		await settled(page);
		await see('Karl Dahl');
	});
});

describe('somebody who may only look', () => {
	test('sees contacts and finds nothing to change them with', async () => {
		await page.addInitScript(() => {
			let told: Window['returnChannel'];
			Object.defineProperty(window, 'returnChannel', {
				get: () => told && { ...told, canManage: false },
				set: (value) => (told = value),
			});
		});
		await openPage(page, slug);
		await see('Karl Dahl');
		assert.equal(await page.getByLabel('Bulk actions').count(), 0);
		assert.equal(await page.getByRole('button', { name: 'Import' }).count(), 0);

		await openPage(page, slug, { contact: '2', edit: 'yes' });
		await page.getByRole('heading', { name: 'History' }).waitFor();
		const deeds = /^(Edit|Merge with…|Move to the trash|Add a contact|Release|Put on hold)/;
		assert.equal(await page.getByRole('button', { name: deeds }).count(), 0);
		assert.deepEqual(await accessibilityProblems(page), []);
	});
});
