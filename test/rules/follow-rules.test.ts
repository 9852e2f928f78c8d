import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { undoDeeds } from '../../service/act/undo-deeds.ts';
import type { RuleAction, RuleFields } from '../../service/contract/rule.ts';
import type { Desk } from '../../service/http/handlers/handlers.ts';
import { handlers } from '../../service/http/handlers/handlers.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import type { Site } from '../../service/site.ts';
import { aBounce } from '../support/a-bounce.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { addRule, aSiteWithInbox, fetchBounces, ruleFields, standingOf } from './a-rule.ts';

const closed = { status: '5.2.1', diagnostic: '550 5.2.1 The box was closed' };
const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };

/** A site whose one rule acts on closed boxes, and Anna, whose box is closed. */
async function aSiteWithRule(fields: Partial<RuleFields>) {
	const bench = await aSiteWithInbox();
	const rule = await addRule(bench.site, { expression: 'box was closed', ...fields });
	const [anna] = await sendMailingTo(bench.site, 'anna@dest.example');
	return { ...bench, rule, anna: anna! };
}

async function undo(site: Site, choice: Parameters<typeof undoDeeds>[0], who = 'Carla') {
	return site.inTransaction((inside) => undoDeeds(choice, { who, at: inside.now() }, inside));
}

async function apply(site: Site, options: { isDryRun?: boolean; ruleId?: number } = {}) {
	const { isDryRun = false, ruleId } = options;
	const parameters = ruleId === undefined ? {} : { ruleId };
	const started = { trigger: 'by-hand' as const, isDryRun, parameters };
	return (await runJob(site, 'apply_bounce_rules', started)).run;
}

async function held(site: Site): Promise<string[]> {
	return (await site.crm.listOnHold({})).rows.map(({ email }) => email);
}

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
