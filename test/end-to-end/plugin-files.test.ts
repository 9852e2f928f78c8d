import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { recordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** Files that pass through the plugin, in both kinds of PHP. */

/** What the service says with a file. */
function fileHeaders(name: string, type = 'application/pdf') {
	return {
		'content-type': type,
		'content-disposition': `attachment; filename="${name}"`,
		'content-security-policy': "default-src 'none'; sandbox",
		'x-content-type-options': 'nosniff',
	};
}

describe.each(['embedded', 'native'] as const)('a file, in %s PHP', (php) => {
	let recorded: RecordedWordPress;
	let recording: RecordingService;
	let wordPress: RunningWordPress;
	let admin: Visitor;

	beforeAll(async () => {
		recorded = await recordedWordPress(php);
		({ recording, wordPress } = recorded);
		admin = await visit(wordPress.url, 'admin');
	});

	afterAll(() => recorded?.stop());

	/** As a plain link does: no header, the nonce in the address. */
	async function follow(path: string): Promise<Response> {
		const nonce = await (await admin.get('/wp-admin/admin-ajax.php?action=rest-nonce')).text();
		return admin.get(`/wp-json/return-channel/v1${path}?_wpnonce=${nonce}`);
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
		const anna = await visit(wordPress.url, 'anna');

		assert.equal((await admin.get('/wp-json/return-channel/v1/attachments/12')).status, 401);
		assert.equal((await anna.rest('GET', '/attachments/12')).status, 403);
		assert.equal(recording.requests.length, 0);
	});

	test('leaves nothing behind in the folder for temporary files', async () => {
		const temporary = await wordPress.php(`
			require_once ABSPATH . 'wp-admin/includes/file.php';
			echo implode( ',', glob( get_temp_dir() . 'return-channel-*.tmp' ) );`);

		assert.equal(temporary, '');
		assert.equal(await wordPress.phpLog(), '');
	});
});

function hash(bytes: Buffer): string {
	return createHash('sha256').update(bytes).digest('hex');
}
