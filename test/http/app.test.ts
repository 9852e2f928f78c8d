import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { Service } from '../../service/main.ts';
import { testSecret } from '../support/a-mailing.ts';
import { startTestService } from '../support/a-service.ts';
import { signed } from '../support/signed-client.ts';
import type { SignedRequestOptions } from '../support/signed-client.ts';

let service: Service;
let folder: string;

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	service = await startTestService(folder);
});

afterAll(async () => {
	await service.stop();
	await rm(folder, { recursive: true });
});

async function send(method: string, path: string, options: Partial<SignedRequestOptions> = {}) {
	const url = service.url + path;
	return answerOf(await fetch(url, signed(method, url, { secret: testSecret, ...options })));
}

async function answerOf(response: Response) {
	return { status: response.status, headers: response.headers, json: await response.json() };
}

describe('who may ask', () => {
	test('health is for everybody and tells nothing', async () => {
		const { status, json } = await answerOf(await fetch(`${service.url}/health`));

		assert.equal(status, 200);
		assert.deepEqual(json, { status: 'ok' });
	});

	test('an unsigned request is refused', async () => {
		const { status, json } = await answerOf(await fetch(`${service.url}/v1/status`));

		assert.equal(status, 401);
		assert.equal(json.code, 'return_channel_no_signature');
	});

	test('a request signed with another secret is refused, and says what to compare', async () => {
		const { status, json } = await send('GET', '/v1/status', { secret: 'x'.repeat(40) });

		assert.equal(status, 401);
		assert.match(json.message, /secret in WordPress/);
	});

	test('a site cannot speak for another: its key signs for itself alone', async () => {
		const url = `${service.url}/v1/status`;
		const request = signed('GET', url, { secret: testSecret, siteId: '2' });
		request.headers['return-channel-site' as keyof typeof request.headers] = '1' as never;

		assert.equal(
			(await answerOf(await fetch(url, request))).json.code,
			'return_channel_bad_signature',
		);
	});

	test('an altered query, body or capability is noticed', async () => {
		const url = `${service.url}/v1/bounces?page=1`;
		const request = signed('GET', url, { secret: testSecret, capabilities: 'view' });
		const altered = await answerOf(await fetch(`${service.url}/v1/bounces?page=2`, request));
		assert.equal(altered.json.code, 'return_channel_bad_signature');

		const promoted = {
			...request,
			headers: { ...request.headers, 'return-channel-capabilities': 'view,manage' },
		};
		assert.equal(
			(await answerOf(await fetch(url, promoted))).json.code,
			'return_channel_bad_signature',
		);

		const post = signed('POST', `${service.url}/v1/jobs/clean_up/run`, {
			secret: testSecret,
			body: {},
		});
		const changed = await answerOf(
			await fetch(`${service.url}/v1/jobs/clean_up/run`, { ...post, body: '{"dryRun":true}' }),
		);
		assert.equal(changed.json.code, 'return_channel_altered_body');
	});

	test('a request works once', async () => {
		const url = `${service.url}/v1/status`;
		const request = signed('GET', url, { secret: testSecret });

		assert.equal((await answerOf(await fetch(url, request))).status, 200);
		const again = await answerOf(await fetch(url, request));
		assert.equal(again.status, 401);
		assert.equal(again.json.code, 'return_channel_replayed');
	});

	test('a request from yesterday is too old', async () => {
		const { json } = await send('GET', '/v1/status', {
			created: Math.floor(Date.now() / 1000) - 86_400,
		});

		assert.equal(json.code, 'return_channel_too_old');
		assert.match(json.message, /clocks/);
	});

	test('who may only view may not manage, and nobody but the plugin may do the system’s work', async () => {
		const manage = await send('GET', '/v1/accounts', { capabilities: 'view' });
		assert.equal(manage.status, 403);

		const system = await send('POST', '/v1/system/run-due-jobs', { capabilities: 'view,manage' });
		assert.equal(system.status, 403);
	});
});

describe('how it answers', () => {
	test('a list is a JSON array with its totals in headers', async () => {
		const { json, headers } = await send('GET', '/v1/bounces?per_page=5');

		assert.deepEqual(json, []);
		assert.equal(headers.get('X-WP-Total'), '0');
		assert.equal(headers.get('X-WP-TotalPages'), '0');
	});

	test('a wrong field is named', async () => {
		const { status, json } = await send('GET', '/v1/bounces?per_page=1000');

		assert.equal(status, 400);
		assert.ok(json.data.params.per_page);
	});

	test('what is not there is not found', async () => {
		assert.equal((await send('GET', '/v1/bounces/99')).status, 404);
		assert.equal((await send('GET', '/v1/nonsense')).status, 404);
		assert.equal((await send('GET', '/v1/runs/99')).status, 404);
	});

	test('broken JSON and a huge body are refused', async () => {
		const url = `${service.url}/v1/holds/release`;
		const request = signed('POST', url, { secret: testSecret, body: 'a string' });
		assert.equal((await answerOf(await fetch(url, request))).status, 400);

		const huge = signed('POST', url, { secret: testSecret, body: { x: 'x'.repeat(5_000_000) } });
		assert.equal((await answerOf(await fetch(url, huge))).status, 413);
	});

	test('a password never comes back', async () => {
		const body = {
			name: 'Bounces',
			usedFor: 'bounces',
			protocol: 'imap',
			server: 'imap.example.org',
			userName: 'bounce@example.org',
			password: 'a very secret password',
			localPart: 'bounce+',
			emailDomain: 'example.org',
		};
		const added = await send('POST', '/v1/accounts', { body });
		assert.equal(added.status, 200, JSON.stringify(added.json));
		const listed = await send('GET', '/v1/accounts');

		assert.equal(listed.json[0].hasPassword, true);
		assert.ok(!JSON.stringify([added.json, listed.json]).includes('a very secret password'));
	});

	test('Execute Now answers 202 with the run, and the run can be followed to its end', async () => {
		const started = await send('POST', '/v1/jobs/clean_up/run', { body: {} });
		assert.equal(started.status, 202);
		assert.equal(started.json.isOurs, true);

		let run = started.json.run;
		while (run.state === 'running') run = (await send('GET', `/v1/runs/${run.id}`)).json;
		assert.equal(run.state, 'done');
		assert.equal(run.sentence, 'Nothing was old enough to be deleted.');
	});
});

describe('tenancy', () => {
	test('no site sees another’s accounts, users, bounces or runs', async () => {
		const two = { siteId: '2' };
		assert.deepEqual((await send('GET', '/v1/accounts', two)).json, []);
		assert.deepEqual((await send('GET', '/v1/runs', two)).json, []);

		const [account] = (await send('GET', '/v1/accounts')).json;
		assert.equal((await send('DELETE', `/v1/accounts/${account.id}`, two)).status, 404);
		const [run] = (await send('GET', '/v1/runs')).json;
		assert.equal((await send('GET', `/v1/runs/${run.id}`, two)).status, 404);
	});
});
