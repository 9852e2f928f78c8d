import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { recordingService } from '../plugin/recording-service.ts';
import type { RecordingService } from '../plugin/recording-service.ts';
import { testSecret } from '../support/a-mailing.ts';
import { ensureSystemPackages } from '../support/system-packages.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress, WordPressOptions } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** The plugin on networks, with the system's PHP, paired on the settings page. */

let folder: string;
let service: Service;
let recording: RecordingService;

beforeAll(async () => {
	ensureSystemPackages(['php-cli', 'php-sqlite3', 'php-curl', 'php-mbstring', 'php-xml']);
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	recording = await recordingService();
	service = await startService(
		{
			secret: testSecret,
			databasePath: join(folder, 'service.sqlite'),
			host: '127.0.0.1',
			port: 0,
			hasClock: false,
			mailFolders: [],
			logLevel: 'silent',
		},
		openLog('silent'),
	);
});

afterAll(async () => {
	await service?.stop();
	await recording?.goAway();
	await rm(folder, { recursive: true, force: true });
});

function startNetwork(activate: WordPressOptions['activate']): Promise<RunningWordPress> {
	return startWordPress({
		dir: join(folder, String(activate)),
		isNetwork: true,
		activate,
		hasCron: false,
		php: 'native',
	});
}

const siteSettings = '/wp-admin/admin.php?page=return-channel-settings';
const networkSettings = '/wp-admin/network/admin.php?page=return-channel-settings';

async function textOf(visitor: Visitor, path: string): Promise<string> {
	return (await visitor.get(path)).text();
}

/** Fills in the settings form and sends it. @returns the page that is shown then. */
async function save(visitor: Visitor, path: string, form: { url: string; secret: string }) {
	const [, nonce = ''] = /name="_wpnonce" value="(\w+)"/.exec(await textOf(visitor, path)) ?? [];
	const response = await visitor.post(path, {
		_wpnonce: nonce,
		return_channel_url: form.url,
		return_channel_secret: form.secret,
	});
	if (response.status !== 302) return response.text();
	assert.ok(response.headers.get('location')?.endsWith(`${path}&updated=true`));
	return textOf(visitor, `${path}&updated=true`);
}

const ours = `
	switch_to_blog( $site );
	$options = $GLOBALS['wpdb']->get_col( "SELECT option_name FROM {$GLOBALS['wpdb']->options} WHERE option_name LIKE 'return_channel%'" );
	$all[] = array( 'event' => (bool) wp_next_scheduled( 'return_channel_every_minute' ), 'options' => $options );
	restore_current_blog();`;
const leftovers = `
	$all = array();
	foreach ( get_sites( array( 'fields' => 'ids' ) ) as $site ) { ${ours} }
	echo json_encode( array( 'sites' => $all, 'network' => get_site_option( 'return_channel_connection' ) ) );`;
const nothing = { event: false, options: [] };

describe('active on the whole network', () => {
	let wordPress: RunningWordPress;
	let admin: Visitor;

	beforeAll(async () => {
		wordPress = await startNetwork('network');
		admin = await visit(wordPress.url, 'admin');
	});

	afterAll(() => wordPress?.stop());

	test('before it is paired, every page says what to do', async () => {
		const page = await textOf(admin, '/north/wp-admin/admin.php?page=return-channel');
		assert.match(page, /not connected to a Return Channel service yet/);
		assert.ok(!page.includes('window.returnChannel'));

		assert.equal((await admin.rest('GET', '/status')).json.code, 'return_channel_not_set_up');
		assert.match(await textOf(admin, networkSettings), /take this: \w{48}/);
	});

	test('wrong settings are not saved, and each says why', async () => {
		const page = await save(admin, networkSettings, { url: 'ftp://example.org', secret: 'short' });

		assert.match(page, /Nothing was saved/);
		assert.match(page, /looks like http:\/\/127\.0\.0\.1:8787/);
		assert.match(page, /at least 32 characters/);
	});

	test('nobody there, somebody else there, not allowed to ask and a wrong secret are told apart', async () => {
		const nobody = await save(admin, networkSettings, {
			url: 'http://127.0.0.1:9',
			secret: testSecret,
		});
		assert.match(nobody, /Nobody answers at http:\/\/127\.0\.0\.1:9\./);

		const other = await save(admin, networkSettings, { url: wordPress.url, secret: testSecret });
		assert.match(other, /is not a Return Channel service/);

		const forbidden = await save(admin, networkSettings, {
			url: 'http://service.example:8787',
			secret: testSecret,
		});
		assert.match(forbidden, /Add service\.example to WP_ACCESSIBLE_HOSTS/);

		const wrong = await save(admin, networkSettings, {
			url: service.url,
			secret: 'another secret of more than 32 characters',
		});
		assert.match(wrong, /The service is there, but it refuses this site\./);
		assert.equal((await admin.rest('GET', '/status')).status, 502);
	});

	test('the network’s administrator pairs all sites at once', async () => {
		const page = await save(admin, networkSettings, { url: `${service.url}/`, secret: testSecret });

		assert.match(page, /Settings saved/);
		assert.match(page, /The service answers and knows this site/);
		assert.ok(!page.includes(testSecret));
		for (const slug of ['', 'north', 'south'] as const) await wordPress.runCron(slug);
		const north = await visit(wordPress.siteUrl('north'), 'nora');
		const { json } = await north.rest('GET', '/status');
		assert.equal(json.siteName, 'North Choir');
		assert.equal(json.contacts, 2);
	});

	test('an empty secret keeps the stored one', async () => {
		const page = await save(admin, networkSettings, { url: service.url, secret: '' });

		assert.match(page, /The service answers and knows this site/);
	});

	test('a site’s administrator sees how things stand, and can change nothing', async () => {
		const nora = await visit(wordPress.siteUrl('north'), 'nora');

		const page = await textOf(nora, siteSettings);
		assert.match(page, /administrators of the network connect its sites/);
		assert.ok(!page.includes('name="return_channel_url"'));
		const form = { return_channel_url: 'http://127.0.0.1:9', return_channel_secret: '' };
		assert.equal((await nora.post(siteSettings, form)).status, 403);
		assert.equal((await nora.get(networkSettings)).status, 403);
	});

	test('nobody gets at another site through WordPress', async () => {
		for (const slug of ['', 'south'] as const) {
			const nora = await visit(wordPress.siteUrl(slug), 'nora');
			assert.equal((await nora.rest('GET', '/status')).status, 403);
			assert.equal((await nora.rest('POST', '/jobs/clean_up/run', {})).status, 403);
		}
		const north = await visit(wordPress.siteUrl('north'), 'nora');
		const account = {
			name: 'North bounces',
			usedFor: 'bounces',
			protocol: 'imap',
			server: 'imap.example.org',
			emailDomain: 'example.org',
		};
		const { json } = await north.rest('POST', '/accounts', account);
		const south = await visit(wordPress.siteUrl('south'), 'sami');
		assert.deepEqual((await south.rest('GET', '/accounts')).json, []);
		assert.equal((await south.rest('DELETE', `/accounts/${json.id}`)).status, 404);
	});

	test('what a site gives its roles holds in that site only', async () => {
		await wordPress.php(`
			$edda = wp_insert_user( array( 'user_login' => 'edda', 'user_pass' => 'password', 'user_email' => 'edda@example.org' ) );
			foreach ( array( 2, 3 ) as $site ) {
				add_user_to_blog( $site, $edda, 'editor' );
			}`);
		await wordPress.php(
			`update_option( 'return_channel_roles', array( 'editor' => 'view' ) );`,
			'north',
		);

		const inNorth = await visit(wordPress.siteUrl('north'), 'edda');
		const inSouth = await visit(wordPress.siteUrl('south'), 'edda');
		assert.equal((await inNorth.rest('GET', '/bounces')).status, 200);
		assert.equal((await inSouth.rest('GET', '/bounces')).status, 403);
		await wordPress.php(`
			require_once ABSPATH . 'wp-admin/includes/ms.php';
			wpmu_delete_user( get_user_by( 'login', 'edda' )->ID );`);
	});

	test('another service hears of every site and all its users', async () => {
		recording.answerWith({});
		await save(admin, networkSettings, { url: recording.url, secret: testSecret });
		recording.answerWith({});

		await wordPress.runCron('south');

		const said = recording.requests.map(({ method, path }) => `${method} ${path}`);
		assert.deepEqual(said, [
			'PUT /v1/system/site',
			'POST /v1/system/users',
			'POST /v1/system/run-due-jobs',
		]);
		assert.ok(recording.requests.every(({ headers }) => headers['return-channel-site'] === '3'));
		const { users, isLastPart } = JSON.parse(recording.to('/system/users')[0]?.body ?? '{}');
		assert.deepEqual(
			users.map(({ email }: { email: string }) => email),
			['admin@example.org', 'sami.syd@example.org'],
		);
		assert.equal(isLastPart, true);
	});

	test('what was said a minute ago is not said again', async () => {
		recording.answerWith({});

		await wordPress.runCron('south');

		assert.deepEqual(
			recording.requests.map(({ path }) => path),
			['/v1/system/run-due-jobs'],
		);
	});

	test('a changed user is told of in each of the user’s sites and in no other, once', async () => {
		recording.answerWith({});

		await wordPress.php(`
			$nora = get_user_by( 'login', 'nora' )->ID;
			add_user_to_blog( 3, $nora, 'editor' );
			wp_update_user( array( 'ID' => $nora, 'first_name' => 'Eleonora' ) );
			wp_update_user( array( 'ID' => $nora, 'user_email' => 'eleonora@example.org' ) );`);

		const told = recording.to('/system/users').map(({ headers, body }) => ({
			site: headers['return-channel-site'],
			users: JSON.parse(body).users,
		}));
		const nora = {
			userId: 4,
			email: 'eleonora@example.org',
			displayName: 'Nora Nord',
			firstName: 'Eleonora',
			lastName: 'Nord',
		};
		const [administrator, editor] = [{ roles: ['administrator'] }, { roles: ['editor'] }];
		assert.deepEqual(
			told.sort((a, b) => Number(a.site) - Number(b.site)),
			[
				{ site: '2', users: [{ ...nora, ...administrator }] },
				{ site: '3', users: [{ ...nora, ...editor }] },
			],
		);
	});

	test('a changed role is told of in the site that it belongs to', async () => {
		const change = async (code: string) => {
			recording.answerWith({});
			await wordPress.php(`$nora = get_user_by( 'login', 'nora' ); ${code}`, 'south');
			return recording
				.to('/system/users')
				.map(({ headers, body }) => [
					headers['return-channel-site'],
					JSON.parse(body).users[0].roles,
				]);
		};

		assert.deepEqual(await change(`$nora->add_role( 'author' );`), [['3', ['editor', 'author']]]);
		assert.deepEqual(await change(`$nora->remove_role( 'author' );`), [['3', ['editor']]]);
		assert.deepEqual(await change(`$nora->set_role( 'author' );`), [['3', ['author']]]);
	});

	test('who leaves a site is no user there any more', async () => {
		recording.answerWith({});

		await wordPress.php(`remove_user_from_blog( get_user_by( 'login', 'nora' )->ID, 3 );`);

		assert.deepEqual(
			recording.requests.map(({ path, headers, body }) => [
				path,
				headers['return-channel-site'],
				body,
			]),
			[['/v1/system/users/remove', '3', '{"userIds":[4]}']],
		);
	});

	test('who is deleted from the network leaves all sites', async () => {
		recording.answerWith({});

		await wordPress.php(`
			require_once ABSPATH . 'wp-admin/includes/ms.php';
			require_once ABSPATH . 'wp-admin/includes/user.php';
			wpmu_delete_user( get_user_by( 'login', 'sami' )->ID );`);

		assert.deepEqual(
			recording.requests.map(({ path, headers }) => [path, headers['return-channel-site']]),
			[['/v1/system/users/remove', '3']],
		);
	});

	test('a site that is made later takes part by itself', async () => {
		const id = await wordPress.php(
			`echo wpmu_create_blog( DOMAIN_CURRENT_SITE, '/west/', 'West Choir', 1 );`,
		);
		await fetch(`${wordPress.url}/west/`);
		recording.answerWith({});

		await fetch(`${wordPress.url}/west/wp-cron.php?doing_wp_cron`);

		assert.equal(recording.to('/system/site')[0]?.headers['return-channel-site'], id);
		assert.equal(recording.to('/system/run-due-jobs').length, 1);
	});

	test('nothing of all this left a notice, a warning or an error of PHP', async () => {
		assert.equal(await wordPress.phpLog(), '');
	});

	test('deactivating clears every site’s cron; uninstalling leaves nothing anywhere', async () => {
		await wordPress.php(`
			require_once ABSPATH . 'wp-admin/includes/plugin.php';
			deactivate_plugins( 'return-channel/return-channel.php', false, true );`);
		const { sites } = JSON.parse(await wordPress.php(leftovers));
		assert.equal(sites.length, 4);
		assert.ok(sites.every(({ event }: { event: boolean }) => !event));

		await wordPress.php(`
			require_once ABSPATH . 'wp-admin/includes/plugin.php';
			uninstall_plugin( 'return-channel/return-channel.php' );`);
		assert.deepEqual(JSON.parse(await wordPress.php(leftovers)), {
			sites: [nothing, nothing, nothing, nothing],
			network: false,
		});
	});
});

describe('active on single sites of a network', () => {
	let wordPress: RunningWordPress;
	let admin: Visitor;

	beforeAll(async () => {
		wordPress = await startNetwork('nowhere');
		await wordPress.php(
			`require_once ABSPATH . 'wp-admin/includes/plugin.php'; activate_plugin( 'return-channel/return-channel.php' );`,
			'north',
		);
		admin = await visit(wordPress.siteUrl('north'), 'admin');
	});

	afterAll(() => wordPress?.stop());

	test('an administrator of the network pairs the site, and the site’s own can’t', async () => {
		recording.answerWith({});
		const nora = await visit(wordPress.siteUrl('north'), 'nora');
		assert.match(await textOf(nora, siteSettings), /administrators of the network connect/);

		const page = await save(admin, siteSettings, { url: recording.url, secret: testSecret });

		assert.match(page, /The service answers and knows this site/);
	});

	test('other sites have no menu, no routes and no part in it', async () => {
		const sami = await visit(wordPress.siteUrl('south'), 'sami');
		assert.ok(!(await textOf(sami, '/wp-admin/')).includes('return-channel'));
		assert.equal((await sami.rest('GET', '/status')).json.code, 'rest_no_route');

		recording.answerWith({});
		await wordPress.php(
			`
			$nora = get_user_by( 'login', 'nora' )->ID;
			add_user_to_blog( 3, $nora, 'editor' );
			wp_update_user( array( 'ID' => $nora, 'first_name' => 'Eleonora' ) );`,
			'north',
		);
		assert.deepEqual(
			recording.requests.map(({ path, headers }) => [path, headers['return-channel-site']]),
			[['/v1/system/users', '2']],
		);
	});

	test('there is no page in the network’s administration, because there is nothing to set for all', async () => {
		const dashboard = await textOf(await visit(wordPress.url, 'admin'), '/wp-admin/network/');

		assert.ok(!dashboard.includes('return-channel'));
		assert.equal(await wordPress.phpLog(), '');
	});
});
