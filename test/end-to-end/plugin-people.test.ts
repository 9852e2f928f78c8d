import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Overview } from '../../service/contract/activity.ts';
import type { Answers } from '../../service/contract/messages.ts';
import type { ContactRecord } from '../../service/contract/contact.ts';
import { recordingService } from '../plugin/recording-service.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import { testSecret } from '../support/a-mailing.ts';
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
import { ensureSystemPackages } from '../support/system-packages.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress, WordPressOptions } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** What the plugin puts into WordPress about people and their mail: files, rights for roles, the privacy tools, the box
 *  on the profile and the widget on the dashboard. A recording stands in for the service, so that it can say anything. */

let folder: string;
let recording: RecordingService;
let wordPress: RunningWordPress;
let embedded: RunningWordPress;
let admin: Visitor;

beforeAll(async () => {
	ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	recording = await recordingService();
	[wordPress, embedded] = await Promise.all([startOne('native'), startOne('embedded')]);
	admin = await visit(wordPress.url, 'admin');
});

afterAll(async () => {
	await wordPress?.stop();
	await embedded?.stop();
	await recording?.goAway();
	await rm(folder, { recursive: true, force: true });
});

function startOne(php: WordPressOptions['php']): Promise<RunningWordPress> {
	return startWordPress({
		dir: join(folder, String(php)),
		isNetwork: false,
		pluginSettings: { serviceUrl: recording.url, secret: testSecret },
		hasCron: false,
		...(php && { php }),
	});
}

/** What the service says with a file. */
function fileHeaders(name: string, type = 'application/pdf') {
	return {
		'content-type': type,
		'content-disposition': `attachment; filename="${name}"`,
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
	};
}

async function idOf(login: string): Promise<number> {
	return Number(await wordPress.php(`echo get_user_by( 'login', '${login}' )->ID;`));
}

describe.each(['embedded', 'native'] as const)('a file, in %s PHP', (php) => {
	let site: RunningWordPress;
	let person: Visitor;

	beforeAll(async () => {
		site = php === 'embedded' ? embedded : wordPress;
		person = await visit(site.url, 'admin');
	});

	/** As a plain link does: no header, the nonce in the address. */
	async function follow(path: string): Promise<Response> {
		const nonce = await (await person.get('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
		return person.get(`/wp-json/return-channel/v1${path}?_wpnonce=${nonce}`);
	}

	test('of 5 MB arrives byte by byte, with the headers that keep a browser from running it', async () => {
		const bytes = randomBytes(5 * 1024 * 1024);
		const headers = fileHeaders('notes.pdf');
		recording.answerWith({ '/attachments/12': { body: bytes, headers } });

		const response = await follow('/attachments/12');
		const got = Buffer.from(await response.arrayBuffer());

		assert.equal(response.status, 200);
		assert.equal(got.length, bytes.length);
		assert.equal(hash(got), hash(bytes));
		for (const [name, value] of Object.entries(headers))
			assert.equal(response.headers.get(name), value, name);
		assert.match(response.headers.get('cache-control') ?? '', /no-store/);
		assert.equal(response.headers.get('content-length'), String(bytes.length));
		assert.equal(recording.to('/attachments/12')[0]?.query, '', 'the nonce stays in WordPress');
	});

	test('that is empty is an empty file', async () => {
		recording.answerWith({
			'/contacts/csv': {
				body: '',
				headers: fileHeaders('contacts.csv', 'text/csv; charset=utf-8'),
			},
		});

		const response = await follow('/contacts/csv');

		assert.equal(response.status, 200);
		assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
		assert.equal(await response.text(), '');
	});

	test('that is not there is an error in words', async () => {
		recording.answerWith({
			'/attachments/13': {
				status: 404,
				body: {
					code: 'return_channel_not_found',
					message: 'There is no such attachment.',
					data: { status: 404 },
				},
			},
		});

		const response = await follow('/attachments/13');

		assert.equal(response.status, 404);
		assert.equal(response.headers.get('content-disposition'), null);
		assert.equal(
			((await response.json()) as { message: string }).message,
			'There is no such attachment.',
		);
	});

	test('that breaks off half-way is an error, and never half a file', async () => {
		recording.answerWith({
			'/attachments/14': {
				body: randomBytes(300_000),
				headers: fileHeaders('notes.pdf'),
				isCut: true,
			},
		});

		const response = await follow('/attachments/14');

		assert.equal(response.status, 503);
		assert.equal(
			((await response.json()) as { code: string }).code,
			'return_channel_service_unreachable',
		);
	});

	test('is none when something else answers at the address of the service', async () => {
		recording.answerWith({
			'/attachments/15': {
				body: '<h1>Welcome</h1>',
				headers: { 'content-type': 'text/html' },
			},
		});

		assert.equal((await follow('/attachments/15')).status, 502);
	});

	test('is for nobody without the nonce, and for no subscriber', async () => {
		recording.answerWith({
			'/attachments/12': { body: 'secret', headers: fileHeaders('notes.pdf') },
		});
		const anna = await visit(site.url, 'anna');

		assert.equal((await person.get('/wp-json/return-channel/v1/attachments/12')).status, 401);
		assert.equal((await anna.rest('GET', '/attachments/12')).status, 403);
		assert.equal(recording.requests.length, 0);
	});

	test('leaves nothing behind in the folder for temporary files', async () => {
		const temporary = await site.php(`
			require_once ABSPATH . 'wp-admin/includes/file.php';
			echo implode( ',', glob( get_temp_dir() . 'return-channel-*.tmp' ) );`);

		assert.equal(temporary, '');
		assert.equal(await site.phpLog(), '');
	});
});

function hash(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

describe('the rights of roles', () => {
	const settings = '/wp-admin/admin.php?page=return-channel-settings';
	const edited = { subject: 'Rehearsal' };
	const refused = { status: 403, asked: [] };

	/** Chooses for editors on the settings page. */
	async function allowEditors(level: string): Promise<void> {
		const html = await (await admin.get(settings)).text();
		const [, form = ''] = /Who may edit filed mail(.*)/s.exec(html) ?? [];
		const [, nonce = ''] = /name="_wpnonce" value="(\w+)"/.exec(form) ?? [];
		const response = await admin.post(settings, {
			_wpnonce: nonce,
			'return_channel_roles[editor]': level,
			'return_channel_roles[administrator]': 'view',
			'return_channel_roles[wizard]': 'edit-content',
		});
		assert.equal(response.status, 302);
		recording.answerWith({});
	}

	async function tries(person: Visitor, method: string, path: string, body?: unknown) {
		recording.answerWith({});
		const { status } = await person.rest(method, path, body);
		const asked = recording.requests.map(
			({ headers }) => headers['return-channel-capabilities'] ?? '',
		);
		return { status, asked };
	}

	test('let administrators do everything and editors nothing, unless somebody allows it', async () => {
		const erik = await visit(wordPress.url, 'erik');

		assert.deepEqual(await tries(admin, 'PUT', '/activities/3', edited), {
			status: 200,
			asked: ['view,manage,edit-inbound,edit-inbound-content'],
		});
		assert.deepEqual(await tries(erik, 'GET', '/activities'), refused);
		assert.deepEqual(await tries(erik, 'PUT', '/activities/3', edited), refused);
	});

	test.each([
		['view', 'view'],
		['edit-basics', 'view,edit-inbound'],
		['edit-content', 'view,edit-inbound,edit-inbound-content'],
	])('“%s” is given on the settings page, and reaches the service', async (level, capabilities) => {
		await allowEditors(level);
		const erik = await visit(wordPress.url, 'erik');

		assert.deepEqual(await tries(erik, 'GET', '/activities'), {
			status: 200,
			asked: [capabilities],
		});
		assert.deepEqual(
			await tries(erik, 'PUT', '/activities/3', edited),
			level === 'view' ? refused : { status: 200, asked: [capabilities] },
		);
		assert.deepEqual(await tries(erik, 'POST', '/activities/delete', { ids: [3] }), refused);
		const page = await (
			await erik.get('/wp-admin/admin.php?page=return-channel-activities')
		).text();
		assert.match(page, /data-page="activities"/);
		assert.equal((await erik.get(settings)).status, 403);
	});

	test('are for roles that exist and need them, and for nobody else', async () => {
		assert.equal(
			await wordPress.php(`echo json_encode( get_option( 'return_channel_roles' ) );`),
			'{"editor":"edit-content"}',
		);
		const anna = await visit(wordPress.url, 'anna');
		assert.deepEqual(await tries(anna, 'GET', '/activities'), refused);

		await allowEditors('');
		assert.equal(
			await wordPress.php(`echo json_encode( get_option( 'return_channel_roles' ) );`),
			'false',
		);
	});

	test('can be given by a plugin that edits roles, too', async () => {
		await wordPress.php(`get_role( 'editor' )->add_cap( 'edit_inbound_email_basics' );`);
		const erik = await visit(wordPress.url, 'erik');

		assert.deepEqual(await tries(erik, 'PUT', '/activities/3', edited), {
			status: 200,
			asked: ['view,edit-inbound'],
		});
		await wordPress.php(`get_role( 'editor' )->remove_cap( 'edit_inbound_email_basics' );`);
		assert.deepEqual(await tries(erik, 'GET', '/activities'), refused);
	});

	test('are changed by those who may manage, with a nonce', async () => {
		const erik = await visit(wordPress.url, 'erik');
		const form = { 'return_channel_roles[editor]': 'edit-content' };

		assert.equal((await admin.post(settings, form)).status, 403);
		assert.equal((await erik.post(settings, form)).status, 403);
	});
});

describe('WordPress’s privacy tools', () => {
	let person: Visitor;

	beforeAll(async () => {
		person = await visit(embedded.url, 'admin');
	});

	/** Confirms a request of Tools → Export or Erase Personal Data and carries it out as its page does in the browser: every
	 *  exporter or eraser in turn, page by page. @returns the number of the request, and what each call was answered. */
	async function carryOut(tool: 'export' | 'erase', email: string) {
		const asked = tool === 'export' ? 'export_personal_data' : 'remove_personal_data';
		const action = `wp-privacy-${tool}-personal-data`;
		const field = tool === 'export' ? 'exporter' : 'eraser';
		const facts = await embedded.php(`
			$tools = apply_filters( 'wp_privacy_personal_data_${field}s', array() );
			echo json_encode( array( wp_create_user_request( '${email}', '${asked}', array(), 'confirmed' ), array_keys( $tools ) ) );`);
		const [id, tools] = JSON.parse(facts) as [number, string[]];
		const list = await (await person.get(`/wp-admin/${tool}-personal-data.php`)).text();
		const [, security = ''] =
			new RegExp(`data-request-id="${id}"[^>]*?data-nonce="(\\w+)"`, 's').exec(list) ?? [];

		const answers: { tool?: string; success: boolean; data: unknown }[] = [];
		for (const [index, name] of tools.entries()) {
			for (let page = 1, isDone = false; !isDone; page++) {
				const response = await person.post('/wp-admin/admin-ajax.php', {
					...{ action, id: String(id), security, page: String(page) },
					[field]: String(index + 1),
				});
				const answer = (await response.json()) as { success: boolean; data: { done?: boolean } };
				answers.push({ tool: name, ...answer });
				isDone = !answer.success || answer.data.done === true;
			}
		}
		return { id, ours: answers.filter(({ tool: name }) => name === 'return-channel') };
	}

	const group = {
		group_id: 'return-channel-mails',
		group_label: 'Filed mail',
		item_id: 'mail-3',
		data: [{ name: 'Subject', value: 'Rehearsal' }],
	};

	test('export page by page what the service knows, into the file that the person gets', async () => {
		recording.answerWith({ '/system/privacy/export': { body: { data: [group], done: true } } });

		const { id, ours } = await carryOut('export', 'anna.berg@example.org');

		assert.deepEqual(
			ours.map(({ success }) => success),
			[true],
		);
		const [asked] = recording.to('/system/privacy/export');
		assert.deepEqual(JSON.parse(asked?.body ?? ''), { email: 'anna.berg@example.org', page: 1 });
		assert.equal(asked?.headers['return-channel-capabilities'], 'system');
		const report = await embedded.php(`
			$zip = new ZipArchive();
			$zip->open( wp_privacy_exports_dir() . get_post_meta( ${id}, '_export_file_name', true ) );
			echo $zip->getFromName( 'export.json' );`);
		assert.match(report, /"return-channel-mails".*"Filed mail".*"Rehearsal"/s);
	});

	test('erase page by page, and say what happened', async () => {
		const body = {
			items_removed: true,
			items_retained: false,
			messages: ['2 mails erased.'],
			done: true,
		};
		recording.answerWith({ '/system/privacy/erase': { body } });

		const { ours } = await carryOut('erase', 'anna.berg@example.org');

		assert.deepEqual(
			ours.map(({ data }) => data),
			[body],
		);
	});

	test('say so when the service is away, so that nobody takes nothing for all', async () => {
		await recording.goAway();
		try {
			for (const tool of ['export', 'erase'] as const) {
				const { ours } = await carryOut(tool, 'erik.lund@example.org');
				assert.equal(ours[0]?.success, false);
				assert.match(JSON.stringify(ours[0]?.data), /does not answer/);
			}
		} finally {
			await recording.comeBack();
		}
	});

	test('get a suggestion for the site’s privacy policy', async () => {
		const guide = await (await admin.get('/wp-admin/options-privacy.php?tab=policyguide')).text();

		assert.match(guide, /Return Channel/);
		assert.match(guide, /the message that comes back/);
	});
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

describe('in the browser', () => {
	let browser: Browser;
	let page: Page;
	let troubles: string[];
	let annas: number;

	beforeAll(async () => {
		browser = await startBrowser();
		recording.answerWith({ '/overview': { body: overview } });
		page = await logIn(browser, wordPress.url);
		troubles = troublesOf(page);
		annas = await idOf('anna');
	});

	afterAll(() => browser?.close());

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
			(await page.getByRole('link', { name: 'Open the contact record' }).getAttribute('href')) ??
				'',
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

		assert.ok(
			await page.getByRole('button', { name: 'Release anna.berg@example.org' }).isEnabled(),
		);
	});

	test('a user who is no contact yet has a box that says so', async () => {
		recording.answerWith({ [`/users/${annas}/contact`]: { body: { contact: null, events: [] } } });

		await openProfile();

		assert.match(await box().innerText(), /No contact belongs to this user\./);
	});

	test('people who only look see no button, and who may not look sees no box', async () => {
		recording.answerWith({ [`/users/${annas}/contact`]: { body: { contact, events } } });
		await wordPress.php(
			`update_option( 'return_channel_roles', array( 'subscriber' => 'view' ) );`,
		);
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
		assert.match(
			toFailed ?? '',
			/page=return-channel-outcomes&outcome=failed&from=\d{4}-\d\d-\d\d$/,
		);
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

	test('nothing of all this was an error in the browser or in PHP', async () => {
		assert.deepEqual(
			troubles.filter((trouble) => !/status of (409|503)/.test(trouble)),
			[],
		);
		assert.equal(await wordPress.phpLog(), '');
	});
});

describe('Site Health', () => {
	function result(): Promise<string> {
		return wordPress.php(`
			$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
			echo json_encode( $tests['direct']['return_channel_service']['test']() );`);
	}

	test('recommends a look when a mailbox can’t be read', async () => {
		const status = { version: '0.1.0', contacts: 1, onHold: 0 };
		recording.answerWith({ '/status': { body: { ...status, problems: [] } } });
		assert.match(await result(), /"status":"good"/);

		recording.answerWith({ '/status': { body: { ...status, problems: overview.problems } } });
		const said = JSON.parse(await result());
		assert.equal(said.status, 'recommended');
		assert.equal(said.label, 'Return Channel has something for you to look at');
		assert.match(said.description, /The mailbox of “Returned mail”/);
	});
});
