import { expect, test } from 'vitest';
import { callErrorFrom, fileAddress, wireRequest } from '../../admin-ui/wire.ts';
import { routes } from '../../service/contract/routes.ts';

test('a path takes its parameters from what is asked, and the query takes the rest', () => {
	expect(wireRequest(routes.getBounce, { id: 12 })).toEqual({ method: 'GET', path: '/bounces/12' });
	expect(wireRequest(routes.listBounces, { page: 2, search: 'a b&c', recognised: false })).toEqual({
		method: 'GET',
		path: '/bounces?page=2&search=a+b%26c&recognised=false',
	});
});

test('a filter that is not set is left out of the query', () => {
	const asked = { page: 1, type: undefined, search: '', fault: null };

	expect(wireRequest(routes.listBounces, asked).path).toBe('/bounces?page=1');
});

test('a search that was built goes into the query as JSON', () => {
	const where = { all: [{ field: 'onHold' as const, operator: '=' as const, value: 'yes' }] };
	const { path } = wireRequest(routes.listContacts, { where });

	expect(new URLSearchParams(path.split('?')[1]).get('where')).toBe(JSON.stringify(where));
	expect(wireRequest(routes.exportContacts, { ids: [3, 7] }).path).toBe('/contacts/csv?ids=3%2C7');
});

test('what is sent goes as JSON without the path’s parameters, null and "" included', () => {
	const asked = { id: 3, name: 'Bounces', port: null, source: '' };

	expect(wireRequest(routes.changeAccount, asked)).toEqual({
		method: 'PUT',
		path: '/accounts/3',
		data: { name: 'Bounces', port: null, source: '' },
	});
});

test('a path parameter that is missing is a mistake of the caller', () => {
	expect(() => wireRequest(routes.getBounce, {})).toThrow('/bounces/:id needs id');
});

test('a file is found below the REST API, whether WordPress has pretty links or plain ones', () => {
	const path = 'return-channel/v1/attachments/7?remote=true';

	expect(fileAddress('https://example.org/wp-json/', path, 'abc')).toBe(
		'https://example.org/wp-json/return-channel/v1/attachments/7?remote=true&_wpnonce=abc',
	);
	const plain = new URL(fileAddress('https://example.org/index.php?rest_route=/', path, 'abc'));
	expect(Object.fromEntries(plain.searchParams)).toEqual({
		rest_route: '/return-channel/v1/attachments/7',
		remote: 'true',
		_wpnonce: 'abc',
	});
});

test('an error keeps WordPress’s words, its code, and what is wrong with each field', () => {
	const answer = {
		code: 'invalid-request',
		message: 'A field needs attention.',
		data: { status: 400, params: { name: 'Give the account a name.' } },
	};

	const error = callErrorFrom(answer, 400, 'Unreadable.');

	expect(error).toMatchObject({
		code: 'invalid-request',
		message: 'A field needs attention.',
		status: 400,
		fields: { name: 'Give the account a name.' },
	});
});

test('an answer that is no error in WordPress’s shape still gives a sentence', () => {
	for (const answer of [undefined, null, 'Bad Gateway', ['x'], { message: 3, data: [] }]) {
		expect(callErrorFrom(answer, 502, 'Unreadable.')).toMatchObject({
			message: 'Unreadable.',
			status: 502,
			fields: {},
		});
	}
});
