import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import type { ReprocessSelection } from '../../service/contract/reprocess.ts';
import { LeaseLost } from '../../service/jobs/job-book.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { previewReprocess } from '../../service/reprocess/preview.ts';
import {
	askForReprocess,
	listReprocessings,
	reprocessing,
	undoReprocess,
} from '../../service/reprocess/reprocess.ts';
import type { Site } from '../../service/site.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import {
	aSiteWithRiddles,
	bouncesOf,
	held,
	judgeAgain,
	learn,
	riddle,
} from './a-site-with-riddles.ts';

describe('a preview', () => {
	test('shows each bounce before and after and the holds that would come, and changes nothing', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		const before = await bouncesOf(bench.site);
		const preview = await previewReprocess(await bench.now(), {});

		assert.equal(preview.found, 3);
		assert.deepEqual(
			[preview.totals.mails, preview.totals.changed, preview.totals.unchanged],
			[3, 1, 1],
		);
		const [change] = preview.changes;
		assert.equal(change!.email, 'anna@dest.example');
		assert.deepEqual([change!.before!.type, change!.before!.isRecognised], ['Syntax', false]);
		assert.deepEqual([change!.after!.type, change!.after!.decidedBy], ['Invalid', 'pattern 1']);
		assert.deepEqual(
			preview.holds.map(({ email, what, because }) => [email, what, because]),
			[['anna@dest.example', 'held', 'Invalid bounce 1 of 1, judged again']],
		);
		assert.match(preview.sentence, /1 bounce would change.*1 address would come on hold/);
		assert.deepEqual(await bouncesOf(bench.site), before);
		assert.deepEqual(await held(bench.site), ['bert@dest.example']);
	});

	test('says what the job then does', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		await bench.site.catalogueBook.change({ types: [{ id: 6, holdThreshold: 2 }] });
		const preview = await previewReprocess(await bench.now(), {});
		const { asked } = await judgeAgain(bench);

		assert.deepEqual(asked.totals, preview.totals);
		assert.deepEqual([asked.totals.held, asked.totals.released], [0, 1]);
	});
});

describe('the selection', () => {
	test('takes a span of days, a type, what was not recognised, or bounces picked by hand', async () => {
		const bench = await aSiteWithRiddles();
		const bounces = (await bench.site.report.listBounces({})).rows;
		const bounce = bounces.find(({ email }) => email === 'bert@dest.example');
		const found = async (selection: ReprocessSelection) =>
			(await previewReprocess(bench.site, selection)).found;

		assert.equal(await found({}), 3);
		assert.equal(await found({ from: '2026-05-05', until: '2026-05-05' }), 3);
		assert.equal(await found({ from: '2026-05-06' }), 0);
		assert.equal(await found({ until: '2026-05-04' }), 0);
		assert.equal(await found({ type: 'Invalid' }), 1);
		assert.equal(await found({ notRecognised: true }), 1);
		assert.equal(await found({ ids: [bounce!.id] }), 1);
		assert.equal(await found({ ids: bounces.map(({ id }) => id) }), 2);
		assert.equal(await found({ ids: [bounce!.id], notRecognised: true }), 0);
	});

	test('of mails that are no longer kept is refused in words', async () => {
		const bench = await aSiteWithRiddles();
		bench.clock.advance({ days: 1 });
		await bench.site.report.purgeRawMails(bench.site.now());

		await assert.rejects(askForReprocess(bench.site, {}, 'Anna Berg'), /kept for 90 days/);
	});
});

describe('judging again', () => {
	test('writes the new verdicts, puts on hold whom they hold, and notes it', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		const { sentence, asked } = await judgeAgain(bench, { notRecognised: true });

		assert.match(sentence, /^Of 1 mail judged again, 1 bounce changed.*1 address came on hold/);
		assert.equal(asked.state, 'done');
		assert.deepEqual(await bouncesOf(bench.site), [
			'anna@dest.example Invalid user-unknown true true',
			'bert@dest.example Invalid user-unknown true true',
		]);
		const hold = await bench.site.crm.addressOnHold(bench.anna.addressId);
		assert.deepEqual([hold!.type, hold!.because], ['Invalid', '550 Zwirbel 77']);
		const audit = await bench.db.selectFrom('audit').select('what').execute();
		assert.match(audit.map(({ what }) => what).join(), /Asked for 1 mail to be judged again/);
	});

	test('twice changes nothing the second time', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		await judgeAgain(bench);
		const once = await bouncesOf(bench.site);
		const { asked } = await judgeAgain(bench);

		assert.deepEqual([asked.totals.changed, asked.totals.added, asked.totals.held], [0, 0, 0]);
		assert.deepEqual(await bouncesOf(bench.site), once);
	});

	test('releases whom the new settings would not hold, but no opt-out and nobody held by hand', async () => {
		const bench = await aSiteWithRiddles();
		const { site, anna } = bench;
		const manual = { hold: 'manual' as const, type: null, because: 'no', bounceId: null };
		await site.crm.hold([{ addressId: anna.addressId, ...manual }], 'Anna Berg', site.now());
		await site.catalogueBook.change({
			reasons: [{ name: 'user-unknown', countsTowardHold: false }],
		});
		const { asked } = await judgeAgain(bench);

		assert.equal(asked.totals.released, 1);
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('takes a lower threshold into account for bounces that came before', async () => {
		const bench = await aFetchingSite();
		const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };
		const [anna] = await sendMailingTo(bench.site, 'anna@dest.example');
		for (let n = 0; n < 2; n++) {
			bench.clock.advance({ hours: 1 });
			await bench.fetch(aBounce({ ...full, returnAddress: anna!.returnAddress }));
		}
		await bench.site.catalogueBook.change({ types: [{ id: 8, holdThreshold: 2 }] });
		const { asked } = await judgeAgain(bench);

		assert.deepEqual([asked.totals.changed, asked.totals.held], [0, 1]);
		const hold = await bench.site.crm.addressOnHold(anna!.addressId);
		assert.equal(hold!.bounceId, 2);
	});

	test('leaves a released address released, and a bounce that was taken back taken back', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		const [riddled] = (await bench.site.report.listBounces({ recognised: false })).rows;
		await bench.site.report.takeBackBounce(
			riddled!.id,
			'Anna Berg took it back.',
			bench.site.now(),
		);
		bench.clock.advance({ hours: 1 });
		await bench.site.crm.release([bench.bert.addressId], 'Anna Berg', bench.site.now());
		await judgeAgain(bench);

		assert.deepEqual(await held(bench.site), []);
		const after = await bench.site.report.bounce(riddled!.id);
		assert.deepEqual([after!.type, after!.countsTowardHold], ['Invalid', false]);
		assert.equal(after!.countingExplained, 'Anna Berg took it back.');
	});

	test('finds the bounce in a mail that was none before, and drops one that is none', async () => {
		const bench = await aSiteWithRiddles();
		const { db, site, bert } = bench;
		// As an earlier version of the service would have judged the two mails.
		await db.deleteFrom('bounces').where('address_id', '=', bert.addressId).execute();
		await db.updateTable('addresses').set({ hold: null }).execute();
		await db.updateTable('journal').set({ kind: 'not-bounce', outcome: 'ignored' }).execute();
		const letter = await db
			.selectFrom('journal')
			.selectAll()
			.where('subject', 'like', 'Lunch%')
			.executeTakeFirstOrThrow();
		const [riddled] = await db.selectFrom('bounces').selectAll().execute();
		const { id: _, ...row } = { ...riddled!, fingerprint: letter.fingerprint };
		await db.insertInto('bounces').values(row).execute();
		const { asked, id } = await judgeAgain(bench);

		assert.deepEqual([asked.totals.added, asked.totals.removed, asked.totals.held], [1, 1, 1]);
		assert.deepEqual(await bouncesOf(site), [
			'anna@dest.example Syntax not-recognised true false',
			'bert@dest.example Invalid user-unknown true true',
		]);
		assert.deepEqual(await held(site), ['bert@dest.example']);

		await undoReprocess(site, id, 'Anna Berg');
		assert.equal((await bouncesOf(site)).length, 2);
		assert.deepEqual(await held(site), []);
		assert.equal((await judgeAgain(bench)).asked.totals.removed, 1);
		assert.deepEqual(await held(site), ['bert@dest.example']);
	});

	test('goes on where a run was interrupted, and does nothing twice', async () => {
		const bench = await aFetchingSite();
		const people = await sendMailingTo(
			bench.site,
			...Array.from({ length: 120 }, (_, n) => `p${n}@dest.example`),
		);
		await bench.fetch(...people.map(({ returnAddress }) => aBounce({ ...riddle, returnAddress })));
		await learn(bench.site);
		await askForReprocess(await bench.now(), {}, 'Anna Berg');
		const site = await bench.now();
		const broken = breakingAtWindow(site, 2);
		const { run } = await runJob(broken, 'judge_mails_again', { trigger: 'by-hand' });
		assert.equal(run.state, 'failed');
		assert.equal((await bench.site.crm.count()).onHold, 100);

		await runJob(site, 'judge_mails_again', { trigger: 'clock' });
		assert.equal((await bench.site.crm.count()).onHold, 120);
		const [asked] = (await listReprocessings(bench.site, {})).rows;
		assert.deepEqual(
			[asked!.totals.mails, asked!.totals.changed, asked!.totals.held],
			[120, 120, 120],
		);
		const history = await bench.db.selectFrom('hold_history').selectAll().execute();
		assert.equal(history.length, 120);
	});
});

describe('undoing', () => {
	test('puts bounces and holds back as they were', async () => {
		const bench = await aSiteWithRiddles();
		const before = [await bouncesOf(bench.site), await held(bench.site)];
		await learn(bench.site);
		await bench.site.catalogueBook.change({ types: [{ id: 6, holdThreshold: 2 }] });
		const { id } = await judgeAgain(bench);
		assert.deepEqual(await held(bench.site), []);

		const undone = await undoReprocess(bench.site, id, 'Anna Berg');
		assert.deepEqual([undone.held, undone.released, undone.leftAlone], [1, 0, 0]);
		assert.deepEqual([await bouncesOf(bench.site), await held(bench.site)], before);
		await assert.rejects(undoReprocess(bench.site, id, 'Anna Berg'), /undone already/);
	});

	test('is possible for a year; then Clean Up forgets what was judged again', async () => {
		const bench = await aSiteWithRiddles();
		const { id } = await judgeAgain(bench);
		bench.clock.advance({ days: 364 });
		await runJob(bench.site, 'clean_up', { trigger: 'clock' });
		assert.equal((await reprocessing(bench.site, id)).state, 'done');

		bench.clock.advance({ days: 2 });
		await runJob(bench.site, 'clean_up', { trigger: 'clock' });
		await assert.rejects(undoReprocess(bench.site, id, 'Anna Berg'), /nothing of this number/);
		assert.deepEqual(await bench.db.selectFrom('reprocess_changes').selectAll().execute(), []);
	});

	test('leaves alone what somebody changed since', async () => {
		const bench = await aSiteWithRiddles();
		await learn(bench.site);
		const { id } = await judgeAgain(bench);
		const [riddled] = (await bench.site.report.listBounces({ orderby: 'email', order: 'asc' }))
			.rows;
		await bench.site.report.takeBackBounce(riddled!.id, 'taken back', bench.site.now());
		await bench.site.crm.takeBackHold(riddled!.id, 'Anna Berg', bench.site.now());

		const undone = await undoReprocess(bench.site, id, 'Anna Berg');
		assert.deepEqual([undone.bounces, undone.released, undone.leftAlone], [0, 0, 2]);
		assert.equal((await bench.site.report.bounce(riddled!.id))!.countsTowardHold, false);
	});
});

test('no site judges, sees or undoes another’s mails', async () => {
	const bench = await aSiteWithRiddles();
	const { id } = await judgeAgain(bench);
	const other = await bench.sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });

	assert.equal((await previewReprocess(other, {})).found, 0);
	await assert.rejects(askForReprocess(other, {}, 'Eve'), /No stored mail/);
	await assert.rejects(reprocessing(other, id), /nothing of this number/);
	await assert.rejects(undoReprocess(other, id, 'Eve'), /nothing of this number/);
	assert.equal((await listReprocessings(other, {})).total, 0);
});

/** The same site, on which another run takes over at the nth window. */
function breakingAtWindow(site: Site, broken: number): Site {
	let window = 0;
	return {
		...site,
		inTransaction: (work) =>
			site.inTransaction((inside) =>
				work({
					...inside,
					reprocessings: {
						...inside.reprocessings,
						progress: async (...progress) => {
							window += 1;
							if (window === broken) throw new LeaseLost('judge_mails_again');
							await inside.reprocessings.progress(...progress);
						},
					},
				}),
			),
	};
}
