import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { usualFiling } from '../../service/contract/activity.ts';
import type { ActivityDetail, ActivitySummary, Outcome } from '../../service/contract/activity.ts';
import type { ContactSummary } from '../../service/contract/contact.ts';
import { openDatabase } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { openLog } from '../../service/log.ts';
import type { Service } from '../../service/main.ts';
import { openSites } from '../../service/sites.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { sendMailingTo, testSecret } from '../support/a-mailing.ts';
import { startTestService } from '../support/a-service.ts';
import { logIn, openPage, settled, startBrowser } from '../support/browser.ts';
import type { Browser, Page } from '../support/browser.ts';
import { startCanary } from '../support/canary.ts';
import type { Canary } from '../support/canary.ts';
import { hostileMails, hostileWords } from '../support/hostile-mails.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { signed } from '../support/signed-client.ts';
import { ensureSystemPackages } from '../support/system-packages.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** Ninety mails that attack whoever reads them, filed for real and read in a real browser. A canary listens: it must stay
 *  silent wherever something of a mail is shown. */

let folder: string;
let canary: Canary;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let attacks: string[];

beforeAll(async () => {
	ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	canary = await startCanary();
	await fileAllMails();
	service = await startTestService(folder);
	wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: testSecret },
		hasCron: false,
		php: 'native',
	});
	browser = await startBrowser();
	page = await logIn(browser, wordPress.url);
	page.setDefaultTimeout(20_000);
	canary.listenTo(page.context(), (url) => url.origin === wordPress.url);
});

afterAll(async () => {
	await browser?.close();
	await wordPress?.stop();
	await service?.stop();
	await canary?.stop();
	await rm(folder, { recursive: true, force: true });
});

/** The mails go through the real jobs: an account for activities, one for bounces. */
async function fileAllMails() {
	const db = await openDatabase(join(folder, 'service.sqlite'));
	const known = { secret: testSecret, mailFolders: [folder] };
	const sites = openSites(db, known, { log: openLog('silent') });
	const site = await sites.introduce({ id: '1', name: '', url: '', adminEmail: '' });

	const mails = hostileMails(canary.url);
	attacks = mails.map(({ name }) => name);
	const office = maildirOnDisk(join(folder, 'Office'));
	office.deliver(...mails.map(({ raw }) => raw));
	await site.accounts.add({
		...aMaildirAccount(office.path, 'Office <img src=x onerror=alert(1)>'),
		usedFor: 'activities',
		localPart: 'filing',
		filing: usualFiling,
	});

	const words = hostileWords(canary.url);
	const recipients = await sendMailingTo(site, ...words.map((_, at) => `p${at}@dest.example`));
	const returned = maildirOnDisk(join(folder, 'Returned'));
	returned.deliver(
		...recipients.map(({ returnAddress, email }, at) =>
			aBounce({ returnAddress, recipient: email, diagnostic: words[at] }),
		),
	);
	await site.accounts.add(aMaildirAccount(returned.path));

	for (const job of ['fetch_bounces', 'process_incoming_emails'] as const) {
		await runJob((await sites.find('1'))!, job, { trigger: 'by-hand' });
	}
	await db.destroy();
}

/** Asks the service itself, page after page of a list. */
async function ask<Answer>(path: string): Promise<Answer> {
	const url = `${service.url}/v1${path}`;
	const response = await fetch(url, signed('GET', url, { secret: testSecret }));
	assert.equal(response.status, 200, path);
	return (await response.json()) as Answer;
}

async function all<Row>(path: string): Promise<Row[]> {
	const rows: Row[] = [];
	for (let at = 1; ; at++) {
		const more = await ask<Row[]>(`${path}?per_page=100&page=${at}`);
		rows.push(...more);
		if (more.length < 100) return rows;
	}
}

/** Goes to another view of the page that is open, as a link inside it does. */
async function show(view: Record<string, string>) {
	await page.evaluate((changes) => {
		const query = new URLSearchParams({
			page: new URLSearchParams(location.search).get('page') ?? '',
			...changes,
		});
		history.pushState(null, '', `?${query}`);
		dispatchEvent(new PopStateEvent('popstate'));
	}, view);
}

/** Waits until what is in the mails' frames has been drawn, and looks around. */
async function lookAround() {
	await settled(page);
	for (const frame of page.frames()) await frame.waitForLoadState('load');
	await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
	await canary.inspect(page);
}

/** A mail's HTML without the document around it, whose policy would protect. */
function bodyOf(html: string | null): string {
	return (html ?? '').replace(/^.*?<body>/s, '');
}

const silence = (where: string) => assert.deepEqual(canary.songs.splice(0), [], where);

describe('the canary', () => {
	test('sings when nothing stands in a mail’s way', async () => {
		const context = await browser.newContext();
		const bare = await context.newPage();
		canary.listenTo(context, () => false);
		await bare.setContent('<div id="return-channel-root"></div>');
		const asked = bare.waitForRequest((request) => request.url().startsWith(canary.url));
		await bare.setContent(
			`<div id="return-channel-root"><img src=x onerror="window.canary=1,fetch('${canary.url}/js')"></div>`,
		);
		await asked;
		await canary.inspect(bare);
		await context.close();

		const songs = canary.songs.splice(0).join('\n');
		assert.match(songs, /the browser asked/);
		assert.match(songs, /window\.canary is set/);
		assert.match(songs, /the handler onerror/);
	});
});

describe('hostile mail', () => {
	let filed: ActivitySummary[];

	test('is filed as other mail is, and every one of it stands in the mail log', async () => {
		filed = await all('/activities');
		const log = await all<Outcome>('/outcomes');

		assert.ok(attacks.length >= 40);
		const ended = log.filter(({ usedFor }) => usedFor === 'activities');
		assert.equal(ended.length, attacks.length);
		const others = ended.filter(({ outcome }) => outcome !== 'acted');
		assert.deepEqual(
			others.map(({ subject, sentence }) => `${subject}: ${sentence}`),
			[],
		);
		assert.equal(filed.length, attacks.length);
	});

	test('is harmless by the service’s own work, where no frame and no policy protects', async () => {
		const context = await browser.newContext();
		const bare = await context.newPage();
		canary.listenTo(context, () => false);
		for (const { id, subject } of filed) {
			const { html } = await ask<ActivityDetail>(`/activities/${id}`);
			await bare.setContent(`<div id="return-channel-root">${bodyOf(html)}</div>`);
			await canary.inspect(bare);
			silence(subject);
		}
		await context.close();
	});

	test('does nothing in the list of filed mail', async () => {
		await openPage(page, 'return-channel-activities');
		for (let at = 1; at <= Math.ceil(filed.length / 20); at++) {
			await show({ paged: String(at) });
			await lookAround();
			silence(`page ${at} of the list`);
		}
	});

	test(
		'does nothing when it is read, formatted or as plain text',
		{ timeout: 300_000 },
		async () => {
			await openPage(page, 'return-channel-activities', { activity: String(filed[0]!.id) });
			for (const { id, subject } of filed) {
				await show({ activity: String(id) });
				await page.waitForFunction(
					([wanted]) => document.querySelector('.rc-subject bdi')?.textContent === wanted,
					[subject.trim() || '(no subject)'],
				);
				await lookAround();
				silence(`the mail “${subject}”`);

				const asText = page.getByRole('button', { name: 'Show it as plain text' });
				if (await asText.isVisible()) {
					await asText.click();
					await lookAround();
					silence(`the text of “${subject}”`);
				}
			}
		},
	);

	test('runs nothing when pictures from elsewhere are shown', async () => {
		const context = await browser.newContext();
		const bare = await context.newPage();
		const remote: string[] = [];
		canary.listenTo(context, (url) => {
			remote.push(url.href);
			return /\.png/.test(url.pathname);
		});
		for (const { id, subject } of filed) {
			const { html } = await ask<ActivityDetail>(`/activities/${id}?remote=true`);
			await bare.setContent(`<div id="return-channel-root">${bodyOf(html)}</div>`);
			await canary.inspect(bare);
			const scripts = canary.songs.splice(0).filter((song) => !/asked for \/\S*\.png/.test(song));
			assert.deepEqual(scripts, [], subject);
		}
		await context.close();
		assert.ok(remote.length > 0, 'pictures were asked for');
	});

	test('does nothing when its links are pressed', async () => {
		await openPage(page, 'return-channel-activities', {
			activity: String(filed.find(({ subject }) => /links that run/.test(subject))!.id),
		});
		await lookAround();
		const frame = page.frames().find((one) => one.url() === 'about:srcdoc')!;
		for (const link of await frame.locator('a').all()) await link.click({ force: true });
		await lookAround();
		silence('the links');
		assert.match(page.url(), /return-channel-activities/);
	});

	test('brings no file that a browser opens as a page', async () => {
		const withFiles = filed.filter(({ attachments }) => attachments > 0);
		let files = 0;
		for (const { id } of withFiles) {
			await openPage(page, 'return-channel-activities', { activity: String(id) });
			const links = page.locator('.rc-attachments a[download]');
			for (const link of await links.all()) {
				const answer = await page.request.get((await link.getAttribute('href'))!);
				const headers = answer.headers();
				assert.equal(answer.status(), 200);
				assert.match(headers['content-disposition'] ?? '', /^attachment;/);
				assert.equal(headers['x-content-type-options'], 'nosniff');
				assert.match(headers['content-security-policy'] ?? '', /sandbox/);
				assert.equal(headers['set-cookie']?.includes('canary') ?? false, false);
				files++;
			}
			await canary.inspect(page);
		}
		assert.ok(files >= 3, `${files} files`);
		silence('the files');
	});

	test('does nothing in the mail log and its details', { timeout: 300_000 }, async () => {
		const log = await all<Outcome>('/outcomes');
		await openPage(page, 'return-channel-outcomes');
		for (let at = 1; at <= Math.ceil(log.length / 20); at++) {
			await show({ paged: String(at) });
			await lookAround();
			silence(`page ${at} of the mail log`);
		}
		for (const { id, subject } of log.filter((_, index) => index % 4 === 0)) {
			await show({ mail: String(id) });
			await page.getByRole('dialog').getByText('What was done, and why').waitFor();
			await page.getByRole('button', { name: 'Show the mail as it came' }).click();
			await page.locator('.rc-mail').waitFor();
			await lookAround();
			silence(`the log’s details of “${subject}”`);
			await show({});
		}
	});

	test('does nothing on the contacts that it brought', { timeout: 300_000 }, async () => {
		const people = (await all<ContactSummary>('/contacts')).filter(
			({ displayName, email }) => !/^mallory\d*@/.test(email ?? '') || /[<{]/.test(displayName),
		);
		await openPage(page, 'return-channel-contacts');
		await lookAround();
		for (const { id } of people) {
			await openPage(page, 'return-channel-contacts', { contact: String(id) });
			await lookAround();
			silence(`contact ${id}`);
		}
	});

	test('does nothing on the pages of bounces, accounts and jobs', async () => {
		const bounces = await all<{ id: number; addressId: number }>('/bounces');
		assert.ok(bounces.length >= 4);
		await openPage(page, 'return-channel');
		await lookAround();
		for (const { id, addressId } of bounces) {
			await show({ bounce: String(id) });
			await page.getByRole('button', { name: 'Show the mail as it came' }).click();
			await page.getByRole('button', { name: 'Download the mail' }).waitFor();
			await lookAround();
			await show({ address: String(addressId) });
			await page.getByRole('dialog').getByRole('heading', { name: 'History' }).waitFor();
			await lookAround();
			silence(`bounce ${id}`);
		}
		for (const slug of ['-on-hold', '-accounts', '-jobs', '-rules']) {
			await openPage(page, `return-channel${slug}`);
			await lookAround();
			silence(slug);
		}
	});
});
