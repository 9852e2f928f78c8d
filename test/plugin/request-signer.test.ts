import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createVerifier, httpbis } from 'http-message-signatures';
import { afterAll, beforeAll, test } from 'vitest';
import { authenticate, siteKey } from '../../service/http/authenticate.ts';
import { barePhp, pluginInPhp } from './php.ts';

const secret = 'a secret of the network, long enough to be one';
const now = new Date('2026-11-21T12:00:00Z');

let php: Awaited<ReturnType<typeof barePhp>>;

beforeAll(async () => {
	php = await barePhp();
}, 60_000);

afterAll(() => php.stop());

interface Request {
	method?: string;
	path?: string;
	query?: string;
	body?: string;
}

/** Has the plugin's own PHP sign, for site 3 and the user Zoë Ångström. */
async function signedByPhp({
	method = 'GET',
	path = '/v1/bounces',
	query = '',
	body = '',
}: Request) {
	const given = Buffer.from(JSON.stringify({ method, path, query, body, secret })).toString(
		'base64',
	);
	const printed = await php.run(`
		define( 'ABSPATH', '/' );
		function get_current_blog_id() { return 3; }
		function wp_get_current_user() { return (object) array( 'ID' => 7, 'display_name' => 'Zoë Ångström' ); }
		function current_user_can( $capability ) { return true; }
		require '${pluginInPhp}/includes/class-capabilities.php';
		require '${pluginInPhp}/includes/class-caller.php';
		require '${pluginInPhp}/includes/class-request-signer.php';
		$given = json_decode( base64_decode( '${given}' ), true );
		echo json_encode( Return_Channel\\Request_Signer::headers( $given['method'], $given['path'], $given['query'],
			$given['body'], Return_Channel\\Caller::current_user(), $given['secret'], ${now.getTime() / 1000}, bin2hex( random_bytes( 16 ) ) ) );`);
	const headers = Object.entries(JSON.parse(printed) as Record<string, string>);
	return Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
}

/** Verifies by the library of others, which has read RFC 9421 for itself. */
function verified(headers: Record<string, string>, method: string, target: string) {
	return httpbis.verifyMessage(
		{
			keyLookup: async ({ keyid }) => ({
				id: '3',
				algs: ['hmac-sha256'],
				verify: createVerifier(siteKey(secret, String(keyid)), 'hmac-sha256'),
			}),
			requiredParams: ['created', 'nonce', 'keyid', 'alg'],
			requiredFields: ['@method', '@path', '@query', 'content-digest', 'return-channel-site'],
			notAfter: now,
		},
		{ method, url: `http://127.0.0.1:8787${target}`, headers },
	);
}

const requests: [string, Request][] = [
	['a GET without a query', {}],
	['a GET with a query', { query: 'page=2&search=Anna%20%C3%85ngstr%C3%B6m%2Bnews' }],
	['a POST with a body', { method: 'POST', path: '/v1/holds/release', body: '{"addressIds":[1]}' }],
	['a DELETE', { method: 'DELETE', path: '/v1/accounts/12' }],
];

test.each(requests)('another implementation of RFC 9421 verifies %s', async (_, request) => {
	const headers = await signedByPhp(request);
	const target = `${request.path ?? '/v1/bounces'}${request.query ? `?${request.query}` : ''}`;

	assert.equal(await verified(headers, request.method ?? 'GET', target), true);
});

test('another implementation of RFC 9421 refuses what was altered on the way', async () => {
	const headers = await signedByPhp({ query: 'page=2' });
	const promoted = { ...headers, 'return-channel-capabilities': 'system' };

	assert.equal(await verified(headers, 'GET', '/v1/bounces?page=3'), false);
	assert.equal(await verified(headers, 'POST', '/v1/bounces?page=2'), false);
	assert.equal(await verified(promoted, 'GET', '/v1/bounces?page=2'), false);
});

test('the digest of the body follows RFC 9530, also when there is none', async () => {
	const digest = (body: string) =>
		`sha-256=:${createHash('sha256').update(body).digest('base64')}:`;

	const full = await signedByPhp({ method: 'POST', body: '{"a":"ü"}' });
	assert.equal(full['content-digest'], digest('{"a":"ü"}'));
	assert.equal((await signedByPhp({}))['content-digest'], digest(''));
});

test('the service takes the plugin’s word, and reads from it who asks', async () => {
	const headers = await signedByPhp({ query: 'page=2' });
	const request = {
		method: 'GET',
		path: '/v1/bounces',
		query: '?page=2',
		headers,
		body: Buffer.alloc(0),
	};

	const caller = await authenticate(request, {
		secret,
		nonces: { isNew: async () => true },
		now,
	});

	assert.equal(caller.siteId, '3');
	assert.equal(caller.userId, 7);
	assert.equal(caller.userName, 'Zoë Ångström');
	assert.deepEqual(
		[...caller.capabilities],
		['view', 'manage', 'edit-inbound', 'edit-inbound-content'],
	);
});
