import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { RuleFields } from '../../service/contract/rule.ts';
import { previewReprocess } from '../../service/reprocess/preview.ts';
import { undoReprocess } from '../../service/reprocess/reprocess.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { addRule, full, standingOf, undo } from '../rules/a-rule.ts';
import { aSiteWithRiddles, bouncesOf, held, judgeAgain, learn } from './a-site-with-riddles.ts';

/** The riddle is understood by now, and there is a rule about its words that was not there when it came. */
async function aSiteWithRule(fields: Partial<RuleFields> = {}) {
	const bench = await aSiteWithRiddles();
	await learn(bench.site);
	const rule = await addRule(bench.site, { expression: 'zwirbel', comment: 'Riddles', ...fields });
	return { ...bench, rule };
}

const aFullBox = async () => {
	const bench = await aFetchingSite();
	const [anna] = await sendMailingTo(bench.site, 'anna@dest.example');
	const fetchFull = () => bench.fetch(aBounce({ ...full, returnAddress: anna!.returnAddress }));
	return { ...bench, anna: anna!, fetchFull };
};

describe('rules', () => {
	test('are followed for a bounce judged otherwise, as for a new one, and the preview says so', async () => {
		const bench = await aSiteWithRule();
		const { site, anna, bert } = bench;
		const preview = await previewReprocess(await bench.now(), {});
		assert.equal(preview.totals.ruled, 1);
		assert.match(preview.sentence, /; 1 change by rules would follow\.$/);
		assert.match(preview.changes[0]!.ruling!, /^Rule “Riddles” found “Zwirbel”: subscriber unconf/);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');

		const { asked, sentence } = await judgeAgain(bench);
		assert.deepEqual(asked.totals, preview.totals);
		assert.match(sentence, /; 1 change by rules followed\.$/);
		assert.equal(await standingOf(site, anna.contactId), 'unconfirmed');
		assert.equal(await standingOf(site, bert.contactId), 'confirmed');
		const [deed] = (await site.rules.deeds.list({})).rows;
		assert.equal(deed!.who, 'Judge Mails Again');
		const bounce = await site.report.bounce(deed!.bounceId);
		assert.match(bounce!.because, /^Judged again: Syntax became Invalid\. Rule “Riddles” found/);
	});

	test('are undone with the judging', async () => {
		const bench = await aSiteWithRule({ actions: ['blacklist-address', 'delete-subscriber'] });
		const { site, anna } = bench;
		const before = await bouncesOf(site);
		const { id } = await judgeAgain(bench);
		assert.equal(await standingOf(site, anna.contactId), 'deleted');

		const undone = await undoReprocess(site, id, 'Anna Berg');
		assert.deepEqual([undone.deeds, undone.bounces, undone.leftAlone], [2, 1, 0]);
		assert.equal(
			undone.sentence,
			'1 bounce is as it was, 1 hold was lifted and 2 deeds of rules were undone.',
		);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal((await site.crm.listDoNotSend({})).total, 0);
		assert.deepEqual(await bouncesOf(site), before);
	});

	test('are not asked about bounces that stay as they are: that is what Apply Bounce Rules is for', async () => {
		const bench = await aSiteWithRiddles();
		await addRule(bench.site, { expression: 'user unknown|zwirbel' });
		const { asked } = await judgeAgain(bench);

		assert.deepEqual([asked.totals.changed, asked.totals.ruled], [0, 0]);
		assert.equal((await bench.site.rules.deeds.list({})).total, 0);
	});

	test('do nothing again that was undone, and nothing about a bounce that was taken back', async () => {
		const bench = await aSiteWithRiddles();
		const { site, anna } = bench;
		await addRule(site, { expression: 'zwirbel' });
		const [riddled] = (await site.report.listBounces({ recognised: false })).rows;
		await site.report.takeBackBounce(riddled!.id, 'taken back', site.now());
		await learn(site);
		assert.equal((await judgeAgain(bench)).asked.totals.ruled, 0);

		const other = await aSiteWithRule();
		const { id } = await judgeAgain(other);
		await undoReprocess(other.site, id, 'Anna Berg');
		assert.equal((await judgeAgain(other)).asked.totals.ruled, 0);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('that delete the bounce keep it from holding anybody, and undoing brings it back', async () => {
		const bench = await aSiteWithRule({ actions: ['delete-bounce'] });
		const { site } = bench;
		const preview = await previewReprocess(await bench.now(), {});
		const before = await bouncesOf(site);
		const { id, asked } = await judgeAgain(bench);

		assert.deepEqual(asked.totals, preview.totals);
		assert.deepEqual([asked.totals.held, asked.totals.ruled], [0, 1]);
		assert.deepEqual(await held(site), ['bert@dest.example']);
		assert.equal((await bouncesOf(site)).length, 1);
		const undone = await undoReprocess(site, id, 'Anna Berg');
		assert.deepEqual([undone.deeds, undone.bounces, undone.leftAlone], [1, 1, 0]);
		assert.deepEqual(await bouncesOf(site), before);
	});

	test('that hold an address do so before its threshold is asked', async () => {
		const bench = await aSiteWithRule({ actions: ['hold'] });
		const preview = await previewReprocess(await bench.now(), {});
		const { id, asked } = await judgeAgain(bench);

		assert.deepEqual(asked.totals, preview.totals);
		assert.deepEqual([asked.totals.held, asked.totals.ruled], [0, 1]);
		assert.deepEqual(await held(bench.site), ['anna@dest.example', 'bert@dest.example']);
		await undoReprocess(bench.site, id, 'Anna Berg');
		assert.deepEqual(await held(bench.site), ['bert@dest.example']);
	});

	test('keep a hold that they want, until their deed is undone', async () => {
		const bench = await aFullBox();
		const rule = await addRule(bench.site, { expression: 'mailbox full', actions: ['hold'] });
		await bench.fetchFull();
		assert.deepEqual(await held(bench.site), ['anna@dest.example']);
		assert.equal((await judgeAgain(bench)).asked.totals.released, 0);
		assert.deepEqual(await held(bench.site), ['anna@dest.example']);

		await undo(bench.site, { ruleId: rule.id });
		assert.deepEqual(await held(bench.site), []);
	});
});

test('a bounce judged otherwise that still holds its address goes on being the cause of the hold', async () => {
	const bench = await aFullBox();
	const { site } = bench;
	await site.catalogueBook.change({ types: [{ id: 8, holdThreshold: 1 }] });
	await bench.fetchFull();
	await site.patterns.add({ typeId: 6, expression: 'mailbox full', reason: 'user-unknown' });
	await judgeAgain(bench);
	assert.deepEqual(await bouncesOf(site), ['anna@dest.example Invalid user-unknown true true']);

	await site.catalogueBook.change({ types: [{ id: 6, holdThreshold: 2 }] });
	assert.equal((await judgeAgain(bench)).asked.totals.released, 1);
	assert.deepEqual(await held(site), []);
	assert.deepEqual(await bouncesOf(site), ['anna@dest.example Invalid user-unknown true false']);
});
