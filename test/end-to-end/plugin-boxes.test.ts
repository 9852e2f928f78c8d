import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import type { Overview } from '../../service/contract/activity.ts';
import type { Answers } from '../../service/contract/messages.ts';
import type { ContactRecord } from '../../service/contract/contact.ts';
import {
	accessibilityProblems,
	logIn,
	overflow,
	phone,
	startBrowser,
	troublesOf,
	wideScreen,
} from '../support/browser.ts';
import type { Browser, Page } from '../support/browser.ts';
import { recordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';

/** The box on a user's profile and the widget on the dashboard, in a real browser. */

let recorded: RecordedWordPress;
let recording: RecordingService;
let wordPress: RunningWordPress;
let browser: Browser;
let page: Page;
let troubles: string[];
let annas: number;

beforeAll(async () => {
	recorded = await recordedWordPress('native');
	({ recording, wordPress } = recorded);
	recording.answerWith({ '/overview': { body: overview } });
	browser = await startBrowser();
	page = await logIn(browser, wordPress.url);
	troubles = troublesOf(page);
	annas = Number(await wordPress.php(`echo get_user_by( 'login', 'anna' )->ID;`));
});

afterAll(async () => {
	await browser?.close();
	await recorded?.stop();
});

const contact: ContactRecord = {
	id: 41,
	kind: 'Individual',
	firstName: 'Anna',
	lastName: 'Berg',
	name: '',
	employer: '',
	status: 'confirmed',
	doNotEmail: false,
	isOptedOut: false,
	isDeceased: false,
	note: '',
	displayName: 'Anna Berg',
	wpUserId: 2,
	source: 'WordPress user',
	createdAt: '2026-01-05T09:00:00.000Z',
	changedAt: '2026-01-05T09:00:00.000Z',
	deletedAt: null,
	mergedInto: null,
	addresses: [
		{
			id: 7,
			email: 'anna.berg@example.org',
			isPrimary: true,
			isBulk: false,
			hold: 'bounce',
			heldSince: '2026-05-03T08:15:00.000Z',
			holdType: 'Invalid',
			holdBecause: '550 5.1.1 <script>alert(1)</script> user unknown',
			bounces: 1,
		},
	],
	groups: [],
	counts: { activities: 2, bounces: 1, sent: 4 },
};
const events: Answers['getContactOfUser']['events'] = [
	{ at: '2026-05-03T08:15:00.000Z', what: 'held', sentence: 'The address was put on hold.' },
	{ at: '2026-05-03T08:14:00.000Z', what: 'bounced', sentence: 'The mail “News” bounced.' },
];
const released = {
	...contact,
	addresses: contact.addresses.map((address) => ({
		...address,
		hold: null,
		heldSince: null,
		holdType: null,
		holdBecause: null,
	})),
};
const overview: Overview = {
	onHold: 1,
	bounces: 1234,
	filed: 56,
	ignored: 7,
	failed: 0,
	contacts: 2001,
	problems: ['The mailbox of “Returned mail” can’t be read.'],
	lastReadAt: '2026-05-04T06:00:00.000Z',
};

const box = () => page.locator('.return-channel-box');
const filled = () => page.locator('.return-channel-box-content:not([aria-busy])').waitFor();

async function openProfile(): Promise<void> {
	await page.goto(`${wordPress.url}/wp-admin/user-edit.php?user_id=${annas}`);
	await filled();
}

test('the profile says whether the user gets mail, and why not', async () => {
	recording.answerWith({ [`/users/${annas}/contact`]: { body: { contact, events } } });

	await openProfile();

	const text = await box().innerText();
	assert.match(
		text,
		/anna\.berg@example\.org has been on hold since May 3, 2026, because of a bounce/,
	);
	assert.match(text, /<script>alert\(1\)<\/script> user unknown/);
	assert.match(text, /What happened lately/);
	assert.match(text, /The mail “News” bounced\./);
	assert.match(
		(await page.getByRole('link', { name: 'Open the contact record' }).getAttribute('href')) ?? '',
		/page=return-channel-contacts&contact=41$/,
	);
	assert.deepEqual(await accessibilityProblems(page, ['.return-channel-box']), []);
});

test('an address is released on the profile, and that is undone, without leaving the page', async () => {
	const report = { releaseId: 9, released: 1, leftAlone: 0, sentence: '1 address released.' };
	const undone = { ...report, sentence: '1 address is on hold again.' };
	const contacts = { [`/users/${annas}/contact`]: { body: { contact: released, events } } };
	recording.answerWith({ ...contacts, '/holds/release': { body: report } });

	await page.getByRole('button', { name: 'Release anna.berg@example.org' }).press('Enter');
	await page.getByText('1 address released.').waitFor();

	assert.match(await box().innerText(), /is not on hold\./);
	assert.equal(recording.to('/holds/release')[0]?.body, '{"addressIds":[7]}');
	assert.ok(page.url().includes('user-edit.php'));
	assert.ok(await page.evaluate(() => document.activeElement?.getAttribute('role') === 'status'));

	recording.answerWith({
		[`/users/${annas}/contact`]: { body: { contact, events } },
		'/releases/9/undo': { body: undone },
	});
	await page.getByRole('button', { name: 'Undo' }).press('Enter');
	await page.getByText('1 address is on hold again.').waitFor();
	await page.getByRole('button', { name: 'Release anna.berg@example.org' }).waitFor();
});

test('the box fits on a phone', async () => {
	await page.setViewportSize(phone);
	assert.equal(await overflow(page), 0);
	await page.setViewportSize(wideScreen);
});

test('what the service refuses is said, and the button stays', async () => {
	recording.answerWith({
		'/holds/release': {
			status: 409,
			body: { code: 'return_channel_conflict', message: 'Try later.', data: { status: 409 } },
		},
	});

	await page.getByRole('button', { name: 'Release anna.berg@example.org' }).click();
	await page.getByText('Try later.').waitFor();

	assert.ok(await page.getByRole('button', { name: 'Release anna.berg@example.org' }).isEnabled());
});

test('a user who is no contact yet has a box that says so', async () => {
	recording.answerWith({ [`/users/${annas}/contact`]: { body: { contact: null, events: [] } } });

	await openProfile();

	assert.match(await box().innerText(), /No contact belongs to this user\./);
});

test('people who only look see no button, and who may not look sees no box', async () => {
	recording.answerWith({ [`/users/${annas}/contact`]: { body: { contact, events } } });
	await wordPress.php(`update_option( 'return_channel_roles', array( 'subscriber' => 'view' ) );`);
	const annasPage = await logIn(browser, wordPress.url, { login: 'anna' });

	await annasPage.goto(`${wordPress.url}/wp-admin/profile.php`);
	await annasPage.getByText(/has been on hold since/).waitFor();
	assert.equal(await annasPage.getByRole('button', { name: /Release/ }).count(), 0);

	await wordPress.php(`delete_option( 'return_channel_roles' );`);
	await annasPage.reload();
	assert.equal(await annasPage.locator('.return-channel-box').count(), 0);
	await annasPage.context().close();
});

test('the dashboard shows the figures, each with a link, and what to see to', async () => {
	const lastReadAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
	recording.answerWith({ '/overview': { body: { ...overview, lastReadAt } } });

	await page.goto(`${wordPress.url}/wp-admin/`);
	await filled();

	const text = (await box().innerText()).replace(/\s+/g, ' ');
	assert.match(text, /The mailbox of “Returned mail” can’t be read\./);
	assert.match(text, /1 address on hold 1,234 bounces 56 mails filed 7 mails ignored/);
	assert.match(text, /last read 3 days ago/);
	assert.equal(await box().getByRole('link').count(), 6);
	const toFailed = await box().getByRole('link', { name: '0 mails failed' }).getAttribute('href');
	assert.match(toFailed ?? '', /page=return-channel-outcomes&outcome=failed&from=\d{4}-\d\d-\d\d$/);
	assert.deepEqual(await accessibilityProblems(page, ['.return-channel-box']), []);
});

test('a site that has read no mail yet is told where to begin', async () => {
	recording.answerWith({
		'/overview': { body: { ...overview, problems: [], lastReadAt: null } },
	});

	await page.reload();
	await filled();

	assert.match(await box().innerText(), /No mailbox was read yet\./);
	await page.getByRole('link', { name: 'Set up a mail account' }).waitFor();
});

test('a service that is away takes nothing from the pages but the box', async () => {
	await recording.goAway();
	await page.reload();
	await box()
		.getByText(/does not answer/)
		.waitFor();

	await recording.comeBack();
	recording.answerWith({ '/overview': { body: overview } });
	await box().getByRole('button', { name: 'Try again' }).click();
	await box().getByText(/1,234/).waitFor();
});

test('the settings page can be used by keyboard and screen reader, and on a phone', async () => {
	const status = { version: '0.1.0', contacts: 1, onHold: 0, problems: [] };
	recording.answerWith({ '/status': { body: status } });
	await page.goto(`${wordPress.url}/wp-admin/admin.php?page=return-channel-settings`);

	await page.getByLabel('Editor', { exact: true }).waitFor();
	assert.deepEqual(await accessibilityProblems(page, ['.wrap']), []);

	await page.setViewportSize(phone);
	assert.equal(await overflow(page), 0);
	await page.setViewportSize(wideScreen);
});

test('nothing of all this was an error in the browser or in PHP', async () => {
	assert.deepEqual(
		troubles.filter((trouble) => !/status of (409|503)/.test(trouble)),
		[],
	);
	assert.equal(await wordPress.phpLog(), '');
});
