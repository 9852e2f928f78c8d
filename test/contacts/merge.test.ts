import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Database } from '../../service/db/open.ts';
import type { Site } from '../../service/site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';
import type { TestBench } from '../support/a-site.ts';
import { addBounce, fileMail } from './a-history.ts';
import { aContact, by, idOf } from './a-contact.ts';

/** Everything that a merge may touch. */
const tables = [
	'contacts',
	'addresses',
	'group_members',
	'deliveries',
	'bounces',
	'hold_history',
	'rule_deeds',
	'activity_parties',
	'activities',
] as const;

async function everythingIn(db: Database) {
	const all: Record<string, unknown[]> = {};
	for (const table of tables) {
		const rows = (await db.selectFrom(table).selectAll().execute()) as Record<string, unknown>[];
		all[table] = rows.map(({ changed_at: _, ...row }) => JSON.stringify(row)).sort();
	}
	return all;
}

/** Two people with one address in common, and a history each. */
async function twoHistories({ site, db, clock }: TestBench) {
	const shared = await idOf(site, {
		lastName: 'Berg',
		firstName: 'Anna',
		addresses: ['anna@one.example', 'shared@one.example'],
	});
	const other = await idOf(site, {
		lastName: 'Berger',
		employer: 'Trust',
		note: 'Met in May',
		addresses: ['SHARED@one.example', 'berger@two.example'],
	});
	const [news, board] = [
		await site.contacts.groups.add({ name: 'News', description: '', isMailingList: true }),
		await site.contacts.groups.add({ name: 'Board', description: '', isMailingList: false }),
	];
	await site.contacts.groups.addMembers(news.id, { ids: [shared, other] }, by(clock));
	await site.contacts.groups.addMembers(board.id, { ids: [other] }, by(clock));
	const addresses = async (id: number) => (await site.contacts.record(id))!.addresses;
	for (const id of [shared, other]) {
		for (const { id: addressId } of await addresses(id)) {
			await site.crm.addDeliveries([
				{
					mailingId: null,
					job: 1,
					addressId,
					messageId: `${addressId}@example.org`,
					sentAt: clock.now(),
				},
			]);
			await addBounce(db, addressId);
		}
		await fileMail(db, { contactIds: [id], subject: `About ${id}` });
	}
	await fileMail(db, { contactIds: [shared, other], subject: 'To both' });
	const [held] = (await addresses(other)).filter(({ email }) => /^shared/i.test(email));
	await site.crm.hold(
		[{ addressId: held!.id, hold: 'bounce', type: 'Invalid', because: '550 no', bounceId: 1 }],
		'Fetch Bounces',
		clock.now(),
	);
	return { keepId: shared, dropId: other };
}

const record = async (site: Site, id: number) => (await site.contacts.record(id))!;

describe('two contacts become one', () => {
	test('the preview says what moves, where they differ and what comes out', async () => {
		const bench = await aSite();
		const { keepId, dropId } = await twoHistories(bench);
		const preview = await bench.site.contacts.previewMerge({
			keepId,
			dropId,
			takeFromDrop: ['lastName'],
		});

		assert.equal(preview.problem, null);
		assert.equal(
			preview.sentence,
			'1 address, 1 group, 2 filed mails, 2 bounces and 2 sent mails move to Anna Berger.',
		);
		assert.deepEqual(preview.differences, [{ field: 'lastName', keep: 'Berg', drop: 'Berger' }]);
		assert.equal(preview.result.lastName, 'Berger');
		assert.equal(preview.result.employer, 'Trust');
		assert.deepEqual(preview.result.addresses, [
			'anna@one.example',
			'shared@one.example',
			'berger@two.example',
		]);
		assert.deepEqual(preview.result.groups, ['Board', 'News']);
	});

	test('nothing is lost: addresses, groups, mails, bounces, holds and what was sent are one history', async () => {
		const bench = await aSite();
		const { site, clock } = bench;
		const { keepId, dropId } = await twoHistories(bench);
		await site.contacts.merge({ keepId, dropId, takeFromDrop: [] }, by(clock));

		const kept = await record(site, keepId);
		assert.deepEqual(kept.counts, { activities: 3, bounces: 4, sent: 4 });
		assert.deepEqual(
			kept.addresses.map(({ email, isPrimary, hold, bounces }) => [
				email,
				isPrimary,
				hold,
				bounces,
			]),
			[
				['anna@one.example', true, null, 1],
				['shared@one.example', false, 'bounce', 2],
				['berger@two.example', false, null, 1],
			],
		);
		assert.deepEqual(
			kept.groups.map(({ name }) => name),
			['Board', 'News'],
		);
		assert.equal(kept.note, 'Met in May');
		const dropped = await record(site, dropId);
		assert.equal(dropped.mergedInto, keepId);
		assert.deepEqual([dropped.addresses, dropped.groups, dropped.counts.activities], [[], [], 0]);
	});

	test('the merged one is in no list, no trash, no search, and no mail finds it', async () => {
		const bench = await aSite();
		const { site, clock } = bench;
		const { keepId, dropId } = await twoHistories(bench);
		await site.contacts.merge({ keepId, dropId, takeFromDrop: [] }, by(clock));

		assert.deepEqual(
			(await site.contacts.list({})).rows.map(({ id }) => id),
			[keepId],
		);
		assert.equal((await site.contacts.list({ deleted: true })).total, 0);
		const [found] = await site.crm.findAddresses({ ids: [], emails: ['berger@two.example'] });
		assert.equal(found!.contactId, keepId);
		await assert.rejects(site.contacts.change(dropId, aContact({ lastName: 'X' }), by(clock)), {
			kind: 'not-found',
		});
		assert.equal((await site.contacts.restore({ ids: [dropId] }, by(clock))).touched, 0);
	});

	test('undoing a merge restores everything exactly', async () => {
		const bench = await aSite();
		const { site, db, clock } = bench;
		const { keepId, dropId } = await twoHistories(bench);
		const before = await everythingIn(db);
		clock.advance({ hours: 1 });
		const { deedId } = await site.contacts.merge(
			{ keepId, dropId, takeFromDrop: ['lastName'] },
			by(clock),
		);
		assert.notDeepEqual(await everythingIn(db), before);

		clock.advance({ hours: 1 });
		const report = await site.contacts.undo(deedId, by(clock));
		assert.deepEqual(await everythingIn(db), before);
		assert.equal(report.leftAlone, 0);
		await assert.rejects(site.contacts.undo(deedId, by(clock)), { kind: 'conflict' });
	});

	test('a WordPress user stays one when the other contact is kept, and back again', async () => {
		const { site, clock } = await aSite();
		const user = {
			userId: 3,
			email: 'u@one.example',
			displayName: 'Uma',
			firstName: 'Uma',
			lastName: '',
		};
		await site.crm.syncUsers([user], {}, clock.now());
		const dropId = (await site.contacts.recordOfUser(3))!.id;
		const keepId = await idOf(site, { lastName: 'Berg', addresses: ['b@one.example'] });
		const { deedId } = await site.contacts.merge({ keepId, dropId, takeFromDrop: [] }, by(clock));
		assert.equal((await site.contacts.recordOfUser(3))!.id, keepId);

		await site.contacts.undo(deedId, by(clock));
		assert.equal((await site.contacts.recordOfUser(3))!.id, dropId);
	});

	test('two different users, a contact with itself, and one in the trash are refused in words', async () => {
		const { site, sites, clock } = await aSite();
		const user = (userId: number) => ({
			userId,
			email: `${userId}@one.example`,
			displayName: 'U',
			firstName: '',
			lastName: '',
		});
		await site.crm.syncUsers([user(1), user(2)], {}, clock.now());
		const [keepId, dropId] = [1, 2];
		await assert.rejects(
			site.contacts.merge({ keepId, dropId, takeFromDrop: [] }, by(clock)),
			/two different WordPress users/,
		);
		await assert.rejects(
			site.contacts.merge({ keepId, dropId: keepId, takeFromDrop: [] }, by(clock)),
			/same contact/,
		);
		await site.contacts.bin({ ids: [dropId] }, by(clock));
		await assert.rejects(site.contacts.previewMerge({ keepId, dropId, takeFromDrop: [] }), {
			kind: 'not-found',
		});
		const other = await sites.introduce({ id: '2', name: 'North', url: '', adminEmail: '' });
		await assert.rejects(other.contacts.previewMerge({ keepId, dropId: 1, takeFromDrop: [] }), {
			kind: 'not-found',
		});
	});

	test('the stricter standing and the worst hold stay', async () => {
		const { site, clock } = await aSite();
		const keepId = await idOf(site, {
			lastName: 'A',
			status: 'unconfirmed',
			addresses: ['x@one.example'],
		});
		const dropId = await idOf(site, {
			lastName: 'B',
			status: 'blacklisted',
			doNotEmail: true,
			isOptedOut: true,
			addresses: ['X@one.example'],
		});
		const addressId = (await record(site, dropId)).addresses[0]!.id;
		await site.crm.hold(
			[{ addressId, hold: 'opt-out', type: null, because: 'asked', bounceId: null }],
			'B',
			clock.now(),
		);
		await site.contacts.merge({ keepId, dropId, takeFromDrop: [] }, by(clock));

		const kept = await record(site, keepId);
		assert.deepEqual([kept.status, kept.doNotEmail, kept.isOptedOut], ['blacklisted', true, true]);
		assert.equal(kept.addresses[0]!.hold, 'opt-out');
	});

	test('its story goes on in the kept one, with the merge in it', async () => {
		const bench = await aSite();
		const { site, clock } = bench;
		const [anna, bert] = await sendMailingTo(site, 'anna@one.example', 'bert@two.example');
		clock.advance({ hours: 1 });
		await site.contacts.merge(
			{ keepId: anna!.contactId, dropId: bert!.contactId, takeFromDrop: [] },
			by(clock),
		);

		const history = (await site.contacts.history(anna!.contactId, 20))!;
		assert.equal(history.sent.length, 2);
		assert.match(
			history.changes[0]!.sentence,
			/^Carla merged two contacts: bert was merged into anna\./,
		);
		assert.ok(history.changes[0]!.deedId);
	});
});
