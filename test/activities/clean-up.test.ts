import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import { usualFilingSettings } from '../../service/contract/activity.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aFilingSite, aMail } from '../support/a-filing-site.ts';
import type { FilingBench } from '../support/a-filing-site.ts';
import { aMailWithFiles } from '../support/a-mail-with-files.ts';

const tables = [
	'activities',
	'activity_bodies',
	'activity_parties',
	'attachments',
	'activity_deed_steps',
	'thread_messages',
	'raw_mails',
	'raw_mail_cuts',
	'blobs',
	'blob_pieces',
	'journal',
] as const;

async function counts({ db }: FilingBench) {
	const found: Partial<Record<(typeof tables)[number], number>> = {};
	for (const table of tables) {
		const row = await db
			.selectFrom(table)
			.select((eb) => eb.fn.countAll<number>().as('n'))
			.executeTakeFirstOrThrow();
		if (Number(row.n) > 0) found[table] = Number(row.n);
	}
	return found;
}

async function cleanUp(bench: FilingBench): Promise<string> {
	const { run } = await runJob(await bench.now(), 'clean_up', { trigger: 'by-hand' });
	assert.equal(run.state, 'done', run.sentence);
	return run.sentence;
}

describe('Clean Up', () => {
	test('deletes raw mails after their time; the filed mail stays whole', async () => {
		const bench = await aFilingSite();
		await bench.file(aMailWithFiles());
		bench.clock.advance({ days: 89 });
		assert.equal(await cleanUp(bench), 'Nothing was old enough to be deleted.');
		bench.clock.advance({ days: 2 });

		assert.equal(await cleanUp(bench), '1 raw mail was deleted.');
		const [mail] = await bench.filed();
		assert.equal(mail!.hasRaw, false);
		assert.equal((await counts(bench)).blobs, 2);
	});

	test('deletes filed mail that is older than the settings say, with all that belonged to it', async () => {
		const bench = await aFilingSite();
		await bench.file(aMailWithFiles());
		bench.clock.advance({ days: 20 });
		await bench.file(aMail({ subject: 'A younger mail' }));
		await bench.site.filingSettings.write({ ...usualFilingSettings, keepActivityDays: 30 });
		bench.clock.advance({ days: 15 });

		assert.equal(await cleanUp(bench), '1 filed mail and 2 files that no mail needs were deleted.');
		assert.deepEqual(
			(await bench.filed()).map(({ subject }) => subject),
			['A younger mail'],
		);
		const left = await counts(bench);
		assert.deepEqual(
			[left.attachments, left.blobs, left.blob_pieces, left.raw_mails, left.raw_mail_cuts],
			[undefined, undefined, undefined, 1, undefined],
		);
		assert.equal(left.journal, 2);
		assert.equal((await bench.site.activities.list({ search: 'plan' })).total, 0);
		const { rows } = await bench.site.outcomes.list({ search: 'plan' });
		assert.equal(rows[0]!.activityId, null);
	});

	test('empties the trash after 30 days: mails and contacts, with the mail that only they have part in', async () => {
		const bench = await aFilingSite();
		await bench.file(
			aMail({ to: 'office@example.org, Bert Holm <bert@people.example>', subject: 'For two' }),
			aMail({ subject: 'For one' }),
			aMail({ from: 'carla@other.example', subject: 'To be deleted' }),
		);
		const filed = await bench.filed();
		const carla = filed.find(({ subject }) => subject === 'To be deleted')!;
		const anna = filed[0]!.parties.find(({ email }) => email === 'anna@people.example')!.contactId;
		await bench.site.activities.delete([carla.id], 'Anna Berg', bench.site.now());
		await bench.site.crm.setContactDeleted(anna, bench.site.now());
		bench.clock.advance({ days: 29 });
		assert.equal(await cleanUp(bench), 'Nothing was old enough to be deleted.');
		bench.clock.advance({ days: 2 });

		assert.equal(await cleanUp(bench), '1 filed mail and 1 contact in the trash were deleted.');
		const [mail, ...others] = await bench.filed();
		assert.deepEqual([mail!.subject, others.length, mail!.parties.length], ['For two', 0, 1]);
		assert.equal((await bench.site.activities.list({ search: 'anna@people.example' })).total, 0);
		assert.deepEqual(
			await bench.site.crm.findAddresses({ ids: [], emails: ['anna@people.example'] }),
			[],
		);
	});

	test('forgets the log of mails after its time, but not of mails that are kept or wait', async () => {
		const bench = await aFilingSite();
		await bench.file(aMail({ subject: 'Old' }));
		bench.clock.advance({ days: 366 });
		await bench.file(aMail({ subject: 'New' }));
		await bench.site.filingSettings.write({ ...usualFilingSettings, keepRawMailDays: null });
		assert.equal(await cleanUp(bench), '1 old run was deleted.');

		await bench.site.filingSettings.write(usualFilingSettings);
		await bench.db.updateTable('journal').set({ outcome: 'failed' }).execute();
		assert.match(await cleanUp(bench), /^1 raw mail was deleted/);
		await bench.db.updateTable('journal').set({ outcome: 'acted' }).execute();
		assert.match(await cleanUp(bench), /1 entry of the mail log/);
		assert.equal((await bench.outcomes()).length, 1);
	});

	test('deletes many, some at a time', async () => {
		const bench = await aFilingSite();
		await bench.file(...Array.from({ length: 210 }, (_, n) => aMail({ subject: `Mail ${n}` })));
		await bench.site.filingSettings.write({ ...usualFilingSettings, keepActivityDays: 1 });
		bench.clock.advance({ days: 2 });

		assert.equal(await cleanUp(bench), '210 filed mails were deleted.');
		assert.deepEqual(await counts(bench), { journal: 210 });
		assert.equal(
			(await bench.db.selectFrom('contacts').select('mails').executeTakeFirst())!.mails,
			0,
		);
	});

	test('does nothing in a dry run', async () => {
		const bench = await aFilingSite();
		await bench.file(aMail());
		bench.clock.advance({ days: 500 });
		const { run } = await runJob(bench.site, 'clean_up', { trigger: 'by-hand', isDryRun: true });

		assert.equal(run.sentence, 'A dry run of Clean Up deletes nothing.');
		assert.equal((await counts(bench)).raw_mails, 1);
	});
});
