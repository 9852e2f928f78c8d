import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { displayNameOf, sortNameOf } from '../../service/crm/builtin/contacts/names.ts';
import type { Site } from '../../service/site.ts';
import { aSite } from '../support/a-site.ts';
import { aContact, by, idOf } from './a-contact.ts';
import { addBounce, fileMail } from './a-history.ts';

const namesIn = async (site: Site, filters: Parameters<Site['contacts']['list']>[0] = {}) =>
	(await site.contacts.list(filters)).rows.map(({ displayName }) => displayName);

describe('names', () => {
	test.each([
		['Individual', 'Anna', 'Berg', '', 'Anna Berg', 'berg, anna'],
		['Individual', '太郎', '山田', '', '山田太郎', '山田, 太郎'],
		['Individual', '', 'Berg', '', 'Berg', 'berg'],
		['Individual', 'Änne', '', '', 'Änne', 'änne'],
		['Individual', '', '', '', 'a@one.example', 'a@one.example'],
		['Organization', '', '', 'Example Trust', 'Example Trust', 'example trust'],
	] as const)(
		'%s “%s” “%s” “%s” is called “%s”',
		(kind, firstName, lastName, name, called, sorted) => {
			const displayName = displayNameOf({ kind, firstName, lastName, name }, 'a@one.example');
			assert.equal(displayName, called);
			assert.equal(sortNameOf({ kind, firstName, lastName }, displayName), sorted);
		},
	);
});

describe('the list', () => {
	test('is sorted by name, by address with those without one last, by day and by last mail', async () => {
		const { site, db, clock } = await aSite();
		const carl = await idOf(site, {
			firstName: 'Carl',
			lastName: 'Ahl',
			addresses: ['z@one.example'],
		});
		clock.advance({ days: 1 });
		await idOf(site, { firstName: 'Anna', lastName: 'Berg', addresses: ['y@one.example'] });
		clock.advance({ days: 1 });
		await idOf(site, { firstName: 'Bert', lastName: 'Czech' });
		await db.updateTable('contacts').set({ last_mail_at: 5 }).where('id', '=', carl).execute();

		assert.deepEqual(await namesIn(site), ['Carl Ahl', 'Anna Berg', 'Bert Czech']);
		assert.deepEqual(await namesIn(site, { orderby: 'email' }), [
			'Anna Berg',
			'Carl Ahl',
			'Bert Czech',
		]);
		assert.deepEqual(await namesIn(site, { orderby: 'email', order: 'desc' }), [
			'Carl Ahl',
			'Anna Berg',
			'Bert Czech',
		]);
		assert.deepEqual(await namesIn(site, { orderby: 'email', per_page: 2, page: 2 }), [
			'Bert Czech',
		]);
		assert.deepEqual(await namesIn(site, { orderby: 'createdAt', order: 'desc' }), [
			'Bert Czech',
			'Anna Berg',
			'Carl Ahl',
		]);
		assert.equal((await namesIn(site, { orderby: 'lastMailAt', order: 'desc' }))[0], 'Carl Ahl');
	});

	test('finds by words in any order and case, in names and addresses, letters beyond A to Z included', async () => {
		const { site } = await aSite();
		await idOf(site, {
			firstName: 'Änne',
			lastName: 'Öberg',
			addresses: ['aenne@one.example', 'second@two.example'],
		});
		await idOf(site, { firstName: 'Bert', lastName: '100%_sure' });

		for (const search of ['öberg änne', 'ÄNNE', 'second@TWO', 'öb aenne'])
			assert.deepEqual(await namesIn(site, { search }), ['Änne Öberg'], search);
		assert.deepEqual(await namesIn(site, { search: '%_s' }), ['Bert 100%_sure']);
		assert.deepEqual(await namesIn(site, { search: '* ?' }), []);
		assert.deepEqual(await namesIn(site, { domain: 'two.example' }), ['Änne Öberg']);
	});

	test('counts beside the filters say what each would find', async () => {
		const { site, clock } = await aSite();
		await idOf(site, { lastName: 'A', status: 'unconfirmed' });
		const held = await idOf(site, {
			kind: 'Organization',
			name: 'B',
			addresses: ['b@one.example'],
		});
		const gone = await idOf(site, { lastName: 'C' });
		await site.contacts.bin({ ids: [gone] }, by(clock));
		const addressId = (await site.contacts.record(held))!.addresses[0]!.id;
		await site.crm.hold(
			[{ addressId, hold: 'bounce', type: null, because: '', bounceId: null }],
			'x',
			clock.now(),
		);

		assert.deepEqual(await site.contacts.facets({ kind: 'Individual' }), {
			total: 1,
			onHold: 0,
			deleted: 1,
			kinds: { Individual: 1, Organization: 1, Household: 0 },
			statuses: { confirmed: 0, unconfirmed: 1, blacklisted: 0 },
		});
		assert.equal((await site.contacts.facets({})).onHold, 1);
	});
});

test('counts beside a search are what each filter would find', async () => {
	const { site, clock } = await aSite();
	const add = (lastName: string, over: object = {}) =>
		idOf(site, { lastName, addresses: [`${lastName.toLowerCase()}@one.example`], ...over });
	await add('Ångberg', { firstName: 'Änne' });
	await add('Bergman', { status: 'unconfirmed' });
	await add('Holm');
	const held = await add('Berger');
	const [address] = (await site.contacts.record(held))!.addresses;
	const because = { type: 'Invalid', because: 'x', bounceId: null };
	await site.crm.hold([{ addressId: address!.id, hold: 'bounce', ...because }], 'x', clock.now());
	await site.contacts.bin({ ids: [await add('Bergson')] }, by(clock));

	for (const filters of [
		{ search: 'berg' },
		{ search: 'berg', status: 'confirmed' as const },
		{ search: 'berg', hold: 'bounce' as const },
		{ search: 'BERG one', hold: 'none' as const },
		{ search: 'berg', deleted: true },
		{ search: 'änne' },
		{ search: 'Ångberg' },
	]) {
		const facets = await site.contacts.facets(filters);
		const total = async (more: object) => (await site.contacts.list({ ...filters, ...more })).total;
		assert.deepEqual(
			[facets.total, facets.onHold, facets.deleted, facets.statuses.unconfirmed],
			[
				await total({}),
				await total({ hold: 'any' }),
				await total({ deleted: true }),
				await total({ status: 'unconfirmed' }),
			],
			JSON.stringify(filters),
		);
	}
	assert.equal((await site.contacts.facets({ search: 'änne' })).total, 1);
	assert.equal((await site.contacts.facets({ search: 'berg' })).total, 3);
});

describe('an address', () => {
	test('that is removed leaves its bounces in the story, and comes back with them when that is undone', async () => {
		const { site, db, clock } = await aSite();
		const id = await idOf(site, {
			lastName: 'Berg',
			addresses: ['a@one.example', 'b@one.example'],
		});
		const [a] = (await site.contacts.record(id))!.addresses;
		await addBounce(db, a!.id);
		clock.advance({ hours: 1 });
		await site.contacts.change(
			id,
			aContact({ lastName: 'Berg', addresses: ['b@one.example'] }),
			by(clock),
		);

		const without = (await site.contacts.record(id))!;
		assert.deepEqual(
			without.addresses.map(({ email, isPrimary }) => [email, isPrimary]),
			[['b@one.example', true]],
		);
		assert.equal(without.counts.bounces, 1);
		const history = (await site.contacts.history(id, 10))!;
		assert.ok(history.addresses.some(({ email }) => email === 'a@one.example'));

		await site.contacts.undo(history.changes[0]!.deedId!, by(clock));
		const again = (await site.contacts.record(id))!;
		assert.deepEqual(
			again.addresses.map(({ id: addressId, isPrimary, bounces }) => [
				addressId === a!.id,
				isPrimary,
				bounces,
			]),
			[
				[true, true, 1],
				[false, false, 0],
			],
		);
	});

	test('may be two contacts’, and each is held on its own', async () => {
		const { site, clock } = await aSite();
		const one = await idOf(site, { lastName: 'A', addresses: ['family@one.example'] });
		await idOf(site, { lastName: 'B', addresses: ['Family@one.example'] });
		const addressId = (await site.contacts.record(one))!.addresses[0]!.id;
		await site.crm.hold(
			[{ addressId, hold: 'manual', type: null, because: '', bounceId: null }],
			'x',
			clock.now(),
		);

		assert.deepEqual(await namesIn(site, { hold: 'any' }), ['A']);
		assert.deepEqual(await namesIn(site, { hold: 'none' }), ['B']);
	});
});

describe('undo', () => {
	test('leaves alone what was changed since, and puts back the rest', async () => {
		const { site, clock } = await aSite();
		const id = await idOf(site, { lastName: 'Berg', note: 'old' });
		await site.contacts.change(id, aContact({ lastName: 'Berger', note: 'new' }), by(clock));
		const first = (await site.contacts.history(id, 10))!.changes[0]!.deedId!;
		clock.advance({ hours: 1 });
		await site.contacts.change(id, aContact({ lastName: 'Bergmann', note: 'new' }), by(clock));

		await site.contacts.undo(first, by(clock));
		const { lastName, displayName, note } = (await site.contacts.record(id))!;
		assert.deepEqual([lastName, displayName, note], ['Bergmann', 'Bergmann', 'old']);
	});

	test('of adding somebody puts him into the trash, unless he was edited or became a user', async () => {
		const { site, clock } = await aSite();
		const [quiet, edited, user] = [
			await idOf(site, { lastName: 'Quiet' }),
			await idOf(site, { lastName: 'Edited' }),
			await idOf(site, { lastName: 'User', addresses: ['u@one.example'] }),
		];
		await site.contacts.change(edited, aContact({ lastName: 'Edited', note: 'x' }), by(clock));
		await site.crm.syncUsers(
			[{ userId: 1, email: 'u@one.example', displayName: 'User', firstName: '', lastName: 'User' }],
			{},
			clock.now(),
		);
		for (const id of [quiet, edited, user]) {
			const { changes } = (await site.contacts.history(id, 10))!;
			await site.contacts.undo(changes.find(({ what }) => what === 'added')!.deedId!, by(clock));
		}

		assert.deepEqual((await namesIn(site)).sort(), ['Edited', 'User']);
	});

	test('of a deed about many is offered where it was done, not on one record', async () => {
		const { site, clock } = await aSite();
		const ids = [await idOf(site, { lastName: 'A' }), await idOf(site, { lastName: 'B' })];
		const report = await site.contacts.bin({ ids }, by(clock));

		const [binned] = (await site.contacts.history(ids[0]!, 10))!.changes;
		assert.deepEqual(
			[binned!.sentence, binned!.deedId],
			['Carla put it into the trash.', undefined],
		);
		assert.equal((await site.contacts.restore({ ids: [ids[0]!] }, by(clock))).touched, 1);
		const undone = await site.contacts.undo(report.deedId, by(clock));
		assert.deepEqual([undone.touched, undone.leftAlone], [1, 1]);
		assert.deepEqual(await namesIn(site), ['A', 'B']);
	});
});

test('a contact’s mails are counted once each, and not while they are in the trash', async () => {
	const { site, db } = await aSite();
	const [anna, bert] = [await idOf(site, { lastName: 'A' }), await idOf(site, { lastName: 'B' })];
	const mailsOf = async (id: number) => (await site.contacts.record(id))!.counts.activities;
	const mail = await fileMail(db, { contactIds: [anna, anna, bert], subject: 'Hello' });
	await fileMail(db, { contactIds: [bert], subject: 'Again' });
	assert.deepEqual([await mailsOf(anna), await mailsOf(bert)], [1, 2]);

	const setDeleted = (deleted_at: number | null) =>
		db.updateTable('activities').set({ deleted_at }).where('id', '=', mail).execute();
	await setDeleted(1);
	assert.deepEqual([await mailsOf(anna), await mailsOf(bert)], [0, 1]);
	await setDeleted(null);
	assert.deepEqual([await mailsOf(anna), await mailsOf(bert)], [1, 2]);
	await db.deleteFrom('activities').where('id', '=', mail).execute();
	await db.deleteFrom('activity_parties').where('activity_id', '=', mail).execute();
	assert.deepEqual([await mailsOf(anna), await mailsOf(bert)], [0, 1]);
});

describe('WordPress users in groups', () => {
	const user = {
		userId: 3,
		email: 'anna@one.example',
		displayName: 'Anna',
		firstName: '',
		lastName: '',
	};

	test('join the group of their role, and leave only what a role put them into', async () => {
		const { site, clock } = await aSite();
		const [staff, press] = [
			await site.contacts.groups.add({ name: 'Staff', description: '', isMailingList: false }),
			await site.contacts.groups.add({ name: 'Press', description: '', isMailingList: false }),
		];
		await site.contacts.setUserSync({
			groupOfRole: { editor: staff.id, author: press.id },
			whenUserGoes: 'keep',
		});
		const sync = (roles?: string[]) =>
			site.crm.syncUsers([{ ...user, ...(roles ? { roles } : {}) }], {}, clock.now());
		const groups = async () =>
			(await site.contacts.recordOfUser(3))!.groups.map(({ name }) => name);

		await sync(['editor']);
		assert.deepEqual(await groups(), ['Staff']);
		await site.contacts.groups.addMembers(press.id, { filter: {} }, by(clock));
		assert.equal((await sync(['editor', 'author'])).unchanged, 1);
		assert.equal((await sync([])).changed, 1);
		assert.deepEqual(await groups(), ['Press'], 'somebody put her there by hand');
		await sync();
		assert.deepEqual(await groups(), ['Press'], 'WordPress told nothing about roles');
		await site.contacts.groups.remove(press.id, by(clock));
		assert.deepEqual((await site.contacts.userSync()).groupOfRole, { editor: staff.id });
	});

	test('who are deleted stay as contacts or go into the trash, as the site chose, and that is undone', async () => {
		for (const whenUserGoes of ['keep', 'delete'] as const) {
			const { site, clock } = await aSite();
			await site.contacts.setUserSync({ groupOfRole: {}, whenUserGoes });
			await site.crm.syncUsers([user], {}, clock.now());
			const { id } = (await site.contacts.recordOfUser(3))!;
			assert.equal((await site.crm.removeUsers([3, 99], clock.now())).removed, 1);

			assert.equal(await site.contacts.recordOfUser(3), undefined);
			assert.equal((await namesIn(site)).length, whenUserGoes === 'keep' ? 1 : 0);
			const [change] = (await site.contacts.history(id, 5))!.changes;
			if (change) await site.contacts.undo(change.deedId!, by(clock));
			assert.deepEqual(await namesIn(site), ['Anna']);
		}
	});
});
