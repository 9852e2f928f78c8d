import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { RequestInput } from '../../service/contract/messages.ts';
import { requests } from '../../service/contract/messages.ts';
import { routes } from '../../service/contract/routes.ts';
import type { Route, RouteName } from '../../service/contract/routes.ts';
import type { RuleFields } from '../../service/contract/rule.ts';
import type { Desk } from '../../service/http/handlers/handler.ts';
import { handlers } from '../../service/http/handlers/handlers.ts';
import type { Site } from '../../service/site.ts';
import { aBounce } from '../support/a-bounce.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { aSiteWithInbox, fetchBounces, ruleFields, standingOf } from './a-rule.ts';

/** Asks as the admin pages do: through the door, with defaults filled in. */
function asking(site: Site) {
	const running: Promise<unknown>[] = [];
	const caller = { siteId: site.id, userName: 'Carla', capabilities: new Set() } as never;
	const desk: Desk = {
		site,
		caller,
		introduce: () => Promise.reject(new Error('nobody introduces here')),
		watch: (work) => running.push(work),
	};
	const ask = <Name extends RouteName>(
		name: Name,
		input: RequestInput<Name>,
	): ReturnType<(typeof handlers)[Name]> =>
		handlers[name](desk, requests[name].parse(input) as never) as ReturnType<
			(typeof handlers)[Name]
		>;
	return { ask, finished: () => Promise.all(running) };
}

/** Bounces of a site: three closed boxes, two full ones, one blocklisting that also speaks of a box, and a forged one. */
async function aSiteWithBounces() {
	const bench = await aSiteWithInbox();
	const names = ['anna', 'bert', 'carla', 'dora', 'emil', 'fritz'];
	const recipients = await sendMailingTo(
		bench.site,
		...names.map((name) => `${name}@dest.example`),
	);
	const words = [
		{ status: '5.2.1', diagnostic: '550 5.2.1 Box of <anna@dest.example> was closed in 2021' },
		{ status: '5.2.1', diagnostic: '550 5.2.1 Box of <bert@dest.example> was closed in 2022' },
		{ status: '5.2.1', diagnostic: '550 5.2.1 Box of <carla@dest.example> was closed in 2023' },
		{ status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full, 17 mails' },
		{ status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full, 18 mails' },
		{ status: '5.7.1', diagnostic: '554 5.7.1 Box blocked using a DNS blocklist' },
	];
	for (const [index, { returnAddress, email }] of recipients.entries())
		bench.inbox.deliver(aBounce({ ...words[index]!, returnAddress, recipient: email }));
	bench.inbox.deliver(
		aBounce({
			...words[0]!,
			diagnostic: '550 5.2.1 Box of <anna@dest.example> was closed in 2024',
		}),
	);
	await fetchBounces(bench.site);
	const [anna] = recipients;
	return { ...bench, ...asking(bench.site), anna: anna! };
}

const closed: RuleFields = ruleFields({
	expression: 'was closed in',
	actions: ['delete-subscriber'],
});

describe('the routes', () => {
	test('that are written out stand before those with a number in their place', () => {
		const table = Object.values<Route>(routes);
		const shadowed = table.filter(({ method, path }, place) =>
			table.slice(0, place).some((earlier) => {
				const pattern = new RegExp(`^${earlier.path.replace(/:\w+/g, '[^/]+')}$`);
				return earlier.method === method && earlier.path.includes(':') && pattern.test(path);
			}),
		);

		assert.deepEqual(shadowed, []);
	});
});

describe('the list of rules', () => {
	test('of a new site is the manual’s starter set, as candidates, and one button activates it', async () => {
		const { ask } = asking((await aSiteWithInbox()).site);
		const { rows } = await ask('listRules', {});

		assert.equal(rows.length, 6);
		assert.ok(rows.every(({ state, origin }) => state === 'candidate' && origin === 'starter'));
		assert.deepEqual(rows[0]!.actions, ['delete-subscriber']);
		assert.deepEqual(rows[5]!.actions, ['delete-subscriber', 'delete-bounce']);

		const activated = await ask('addStarterRules', { state: 'active' });
		assert.deepEqual(
			activated.rows.map(({ id, state }) => [id, state]),
			rows.map(({ id }) => [id, 'active']),
		);
	});

	test('does not bring back what was deleted of the starter set, until it is asked to', async () => {
		const { ask } = asking((await aSiteWithInbox()).site);
		const [first] = (await ask('listRules', {})).rows;
		await ask('deleteRule', { id: first!.id });

		assert.equal((await ask('listRules', {})).total, 5);
		assert.equal((await ask('addStarterRules', {})).total, 6);
	});

	test('is put in order, changed, switched and written into the audit log', async () => {
		const { site, db } = await aSiteWithInbox();
		const { ask } = asking(site);
		const { rows } = await ask('listRules', {});
		const added = await ask('addRule', { ...closed, comment: 'Closed boxes' });
		assert.equal(added.position, 7);

		const ordered = await ask('orderRules', { ids: [added.id, rows[5]!.id] });
		assert.deepEqual(
			ordered.rows.slice(0, 3).map(({ id, position }) => [id, position]),
			[
				[added.id, 1],
				[rows[5]!.id, 2],
				[rows[0]!.id, 3],
			],
		);
		const commented = await ask('changeRule', { ...closed, id: added.id, comment: 'Other words' });
		assert.equal(commented.revision, 1);
		const changed = await ask('changeRule', { ...closed, id: added.id, looksIn: 'text' });
		assert.equal(changed.revision, 2);
		assert.equal((await ask('setRuleState', { id: added.id, state: 'off' })).state, 'off');

		const audit = await db.selectFrom('audit').select(['who', 'what']).execute();
		assert.ok(audit.every(({ who }) => who === 'Carla'));
		assert.match(audit.map(({ what }) => what).join('\n'), /Added the rule “Closed boxes”, active/);
	});

	test('takes no wrong expression, and says where it is wrong', async () => {
		const { ask } = asking((await aSiteWithInbox()).site);

		await assert.rejects(ask('addRule', { ...closed, expression: 'no such (user' }), {
			kind: 'invalid-request',
			message: /at character 9/,
		});
	});
});

describe('checking the rules', () => {
	test('counts what each catches, what none does, and shows what speaks against one', async () => {
		const { ask } = await aSiteWithBounces();
		const rule = await ask('addRule', closed);
		const later = await ask('addRule', ruleFields({ expression: 'box', state: 'candidate' }));

		const check = await ask('checkRules', {});
		assert.equal(check.sentence, 'All 7 stored bounces were looked at.');
		assert.deepEqual([check.caught, check.unmatched], [4, 3]);
		const of = (id: number) => check.rules.find(({ ruleId }) => ruleId === id)!;
		assert.deepEqual([of(rule.id).caught, of(rule.id).matched], [4, 4]);
		assert.deepEqual([of(later.id).caught, of(later.id).matched], [3, 7]);
		assert.deepEqual(of(later.id).conflicts.caughtBefore, [
			{ ruleId: rule.id, name: '“was closed in”', count: 4 },
		]);
		assert.ok(of(later.id).conflicts.otherTypes.length >= 1);
		assert.equal(of(later.id).conflicts.notTheirFault, 1);
	});

	test('lists the bounces that no rule catches, and those of a rule with the words that matched', async () => {
		const { ask } = await aSiteWithBounces();
		const rule = await ask('addRule', closed);

		const unmatched = await ask('listUnmatchedBounces', { per_page: 2 });
		assert.equal(unmatched.total, 3);
		assert.equal(unmatched.rows.length, 2);
		assert.deepEqual(
			(await ask('listUnmatchedBounces', { search: 'fritz' })).rows.map(({ email }) => email),
			['fritz@dest.example'],
		);
		const { rows, total } = await ask('listRuleBounces', { id: rule.id, page: 2, per_page: 3 });
		assert.equal(total, 4);
		assert.equal(rows[0]!.bounce.email, 'anna@dest.example');
		assert.equal(rows[0]!.excerpt.words, 'was closed in');
	});

	test('shows what an expression finds while it is written, or where it is wrong', async () => {
		const { ask } = await aSiteWithBounces();

		const preview = await ask('previewRule', { expression: 'full, \\d+ mails' });
		assert.deepEqual([preview.isValid, preview.matched], [true, 2]);
		assert.deepEqual(preview.types, [{ type: 'Quota', count: 2 }]);
		assert.equal(preview.examples[0]!.excerpt.words, 'full, 18 mails');
		assert.ok(!JSON.stringify(preview).includes('"mail"'));

		const wrong = await ask('previewRule', { expression: 'full, (\\d+' });
		assert.equal(wrong.isValid, false);
		assert.equal(wrong.problem!.at, 7);
	});
});

describe('what if', () => {
	test('names the people that a rule would touch before it is saved, and changes nothing', async () => {
		const { ask, site, anna } = await aSiteWithBounces();
		const answer = await ask('tryRule', {
			...closed,
			actions: ['delete-subscriber', 'delete-bounce'],
		});

		assert.deepEqual(answer.changes, [
			{ action: 'delete-subscriber', count: 3 },
			{ action: 'delete-bounce', count: 4 },
		]);
		assert.deepEqual([answer.caught, answer.unproved, answer.nobody], [4, 1, 0]);
		assert.equal(answer.peopleTotal, 3);
		assert.deepEqual(answer.people[0], {
			contactId: anna.contactId,
			contactName: 'anna',
			addressId: anna.addressId,
			email: 'anna@dest.example',
			actions: ['delete-bounce', 'delete-subscriber'],
			bounces: 2,
		});
		assert.match(
			answer.outcome,
			/catch 4 bounces: 3 subscribers deleted, 4 bounces deleted\. For 1/,
		);
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		assert.equal((await ask('listBounces', {})).total, 7);
	});

	test('knows the rules before it, and what is so already', async () => {
		const { ask, site, anna } = await aSiteWithBounces();
		await ask('addRule', ruleFields({ expression: 'closed in 2022', actions: [] }));
		await site.crm.setContactDeleted(anna.contactId, site.now());

		const answer = await ask('tryRule', closed);
		assert.equal(answer.caught, 3);
		assert.deepEqual(answer.changes, [{ action: 'delete-subscriber', count: 1 }]);
		assert.deepEqual(
			answer.people.map(({ email }) => email),
			['carla@dest.example'],
		);
		assert.equal(answer.conflicts.caughtBefore[0]!.count, 1);
	});

	test('then apply, and undo the run: as if nothing had been', async () => {
		const { ask, finished, site, anna } = await aSiteWithBounces();
		const rule = await ask('addRule', closed);
		const { run } = await ask('applyRules', { ruleId: rule.id });
		await finished();
		assert.equal(await standingOf(site, anna.contactId), 'deleted');
		assert.equal((await ask('listDeeds', { runId: run.id, standing: true })).total, 3);
		assert.equal((await site.rules.get(rule.id)).hits, 4);

		const undone = await ask('undoDeeds', { runId: run.id });
		assert.equal(undone.sentence, '3 deeds undone: 3 back as before.');
		assert.equal(await standingOf(site, anna.contactId), 'confirmed');
		const story = await ask('explainAddress', { id: anna.addressId });
		assert.deepEqual(
			story.events.map(({ what }) => what).filter((what) => what.startsWith('rule')),
			['rule-undone', 'rule-followed'],
			'newest first',
		);
		assert.deepEqual([story.contactStatus, story.isContactDeleted], ['confirmed', false]);
	});
});

describe('rules from bounces', () => {
	test('one is made from a bounce that was not recognised or not matched', async () => {
		const { ask } = await aSiteWithBounces();
		const { rows } = await ask('listUnmatchedBounces', { search: 'carla' });
		const suggestion = await ask('suggestRule', { id: rows[0]!.id });

		assert.equal(suggestion.expression, 'Box of <\\S+> was closed in');
		assert.equal(suggestion.looksIn, 'diagnostic');
		const { matched } = await ask('previewRule', suggestion);
		assert.equal(matched, 4);
	});

	test('candidates are what unmatched bounces have in common, and do nothing until activated', async () => {
		const { ask, site } = await aSiteWithBounces();
		const { added, candidates, lookedAt } = await ask('findRuleCandidates', {});

		assert.deepEqual([added, lookedAt], [2, 7]);
		assert.deepEqual(
			candidates.map(({ rule, members }) => [rule.expression, rule.state, members]),
			[
				['Box of <\\S+> was closed in', 'candidate', 4],
				['Mailbox full, \\S+ mails', 'candidate', 2],
			],
		);
		assert.equal(candidates[1]!.examples[0]!.excerpt.words, 'Mailbox full, 18 mails');
		assert.deepEqual(await site.rules.active(), []);

		await ask('setRuleState', { id: candidates[0]!.rule.id, state: 'active' });
		assert.equal((await site.rules.active()).length, 1);
	});

	test('a candidate that was deleted is not suggested again', async () => {
		const { ask } = await aSiteWithBounces();
		const { candidates } = await ask('findRuleCandidates', {});
		await ask('deleteRule', { id: candidates[1]!.rule.id });

		const again = await ask('findRuleCandidates', {});
		assert.equal(again.added, 0);
		assert.equal(again.candidates.length, 1);
	});
});

describe('by hand', () => {
	test('can be switched off: then Apply Bounce Rules is left to the clock', async () => {
		const { ask, finished } = asking((await aSiteWithInbox()).site);
		const byHand = async () =>
			(await ask('listJobs', {})).rows.find(({ name }) => name === 'apply_bounce_rules')!.byHand;
		assert.ok(await byHand());

		await ask('changeRuleSettings', { manualProcessing: false });
		assert.deepEqual(await ask('getRuleSettings', {}), { manualProcessing: false });
		assert.equal(await byHand(), false);
		await assert.rejects(ask('applyRules', {}), { kind: 'not-allowed' });
		await assert.rejects(ask('runJob', { name: 'apply_bounce_rules' }), { kind: 'not-allowed' });
		assert.ok((await ask('runJob', { name: 'clean_up' })).isOurs);
		await finished();
	});

	test('addresses go on the do-not-send list and off it', async () => {
		const { ask } = asking((await aSiteWithInbox()).site);
		const anna = { email: 'Anna@Dest.example', note: 'asked by phone' };
		const bert = { email: 'bert@dest.example' };
		const one = await ask('addDoNotSend', { entries: [anna] });
		assert.equal(one.sentence, 'anna@dest.example is on the do-not-send list now.');
		await assert.rejects(ask('addDoNotSend', { entries: [anna] }), {
			kind: 'conflict',
			message: 'anna@dest.example is on the do-not-send list already.',
		});
		const both = await ask('addDoNotSend', { entries: [anna, bert, bert] });
		assert.equal(
			both.sentence,
			'bert@dest.example is on the do-not-send list now. anna@dest.example is on the do-not-send list already.',
		);
		const [entry] = (await ask('listDoNotSend', { search: 'ANNA' })).rows;
		assert.deepEqual([entry!.email, entry!.because], ['anna@dest.example', 'asked by phone']);

		const { csv, rows } = await ask('exportDoNotSend', {});
		assert.equal(rows, 2);
		assert.match(csv, /^email,added_at,added_by,reason\r\n"bert@dest.example",.*\r\n"anna@dest/);
		const { sentence } = await ask('removeDoNotSend', { emails: ['ANNA@dest.example'] });
		assert.equal(sentence, '1 address was taken off the do-not-send list.');
	});

	test('who comes back on the do-not-send list is on it since the day of old, and never since tomorrow', async () => {
		const { ask } = asking((await aSiteWithInbox()).site);
		const formerly = (addedAt: string) => ({ addedAt, who: 'Anna Berg' });

		await ask('addDoNotSend', {
			entries: [
				{ email: 'carl@dest.example', formerly: formerly('2020-02-01T10:00:00.000Z') },
				{ email: 'dora@dest.example', formerly: formerly('2999-01-01T00:00:00.000Z') },
			],
		});

		const { rows } = await ask('listDoNotSend', { order: 'asc' });
		const [carl, dora] = rows;
		assert.deepEqual([carl!.addedAt, carl!.who], ['2020-02-01T10:00:00.000Z', 'Anna Berg']);
		assert.ok(new Date(dora!.addedAt) < new Date('2999-01-01'));
	});
});

describe('tenancy', () => {
	test('no site checks, tries or suggests anything from another’s bounces', async () => {
		const { sites } = await aSiteWithBounces();
		const other = await sites.introduce({ id: '2', name: 'North', url: '', adminEmail: '' });
		const { ask } = asking(other);

		assert.equal((await ask('checkRules', {})).lookedAt, 0);
		assert.equal((await ask('tryRule', closed)).caught, 0);
		assert.deepEqual((await ask('findRuleCandidates', {})).candidates, []);
		await assert.rejects(ask('suggestRule', { id: 1 }), { kind: 'not-found' });
	});
});
