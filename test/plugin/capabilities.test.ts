import assert from 'node:assert/strict';
import { afterAll, beforeAll, test } from 'vitest';
import { barePhp, pluginInPhp } from './php.ts';

let php: Awaited<ReturnType<typeof barePhp>>;

beforeAll(async () => {
	php = await barePhp();
}, 60_000);

afterAll(() => php.stop());

interface World {
	/** Role → what the settings page gives it. */
	given?: Record<string, string>;
	/** Of the user whom it is about. */
	roles?: string[];
	/** What roles and other plugins give the user anyway. */
	capabilities?: string[];
	isNetwork?: boolean;
	/** What the filter return_channel_capability answers instead of the usual. */
	filtered?: string;
}

/** What of WordPress's capabilities each of ours takes. */
async function mapped(world: World): Promise<Record<string, string[]>> {
	const { given = {}, roles = [], capabilities = [], isNetwork = false, filtered } = world;
	const facts = JSON.stringify({ given, roles, capabilities, isNetwork, filtered });
	const printed = await php.run(`
		define( 'ABSPATH', '/' );
		$world = json_decode( base64_decode( '${Buffer.from(facts).toString('base64')}' ), true );
		function add_filter() {}
		function is_multisite() { return $GLOBALS['world']['isNetwork']; }
		function get_option( $name, $default ) { return $GLOBALS['world']['given'] ?: $default; }
		function apply_filters( $name, $usual ) { return $GLOBALS['world']['filtered'] ?? $usual; }
		function get_userdata( $id ) {
			return 7 !== $id ? false : (object) array(
				'roles'   => $GLOBALS['world']['roles'],
				'allcaps' => array_fill_keys( $GLOBALS['world']['capabilities'], true ),
			);
		}
		require '${pluginInPhp}/includes/class-capabilities.php';
		require '${pluginInPhp}/includes/class-role-grants.php';
		$capabilities = new Return_Channel\\Capabilities( new Return_Channel\\Role_Grants() );
		foreach ( array( 'view_return_channel', 'manage_return_channel', 'edit_inbound_email_basics', 'edit_inbound_email_content', 'manage_network_return_channel', 'edit_posts' ) as $name ) {
			$mapped[ $name ] = $capabilities->map( array( 'as before' ), $name, 7 );
		}
		echo json_encode( $mapped );`);
	return JSON.parse(printed) as Record<string, string[]>;
}

const administrators = {
	view_return_channel: ['manage_options'],
	manage_return_channel: ['manage_options'],
	edit_inbound_email_basics: ['manage_options'],
	edit_inbound_email_content: ['manage_options'],
	manage_network_return_channel: ['manage_options'],
	edit_posts: ['as before'],
};

test('all of it is for those who may change the site’s options, unless somebody says otherwise', async () => {
	assert.deepEqual(await mapped({}), administrators);
	assert.deepEqual(await mapped({ given: { editor: 'edit-content' } }), administrators);
});

test('on a network, what concerns all sites is for the network’s administrators', async () => {
	const { manage_network_return_channel, manage_return_channel } = await mapped({
		isNetwork: true,
	});

	assert.deepEqual(manage_network_return_channel, ['manage_network_options']);
	assert.deepEqual(manage_return_channel, ['manage_options']);
});

test.each([
	['view', ['view_return_channel']],
	['edit-basics', ['view_return_channel', 'edit_inbound_email_basics']],
	[
		'edit-content',
		['view_return_channel', 'edit_inbound_email_basics', 'edit_inbound_email_content'],
	],
])('a role that is given “%s” has what belongs to it and no more', async (level, names) => {
	const given = Object.fromEntries(names.map((name) => [name, ['exist']]));

	assert.deepEqual(await mapped({ given: { editor: level }, roles: ['author', 'editor'] }), {
		...administrators,
		...given,
	});
});

test('the content includes the basics, also where another plugin gives it', async () => {
	const held = await mapped({ capabilities: ['edit_inbound_email_content'] });

	assert.deepEqual(held, {
		...administrators,
		view_return_channel: ['exist'],
		edit_inbound_email_basics: ['exist'],
		edit_inbound_email_content: ['exist'],
	});
});

test('a filter chooses another of WordPress’s capabilities', async () => {
	const filtered = await mapped({ filtered: 'edit_others_posts' });

	assert.deepEqual(filtered.view_return_channel, ['edit_others_posts']);
	assert.deepEqual(filtered.edit_posts, ['as before']);
});
