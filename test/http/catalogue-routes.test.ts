import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Service } from '../../service/main.ts';
import { aBounce } from '../support/a-bounce.ts';
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
	const url = `${service.url}/v1${path}`;
	const response = await fetch(url, signed(method, url, { secret: testSecret, ...options }));
	return { status: response.status, headers: response.headers, json: await response.json() };
}

describe('the catalogue over HTTP', () => {
	test('is shown to who may view and changed by who may manage, for the next request of this site alone', async () => {
		const siteId = '11';
		const view = { siteId, capabilities: 'view' };
		const shown = await send('GET', '/catalogue', view);
		assert.deepEqual(
			[shown.status, shown.json.types.length, shown.json.preset],
			[200, 11, 'recommended'],
		);

		const body = { types: [{ id: 2, holdThreshold: 4 }], counting: { windowDays: 60 } };
		assert.equal((await send('PUT', '/catalogue', { ...view, body })).status, 403);
		const changed = await send('PUT', '/catalogue', { siteId, body });
		assert.deepEqual([changed.json.types[1].holdThreshold, changed.json.version], [4, 1]);
		assert.equal((await send('GET', '/catalogue', { siteId: '12' })).json.version, 0);

		const back = await send('PUT', '/catalogue', { siteId, body: { preset: 'recommended' } });
		assert.equal(back.json.differsFromPreset, false);
	});

	test('types are added, exported, imported and deleted', async () => {
		const siteId = '13';
		const type = { name: 'Greylist', holdThreshold: 5 };
		const added = await send('POST', '/catalogue/types', { siteId, body: type });
		assert.deepEqual([added.status, added.json.id], [200, 12]);
		assert.equal((await send('POST', '/catalogue/types', { siteId, body: type })).status, 409);

		const file = (await send('GET', '/catalogue/types/csv', { siteId })).json;
		assert.match(file.fileName, /^bounce-types-\d{4}-\d\d-\d\d\.csv$/);
		const imported = await send('POST', '/catalogue/types/csv', {
			siteId,
			body: { csv: file.csv },
		});
		assert.deepEqual([imported.json.unchanged, imported.json.added], [12, 0]);
		assert.match(
			(await send('DELETE', '/catalogue/types/12', { siteId })).json.sentence,
			/Greylist/,
		);
		assert.equal((await send('DELETE', '/catalogue/types/1', { siteId })).status, 409);
	});

	test('a pattern is refused with the position of its mistake, and decides in the test box once it is right', async () => {
		const siteId = '14';
		const add = (expression: string) =>
			send('POST', '/catalogue/patterns', { siteId, body: { typeId: 8, expression } });
		const refused = await add('user (unknown');
		assert.equal(refused.status, 400);
		assert.match(refused.json.data.params.expression, /character 6|missing/);

		const { json: pattern } = await add('user\\sunknown');
		const raw = aBounce({}).toString();
		const tried = (await send('POST', '/catalogue/try', { siteId, body: { raw } })).json;
		assert.equal(tried.verdicts[0].verdict.decidedBy, `pattern ${pattern.id}`);
		assert.equal(tried.verdicts[0].verdict.type, 'Quota');

		const list = await send('GET', '/catalogue/patterns?typeId=8', { siteId });
		assert.equal(list.headers.get('X-WP-Total'), '1');
		const changed = { typeId: 9, expression: 'user\\sunknown' };
		const path = `/catalogue/patterns/${pattern.id}`;
		assert.equal((await send('PUT', path, { siteId, body: changed })).json.type, 'Relay');
		assert.equal((await send('DELETE', path, { siteId: '15' })).status, 404);
		assert.equal((await send('DELETE', path, { siteId })).status, 200);
	});

	test('a wrong CSV file names its lines', async () => {
		const { status, json } = await send('POST', '/catalogue/patterns/csv', {
			siteId: '16',
			body: { csv: 'type,pattern\nQuota,fine\nQuota,(\n' },
		});

		assert.equal(status, 400);
		assert.equal(json.code, 'return_channel_wrong_lines');
		assert.deepEqual(Object.keys(json.data.params), ['line 3']);
	});

	test('what if, judging again and incidents answer for a site that has no mail yet', async () => {
		const siteId = '17';
		const whatIf = await send('POST', '/catalogue/what-if', { siteId, body: { types: [] } });
		assert.match(whatIf.json.sentence, /nothing would change/);
		const preview = await send('POST', '/reprocess/preview', { siteId, body: {} });
		assert.equal(preview.json.found, 0);
		assert.equal((await send('POST', '/reprocess', { siteId, body: {} })).status, 404);
		assert.deepEqual((await send('GET', '/reprocess', { siteId })).json, []);
		assert.deepEqual((await send('GET', '/incidents?state=open', { siteId })).json, []);
		assert.equal((await send('POST', '/incidents/1/close', { siteId })).status, 404);
	});
});
