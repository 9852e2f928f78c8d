import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { HoldKind } from '../../service/contract/address.ts';
import type { WordPressUser } from '../../service/contract/site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';

const byBounce = (addressId: number) => ({
	addressId,
	hold: 'bounce' as HoldKind,
	type: 'Invalid',
	because: '550 user unknown',
	bounceId: 5,
});

describe('hold and release', () => {
	test('a release restarts the count, says how many, and can be undone', async () => {
		const { site, clock } = await aSite();
		const [anna, bert] = await sendMailingTo(site, 'anna@dest.example', 'bert@dest.example');
		await site.crm.hold(
			[byBounce(anna!.addressId), byBounce(bert!.addressId)],
			'Fetch Bounces',
			clock.now(),
		);
		const heldSince = (await site.crm.addressOnHold(anna!.addressId))!.heldSince;

		clock.advance({ days: 1 });
		const ids = [anna!.addressId, bert!.addressId, bert!.addressId];
		const release = await site.crm.release(ids, 'Carla', clock.now());
		assert.deepEqual([release.released, release.leftAlone], [2, 0]);
		assert.equal((await site.crm.listOnHold({})).total, 0);
		const [released] = await site.crm.findAddresses({ ids: [anna!.addressId], emails: [] });
		assert.deepEqual(released!.countSince, clock.now());

		clock.advance({ hours: 1 });
		assert.deepEqual(await site.crm.undoRelease(release.id, 'Carla', clock.now()), {
			restored: 2,
			leftAlone: 0,
		});
		const again = await site.crm.addressOnHold(anna!.addressId);
		assert.equal(again!.heldSince, heldSince);
		assert.equal(again!.because, '550 user unknown');
		const [restored] = await site.crm.findAddresses({ ids: [anna!.addressId], emails: [] });
		assert.equal(restored!.countSince.getTime(), 0);
	});

	test('a release is undone once', async () => {
		const { site, clock } = await aSite();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		await site.crm.hold([byBounce(anna!.addressId)], 'Fetch Bounces', clock.now());
		const { id } = await site.crm.release([anna!.addressId], 'Carla', clock.now());
		await site.crm.undoRelease(id, 'Carla', clock.now());

		await assert.rejects(site.crm.undoRelease(id, 'Carla', clock.now()), { kind: 'conflict' });
		await assert.rejects(site.crm.undoRelease(id + 1, 'Carla', clock.now()), { kind: 'not-found' });
	});

	test('an address that bounced again after a release keeps its new hold when the release is undone', async () => {
		const { site, clock } = await aSite();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		await site.crm.hold([byBounce(anna!.addressId)], 'Fetch Bounces', clock.now());
		const { id } = await site.crm.release([anna!.addressId], 'Carla', clock.now());
		await site.crm.hold(
			[{ ...byBounce(anna!.addressId), because: 'again' }],
			'Fetch Bounces',
			clock.now(),
		);

		assert.deepEqual(await site.crm.undoRelease(id, 'Carla', clock.now()), {
			restored: 0,
			leftAlone: 1,
		});
		assert.equal((await site.crm.addressOnHold(anna!.addressId))!.because, 'again');
	});

	test('an opt-out is neither downgraded by a bounce nor released', async () => {
		const { site, clock } = await aSite();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const optOut = { ...byBounce(anna!.addressId), hold: 'opt-out' as const, bounceId: null };
		await site.crm.hold([optOut], 'Anna', clock.now());
		await site.crm.hold([byBounce(anna!.addressId)], 'Fetch Bounces', clock.now());

		const { released, leftAlone } = await site.crm.release([anna!.addressId], 'Carla', clock.now());
		assert.deepEqual([released, leftAlone], [0, 1]);
		assert.equal((await site.crm.addressOnHold(anna!.addressId))!.hold, 'opt-out');
	});

	test('addresses on hold are found by words, type, domain, kind and day', async () => {
		const { site, clock } = await aSite();
		const people = await sendMailingTo(
			site,
			'anna@one.example',
			'bert@two.example',
			'100%_sure@two.example',
		);
		const [anna, bert, sure] = people.map(({ addressId }) => addressId);
		await site.crm.hold([byBounce(anna!)], 'Fetch Bounces', clock.now());
		clock.advance({ days: 2 });
		await site.crm.hold([{ ...byBounce(bert!), type: 'Quota' }], 'Fetch Bounces', clock.now());
		await site.crm.hold([{ ...byBounce(sure!), hold: 'manual', type: null }], 'Carla', clock.now());

		const found = async (filters: Parameters<typeof site.crm.listOnHold>[0]) =>
			(await site.crm.listOnHold(filters)).rows
				.map(({ addressId }) => addressId)
				.sort((a, b) => a - b);
		assert.deepEqual(await found({}), [anna, bert, sure]);
		assert.deepEqual(await found({ search: 'ANNA' }), [anna]);
		assert.deepEqual(await found({ search: '%_' }), [sure]);
		assert.deepEqual(await found({ type: 'Quota' }), [bert]);
		assert.deepEqual(await found({ domain: 'two.example' }), [bert, sure]);
		assert.deepEqual(await found({ hold: 'manual' }), [sure]);
		assert.deepEqual(await found({ until: '2026-05-05' }), [anna]);
		assert.deepEqual(await found({ from: '2026-05-06' }), [bert, sure]);
		assert.deepEqual(await site.crm.idsOnHold({ domain: 'one.example' }), [anna]);
		assert.equal((await site.crm.listOnHold({ per_page: 2 })).rows.length, 2);
	});

	test('no site holds, releases or finds another’s addresses', async () => {
		const { site, sites, clock } = await aSite();
		const other = await sites.introduce({ id: '2', name: 'North', url: '', adminEmail: '' });
		const [anna] = await sendMailingTo(site, 'anna@dest.example');

		await other.crm.hold([byBounce(anna!.addressId)], 'Fetch Bounces', clock.now());
		assert.equal((await site.crm.listOnHold({})).total, 0);
		await site.crm.hold([byBounce(anna!.addressId)], 'Fetch Bounces', clock.now());
		assert.equal((await other.crm.release([anna!.addressId], 'Eve', clock.now())).released, 0);
		assert.deepEqual(
			await other.crm.findAddresses({ ids: [anna!.addressId], emails: ['anna@dest.example'] }),
			[],
		);
		assert.deepEqual(
			await other.crm.findDeliveries({
				ids: [anna!.delivery.id],
				messageIds: [anna!.delivery.messageId!],
			}),
			[],
		);
		assert.equal(await other.crm.addressHistory(anna!.addressId), undefined);
	});
});

describe('WordPress users are contacts', () => {
	const user: WordPressUser = {
		userId: 3,
		email: 'Anna@Dest.example',
		displayName: 'Anna Berg',
		firstName: 'Anna',
		lastName: 'Berg',
	};

	test('a user is added once, changed when it changes, and known by either spelling of the address', async () => {
		const { site, clock } = await aSite();
		assert.equal((await site.crm.syncUsers([user], {}, clock.now())).added, 1);
		assert.equal((await site.crm.syncUsers([user], {}, clock.now())).unchanged, 1);
		assert.equal(
			(await site.crm.syncUsers([{ ...user, lastName: 'Berger' }], {}, clock.now())).changed,
			1,
		);

		const [address] = await site.crm.findAddresses({ ids: [], emails: ['anna@dest.example'] });
		assert.equal(address!.email, 'anna@dest.example');
		assert.equal((await site.crm.count()).contacts, 1);
	});

	test('a user takes over the contact who has that address already', async () => {
		const { site, clock } = await aSite();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const { changed, added } = await site.crm.syncUsers([user], {}, clock.now());

		assert.deepEqual([changed, added], [1, 0]);
		const [address] = await site.crm.findAddresses({ ids: [], emails: ['anna@dest.example'] });
		assert.equal(address!.contactId, anna!.contactId);
	});

	test('a new address becomes the primary one and the old one keeps its history', async () => {
		const { site, clock } = await aSite();
		await site.crm.syncUsers([user], {}, clock.now());
		await site.crm.syncUsers([{ ...user, email: 'anna@new.example' }], {}, clock.now());

		const both = await site.crm.findAddresses({
			ids: [],
			emails: ['anna@dest.example', 'anna@new.example'],
		});
		assert.equal(both.length, 2);
		assert.equal(new Set(both.map(({ contactId }) => contactId)).size, 1);
	});

	test('a bulk sync unties the users it did not name, and nobody is deleted', async () => {
		const { site, clock } = await aSite();
		const gone = { ...user, userId: 4, email: 'gone@dest.example' };
		await site.crm.syncUsers([user, gone], { syncId: 'a' }, clock.now());
		await site.crm.syncUsers([user], { syncId: 'b' }, clock.now());
		const { removed } = await site.crm.syncUsers(
			[],
			{ syncId: 'b', isLastPart: true },
			clock.now(),
		);

		assert.equal(removed, 1);
		assert.equal((await site.crm.count()).contacts, 2);
	});
});
