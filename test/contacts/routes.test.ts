import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
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
	const url = `${service.url}/v1${path}`;
	const response = await fetch(url, signed(method, url, { secret: testSecret, ...options }));
	const text = await response.text();
	const isJson = /json/.test(response.headers.get('content-type') ?? '');
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: isJson ? JSON.parse(text) : undefined,
	};
}
const post = (path: string, body: unknown, options: Partial<SignedRequestOptions> = {}) =>
	send('POST', path, { body, ...options });

async function added(siteId: string, fields: Record<string, unknown>) {
	const { status, json } = await post('/contacts', fields, { siteId });
	assert.equal(status, 200, JSON.stringify(json));
	return json;
}
const address = (email: string, more = {}) => ({ email, ...more });

test('a site without contacts has empty lists, and says so in words', async () => {
	const siteId = 'empty';
	const list = await send('GET', '/contacts', { siteId });
	assert.deepEqual([list.json, list.headers.get('X-WP-Total')], [[], '0']);
	const facets = await send('GET', '/contacts/facets', { siteId });
	assert.deepEqual(
		[facets.json.total, facets.json.onHold, facets.json.kinds.Individual],
		[0, 0, 0],
	);
	for (const path of ['/groups', '/views?page=contacts', '/imports'])
		assert.deepEqual((await send('GET', path, { siteId })).json, [], path);
	assert.deepEqual((await send('GET', '/users/7/contact', { siteId })).json, {
		contact: null,
		events: [],
	});
	assert.deepEqual((await send('GET', '/user-sync', { siteId })).json, {
		groupOfRole: {},
		whenUserGoes: 'keep',
	});
	const none = await post('/contacts/delete', { filter: { search: 'nobody' } }, { siteId });
	assert.equal(none.json.sentence, '0 contacts were put into the trash.');
	const csv = await send('GET', '/contacts/csv', { siteId });
	assert.match(csv.headers.get('content-disposition')!, /^attachment; filename="?contacts-.*\.csv/);
	assert.equal(csv.text.trim().split('\n').length, 1);
});

test('an administrator’s morning: add, edit, put on hold, find, release, delete and undo', async () => {
	const siteId = 'morning';
	const anna = await added(siteId, {
		firstName: 'Anna',
		lastName: 'Berg',
		addresses: [address('Anna@One.example'), address('a.berg@two.example', { isBulk: true })],
	});
	assert.equal(anna.displayName, 'Anna Berg');
	assert.equal(anna.source, 'Added by Anna Berg');
	assert.deepEqual(
		anna.addresses.map(({ isPrimary, isBulk }: { isPrimary: boolean; isBulk: boolean }) => [
			isPrimary,
			isBulk,
		]),
		[
			[true, false],
			[false, true],
		],
	);
	await added(siteId, {
		kind: 'Organization',
		name: 'Example Trust',
		addresses: [address('office@one.example')],
	});

	const [first, second] = anna.addresses;
	const edited = await send('PUT', `/contacts/${anna.id}`, {
		siteId,
		body: {
			firstName: 'Anna',
			lastName: 'Berger',
			addresses: [{ ...first, email: 'anna@one.example' }, address('new@three.example')],
		},
	});
	assert.equal(edited.json.displayName, 'Anna Berger');
	assert.equal(edited.json.addresses[0].id, first.id, 'another spelling is the same address');
	assert.ok(!edited.json.addresses.some(({ id }: { id: number }) => id === second.id));

	assert.equal(
		(await post(`/addresses/${first.id}/hold`, { note: 'Asked by phone' }, { siteId })).status,
		200,
	);
	const where = encodeURIComponent(
		JSON.stringify({ field: 'onHold', place: 'primary', operator: '=', value: 'yes' }),
	);
	const held = await send('GET', `/contacts?where=${where}`, { siteId });
	assert.deepEqual(
		held.json.map(({ id, hold }: { id: number; hold: string }) => [id, hold]),
		[[anna.id, 'manual']],
	);

	const released = await post(
		'/contacts/release',
		{ filter: { where: JSON.parse(decodeURIComponent(where)) } },
		{ siteId },
	);
	assert.equal(released.json.sentence, '1 address released; its count starts again.');
	assert.equal(
		(await post(`/releases/${released.json.releaseId}/undo`, {}, { siteId })).json.released,
		-1,
	);

	const binned = await post('/contacts/delete', { ids: [anna.id] }, { siteId });
	assert.equal(binned.json.sentence, '1 contact was put into the trash.');
	assert.equal((await send('GET', '/contacts?search=berger', { siteId })).json.length, 0);
	assert.equal((await send('GET', '/contacts?deleted=true', { siteId })).json.length, 1);
	const undone = await post(`/contact-deeds/${binned.json.deedId}/undo`, {}, { siteId });
	assert.equal(
		undone.json.sentence,
		'Undone: “1 contact was put into the trash.” 1 contact is as it was before.',
	);

	const story = await send('GET', `/contacts/${anna.id}/timeline?part=changes`, { siteId });
	assert.deepEqual(
		story.json.map(({ sentence }: { sentence: string }) => sentence),
		[
			'Anna Berg undid this: Anna Berg put it into the trash.',
			'Anna Berg put it into the trash.',
			'Anna Berg changed the last name from “Berg” to “Berger”, removed the address a.berg@two.example, spelled an address anna@one.example and added the address new@three.example.',
			'Anna Berg added this contact.',
		],
	);
	assert.equal(story.headers.get('X-WP-Total'), '4');
	const holds = await send('GET', `/contacts/${anna.id}/timeline?search=phone`, { siteId });
	assert.match(holds.json[0].sentence, /put it on hold: Asked by phone/);
});

describe('wrong input is refused with the field and a sentence', () => {
	test.each<[string, Record<string, unknown>, string, RegExp]>([
		['no name', {}, 'lastName', /name or an e-mail address/],
		[
			'an organisation without one',
			{ kind: 'Organization', lastName: 'x' },
			'name',
			/name or an e-mail address/,
		],
		[
			'an address twice',
			{ addresses: [address('a@one.example'), address('A@One.example')] },
			'addresses.1.email',
			/listed twice/,
		],
		[
			'two primary ones',
			{
				addresses: [
					address('a@one.example', { isPrimary: true }),
					address('b@one.example', { isPrimary: true }),
				],
			},
			'addresses',
			/Only one/,
		],
		[
			'no address',
			{ addresses: [address('nobody')] },
			'addresses.0.email',
			/not an e-mail address/,
		],
	])('%s', async (_, body, field, sentence) => {
		const { status, json } = await post('/contacts', body);
		assert.equal(status, 400);
		assert.match(json.data.params[field], sentence);
	});

	test.each([
		['{"field":"shoe","operator":"=","value":"1"}', 400],
		['{"field":"hold","operator":"contains","value":"1"}', 400],
		['{"field":"createdAt","operator":"<","value":"yesterday"}', 400],
		['not JSON', 400],
	])('the search %s', async (where, expected) => {
		const { status, json } = await send('GET', `/contacts?where=${encodeURIComponent(where)}`);
		assert.equal(status, expected);
		assert.ok(json.data.params.where, JSON.stringify(json));
	});

	test('a comparison that makes no sense is explained', async () => {
		const where = JSON.stringify({
			all: [{ field: 'createdAt', operator: '<', value: 'yesterday' }],
		});
		const { json } = await send('GET', `/contacts?where=${encodeURIComponent(where)}`);
		assert.equal(
			json.message,
			'“yesterday” is nothing that the field “createdAt” can be compared with.',
		);
	});
});

test('who may only view finds and reads, and changes nothing', async () => {
	const capabilities = 'view';
	assert.equal((await send('GET', '/contacts', { capabilities })).status, 200);
	assert.equal((await send('GET', '/contacts/csv', { capabilities })).status, 403);
	assert.equal((await post('/contacts', { lastName: 'x' }, { capabilities })).status, 403);
	assert.equal((await post('/contacts/delete', { ids: [1] }, { capabilities })).status, 403);
	assert.equal((await post('/imports', { fileName: 'x.csv' }, { capabilities })).status, 403);
});

test('groups: added, renamed, filled by a filter, emptied, deleted and back again', async () => {
	const siteId = 'groups';
	let first = 0;
	for (const lastName of ['C', 'B', 'A'])
		({ id: first } = await added(siteId, {
			lastName,
			addresses: [address(`${lastName}@one.example`)],
		}));
	const group = (await post('/groups', { name: 'News', isMailingList: true }, { siteId })).json;
	assert.equal((await post('/groups', { name: 'NEWS' }, { siteId })).status, 409);
	assert.equal(
		(await send('PUT', `/groups/${group.id}`, { siteId, body: { name: 'Letters' } })).json.name,
		'Letters',
	);
	const joined = await post(`/groups/${group.id}/add`, { who: { filter: {} } }, { siteId });
	assert.equal(joined.json.sentence, '3 contacts were added to the group “Letters”.');
	const left = await post(
		`/groups/${group.id}/remove`,
		{ who: { ids: [first, 99_999] } },
		{ siteId },
	);
	assert.deepEqual([left.json.touched, left.json.leftAlone], [1, 0]);
	assert.equal((await send('GET', '/contacts?groupId=' + group.id, { siteId })).json.length, 2);

	const deleted = await send('DELETE', `/groups/${group.id}`, { siteId });
	assert.equal(
		deleted.json.sentence,
		'The group “Letters” was deleted; its 2 members stay contacts.',
	);
	await post(`/contact-deeds/${deleted.json.deedId}/undo`, {}, { siteId });
	await post(`/contact-deeds/${left.json.deedId}/undo`, {}, { siteId });
	assert.deepEqual(
		(await send('GET', '/groups', { siteId })).json.map(
			({ name, members }: { name: string; members: number }) => [name, members],
		),
		[['Letters', 3]],
	);
});

test('views: mine and shared are listed, and only owner or manager deletes', async () => {
	const view = { page: 'contacts', name: 'On hold', query: 'hold=any' };
	const mine = (await post('/views', view)).json;
	const shared = (await post('/views', { ...view, name: 'Shared', isShared: true })).json;
	const other = { user: `8 ${Buffer.from('Bert').toString('base64')}`, capabilities: 'view' };
	assert.deepEqual(
		(await send('GET', '/views?page=contacts', other)).json.map(
			({ name, isMine }: { name: string; isMine: boolean }) => [name, isMine],
		),
		[['Shared', false]],
	);
	assert.equal((await send('DELETE', `/views/${shared.id}`, other)).status, 403);
	assert.equal((await send('DELETE', `/views/${mine.id}`, other)).status, 404);
	assert.equal((await post('/views', { ...view, query: 'hold=bounce' })).json.query, 'hold=bounce');
	assert.equal((await send('GET', '/views?page=contacts')).json.length, 2);
	assert.equal(
		(await send('DELETE', `/views/${shared.id}`, { user: other.user })).json.sentence,
		'The view “Shared” was deleted.',
	);
});

test('a file is uploaded, previewed, imported as a job and undone', async () => {
	const siteId = 'import';
	const { json: opened } = await post('/imports', { fileName: 'people.csv' }, { siteId });
	assert.equal(opened.state, 'uploading');
	const { json: ready } = await post(
		`/imports/${opened.id}/parts`,
		{ part: 0, text: 'E-mail,Name\na@one.example,Anna Berg\nb@,Bert\n', isLast: true },
		{ siteId },
	);
	assert.deepEqual([ready.state, ready.mapping], ['ready', ['email', 'fullName']]);
	const choice = { mapping: ready.mapping, options: {} };
	const { json: preview } = await post(`/imports/${opened.id}/preview`, choice, { siteId });
	assert.deepEqual(
		preview.rows.map(({ line, displayName, becomes }: Record<string, unknown>) => [
			line,
			displayName,
			becomes,
		]),
		[
			[2, 'Anna Berg', 'added'],
			[3, '', 'failed'],
		],
	);

	let { json: started } = await post(`/imports/${opened.id}/run`, choice, { siteId });
	while (started.run.state === 'running')
		started = { run: (await send('GET', `/runs/${started.run.id}`, { siteId })).json };
	const { json: done } = await send('GET', `/imports/${opened.id}`, { siteId });
	assert.deepEqual([done.state, done.added, done.failed], ['done', 1, 1]);
	assert.equal((await post(`/imports/${opened.id}/run`, choice, { siteId })).status, 409);
	assert.equal((await post(`/imports/${opened.id}/undo`, {}, { siteId })).json.touched, 1);
	assert.equal((await send('GET', '/contacts', { siteId })).json.length, 0);
});

test('no site sees, changes, merges or undoes anything of another', async () => {
	const [mine, theirs] = [{ siteId: 'mine' }, { siteId: 'theirs' }];
	const one = await added('mine', { lastName: 'Mine', addresses: [address('m@one.example')] });
	const two = await added('mine', { lastName: 'Too' });
	const group = (await post('/groups', { name: 'Mine' }, mine)).json;
	const deed = (await post('/contacts/delete', { ids: [two.id] }, mine)).json;
	const view = (
		await post('/views', { page: 'contacts', name: 'Mine', query: '', isShared: true }, mine)
	).json;
	const file = (await post('/imports', { fileName: 'mine.csv' }, mine)).json;
	const merge = { keepId: one.id, dropId: two.id };
	const refused = [
		await send('GET', `/contacts/${one.id}`, theirs),
		await send('GET', `/contacts/${one.id}/timeline`, theirs),
		await send('PUT', `/contacts/${one.id}`, { ...theirs, body: { lastName: 'Theirs' } }),
		await post('/contacts/merge/preview', merge, theirs),
		await post('/contacts/merge', merge, theirs),
		await post(`/contact-deeds/${deed.deedId}/undo`, {}, theirs),
		await send('PUT', `/groups/${group.id}`, { ...theirs, body: { name: 'Theirs' } }),
		await send('DELETE', `/groups/${group.id}`, theirs),
		await post(`/groups/${group.id}/add`, { who: { filter: {} } }, theirs),
		await post('/contacts', { lastName: 'x', groupIds: [group.id] }, theirs),
		await send('DELETE', `/views/${view.id}`, theirs),
		await send('GET', `/imports/${file.id}`, theirs),
		await post(`/imports/${file.id}/parts`, { part: 0, text: 'x' }, theirs),
		await post(`/imports/${file.id}/undo`, {}, theirs),
		await send('PUT', '/user-sync', {
			...theirs,
			body: { groupOfRole: { editor: group.id }, whenUserGoes: 'keep' },
		}),
	];
	assert.deepEqual(
		refused.map(({ status }) => status),
		refused.map(() => 404),
	);
	assert.equal((await post('/contacts/delete', { ids: [one.id] }, theirs)).json.touched, 0);
	assert.equal((await post('/contacts/restore', { ids: [two.id] }, theirs)).json.touched, 0);
	assert.equal((await send('GET', `/contacts/${one.id}`, mine)).json.lastName, 'Mine');
});
