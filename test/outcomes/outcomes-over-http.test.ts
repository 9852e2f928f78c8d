import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { Outcome } from '../../service/contract/activity.ts';
import type { RunStarted } from '../../service/contract/job.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aMail } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

let room: MailRoom;
let send: MailRoom['send'];

beforeAll(async () => {
	room = await openMailRoom();
	send = room.send;
	await send('POST', '/never-file', { body: { patterns: ['shop.example'] } });
	await room.file([aMail({ subject: 'Lunch', id: 'lunch@people.example' })]);
	await room.file([
		aMail({ from: 'press@shop.example', subject: 'Cheap shoes' }),
		aMail({
			from: 'bert@people.example',
			subject: 'Out of office',
			headers: ['Auto-Submitted: auto-replied'],
		}),
		aBounce({}),
	]);
	await room.file([aMail({ subject: 'Of another site' })], '2');
});

afterAll(() => room.close());

async function listed(query = '', siteId = '1'): Promise<Outcome[]> {
	return (await send('GET', `/outcomes${query}`, { siteId, capabilities: 'view' })).json;
}

async function idOf(subject: string): Promise<number> {
	return (await listed('?per_page=100')).find((one) => one.subject === subject)!.id;
}

/** Waits until the site's jobs are done. */
async function settled(runId: number, siteId = '1') {
	for (;;) {
		const { json } = await send('GET', `/runs/${runId}`, { siteId });
		if (json.state !== 'running') return json;
	}
}

describe('the mail log', () => {
	test('has every mail that was seen, with what it became and why', async () => {
		const { json, headers } = await send('GET', '/outcomes');
		const lunch = (json as Outcome[]).find(({ subject }) => subject === 'Lunch')!;

		assert.equal(headers.get('X-WP-Total'), '4');
		assert.deepEqual(
			[lunch.outcome, lunch.accountName, lunch.usedFor, lunch.sender, lunch.messageId],
			['acted', 'Office', 'activities', 'anna@people.example', 'lunch@people.example'],
		);
		assert.equal((await send('GET', `/activities/${lunch.activityId}`)).json.subject, 'Lunch');
		assert.deepEqual([lunch.hasRaw, lunch.bounceIds, lunch.fileUnder], [true, [], 'processed']);
		const { json: one } = await send('GET', `/outcomes/${lunch.id}`);
		assert.deepEqual(one, lunch);
	});

	test('is narrowed by outcome, reason, account, run, kind, days and words', async () => {
		const [lunch] = await listed('?search=lunch');
		const count = async (query: string) => (await listed(query)).length;

		assert.equal(lunch!.subject, 'Lunch');
		assert.equal(await count('?outcome=ignored'), 3);
		assert.equal(await count('?ignoredBecause=auto-reply'), 1);
		assert.equal(await count('?ignoredBecause=bounce'), 1);
		assert.equal(await count(`?accountId=${lunch!.accountId}`), 4);
		assert.equal(await count(`?runId=${lunch!.runId}`), 1);
		assert.equal(await count('?kind=auto-reply'), 1);
		assert.equal(await count('?until=2020-01-01'), 0);
		assert.equal(await count('?search=SHOP.example'), 1);
		assert.equal(await count('?search=%3Clunch@people.example%3E'), 1);
		assert.equal(await count('?search=100%25'), 0);
		assert.equal((await send('GET', '/outcomes?outcome=lost')).status, 400);
	});

	test('is counted, each filter by the others', async () => {
		const { json: all } = await send('GET', '/outcomes/facets');
		assert.deepEqual(all.outcomes, { acted: 1, ignored: 3, failed: 0, 'set-aside': 0 });
		assert.deepEqual(all.ignoredBecause, { 'auto-reply': 1, bounce: 1, 'never-file': 1 });
		assert.deepEqual(
			all.accounts.map(({ name, count }: { name: string; count: number }) => [name, count]),
			[['Office', 4]],
		);

		const { json: some } = await send('GET', '/outcomes/facets?outcome=acted');
		assert.deepEqual(some.outcomes, all.outcomes);
		assert.deepEqual(some.ignoredBecause, {});
	});

	test('gives the mail as it came', async () => {
		const { status, headers, bytes } = await send('GET', `/outcomes/${await idOf('Lunch')}/mail`);

		assert.equal(status, 200);
		assert.equal(headers.get('content-type'), 'message/rfc822');
		assert.match(bytes.toString('utf8'), /when do you open/);
	});

	test('of another site is not there', async () => {
		const id = await idOf('Lunch');

		for (const path of [`/outcomes/${id}`, `/outcomes/${id}/mail`])
			assert.equal((await send('GET', path, { siteId: '2' })).status, 404);
		const again = await send('POST', '/outcomes/refile', { siteId: '2', body: { ids: [id] } });
		assert.equal(again.status, 404);
		assert.deepEqual(
			(await listed('', '2')).map(({ subject }) => subject),
			['Of another site'],
		);
		assert.deepEqual(await listed('', '3'), []);
	});
});

describe('why a mail was not filed', () => {
	const why = async (search: string, siteId = '1') =>
		(await send('GET', `/outcomes/why?search=${encodeURIComponent(search)}`, { siteId })).json;

	test('is answered by its Message-ID, its sender or words of its subject', async () => {
		for (const search of ['<lunch@people.example>', 'LUNCH@people.example', 'lunch']) {
			const { sentence, outcomes } = await why(search);
			assert.match(
				sentence,
				/^“Lunch” from anna@people\.example came in through “Office” on \d{4}-\d\d-\d\d and was filed\. Filed /,
			);
			assert.equal(outcomes.length, 1, search);
		}
		assert.match((await why('press@shop.example')).sentence, /and was not filed\. .*never-file/);
		assert.match((await why('Out of office')).sentence, /and was not filed\./);
	});

	test('is told when it has been deleted since', async () => {
		const [lunch] = await listed('?search=lunch');
		const { json } = await send('POST', '/activities/delete', {
			body: { ids: [lunch!.activityId] },
		});

		assert.match((await why('lunch')).sentence, /was filed, but what was filed has been deleted/);
		await send('POST', `/activity-deeds/${json.deedId}/undo`);
	});

	test('is told when no such mail came in, and which accounts would have filed it', async () => {
		const { sentence, outcomes } = await why('summer party');

		assert.match(sentence, /^No mail with “summer party” has come in since \d{4}-\d\d-\d\d\./);
		assert.match(sentence, /The account that files is “Office”\. “Office” was last read on /);
		assert.deepEqual(outcomes, []);
		assert.match((await why('lunch', '3')).sentence, /there is no active mail account that files/);
	});

	test('tells how often a mail failed', async () => {
		const id = await idOf('Cheap shoes');
		const set = (outcome: 'failed' | 'set-aside' | 'ignored', failures: number) =>
			room.db.updateTable('journal').set({ outcome, failures }).where('id', '=', id).execute();
		await set('failed', 2);
		assert.match((await why('cheap')).sentence, /2 times so far; it waits in the mailbox/);
		await set('set-aside', 3);
		assert.match((await why('cheap')).sentence, /3 times and was set aside/);
		await set('ignored', 0);
	});
});

describe('dealing with mails again', () => {
	test('files what the present settings file', async () => {
		const { json: entries } = await send('GET', '/never-file');
		await send('POST', '/never-file/remove', { body: { ids: [entries[0].id] } });
		const { status, json } = await send('POST', '/outcomes/refile', {
			body: { filter: { ignoredBecause: 'never-file' } },
		});

		assert.equal(status, 200);
		const run = await settled(json.runs[0].run.id);
		assert.equal(run.state, 'done', run.sentence);
		const [shoes] = await listed('?search=Cheap');
		assert.equal(shoes!.outcome, 'acted');
		assert.ok(shoes!.activityId);
	});

	test('of both kinds starts a run for each, and says what is no longer kept', async () => {
		const siteId = '5';
		await room.file([aMail({ subject: 'A letter' }), aMail({ subject: 'Not kept' })], siteId);
		const site = await room.site(siteId);
		const path = join(room.folder, 'bounces-5');
		await site.accounts.add(aMaildirAccount(path));
		maildirOnDisk(path).deliver(aBounce({}));
		await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
		const [lost] = await listed('?search=Not', siteId);
		const { fingerprint } = await room.db
			.selectFrom('journal')
			.select('fingerprint')
			.where('id', '=', lost!.id)
			.executeTakeFirstOrThrow();
		await room.db.deleteFrom('raw_mails').where('fingerprint', '=', fingerprint).execute();

		const { json } = await send('POST', '/outcomes/refile', { siteId, body: { filter: {} } });

		const runs = json.runs as RunStarted[];
		assert.deepEqual(
			runs.map(({ run, isOurs }) => [run.job, isOurs]),
			[
				['judge_mails_again', true],
				['file_mails_again', true],
			],
		);
		assert.equal(json.leftOut, '1 mail is not kept any more and stays as it is.');
		const [judged, filed] = await Promise.all(runs.map(({ run }) => settled(run.id, siteId)));
		assert.match(judged.sentence, /1 mail judged again/);
		assert.match(filed.sentence, /1 filed before and left as it is/);
	});

	test('is refused for mails that are no longer kept, and for who may only view', async () => {
		const body = { ids: [await idOf('Lunch')] };
		assert.equal(
			(await send('POST', '/outcomes/refile', { capabilities: 'view', body })).status,
			403,
		);
		const refused = await send('POST', '/outcomes/refile', { body: { ids: [9_999] } });
		assert.equal(refused.status, 404);
		assert.match(refused.json.message, /None of these mails is still kept/);
	});
});

test('the overview counts the last seven days, and a mail that lies there twice as filed once', async () => {
	const copy = aMail({ subject: 'Lunch', id: 'lunch@people.example', body: 'With a footer.' });
	await room.file([copy]);
	const { json: why } = await send('GET', '/outcomes/why?search=Lunch');
	assert.match(why.sentence, / on \d{4}-\d\d-\d\d\. The same mail was filed already/);

	const { json } = await send('GET', '/overview', { capabilities: 'view' });

	assert.deepEqual(
		[json.filed, json.ignored, json.failed, json.bounces, json.onHold],
		[2, 3, 0, 0, 0],
	);
	assert.ok(json.contacts >= 1);
	assert.ok(json.lastReadAt);
	assert.deepEqual(json.problems, []);
	const { json: empty } = await send('GET', '/overview', { siteId: '9' });
	assert.deepEqual([empty.filed, empty.contacts, empty.lastReadAt], [0, 0, null]);
});
