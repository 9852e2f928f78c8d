import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { NeverFileEntry } from '../../service/contract/activity.ts';
import { aMail } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';

let room: MailRoom;
let send: MailRoom['send'];

beforeAll(async () => {
	room = await openMailRoom();
	send = room.send;
	await room.file([
		aMail({ from: 'press@shop.example', subject: 'From the shop' }),
		aMail({ from: 'news@eu.shop.example', subject: 'From the shop abroad' }),
		aMail({ from: 'anna@people.example', to: 'help@shop.example', subject: 'To the shop' }),
		aMail({ from: 'eve@workshop.example', subject: 'From a workshop' }),
	]);
	await room.file([aMail({ from: 'press@shop.example', subject: 'Elsewhere' })], '2');
});

afterAll(() => room.close());

async function entries(siteId = '1'): Promise<NeverFileEntry[]> {
	return (await send('GET', '/never-file?order=asc', { siteId })).json;
}

async function subjects(siteId = '1'): Promise<string[]> {
	const { json } = await send('GET', '/activities', { siteId });
	return json.map(({ subject }: { subject: string }) => subject).sort();
}

const add = (patterns: string[], siteId = '1') =>
	send('POST', '/never-file', { siteId, body: { patterns, note: 'Only advertising' } });

describe('the never-file list', () => {
	test('takes addresses and domains, many at once, as people write them', async () => {
		const { status, json } = await add([
			' Press@Shop.example ',
			'@other.example',
			'*.third.example',
		]);

		assert.equal(status, 200);
		assert.equal(json.added, 3);
		assert.match(json.sentence, /added to the never-file list\. 1 mail is filed with them already/);
		assert.deepEqual(
			(await entries())
				.map(({ pattern, who, note, filedAlready }) => [pattern, who, note, filedAlready])
				.sort(),
			[
				['other.example', 'Anna Berg', 'Only advertising', 0],
				['press@shop.example', 'Anna Berg', 'Only advertising', 1],
				['third.example', 'Anna Berg', 'Only advertising', 0],
			],
		);
		assert.match((await add(['other.example'])).json.sentence, /on the never-file list already/);
	});

	test('refuses what is neither address nor domain', async () => {
		for (const wrong of ['anna', 'a b@example.org', 'a@b@c', '', '@', 'example..org'])
			assert.equal((await add([wrong])).status, 400, wrong);
		assert.equal((await add([])).status, 400);
	});

	test('belongs to one site', async () => {
		const [entry] = await entries();
		const body = { ids: [entry!.id] };

		assert.deepEqual(await entries('2'), []);
		for (const path of ['/never-file/remove', '/never-file/apply'])
			assert.equal((await send('POST', path, { siteId: '2', body })).status, 404);
		assert.equal((await entries()).length, 3);
	});

	test('is searched, and entries are taken off', async () => {
		const found = await send('GET', '/never-file?search=THIRD');
		assert.equal(found.headers.get('X-WP-Total'), '1');
		const body = { ids: [found.json[0].id] };

		assert.match(
			(await send('POST', '/never-file/remove', { body })).json.sentence,
			/^third\.example taken off/,
		);
		assert.equal((await send('POST', '/never-file/remove', { body })).status, 404);
	});

	test('for a domain means its subdomains too, and nothing that only ends like it', async () => {
		await add(['shop.example']);
		const shop = (await entries()).find(({ pattern }) => pattern === 'shop.example')!;
		assert.equal(shop.filedAlready, 3);

		const { json } = await send('POST', '/never-file/apply', { body: { ids: [shop.id] } });
		assert.equal(
			json.sentence,
			'2 mails deleted, and they were taken out of 1 mail that others have part in.',
		);
		assert.deepEqual(await subjects(), ['From a workshop', 'To the shop']);
		assert.deepEqual(await subjects('2'), ['Elsewhere']);
		const [toTheShop] = (await send('GET', '/activities?search=anna')).json;
		assert.equal(toTheShop.parties.length, 1);
		assert.equal((await send('GET', '/activities?search=help')).json.length, 0);
		assert.equal((await entries()).find(({ id }) => id === shop.id)!.filedAlready, 0);

		const again = await send('POST', '/never-file/apply', { body: { ids: [shop.id] } });
		assert.equal(again.json.sentence, 'No mail was filed with them, so nothing was removed.');
		const undone = await send('POST', `/activity-deeds/${json.deedId}/undo`);
		assert.equal(undone.json.sentence, '3 mails were put back as before.');
		assert.equal((await subjects()).length, 4);
		assert.equal((await send('GET', '/activities?search=help')).json.length, 1);
	});

	test('keeps mail from being filed from then on', async () => {
		await room.file([aMail({ from: 'new@shop.example', subject: 'Once more' })]);

		assert.ok(!(await subjects()).includes('Once more'));
		const { json } = await send('GET', '/outcomes?ignoredBecause=never-file');
		assert.equal(json[0].subject, 'Once more');
	});

	test('is for who may manage', async () => {
		const asked = { capabilities: 'view', body: { patterns: ['x.example'] } };

		assert.equal((await send('POST', '/never-file', asked)).status, 403);
		assert.equal((await send('GET', '/never-file', { capabilities: 'view' })).status, 200);
	});
});

describe('the settings of filed mail', () => {
	test('are as shipped until they are changed, each site its own', async () => {
		const { json: shipped } = await send('GET', '/filing-settings', { capabilities: 'view' });
		assert.deepEqual([shipped.keepRawMailDays, shipped.keepActivityDays], [90, null]);

		const body = { ...shipped, keepActivityDays: 730, blockedEndings: ['exe', 'bat', 'exe'] };
		const changed = await send('PUT', '/filing-settings', { body });
		assert.deepEqual(changed.json.blockedEndings, ['bat', 'exe']);
		assert.equal((await send('GET', '/filing-settings')).json.keepActivityDays, 730);
		assert.deepEqual((await send('GET', '/filing-settings', { siteId: '2' })).json, shipped);
	});

	test('are checked', async () => {
		const { json: settings } = await send('GET', '/filing-settings');
		const put = (change: object, capabilities = 'manage') =>
			send('PUT', '/filing-settings', { capabilities, body: { ...settings, ...change } });

		assert.equal((await put({ keepRawMailDays: 0 })).status, 400);
		assert.equal((await put({ largestMailBytes: 10 })).status, 400);
		assert.equal((await put({ blockedEndings: ['.exe'] })).status, 400);
		assert.equal((await put({}, 'view')).status, 403);
	});
});
