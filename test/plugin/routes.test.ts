import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { routesFile, routesForWordPress } from '../../service/cli/write-routes.ts';

test('plugin/routes.json says what the contract says (else: npm run build)', () => {
	assert.equal(readFileSync(routesFile, 'utf8'), routesForWordPress());
});

test('a path parameter becomes the named group that WordPress expects', () => {
	const text = routesForWordPress({
		getThing: { method: 'GET', path: '/things/:id/parts/:name', capability: 'view' },
	});

	assert.deepEqual(JSON.parse(text), [
		{
			name: 'getThing',
			method: 'GET',
			path: '/things/(?P<id>\\d+)/parts/(?P<name>[a-z_]+)',
			capability: 'view',
		},
	]);
});

test('the routes of the plugin itself are not offered over WordPress’s REST API', () => {
	const text = routesForWordPress({
		syncUsers: { method: 'POST', path: '/system/users', capability: 'system' },
	});

	assert.deepEqual(JSON.parse(text), []);
});

test('a path parameter that nobody described is refused by name', () => {
	assert.throws(
		() =>
			routesForWordPress({
				getThing: { method: 'GET', path: '/things/:slug', capability: 'view' },
			}),
		/“slug”/,
	);
});
