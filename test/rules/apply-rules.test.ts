import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { Site } from '../../service/site.ts';
import { aBounce } from '../support/a-bounce.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import {
	closed,
	addRule,
	aSiteWithInbox,
	aSiteWithRule,
	apply,
	fetchBounces,
	ruleFields,
	standingOf,
	undo,
} from './a-rule.ts';

describe('Apply Bounce Rules', () => {
	/** Three closed boxes came in before there was a rule. */
	async function aSiteWithHistory() {
		const bench = await aSiteWithInbox();
		const people = ['anna@dest.example', 'bert@dest.example', 'carla@dest.example'];
		const recipients = await sendMailingTo(bench.site, ...people);
		for (const { returnAddress, email } of recipients)
			bench.inbox.deliver(aBounce({ ...closed, returnAddress, recipient: email }));
		await fetchBounces(bench.site);
		return { ...bench, recipients, anna: recipients[0]! };
	}

	test('does backwards what a new rule wants, once', async () => {
		const { site, recipients } = await aSiteWithHistory();
		await addRule(site, { expression: 'box was closed' });

		const run = await apply(site);
		assert.equal(
			run.sentence,
			'3 stored bounces looked at, 3 caught by rules: 3 subscribers unconfirmed.',
		);
		assert.deepEqual([run.done, run.total], [3, 3]);
		for (const { contactId } of recipients)
			assert.equal(await standingOf(site, contactId), 'unconfirmed');
		assert.match((await apply(site)).sentence, /nothing was left to do/);
		assert.equal((await site.rules.deeds.list({})).total, 3);
	});

	test('does not do again what the run of the mail did, nor what was undone', async () => {
		const { site, inbox, anna } = await aSiteWithRule({});
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		const fetched = await fetchBounces(site);
		assert.match((await apply(site)).sentence, /nothing was left to do/);

		await undo(site, { runId: fetched.id });
		assert.match((await apply(site)).sentence, /nothing was left to do/);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('lets a rule that was changed act once more', async () => {
		const { site, anna } = await aSiteWithHistory();
		const rule = await addRule(site, { expression: 'box was closed' });
		await undo(site, { runId: (await apply(site)).id });
		const fields = { expression: 'box was closed', actions: ['blacklist-subscriber' as const] };
		await site.rules.change(rule.id, ruleFields(fields), site.now());

		assert.match((await apply(site)).sentence, /3 subscribers blacklisted/);
		assert.equal(await standingOf(site, anna.contactId), 'blacklisted');
	});

	test('that broke off half way does the rest the next time, and nothing twice', async () => {
		const { site, db, inbox } = await aSiteWithHistory();
		const copies = Array.from({ length: 120 }, (_, n) => `p${n}@dest.example`);
		for (const { returnAddress, email } of await sendMailingTo(site, ...copies))
			inbox.deliver(aBounce({ ...closed, returnAddress, recipient: email }));
		await fetchBounces(site);
		await addRule(site, { expression: 'box was closed' });
		let transactions = 0;
		const failing: Site = {
			...site,
			inTransaction: (work) => {
				transactions += 1;
				return site.inTransaction(async (inside) => {
					const result = await work(inside);
					if (transactions === 2) throw new Error('disk of cheese');
					return result;
				});
			},
		};
		const deeds = async () => (await db.selectFrom('rule_deeds').selectAll().execute()).length;

		assert.equal((await apply(failing)).state, 'failed');
		assert.equal(await deeds(), 100);
		assert.match((await apply(site)).sentence, /123 caught by rules: 23 subscribers unconfirmed/);
		assert.equal(await deeds(), 123);
	});

	test('applies one rule alone when asked to', async () => {
		const { site, anna } = await aSiteWithHistory();
		const rule = await addRule(site, { expression: 'anna@.*closed', looksIn: 'text' });
		await addRule(site, { expression: 'box was closed', actions: ['delete-subscriber'] });

		assert.match((await apply(site, { ruleId: rule.id })).sentence, /1 subscriber unconfirmed\./);
		assert.equal(await standingOf(site, anna.contactId), 'unconfirmed');
	});

	test('says in a dry run what it would do, and does nothing', async () => {
		const { site, anna } = await aSiteWithHistory();
		await addRule(site, {
			expression: 'box was closed',
			actions: ['delete-subscriber', 'delete-bounce'],
		});

		const { sentence } = await apply(site, { isDryRun: true });
		assert.match(sentence, /nothing was changed.*3 subscribers deleted, 3 bounces deleted/);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal((await site.rules.deeds.list({})).total, 0);
	});

	test('leaves bounces alone that somebody took back', async () => {
		const { site, anna } = await aSiteWithHistory();
		const [bounce] = (await site.report.listBounces({ search: 'anna' })).rows;
		await site.report.takeBackBounce(bounce!.id, 'A mistake.', site.now());
		await addRule(site, { expression: 'box was closed' });

		assert.match((await apply(site)).sentence, /2 caught by rules/);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('without an active rule says so', async () => {
		const { site } = await aSiteWithInbox();

		assert.match((await apply(site)).sentence, /No rule is active/);
	});
});
