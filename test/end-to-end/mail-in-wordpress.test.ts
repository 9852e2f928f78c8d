import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, test } from 'vitest';
import type { ActivityDetail, ActivitySummary } from '../../service/contract/activity.ts';
import type { ContactRecord, ContactSummary } from '../../service/contract/contact.ts';
import type { JobRun } from '../../service/contract/job.ts';
import type { Service } from '../../service/main.ts';
import { testSecret } from '../support/a-mailing.ts';
import { startTestService } from '../support/a-service.ts';
import { logIn, startBrowser } from '../support/browser.ts';
import type { Browser } from '../support/browser.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';
import { ensureSystemPackages } from '../support/system-packages.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** A mail on its whole way: from the mailbox through the real service into WordPress, where people read it, edit it, fetch
 *  what is attached, and have it erased. The tests follow one another. */

let folder: string;
let service: Service;
let wordPress: RunningWordPress;
let browser: Browser;
let admin: Visitor;

const notes = randomBytes(5 * 1024 * 1024);

beforeAll(async () => {
	ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	service = await startTestService(folder, 0, [folder]);
	wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: testSecret },
		hasCron: false,
		php: 'native',
	});
	await wordPress.runCron();
	admin = await visit(wordPress.url, 'admin');
	browser = await startBrowser();
});

afterAll(async () => {
	await browser?.close();
	await wordPress?.stop();
	await service?.stop();
	await rm(folder, { recursive: true, force: true });
});

/** Anna, who is a user, sends the choir's office her notes. */
function letterWithNotes(): Buffer {
	const base64 = notes.toString('base64').replace(/.{76}/g, '$&\r\n');
	return Buffer.from(
		[
			'From: Anna Berg <anna.berg@example.org>',
			'To: Office <office@choir.example>',
			'Subject: Notes for Sunday',
			'Date: Thu, 19 Nov 2026 18:00:00 +0100',
			'Message-ID: <notes-1@example.org>',
			'MIME-Version: 1.0',
			'Content-Type: multipart/mixed; boundary="part"',
			'',
			'--part',
			'Content-Type: text/plain; charset=utf-8',
			'',
			'Here they are.',
			'--part',
			'Content-Type: application/pdf',
			'Content-Disposition: attachment; filename="notes.pdf"',
			'Content-Transfer-Encoding: base64',
			'',
			base64,
			'--part--',
			'',
		].join('\r\n'),
	);
}

async function execute(job: string): Promise<JobRun> {
	const { status, json } = await admin.rest('POST', `/jobs/${job}/run`, {});
	assert.equal(status, 202, JSON.stringify(json));
	let run = json.run as JobRun;
	while (run.state === 'running') run = (await admin.rest('GET', `/runs/${run.id}`)).json as JobRun;
	return run;
}

async function theMail(person = admin): Promise<ActivityDetail> {
	const { json: rows } = await admin.rest('GET', '/activities');
	const [first] = rows as ActivitySummary[];
	return (await person.rest('GET', `/activities/${first?.id}`)).json as ActivityDetail;
}

test('a mail with 5 MB attached is filed with the user who sent it', async () => {
	const maildir = maildirOnDisk(join(folder, 'office'));
	maildir.deliver(letterWithNotes());
	const account = await admin.rest('POST', '/accounts', {
		name: 'Office',
		usedFor: 'activities',
		protocol: 'maildir',
		emailDomain: 'choir.example',
		localPart: 'office',
		source: maildir.path,
	});
	assert.equal(account.status, 200, JSON.stringify(account.json));

	const run = await execute('process_incoming_emails');

	assert.match(run.sentence, /1 mail read: 1 mail filed/);
	const mail = await theMail();
	assert.equal(mail.subject, 'Notes for Sunday');
	assert.ok(mail.parties.some(({ name, role }) => name === 'Anna Berg' && role === 'source'));
});

test('its attachment arrives byte by byte by a plain link', async () => {
	const [file] = (await theMail()).files;
	const nonce = await (await admin.get('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
	const response = await admin.get(
		`/wp-json/return-channel/v1/attachments/${file?.id}?_wpnonce=${nonce}`,
	);
	const got = Buffer.from(await response.arrayBuffer());

	assert.equal(response.status, 200);
	assert.equal(hash(got), hash(notes));
	assert.match(response.headers.get('content-disposition') ?? '', /^attachment; .*notes\.pdf/);
	assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
	assert.match(response.headers.get('content-security-policy') ?? '', /sandbox/);
});

function hash(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}

test('an editor edits what the administrators allow: nothing, all but the message, or the message, too', async () => {
	const allow = (level: string) =>
		wordPress.php(`update_option( 'return_channel_roles', array( 'editor' => '${level}' ) );`);
	const { id, occurredAt, status, campaign, parties } = await theMail();
	const edited = (subject: string, text?: string) => ({
		subject,
		occurredAt,
		status,
		campaign,
		parties: parties.map(({ contactId, role }) => ({ contactId, role })),
		...(text !== undefined && { text }),
	});
	const erik = await visit(wordPress.url, 'erik');
	const change = async (body: unknown) =>
		(await erik.rest('PUT', `/activities/${id}`, body)).status;

	await allow('view');
	assert.equal((await theMail(erik)).mayEdit, 'nothing');
	assert.equal(await change(edited('By a viewer')), 403);

	await allow('edit-basics');
	assert.equal((await theMail(erik)).mayEdit, 'basics');
	assert.equal(await change(edited('Notes for Monday')), 200);
	assert.equal(await change(edited('Notes for Monday', 'Here they are not.')), 403);

	await allow('edit-content');
	assert.equal((await theMail(erik)).mayEdit, 'all');
	assert.equal(await change(edited('Notes for Monday', 'Here they were.')), 200);
	const mail = await theMail();
	assert.deepEqual(
		[mail.subject, mail.text, mail.editedBy],
		['Notes for Monday', 'Here they were.', 'Erik Lund'],
	);
});

test('an address that is held by hand is released on the user’s profile, in the browser', async () => {
	const { json: found } = await admin.rest('GET', '/contacts?search=anna.berg@example.org');
	const [anna] = found as ContactSummary[];
	await admin.rest('POST', `/addresses/${anna?.addressId}/hold`, { note: 'She moved.' });
	const annas = await wordPress.php(`echo get_user_by( 'login', 'anna' )->ID;`);

	const page = await logIn(browser, wordPress.url);
	await page.goto(`${wordPress.url}/wp-admin/user-edit.php?user_id=${annas}`);
	await page.getByText(/has been on hold since .*, by hand\. .*She moved\./).waitFor();
	await page.getByText(/Notes for Monday/).waitFor();
	await page.getByRole('button', { name: 'Release anna.berg@example.org' }).click();
	await page.getByText(/1 address released/).waitFor();

	const { json: record } = await admin.rest('GET', `/contacts/${anna?.id}`);
	assert.deepEqual(
		(record as ContactRecord).addresses.map(({ hold }) => hold),
		[null],
	);
	await page.context().close();
});

test('the dashboard counts it', async () => {
	const page = await logIn(browser, wordPress.url);

	await page.getByRole('link', { name: '1 mail filed' }).waitFor();
	await page.getByText(/Mailboxes last read/).waitFor();
	await page.context().close();
});

test('WordPress exports what is known of Anna, and erases it', async () => {
	const all = (tool: 'exporter' | 'eraser') =>
		wordPress.php(`
			wp_set_current_user( 1 );
			$tool = apply_filters( 'wp_privacy_personal_data_${tool}s', array() )['return-channel'];
			for ( $page = 1, $done = false; ! $done && $page < 100; $page++ ) {
				$answers[] = $answer = $tool['callback']( 'anna.berg@example.org', $page );
				$done      = $answer['done'];
			}
			echo json_encode( $answers );`);

	const exported = await all('exporter');
	assert.match(exported, /Notes for Monday/);
	assert.match(exported, /notes\.pdf/);

	const erased = JSON.parse(await all('eraser')) as { items_removed: boolean; done: boolean }[];
	assert.equal(erased[0]?.items_removed, true);
	assert.equal(erased.at(-1)?.done, true);
	assert.doesNotMatch(await all('exporter'), /Notes for Monday|notes\.pdf/);
	assert.equal(await wordPress.phpLog(), '');
});
