import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { openLog } from '../../service/log.ts';
import type { CatalogueChange } from '../../service/contract/catalogue-messages.ts';
import { openSites } from '../../service/sites.ts';
import type { Site } from '../../service/site.ts';
import { testSecret } from '../support/a-mailing.ts';
import { aSite } from '../support/a-site.ts';

async function change(site: Site, wanted: CatalogueChange): Promise<string[]> {
	return site.inTransaction((inside) => inside.catalogueBook.change(wanted));
}

const awayOf = (site: Site) => site.catalogue.types.get('Away')?.holdThreshold;

describe('the types of a site', () => {
	test('are the eleven of the documentation with its thresholds, until somebody decides otherwise', async () => {
		const { site } = await aSite();
		const { preset, types, differsFromPreset, version } = await site.catalogueBook.settings();

		assert.equal(preset, 'recommended');
		assert.equal(differsFromPreset, false);
		assert.equal(version, 0);
		assert.deepEqual(
			types.map(({ id, name, holdThreshold }) => `${id} ${name} ${holdThreshold}`).join(', '),
			'1 AOL 1, 2 Away 3, 3 DNS 3, 4 Host 3, 5 Inactive 1, 6 Invalid 1, 7 Loop 3, 8 Quota 3, 9 Relay 3, 10 Spam 1, 11 Syntax 3',
		);
	});

	test('a changed threshold, switch and description hold for this site alone, from its next run on', async () => {
		const { site, sites } = await aSite();
		const sentences = await change(site, {
			types: [
				{ id: 2, holdThreshold: 5, description: 'On leave' },
				{ id: 7, isOn: false },
			],
		});

		assert.deepEqual(sentences, [
			'Threshold of Away: 3 became 5.',
			'Described the type Away as “On leave”.',
			'Switched the type Loop off.',
		]);
		const later = (await sites.find('1'))!;
		assert.equal(awayOf(site), 3);
		assert.equal(awayOf(later), 5);
		assert.ok(!later.catalogue.types.has('Loop'));
		const other = await sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });
		assert.equal(awayOf(other), 3);
		assert.equal((await other.catalogueBook.settings()).version, 0);
	});

	test('what another process changed is seen by the next run of this one', async () => {
		const { db, sites, site, clock } = await aSite();
		const elsewhere = openSites(
			db,
			{ secret: testSecret, mailFolders: [] },
			{ log: openLog('silent'), now: clock.now },
		);
		assert.equal(awayOf((await elsewhere.find('1'))!), 3);

		await change(site, { types: [{ id: 2, holdThreshold: 9 }] });
		assert.equal(awayOf((await elsewhere.find('1'))!), 9);
		const first = (await sites.find('1'))!;
		assert.equal((await sites.find('1'))!.catalogue, first.catalogue);
	});

	test('are added and deleted, but the shipped ones can only be switched off', async () => {
		const { site } = await aSite();
		const book = site.catalogueBook;
		const added = await book.addType({ name: 'Greylist', description: 'Later', holdThreshold: 7 });
		assert.deepEqual([added.id, added.isShipped, added.presetThreshold], [12, false, null]);

		await assert.rejects(
			book.addType({ name: 'greylist', description: '', holdThreshold: 1 }),
			/“Greylist” already/,
		);
		await assert.rejects(book.deleteType(1), /Switch it off instead/);
		await book.deleteType(12);
		await assert.rejects(book.deleteType(12), /no such bounce type/);
		const next = await book.addType({ name: 'Greylist', description: '', holdThreshold: 7 });
		assert.equal(next.id, 13);
	});

	test('an added type takes its patterns along when it is deleted', async () => {
		const { site } = await aSite();
		const { id } = await site.catalogueBook.addType({
			name: 'Ours',
			description: '',
			holdThreshold: 1,
		});
		await site.patterns.add({ typeId: id, expression: 'four', reason: null });
		await site.patterns.add({ typeId: 6, expression: 'five', reason: null });
		assert.equal((await site.catalogueBook.settings()).types.at(-1)!.patterns, 1);

		await site.catalogueBook.deleteType(id);
		assert.deepEqual(
			(await site.patterns.all()).map(({ expression }) => expression),
			['five'],
		);
	});
});

describe('presets', () => {
	test('“as documented” lets every reason count, “CiviCRM today” has Away at 30', async () => {
		const { site, sites } = await aSite();
		assert.equal(site.catalogue.reasons.get('blocklisted')!.countsTowardHold, false);

		await change(site, { preset: 'as-documented' });
		const documented = (await sites.find('1'))!;
		assert.ok(documented.catalogue.reasons.get('blocklisted')!.countsTowardHold);
		assert.equal(awayOf(documented), 3);

		await change(site, { preset: 'civicrm-today' });
		assert.equal(awayOf((await sites.find('1'))!), 30);
	});

	test('a preset puts back what was changed and leaves added types and patterns', async () => {
		const { site } = await aSite();
		await site.catalogueBook.addType({ name: 'Ours', description: '', holdThreshold: 2 });
		await site.patterns.add({ typeId: 12, expression: 'four', reason: null });
		await change(site, {
			types: [
				{ id: 2, holdThreshold: 5 },
				{ id: 12, holdThreshold: 4 },
			],
			reasons: [{ name: 'blocklisted', countsTowardHold: true }],
			counting: { unprovedCounts: true, windowDays: 30 },
		});
		assert.ok((await site.catalogueBook.settings()).differsFromPreset);

		await change(site, { preset: 'recommended' });
		const settings = await site.catalogueBook.settings();
		assert.equal(settings.differsFromPreset, false);
		assert.deepEqual(settings.counting, { unprovedCounts: false, windowDays: null });
		assert.equal(settings.types.at(-1)!.holdThreshold, 4);
		assert.equal((await site.patterns.all()).length, 1);
	});
});

describe('reasons and counting', () => {
	test('a reason’s switch and the counting are part of what a run judges by', async () => {
		const { site, sites } = await aSite();
		const sentences = await change(site, {
			reasons: [{ name: 'mailbox-full', countsTowardHold: false }],
			counting: { windowDays: 90 },
		});

		assert.deepEqual(sentences, [
			'“Mailbox full” now does not count toward a hold.',
			'Only bounces of the last 90 days count.',
		]);
		const { catalogue, policy } = (await sites.find('1'))!;
		assert.equal(catalogue.reasons.get('mailbox-full')!.countsTowardHold, false);
		assert.deepEqual(policy, { unprovedCounts: false, windowDays: 90 });
	});

	test('a reason or type that does not exist is refused, and nothing of the request is saved', async () => {
		const { site } = await aSite();
		const request = {
			types: [{ id: 2, holdThreshold: 5 }],
			reasons: [{ name: 'bad-weather', countsTowardHold: true }],
		};

		await assert.rejects(change(site, request), /no reason “bad-weather”/);
		await assert.rejects(change(site, { types: [{ id: 99 }] }), /no such bounce type/);
		assert.equal((await site.catalogueBook.settings()).version, 0);
	});

	test('saving what is there already changes nothing and makes no new version', async () => {
		const { site } = await aSite();

		assert.deepEqual(await change(site, { types: [{ id: 2, holdThreshold: 3 }] }), []);
		assert.equal((await site.catalogueBook.settings()).version, 0);
	});
});

describe('patterns', () => {
	test('are tried in the order of their types, then as they were added', async () => {
		const { site, sites } = await aSite();
		for (const [typeId, expression] of [
			[9, 'relay'],
			[1, 'complaint'],
			[9, 'route'],
			[5, 'closed'],
		] as const)
			await site.patterns.add({ typeId, expression, reason: null });

		const { catalogue } = (await sites.find('1'))!;
		assert.deepEqual(
			catalogue.patterns!.map(({ type, id }) => `${type} ${id}`),
			['AOL 2', 'Inactive 4', 'Relay 1', 'Relay 3'],
		);
	});

	test('of a type that is off, or that were too slow, are not tried', async () => {
		const { site, sites } = await aSite();
		const slow = await site.patterns.add({ typeId: 5, expression: 'closed', reason: null });
		await site.patterns.add({ typeId: 9, expression: 'relay', reason: null });
		await change(site, { types: [{ id: 9, isOn: false }] });
		await site.patterns.markTooSlow([slow.id]);
		assert.equal((await sites.find('1'))!.catalogue.patterns, undefined);

		const { rows } = await site.patterns.list({ hasProblem: true });
		assert.match(rows[0]!.problem!, /longer than 50 ms/);
		const mended = await site.patterns.change(slow.id, {
			typeId: 5,
			expression: 'has closed',
			reason: null,
		});
		assert.equal(mended.problem, null);
		assert.equal((await sites.find('1'))!.catalogue.patterns!.length, 1);
	});

	test('that are switched off are kept and not tried, until they are switched on', async () => {
		const { site, sites } = await aSite();
		const fields = { typeId: 6, expression: 'gone fishing', reason: null };
		const { id } = await site.patterns.add({ ...fields, isOn: false });
		assert.equal((await sites.find('1'))!.catalogue.patterns, undefined);

		assert.equal((await site.patterns.change(id, { ...fields, isOn: true })).isOn, true);
		assert.equal((await sites.find('1'))!.catalogue.patterns!.length, 1);
	});

	test('that are wrong are refused and say where; the same one twice is refused', async () => {
		const { site } = await aSite();
		const add = (expression: string, typeId = 6, reason: string | null = null) =>
			site.patterns.add({ typeId, expression, reason });

		await assert.rejects(add('user (unknown'), /wrong/);
		await assert.rejects(add('x', 77), /no such bounce type/);
		await assert.rejects(add('x', 6, 'bad-weather'), /no reason/);
		await add('user unknown');
		await assert.rejects(add('user unknown'), /already/);
	});

	test('no site sees, changes or deletes another’s patterns', async () => {
		const { site, sites } = await aSite();
		const other = await sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });
		const mine = await site.patterns.add({ typeId: 6, expression: 'x1', reason: null });

		assert.equal((await other.patterns.list({})).total, 0);
		await assert.rejects(other.patterns.delete(mine.id), /no such pattern/);
		await assert.rejects(
			other.patterns.change(mine.id, { typeId: 6, expression: 'x2', reason: null }),
			/no such pattern/,
		);
		await other.patterns.deleteAll([mine.id]);
		await other.patterns.markTooSlow([mine.id]);
		assert.deepEqual(
			(await site.patterns.all()).map(({ problem }) => problem),
			[null],
		);
	});
});
