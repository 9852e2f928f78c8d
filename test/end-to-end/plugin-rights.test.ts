import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { recordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** What roles may do, as the settings page gives it and the service hears it, and what Site Health says. */

let recorded: RecordedWordPress;
let recording: RecordingService;
let wordPress: RunningWordPress;
let admin: Visitor;

beforeAll(async () => {
	recorded = await recordedWordPress('native');
	({ recording, wordPress } = recorded);
	admin = await visit(wordPress.url, 'admin');
});

afterAll(() => recorded?.stop());

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

		recording.answerWith({
			'/status': {
				body: { ...status, problems: ['The mailbox of “Returned mail” can’t be read.'] },
			},
		});
		const said = JSON.parse(await result());
		assert.equal(said.status, 'recommended');
		assert.equal(said.label, 'Return Channel has something for you to look at');
		assert.match(said.description, /The mailbox of “Returned mail”/);
	});
});
