import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { recordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordedWordPress } from '../support/wordpress/recorded-wordpress.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** WordPress's own tools for personal data, with a recording in the place of the service. Embedded PHP has the ZIP that an
 *  export ends in. */

let recorded: RecordedWordPress;
let recording: RecordingService;
let wordPress: RunningWordPress;
let admin: Visitor;

beforeAll(async () => {
	recorded = await recordedWordPress('embedded');
	({ recording, wordPress } = recorded);
	admin = await visit(wordPress.url, 'admin');
});

afterAll(() => recorded?.stop());

/** Confirms a request of Tools → Export or Erase Personal Data and carries it out as its page does in the browser: every
 *  exporter or eraser in turn, page by page. @returns the number of the request, and what each call was answered. */
async function carryOut(tool: 'export' | 'erase', email: string) {
	const asked = tool === 'export' ? 'export_personal_data' : 'remove_personal_data';
	const action = `wp-privacy-${tool}-personal-data`;
	const field = tool === 'export' ? 'exporter' : 'eraser';
	const facts = await wordPress.php(`
		$tools = apply_filters( 'wp_privacy_personal_data_${field}s', array() );
		echo json_encode( array( wp_create_user_request( '${email}', '${asked}', array(), 'confirmed' ), array_keys( $tools ) ) );`);
	const [id, tools] = JSON.parse(facts) as [number, string[]];
	const list = await (await admin.get(`/wp-admin/${tool}-personal-data.php`)).text();
	const [, security = ''] =
		new RegExp(`data-request-id="${id}"[^>]*?data-nonce="(\\w+)"`, 's').exec(list) ?? [];

	const answers: { tool?: string; success: boolean; data: unknown }[] = [];
	for (const [index, name] of tools.entries()) {
		for (let page = 1, isDone = false; !isDone; page++) {
			const response = await admin.post('/wp-admin/admin-ajax.php', {
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

test('the exporter exports page by page what the service knows, into the file that the person gets', async () => {
	recording.answerWith({ '/system/privacy/export': { body: { data: [group], done: true } } });

	const { id, ours } = await carryOut('export', 'anna.berg@example.org');

	assert.deepEqual(
		ours.map(({ success }) => success),
		[true],
	);
	const [asked] = recording.to('/system/privacy/export');
	assert.deepEqual(JSON.parse(asked?.body ?? ''), { email: 'anna.berg@example.org', page: 1 });
	assert.equal(asked?.headers['return-channel-capabilities'], 'system');
	const report = await wordPress.php(`
		$zip = new ZipArchive();
		$zip->open( wp_privacy_exports_dir() . get_post_meta( ${id}, '_export_file_name', true ) );
		echo $zip->getFromName( 'export.json' );`);
	assert.match(report, /"return-channel-mails".*"Filed mail".*"Rehearsal"/s);
});

test('the eraser erases page by page, and says what happened', async () => {
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

test('both say so when the service is away, so that nobody takes nothing for all', async () => {
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

test('there is a suggestion for the site’s privacy policy', async () => {
	const guide = await (await admin.get('/wp-admin/options-privacy.php?tab=policyguide')).text();

	assert.match(guide, /Return Channel/);
	assert.match(guide, /the message that comes back/);
});
