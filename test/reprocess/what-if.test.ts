import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { whatIf } from '../../service/reprocess/what-if.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';

const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };
const blocked = {
	status: '5.7.1',
	diagnostic:
		'554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org',
};

async function aSiteWithBounces() {
	const bench = await aFetchingSite();
	const people = await sendMailingTo(
		bench.site,
		'anna@dest.example',
		'bert@dest.example',
		'carla@dest.example',
	);
	const [anna, bert, carla] = people.map(({ returnAddress }) => ({ returnAddress }));
	await bench.fetch(aBounce({ ...full, ...anna }), aBounce({ ...full, ...anna }));
	await bench.fetch(aBounce({ ...bert }), aBounce({ ...blocked, ...carla }));
	return bench;
}

describe('what if', () => {
	test('a lower threshold says who would come on hold, and changes nothing', async () => {
		const { site, now } = await aSiteWithBounces();
		const answer = await whatIf(await now(), { types: [{ id: 8, holdThreshold: 2 }] });

		assert.deepEqual([answer.wouldBeHeld, answer.wouldNotBeHeld], [1, 0]);
		assert.deepEqual(answer.examples, [
			{ email: 'anna@dest.example', wouldBe: 'held', because: 'Quota bounce 2 of 2.' },
		]);
		assert.match(answer.sentence, /4 recorded bounces, 1 address would come on hold/);
		assert.equal((await site.catalogueBook.settings()).version, 0);
		assert.equal((await site.crm.count()).onHold, 1);
	});

	test('a higher threshold, a type that is off or a reason that does not count says who would get mail', async () => {
		const { now } = await aSiteWithBounces();

		for (const change of [
			{ types: [{ id: 6, holdThreshold: 2 }] },
			{ types: [{ id: 6, isOn: false }] },
			{ reasons: [{ name: 'user-unknown', countsTowardHold: false }] },
		]) {
			const answer = await whatIf(await now(), change);
			assert.deepEqual([answer.wouldBeHeld, answer.wouldNotBeHeld], [0, 1]);
			assert.equal(answer.examples[0]!.email, 'bert@dest.example');
		}
	});

	test('“as documented” would hold whom a blocklist shut out, for a fault of ours', async () => {
		const { now } = await aSiteWithBounces();
		const answer = await whatIf(await now(), { preset: 'as-documented' });

		assert.equal(answer.wouldBeHeld, 1);
		assert.equal(answer.examples[0]!.email, 'carla@dest.example');
	});

	test('what was released or taken back does not count', async () => {
		const { site, now, clock } = await aSiteWithBounces();
		const bounces = (await site.report.listBounces({ type: 'Quota' })).rows;
		await site.report.takeBackBounce(bounces[0]!.id, 'taken back', site.now());
		clock.advance({ hours: 1 });
		await site.crm.release(await site.crm.idsOnHold({}), 'Anna', site.now());
		const answer = await whatIf(await now(), {
			types: [
				{ id: 8, holdThreshold: 2 },
				{ id: 6, holdThreshold: 2 },
			],
		});

		assert.deepEqual([answer.wouldBeHeld, answer.wouldNotBeHeld], [0, 0]);
		assert.match(answer.sentence, /nothing would change/);
	});

	test('sees the bounces of its own site alone', async () => {
		const { sites } = await aSiteWithBounces();
		const other = await sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });

		assert.equal((await whatIf(other, { types: [{ id: 8, holdThreshold: 1 }] })).bounces, 0);
	});
});
