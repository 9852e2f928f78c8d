import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { JobRun } from '../../service/contract/job.ts';
import { openDatabase } from '../../service/db/open.ts';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce } from '../support/a-bounce.ts';
import { addressing, sendMailingTo, testSecret } from '../support/a-mailing.ts';
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
import { signed } from '../support/signed-client.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** What an administrator can teach the service about bounces, in a real WordPress and a real browser. The tests follow one
 *  another. */

const strangeWords = '554 5.0.0 The gnomes of the cellar are asleep';
const blocked =
	'550 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using bl.blocklist.example';

let folder: string;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const config = {
		secret: testSecret,
		databasePath: join(folder, 'service.sqlite'),
		host: '127.0.0.1',
		port: 0,
		hasClock: false,
		mailFolders: [folder],
		logLevel: 'silent',
	};
	await fillMailbox(config);
	service = await startService(config, openLog('silent'));
	await fetchBounces();
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
	await rm(folder, { recursive: true, force: true });
});

/** Anna is unknown, Carla's mailbox is full, Dora's server says something strange, and one server blocks a dozen. */
async function fillMailbox(config: {
	secret: string;
	databasePath: string;
	mailFolders: string[];
}) {
	const db = await openDatabase(config.databasePath);
	const sites = openSites(db, config, { log: openLog('silent') });
	const site = await sites.introduce({ id: '1', name: '', url: '', adminEmail: '' });
	const maildir = maildirOnDisk(join(folder, 'Maildir'));
	await site.accounts.add({
		name: 'Returned mail',
		usedFor: 'bounces',
		protocol: 'maildir',
		server: '',
		port: null,
		security: 'none',
		verifyCertificate: true,
		userName: '',
		...addressing,
		returnPath: '',
		source: maildir.path,
		filingFolder: 'CiviMail',
		isActive: true,
	});
	const blockedPeople = Array.from({ length: 12 }, (_, n) => `reader${n + 1}@blocking.example`);
	const [anna, carla, dora, ...readers] = await sendMailingTo(
		site,
		'anna@dest.example',
		'carla@dest.example',
		'dora@dest.example',
		...blockedPeople,
	);
	const about = ({ email, returnAddress }: { email: string; returnAddress: string }) => ({
		recipient: email,
		returnAddress,
	});
	maildir.deliver(
		aBounce(about(anna!)),
		aBounce({ ...about(carla!), status: '4.2.2', diagnostic: '452 4.2.2 Mailbox over quota' }),
		aBounce({ ...about(dora!), status: '5.0.0', diagnostic: strangeWords }),
		...readers.map((reader) => aBounce({ ...about(reader), status: '5.7.1', diagnostic: blocked })),
	);
	await db.destroy();
}

async function fetchBounces() {
	const ask = async (method: string, path: string, body?: object) => {
		const url = `${service.url}/v1${path}`;
		const response = await fetch(url, signed(method, url, { secret: testSecret, body }));
		return response.json();
	};
	let { run } = (await ask('POST', '/jobs/fetch_bounces/run', {})) as { run: JobRun };
	while (run.state === 'running') run = (await ask('GET', `/runs/${run.id}`)) as JobRun;
	assert.equal(run.state, 'done', run.sentence);
}

const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
const dialog = () => page.getByRole('dialog');
const pressInDialog = (name: string) => dialog().getByRole('button', { name, exact: true }).click();

describe('an administrator', () => {
	test('is told that a server refuses our mail for our own fault, and closes that', async () => {
		await openPage(page, 'return-channel');
		await see(/refuses our mail/);
		await see('Nobody is put on hold for it.');
		await press(/^Show the answers/);
		await dialog()
			.getByText(/Client host/)
			.first()
			.waitFor();
		assert.deepEqual(await accessibilityProblems(page), []);
		await page.keyboard.press('Escape');

		await page
			.getByRole('region', { name: 'Incidents' })
			.getByRole('button', { name: /^Close/ })
			.click();
		await pressInDialog('Close it');
		await see('The incident is closed.');
		await page.getByText(/refuses our mail/).waitFor({ state: 'detached' });
	});

	test('tries a bounce that nobody understands, and makes a pattern from its words', async () => {
		await openPage(page, 'return-channel-try');
		await page.getByLabel(/The mail with its header/).fill(
			aBounce({
				recipient: 'dora@dest.example',
				diagnostic: strangeWords,
				status: '5.0.0',
			}).toString(),
		);
		await press('Judge this mail');
		await see('Not recognised');
		await see(/Nothing is stored/);
		assert.deepEqual(await accessibilityProblems(page), []);

		await page.getByRole('link', { name: 'Make a pattern from this' }).first().click();
		await settled(page);
		const expression = page.getByLabel('Regular expression');
		assert.match(await expression.inputValue(), /gnomes of the cellar/);
		await dialog().getByLabel('Bounce type').selectOption({ label: 'Quota' });
		await dialog().getByLabel('Reason').selectOption({ label: 'Mailbox full' });
		await pressInDialog('Add the pattern');
		await see('The pattern is saved');
	});

	test('is shown where a wrong pattern is wrong', async () => {
		await press('Add a pattern');
		await page.getByLabel('Regular expression').fill('mailbox (is full');
		await pressInDialog('Add the pattern');

		await see(/wrong at character 9/);
		assert.equal(await page.locator('.rc-wrong-expression mark').innerText(), '(');

		page.once('dialog', (asked) => void asked.dismiss());
		await page.keyboard.press('Escape');
		assert.equal(await page.getByLabel('Regular expression').inputValue(), 'mailbox (is full');
		page.once('dialog', (asked) => void asked.accept());
		await page.keyboard.press('Escape');
		await dialog().waitFor({ state: 'detached' });
	});

	test('sees which lines of a CSV file are wrong before anything is saved', async () => {
		await press('Import CSV');
		const csv = dialog().getByRole('textbox');
		await csv.fill('bounce_type_id,pattern\n8,"over (quota"\n99,full\n6,no such box\n');
		await pressInDialog('Check the file');
		await see('line 2');
		await see('line 3');

		await csv.fill('bounce_type_id,pattern\n6,no such box\n');
		await pressInDialog('Check the file');
		await see('Nothing is saved yet.');
		await pressInDialog('Import it');
		await page.getByRole('rowheader', { name: 'no such box' }).waitFor();
	});

	test('judges the unrecognised mails again, after looking at the difference', async () => {
		await openPage(page, 'return-channel', { recognised: 'no' });
		await see('dora@dest.example');
		await press('Judge again…');
		await dialog().getByText(/Quota/).first().waitFor();
		assert.deepEqual(await accessibilityProblems(page), []);
		await pressInDialog('Judge again');
		await dialog().waitFor({ state: 'detached' });

		await openPage(page, 'return-channel', { s: 'dora' });
		await page.getByRole('cell', { name: /Quota/ }).first().waitFor();
	});

	test('takes a judging back later, from the list of earlier ones', async () => {
		await openPage(page, 'return-channel', { type: 'Quota' });
		await press('Judge again…');
		await dialog().getByText('Earlier judgings').click();
		await dialog().getByRole('button', { name: /^Undo/ }).click();
		await see('1 bounce is as it was.');

		await openPage(page, 'return-channel', { recognised: 'no' });
		await see('dora@dest.example');
	});

	test('judges again just the bounces that are ticked, and undoes it at once', async () => {
		await openPage(page, 'return-channel');
		for (const name of ['carla', 'dora'])
			await page.getByRole('checkbox', { name: `Select ${name}@dest.example` }).check();
		await see('2 bounces are selected.');
		await press('carla@dest.example');
		await page.keyboard.press('Escape');
		await see('2 bounces are selected.');
		assert.deepEqual(await accessibilityProblems(page), []);

		await press('Judge selected again…');
		await dialog()
			.getByText('Of 2 mails judged again, 1 bounce would change.', { exact: true })
			.waitFor();
		await dialog()
			.getByText(/^The mails of 2 bounces\./)
			.waitFor();
		await dialog()
			.getByText(/Syntax \(.+\) → Quota \(Mailbox full\)/)
			.waitFor();
		await pressInDialog('Judge again');
		await see('Of 2 mails judged again, 1 bounce changed.');
		await see('Judges the stored mails of this list');
		await press('Undo');
		await see('1 bounce is as it was.');
	});

	test('sees whom a lower threshold would hold before saving it', async () => {
		await openPage(page, 'return-channel-types');
		await page.getByLabel('Bounces until hold: Quota').fill('1');
		await see(/1 address would come on hold/);
		assert.deepEqual(await accessibilityProblems(page), []);

		await press('Save changes');
		await see(/^Saved\./);
		await see('In use, with changes');
		await press('Go back to this preset');
		await dialog()
			.getByText(/Judged by/)
			.first()
			.waitFor();
		await pressInDialog('Use it');
		await see('The preset “Recommended” is in use.');
	});

	test('makes a rule from a bounce, sees whom it touches, applies it and undoes that', async () => {
		await openPage(page, 'return-channel', { s: 'anna' });
		await press('anna@dest.example');
		await dialog().getByRole('link', { name: 'Make a rule from this' }).click();
		await settled(page);
		await see(/It matches 1 bounce/);
		await page.getByLabel('Choices of the manual').selectOption({ label: 'Unconfirm subscriber' });
		await page.getByLabel('Comment').fill('No such person');
		await press('Show whom it would touch');
		await page.locator('.rc-people').getByText('anna@dest.example').waitFor();
		assert.deepEqual(await accessibilityProblems(page), []);
		await press('Add the rule');
		await see('Stored bounces wait until you apply it.');

		await press('Apply to stored bounces');
		await dialog()
			.getByText(/subscriber/)
			.first()
			.waitFor();
		await pressInDialog('Apply');
		await dialog().waitFor({ state: 'detached' });
		await press('What rules did');
		await page.getByRole('cell', { name: /^Unconfirm subscriber/ }).waitFor();
		await press(/^Undo Unconfirm subscriber/);
		await page.getByText('Undone', { exact: true }).waitFor();
	});

	test('keeps addresses off all mail: adds many, saves them, takes some off and puts them back', async () => {
		await openPage(page, 'return-channel-on-hold');
		await press('Do-not-send list');
		await see('Nobody is on the do-not-send list');
		assert.deepEqual(await accessibilityProblems(page), []);

		await press('Add addresses');
		const addresses = dialog().getByLabel('E-mail addresses');
		await addresses.fill('trap@example.com\nErik Eriksen <erik@example.com>, frida.example.com');
		await pressInDialog('Add 3 addresses');
		await see('“frida.example.com” is not an e-mail address.');
		assert.deepEqual(await accessibilityProblems(page), []);
		await addresses.fill('trap@example.com\nErik Eriksen <erik@example.com>, frida@example.com');
		await dialog().getByLabel('Reason').fill('Asked by phone');
		await pressInDialog('Add 3 addresses');
		await see('3 addresses are on the do-not-send list now.');

		const saved = page.waitForEvent('download');
		await press('Export as CSV');
		const csv = await readFile(await (await saved).path(), 'utf8');
		assert.match(csv, /^email,added_at,added_by,reason\r\n"frida@example.com",.*"Asked by phone"/);

		await page.getByRole('searchbox').fill('trap');
		await page.getByRole('rowheader', { name: 'frida@' }).waitFor({ state: 'detached' });
		await page.getByRole('button', { name: 'Show all' }).click();
		for (const name of ['erik', 'frida'])
			await page.getByRole('checkbox', { name: `Select ${name}@example.com` }).check();
		await see('2 addresses are selected.');
		await press('Take selected off the list');
		await pressInDialog('Take off the list');
		await see('2 addresses were taken off the do-not-send list.');
		await page.getByRole('rowheader', { name: 'frida@' }).waitFor({ state: 'detached' });

		await press('Undo');
		await see('2 addresses are on the do-not-send list now.');
		await page.getByRole('row', { name: /frida@.*Asked by phone/ }).waitFor();
	});

	test('moves a rule by keyboard alone', async () => {
		await openPage(page, 'return-channel-rules');
		const up = page.getByRole('button', { name: 'Move up: No such person' });
		await up.focus();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		await see(/“No such person” is now number 5 of 7/);

		await page.locator('tbody tr').nth(4).getByText('No such person').waitFor();
		await page.waitForFunction(
			() => document.activeElement?.getAttribute('aria-label') === 'Move up: No such person',
		);
	});

	test('finds the tabs of a page where they were, whichever is shown', async () => {
		await openPage(page, 'return-channel-rules');
		const places = () =>
			page
				.locator('.rc-sections button')
				.evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().x));
		const before = await places();

		await press('What rules did');
		await settled(page);
		assert.deepEqual(await places(), before);
	});

	test('finds every page usable by keyboard and screen reader, and on a phone', async () => {
		for (const [slug, section] of [
			['return-channel', ''],
			['return-channel-on-hold', ''],
			['return-channel-on-hold', 'do-not-send'],
			['return-channel-types', ''],
			['return-channel-types', 'reasons'],
			['return-channel-types', 'patterns'],
			['return-channel-try', ''],
			['return-channel-rules', ''],
			['return-channel-rules', 'check'],
			['return-channel-rules', 'candidates'],
			['return-channel-rules', 'deeds'],
		] as const) {
			await openPage(page, slug, section ? { section } : {});
			assert.deepEqual(await accessibilityProblems(page), [], `${slug} ${section}`);

			await page.setViewportSize(phone);
			assert.equal(await overflow(page), 0, `${slug} ${section}`);
			await page.setViewportSize(wideScreen);
		}
	});

	test('has had no error in the browser but the refusals, and no warning in PHP', async () => {
		const refusals = /status of 400/;
		assert.deepEqual(
			troubles.filter((trouble) => !refusals.test(trouble)),
			[],
		);
		assert.equal(await wordPress.phpLog(), '');
	});
});
