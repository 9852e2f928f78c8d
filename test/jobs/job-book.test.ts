import assert from 'node:assert/strict';
import { test } from 'vitest';
import { LeaseLost } from '../../service/jobs/job-book.ts';
import type { Claim } from '../../service/jobs/job-book.ts';
import { siteJobBook } from '../../service/jobs/site-job-book.ts';
import { thisProcess } from '../../service/jobs/lease-owner.ts';
import { aSite } from '../support/a-site.ts';

async function twoProcesses() {
	const bench = await aSite();
	const dead = new Set<string>();
	const book = (name: string) =>
		siteJobBook({
			db: bench.db,
			siteId: '1',
			leaseMs: 60_000,
			owner: { name, mayBeAlive: (other) => !dead.has(other) },
		});
	return { ...bench, one: book('one'), two: book('two'), kill: (name: string) => dead.add(name) };
}

function claimed(answer: Claim | { heldBy: unknown }): Claim {
	assert.ok('fence' in answer, 'the job was not claimed');
	return answer;
}

test('of two who want the same job, one runs and the other is told which run it is', async () => {
	const { one, two, clock } = await twoProcesses();
	const first = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
	const second = await two.claim('fetch_bounces', 'by-hand', clock.now());

	assert.ok('heldBy' in second);
	assert.equal(second.heldBy.id, first.runId);
	assert.equal((await two.list(clock.now()))[0]!.running!.id, first.runId);
});

test('other jobs and other sites are not in the way', async () => {
	const { one, two, sites, clock } = await twoProcesses();
	const other = await sites.introduce({ id: '2', name: 'North', url: '', adminEmail: '' });
	claimed(await one.claim('fetch_bounces', 'clock', clock.now()));

	claimed(await two.claim('clean_up', 'clock', clock.now()));
	claimed(await other.jobs.claim('fetch_bounces', 'clock', clock.now()));
});

test('a run that ended leaves the job free', async () => {
	const { one, two, clock } = await twoProcesses();
	const run = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
	await one.finish(run, 'done', 'Nothing to do.', clock.now());

	claimed(await two.claim('fetch_bounces', 'by-hand', clock.now()));
	assert.equal((await two.run(run.runId))!.state, 'done');
});

test('the run of a process that is gone is taken over at once and marked crashed', async () => {
	const { one, two, clock, kill } = await twoProcesses();
	const run = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
	kill('one');

	assert.equal((await two.list(clock.now()))[0]!.running, null);
	claimed(await two.claim('fetch_bounces', 'by-hand', clock.now()));
	assert.equal((await two.run(run.runId))!.state, 'crashed');
});

test('a run that is silent for a minute is taken over, and cannot write any more', async () => {
	const { one, two, clock } = await twoProcesses();
	const run = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
	clock.advance({ seconds: 50 });
	await one.renew(run, { done: 10, total: 20 }, clock.now());
	clock.advance({ seconds: 50 });
	assert.ok('heldBy' in (await two.claim('fetch_bounces', 'by-hand', clock.now())));

	clock.advance({ seconds: 61 });
	claimed(await two.claim('fetch_bounces', 'by-hand', clock.now()));
	await assert.rejects(one.renew(run, { done: 20, total: 20 }, clock.now()), LeaseLost);
});

test('a run that was taken over does not end the one that took over', async () => {
	const { one, two, clock } = await twoProcesses();
	const run = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
	clock.advance({ seconds: 61 });
	const next = claimed(await two.claim('fetch_bounces', 'by-hand', clock.now()));
	await one.finish(run, 'done', 'Late.', clock.now());

	assert.equal((await two.run(run.runId))!.state, 'crashed');
	assert.equal((await two.list(clock.now()))[0]!.running!.id, next.runId);
});

test('a job is due by its frequency, and never when it is disabled', async () => {
	const { one, clock } = await twoProcesses();
	const others = ['process_incoming_emails', 'judge_mails_again', 'import_contacts'];
	assert.deepEqual(await one.due(clock.now()), ['fetch_bounces', ...others, 'clean_up']);
	await one.finish(
		claimed(await one.claim('clean_up', 'clock', clock.now())),
		'done',
		'',
		clock.now(),
	);
	assert.deepEqual(await one.due(clock.now()), ['fetch_bounces', ...others]);

	await one.change('fetch_bounces', { frequency: 'always', isEnabled: false });
	clock.advance({ days: 1 });
	assert.deepEqual(await one.due(clock.now()), [...others, 'clean_up']);
	assert.equal((await one.list(clock.now()))[0]!.nextDueAt, null);
});

test('the job log is paged, and old runs are purged with their lines', async () => {
	const { one, clock, db } = await twoProcesses();
	for (let n = 0; n < 5; n++) {
		const run = claimed(await one.claim('fetch_bounces', 'clock', clock.now()));
		await one.note(run, 'warning', `Line ${n}`, clock.now());
		await one.finish(run, 'done', `Run ${n}`, clock.now());
		clock.advance({ days: 1 });
	}

	const { rows, total } = await one.runs({ page: 2, per_page: 2 });
	assert.equal(total, 5);
	assert.deepEqual(
		rows.map(({ sentence }) => sentence),
		['Run 2', 'Run 1'],
	);
	assert.equal(rows[0]!.log[0]!.sentence, 'Line 2');

	assert.equal(await one.purgeRuns(clock.now()), 5);
	assert.deepEqual(await db.selectFrom('run_log').selectAll().execute(), []);
});

test('this process knows itself alive, and a process number that nobody has as gone', () => {
	const me = thisProcess();
	const [host] = me.name.split(' ');

	assert.ok(me.mayBeAlive(me.name));
	assert.ok(!me.mayBeAlive(`${host} ${2 ** 22 + 1} 00000000`));
	assert.ok(
		!me.mayBeAlive(`${host} ${process.pid} 00000000`),
		'an earlier process with our number',
	);
	assert.ok(me.mayBeAlive('another-host 1 00000000'));
});
