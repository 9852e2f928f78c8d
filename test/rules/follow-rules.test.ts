import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { RuleAction } from '../../service/contract/rule.ts';
import type { Desk } from '../../service/http/handlers/handler.ts';
import { handlers } from '../../service/http/handlers/handlers.ts';
import { aBounce } from '../support/a-bounce.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import {
	closed,
	full,
	addRule,
	aSiteWithRule,
	apply,
	fetchBounces,
	held,
	ruleFields,
	standingOf,
	undo,
} from './a-rule.ts';

describe('as mail comes in, a rule', () => {
	const outcomes: [RuleAction, string][] = [
		['delete-subscriber', 'deleted'],
		['unconfirm-subscriber', 'unconfirmed'],
		['blacklist-subscriber', 'blacklisted'],
	];
	test.each(outcomes)('can %s, and undoing brings back what was', async (action, standing) => {
		const { site, inbox, anna, rule } = await aSiteWithRule({ actions: [action] });
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));

		assert.match((await fetchBounces(site)).sentence, /1 caught by rules/);
		assert.equal(await standingOf(site, anna.contactId), standing);
		const [deed] = (await site.rules.deeds.list({ ruleId: rule.id })).rows;
		assert.match(deed!.because, /Rule “box was closed” found “box was closed”: subscriber/);

		assert.deepEqual(await undo(site, { deedId: deed!.id }), {
			undone: 1,
			restored: 1,
			leftAlone: 0,
		});
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('can put the address on the do-not-send list, where it outlives its contact', async () => {
		const actions: RuleAction[] = ['blacklist-address', 'delete-subscriber'];
		const { site, inbox, anna, rule } = await aSiteWithRule({ actions });
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		await fetchBounces(site);

		const [entry] = (await site.crm.listDoNotSend({})).rows;
		assert.equal(entry!.email, 'anna@dest.example');
		assert.equal(await standingOf(site, anna.contactId), 'deleted');
		assert.deepEqual(await site.crm.findAddresses({ ids: [], emails: [anna.email] }), []);

		assert.equal((await undo(site, { ruleId: rule.id })).restored, 2);
		assert.equal((await site.crm.listDoNotSend({})).total, 0);
		assert.equal((await site.crm.findAddresses({ ids: [], emails: [anna.email] })).length, 1);
	});

	test('can hold at once what the threshold would hold later', async () => {
		const { site, inbox, anna } = await aSiteWithRule({
			expression: 'mailbox full',
			actions: ['hold'],
		});
		inbox.deliver(aBounce({ ...full, returnAddress: anna.returnAddress }));

		const run = await fetchBounces(site);
		assert.match(run.sentence, /1 bounce recorded, 1 address held/);
		const hold = await site.crm.addressOnHold(anna.addressId);
		assert.equal(hold!.type, 'Quota');
		assert.ok((await site.report.bounce(hold!.bounceId!))!.causedHold);

		assert.equal((await undo(site, { runId: run.id })).restored, 1);
		assert.deepEqual(await held(site), []);
	});

	test('that deletes the bounce leaves it out of the list and of the count, until that is undone', async () => {
		const { site, inbox, rule } = await aSiteWithRule({
			expression: 'mailbox full',
			actions: ['delete-bounce'],
		});
		for (let n = 0; n < 4; n++) {
			const [anna] = await sendMailingTo(site, 'anna@dest.example');
			inbox.deliver(aBounce({ ...full, returnAddress: anna!.returnAddress }));
		}
		await fetchBounces(site);
		assert.deepEqual(await held(site), []);
		assert.equal((await site.report.listBounces({})).total, 0);
		assert.equal((await site.rules.get(rule.id)).hits, 4);

		assert.equal((await undo(site, { ruleId: rule.id })).restored, 4);
		assert.equal((await site.report.listBounces({})).total, 4);
		await site.rules.setState(rule.id, 'off', site.now());
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ ...full, returnAddress: anna!.returnAddress }));
		await fetchBounces(site);
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('that is a candidate, switched off or faulty does nothing', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({ state: 'candidate' });
		await addRule(site, { expression: 'box was closed', state: 'off' });
		const faulty = await addRule(site, { expression: 'box was closed' });
		await site.rules.noteProblems(new Map([[faulty.id, 'It took too long.']]));
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));

		assert.doesNotMatch((await fetchBounces(site)).sentence, /caught/);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal((await site.rules.get(rule.id)).hits, 0);
	});

	test('that comes later is not asked when an earlier one matched, also when that one does nothing', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({ actions: [] });
		const later = await addRule(site, { expression: 'closed', actions: ['delete-subscriber'] });
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		await fetchBounces(site);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');

		await site.rules.order([later.id, rule.id]);
		const [again] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ ...closed, returnAddress: again!.returnAddress }));
		await fetchBounces(site);
		assert.equal(await standingOf(site, anna.contactId), 'deleted');
	});

	test('never touches a person for a bounce that anybody could have written', async () => {
		const { site, inbox, anna } = await aSiteWithRule({
			actions: ['delete-subscriber', 'blacklist-address', 'hold', 'delete-bounce'],
		});
		const forged = anna.returnAddress.replace(/[0-9a-f]{16}@/, 'ffffffffffffffff@');
		inbox.deliver(aBounce(closed), aBounce({ ...closed, returnAddress: forged }));

		await fetchBounces(site);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal((await site.crm.listDoNotSend({})).total, 0);
		assert.deepEqual(await held(site), []);
		const { rows } = await site.rules.deeds.list({});
		assert.deepEqual(
			rows.map(({ action }) => action),
			['delete-bounce', 'delete-bounce'],
		);
		assert.match(rows[0]!.because, /Nobody was touched/);
	});

	test('that deleted somebody does not keep out the new address of a WordPress user', async () => {
		const { site, inbox, anna } = await aSiteWithRule({ actions: ['delete-subscriber'] });
		const user = { userId: 3, displayName: 'Anna', firstName: 'Anna', lastName: '' };
		await site.crm.syncUsers([{ ...user, email: anna.email }], {}, site.now());
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		await fetchBounces(site);

		await site.crm.syncUsers([{ ...user, email: anna.email }], {}, site.now());
		assert.equal(await standingOf(site, anna.contactId), 'deleted');
		await site.crm.syncUsers([{ ...user, email: 'anna@new.example' }], {}, site.now());
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
	});

	test('that takes too long is marked, said in the job log, and the mails are dealt with', async () => {
		const { site, inbox, anna, rule } = await aSiteWithRule({
			expression: '(?=x)?((a+)+)\\2$',
			looksIn: 'text',
		});
		const mail = aBounce({ ...closed, returnAddress: anna.returnAddress }).toString();
		inbox.deliver(Buffer.from(mail.replace('This is the mail system', `${'a'.repeat(60)}! This`)));

		const run = await fetchBounces(site);
		assert.match(run.sentence, /1 bounce recorded/);
		assert.match(run.log[0]!.sentence, /left out until it is mended.*longer than/);
		assert.match((await site.rules.get(rule.id)).problem!, /longer than/);
		assert.deepEqual(await site.rules.active(), []);
		const { problems } = await handlers.getStatus({ site } as Desk, {});
		assert.match(problems[0]!, /^Rule .* is left out: .*longer than/);

		const mended = ruleFields({ expression: 'box was closed' });
		assert.equal((await site.rules.change(rule.id, mended, site.now())).problem, null);
	});
});

describe('tenancy', () => {
	test('no site follows, sees, changes or undoes another’s rules', async () => {
		const { site, sites, inbox, anna, rule } = await aSiteWithRule({});
		inbox.deliver(aBounce({ ...closed, returnAddress: anna.returnAddress }));
		const { id: runId } = await fetchBounces(site);
		const other = await sites.introduce({ id: '2', name: 'North', url: '', adminEmail: '' });

		assert.deepEqual(await other.rules.active(), []);
		assert.ok((await other.rules.list()).every(({ id }) => id !== rule.id));
		await assert.rejects(other.rules.change(rule.id, ruleFields({}), site.now()), {
			kind: 'not-found',
		});
		await assert.rejects(other.rules.delete(rule.id), { kind: 'not-found' });
		assert.equal((await other.rules.deeds.list({})).total, 0);
		for (const choice of [{ ruleId: rule.id }, { runId }, { deedId: 1 }])
			assert.equal((await undo(other, choice)).undone, 0);
		await addRule(other, { expression: 'box was closed', actions: ['delete-subscriber'] });
		assert.match((await apply(other)).sentence, /^0 stored bounces/);
		await other.crm.setContactDeleted(anna.contactId, site.now());
		assert.equal(await standingOf(site, anna.contactId), 'unconfirmed');
		await other.rules.order([rule.id]);
		assert.equal((await site.rules.get(rule.id)).state, 'active');
	});
});
