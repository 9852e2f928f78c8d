import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { aBounce } from '../support/a-bounce.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { closed, full, addRule, aSiteWithRule, fetchBounces, standingOf, undo } from './a-rule.ts';

describe('undoing', () => {
	test('a rule leaves standing what another rule wanted too', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({ actions: ['delete-subscriber'] });
		const other = await addRule(site, {
			expression: 'mailbox full',
			actions: ['delete-subscriber'],
		});
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		await fetchBounces(site);
		inbox.deliver(aBounce({ ...full, returnAddress: anna.returnAddress }));
		await fetchBounces(site);

		assert.deepEqual(await undo(site, { ruleId: rule.id }), {
			undone: 1,
			restored: 0,
			leftAlone: 1,
		});
		assert.equal(await standingOf(site, anna.contactId), 'deleted');
		assert.equal((await undo(site, { ruleId: other.id })).restored, 1);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('a hold that two rules wanted passes from one to the other', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({
			expression: 'mailbox full',
			actions: ['hold'],
		});
		const other = await addRule(site, { expression: 'over quota', actions: ['hold'] });
		const overQuota = { ...full, diagnostic: '452 4.2.2 Over quota' };
		for (const words of [full, overQuota]) {
			inbox.deliver(aBounce({ ...words, returnAddress: anna.returnAddress }));
			await fetchBounces(site);
		}
		const [first, second] = (await site.report.listBounces({ order: 'asc' })).rows;
		const heldBy = async () => (await site.crm.addressOnHold(anna.addressId))?.bounceId;
		assert.equal(await heldBy(), first!.id);

		await undo(site, { ruleId: rule.id });
		assert.equal(await heldBy(), second!.id);
		assert.equal((await undo(site, { ruleId: other.id })).restored, 1);
		assert.equal(await heldBy(), undefined);
	});

	test('leaves alone whom somebody changed since, and is done once', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({});
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		await fetchBounces(site);
		await site.crm.setContactStatus(anna.contactId, 'blacklisted');

		assert.deepEqual(await undo(site, { ruleId: rule.id }), {
			undone: 1,
			restored: 0,
			leftAlone: 1,
		});
		assert.equal(await standingOf(site, anna.contactId), 'blacklisted');
		assert.equal((await undo(site, { ruleId: rule.id })).undone, 0);
	});

	test('one deed undoes what that rule did to that person by any bounce, and nobody else’s', async () => {
		const { site, inbox, anna } = await aSiteWithRule({});
		const [bert] = await sendMailingTo(site, 'bert@dest.example');
		for (const { returnAddress } of [anna, anna, bert!])
			inbox.deliver(aBounce({ ...closed, returnAddress }));
		await fetchBounces(site);
		const { rows } = await site.rules.deeds.list({ contactId: anna.contactId });

		assert.deepEqual(await undo(site, { deedId: rows[0]!.id }), {
			undone: 2,
			restored: 1,
			leftAlone: 0,
		});
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal(await standingOf(site, bert!.contactId), 'unconfirmed');
	});
});
