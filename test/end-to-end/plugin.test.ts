import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { jobNames } from '../../service/contract/job.ts';
import { openLog } from '../../service/log.ts';
import { startService } from '../../service/main.ts';
import type { Service } from '../../service/main.ts';
import { testSecret } from '../support/a-mailing.ts';
import { startWordPress } from '../support/wordpress/start-wordpress.ts';
import type { RunningWordPress } from '../support/wordpress/start-wordpress.ts';
import { visit } from '../support/wordpress/visitor.ts';
import type { Visitor } from '../support/wordpress/visitor.ts';

/** The plugin on one site, embedded PHP, with the real service. */

let folder: string;
let service: Service;
let wordPress: RunningWordPress;
let admin: Visitor;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	service = await startTheService(0);
	wordPress = await startWordPress({
		dir: join(folder, 'wordpress'),
		isNetwork: false,
		pluginSettings: { serviceUrl: service.url, secret: testSecret },
		hasCron: false,
	});
	admin = await visit(wordPress.url, 'admin');
});

afterAll(async () => {
	await wordPress?.stop();
	await service?.stop();
	await rm(folder, { recursive: true, force: true });
});

function startTheService(port: number): Promise<Service> {
	return startService(
		{
			secret: testSecret,
			databasePath: join(folder, 'service.sqlite'),
			host: '127.0.0.1',
			port,
			hasClock: false,
			mailFolders: [],
			logLevel: 'silent',
		},
		openLog('silent'),
	);
}

async function pageOf(visitor: Visitor, slug: string): Promise<string> {
	const response = await visitor.get(`/wp-admin/admin.php?page=${slug}`);
	assert.equal(response.status, 200, slug);
	return response.text();
}

test('WordPress’s cron introduces the site, brings its users as contacts and runs what is due', async () => {
	await wordPress.runCron();

	const { json: status } = await admin.rest('GET', '/status');
	assert.equal(status.siteName, 'Linden Choir');
	assert.equal(status.contacts, 3);
	const { json: runs } = await admin.rest('GET', '/runs');
	assert.ok(runs.some(({ trigger }: { trigger: string }) => trigger === 'wp-cron'));
});

describe('the admin pages', () => {
	const pages = {
		'return-channel': 'bounces',
		'return-channel-on-hold': 'on-hold',
		'return-channel-contacts': 'contacts',
		'return-channel-activities': 'activities',
		'return-channel-outcomes': 'outcomes',
		'return-channel-rules': 'rules',
		'return-channel-types': 'types',
		'return-channel-try': 'try-bounce',
		'return-channel-accounts': 'accounts',
		'return-channel-jobs': 'jobs',
	};

	test.each(Object.entries(pages))(
		'%s has its frame and what it has to know',
		async (slug, page) => {
			const html = await pageOf(admin, slug);

			assert.ok(html.includes(`<div id="return-channel-root" data-page="${page}">`));
			const [, settings = ''] = /window\.returnChannel = (\{.*\});/.exec(html) ?? [];
			const known = JSON.parse(settings) as Record<string, unknown>;
			assert.equal(known.page, page);
			assert.equal(known.canManage, true);
			assert.equal(known.siteName, 'Linden Choir');
			assert.deepEqual(Object.keys(known.pageUrls as object), Object.values(pages));
			const [, script = ''] =
				/src="([^"]+plugins\/return-channel\/build\/index\.js[^"]*)"/.exec(html) ?? [];
			assert.equal((await fetch(script)).status, 200);
		},
	);

	test('the menu has an entry for each page, and the settings', async () => {
		const html = await pageOf(admin, 'return-channel');
		const [, menu = ''] = /id="toplevel_page_return-channel".*?(<ul.*?<\/ul>)/s.exec(html) ?? [];
		const entries = [...menu.matchAll(/<a href=[^>]*>([^<]+)<\/a>/g)].map(([, title]) => title);

		assert.deepEqual(entries, [
			'Bounces',
			'On hold',
			'Contacts',
			'Filed mail',
			'Mail log',
			'Rules',
			'Types &#038; patterns',
			'Try a bounce',
			'Mail accounts',
			'Scheduled jobs',
			'Settings',
		]);
	});

	test('a subscriber sees no menu and no page', async () => {
		const anna = await visit(wordPress.url, 'anna');

		const profile = await (await anna.get('/wp-admin/profile.php')).text();
		assert.ok(!profile.includes('return-channel'));
		assert.equal((await anna.get('/wp-admin/admin.php?page=return-channel')).status, 403);
	});

	test('the settings page says that all is well, and never shows the secret', async () => {
		const html = await pageOf(admin, 'return-channel-settings');

		assert.match(html, /notice-success.*The service answers and knows this site/s);
		assert.match(html, /Set in wp-config\.php \(RETURN_CHANNEL_SERVICE_URL\)/);
		assert.ok(!html.includes(testSecret));
	});
});

describe('the REST routes', () => {
	test('a list travels with its totals', async () => {
		const { status, json, headers } = await admin.rest('GET', '/jobs?_locale=user');

		assert.equal(status, 200);
		assert.equal(json.length, jobNames.length);
		assert.equal(headers.get('x-wp-total'), String(jobNames.length));
		assert.equal(headers.get('x-wp-totalpages'), '1');
	});

	test('what the service says of a wrong field arrives as it is', async () => {
		const { status, json } = await admin.rest('POST', '/accounts', { name: '' });

		assert.equal(status, 400);
		assert.equal(json.code, 'return_channel_invalid_request');
		assert.equal(json.data.status, 400);
		assert.equal(json.data.params.name, 'Give the account a name.');
	});

	test('what is not there is not found', async () => {
		assert.equal((await admin.rest('GET', '/bounces/99')).json.code, 'return_channel_not_found');
		assert.equal((await admin.rest('GET', '/bounces/me')).json.code, 'rest_no_route');
	});

	test('any characters reach the service, and the signature holds', async () => {
		const search = `Zoë+"Å"%20&=?#/\\~(*)'!@:;,.[]{}|^\` `;
		for (const value of [search, '日本語', '<script>', '%2F%2f'])
			assert.equal(
				(await admin.rest('GET', `/holds?search=${encodeURIComponent(value)}`)).status,
				200,
				value,
			);
		const changed = await admin.rest('POST', '/holds/release', {
			addressIds: [1],
			note: 'Zoë \\ "',
		});
		assert.equal(changed.status, 200, JSON.stringify(changed.json));
	});

	test('an account is added, changed and deleted', async () => {
		const fields = {
			name: 'Zoë’s bounces',
			usedFor: 'bounces',
			protocol: 'imap',
			server: 'imap.example.org',
			userName: 'bounce@example.org',
			emailDomain: 'example.org',
		};
		const { json: added } = await admin.rest('POST', '/accounts', fields);
		assert.equal(added.name, 'Zoë’s bounces');

		const changed = await admin.rest('PUT', `/accounts/${added.id}`, { ...fields, name: 'B' });
		assert.equal(changed.json.name, 'B');
		assert.equal((await admin.rest('DELETE', `/accounts/${added.id}`)).status, 200);
	});

	test('a run is started with 202, and can be followed', async () => {
		const started = await admin.rest('POST', '/jobs/clean_up/run', {});

		assert.equal(started.status, 202);
		assert.equal((await admin.rest('GET', `/runs/${started.json.run.id}`)).json.job, 'clean_up');
	});

	test('strangers, subscribers and editors are refused', async () => {
		const stranger = await visit(wordPress.url);
		assert.equal((await stranger.rest('GET', '/status')).status, 401);

		for (const login of ['anna', 'erik']) {
			const person = await visit(wordPress.url, login);
			assert.equal((await person.rest('GET', '/bounces')).status, 403);
			assert.equal((await person.rest('POST', '/holds/release', { addressIds: [1] })).status, 403);
		}
	});

	test('what the plugin does by itself nobody can ask for', async () => {
		assert.equal((await admin.rest('POST', '/system/run-due-jobs', {})).json.code, 'rest_no_route');
		assert.equal((await admin.rest('POST', '/system/users', {})).json.code, 'rest_no_route');
	});
});

test('another capability can be chosen: editors who may look may not touch', async () => {
	const filter = `<?php add_filter( 'return_channel_capability', fn( $usual, $asked ) => 'view_return_channel' === $asked ? 'edit_others_posts' : $usual, 10, 2 );`;
	const file = join(wordPress.dir, 'wordpress/wp-content/mu-plugins/editors-may-look.php');
	await wordPress.php(
		`file_put_contents( WPMU_PLUGIN_DIR . '/editors-may-look.php', base64_decode( '${Buffer.from(filter).toString('base64')}' ) );`,
	);
	try {
		const erik = await visit(wordPress.url, 'erik');

		assert.equal((await erik.rest('GET', '/bounces')).status, 200);
		assert.equal((await erik.rest('GET', '/accounts')).status, 403);
		const html = await pageOf(erik, 'return-channel');
		assert.match(html, /"canManage":false/);
		assert.ok(!html.includes('return-channel-accounts'));
	} finally {
		await rm(file);
	}
});

test('the database and the logs can’t be downloaded', async () => {
	for (const path of [
		'/.ht.sqlite',
		'/database/.ht.sqlite',
		'/wp-content/database/.ht.sqlite',
		'/wp-content/%2eht.sqlite',
		'/../database/.ht.sqlite',
		'/wp-content/debug.log',
		'/logs/php.log',
	]) {
		const response = await fetch(wordPress.url + path);
		assert.equal(response.status, 403, path);
	}
});

describe('when the service is away', () => {
	test('every route says so, nobody’s user is lost, and all is well when it is back', async () => {
		const port = Number(new URL(service.url).port);
		await service.stop();
		const away = await admin.rest('GET', '/bounces');
		assert.equal(away.status, 503);
		assert.equal(away.json.code, 'return_channel_service_unreachable');
		const settings = await pageOf(admin, 'return-channel-settings');
		assert.match(
			settings,
			/notice-error.*Nobody answers at http:\/\/127\.0\.0\.1:\d+\..*Is the service running\?/s,
		);
		assert.match(await siteHealth(), /"status":"critical"/);

		await wordPress.php(
			`wp_insert_user( array( 'user_login' => 'lea', 'user_pass' => 'password', 'user_email' => 'lea.linde@example.org' ) );`,
		);
		await wordPress.runCron();
		assert.match(
			await wordPress.php(`echo json_encode( get_option( 'return_channel_touched_users' ) );`),
			/^\[\d+\]$/,
		);

		service = await startTheService(port);
		await wordPress.runCron();
		assert.equal((await admin.rest('GET', '/status')).json.contacts, 4);
		assert.equal(
			await wordPress.php(`echo json_encode( get_option( 'return_channel_touched_users' ) );`),
			'false',
		);
		assert.match(await siteHealth(), /"status":"good"/);
	});

	function siteHealth(): Promise<string> {
		return wordPress.php(`
			$tests = apply_filters( 'site_status_tests', array( 'direct' => array(), 'async' => array() ) );
			echo json_encode( $tests['direct']['return_channel_service']['test']() );`);
	}
});

test('nothing of all this left a notice, a warning or an error of PHP', async () => {
	assert.equal(await wordPress.phpLog(), '');
});

test('deactivating takes the event out of cron; uninstalling takes everything', async () => {
	const ours = `echo json_encode( array(
		'event'   => wp_next_scheduled( 'return_channel_every_minute' ),
		'options' => $GLOBALS['wpdb']->get_col( "SELECT option_name FROM {$GLOBALS['wpdb']->options} WHERE option_name LIKE 'return_channel%'" ) ) );`;
	await wordPress.php(`update_option( 'return_channel_roles', array( 'editor' => 'view' ) );`);
	const before = JSON.parse(await wordPress.php(ours));
	assert.ok(before.event);
	assert.ok(before.options.length >= 3);

	await wordPress.php(`
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		deactivate_plugins( 'return-channel/return-channel.php' );`);
	assert.equal(JSON.parse(await wordPress.php(ours)).event, false);

	await wordPress.php(`
		require_once ABSPATH . 'wp-admin/includes/plugin.php';
		uninstall_plugin( 'return-channel/return-channel.php' );`);
	assert.deepEqual(JSON.parse(await wordPress.php(ours)), { event: false, options: [] });
	assert.equal(await wordPress.phpLog(), '');
});
