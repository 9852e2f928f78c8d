import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'vitest';
import { usualFiling } from '../../service/contract/activity.ts';
import { accountHandlers } from '../../service/http/handlers/accounts.ts';
import { accountsOf, countIgnored } from '../../service/jobs/count-ignored.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aLetter } from '../support/a-bounce.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { aSite } from '../support/a-site.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

/** Two accounts for filing that file nothing, so that all their mail is ignored. */
async function aSiteThatIgnores() {
	const bench = await aSite();
	const filing = { ...usualFiling, createContacts: 'never' as const };
	const boxes = await Promise.all(
		['North', 'South'].map(async (name) => {
			const path = join(bench.folder, name);
			const inbox = maildirOnDisk(path);
			inbox.deliver(aLetter());
			const form = {
				...aMaildirAccount(path, name),
				usedFor: 'activities' as const,
				filing,
				localPart: name,
				separator: '.' as const,
			};
			const { id } = await bench.site.accounts.add(form);
			return { id, form, path, inbox, ignored: maildirOnDisk(`${path}/.CiviMail.ignored`) };
		}),
	);
	const run = (parameters = {}) =>
		runJob(bench.site, 'process_incoming_emails', { trigger: 'by-hand', parameters });
	return { ...bench, north: boxes[0]!, south: boxes[1]!, run };
}

test('ignored mails are counted by account, and one account’s are brought back without the others’', async () => {
	const { site, north, south, run } = await aSiteThatIgnores();
	await run();
	assert.deepEqual([north.ignored.mails().length, south.ignored.mails().length], [1, 1]);
	assert.equal((await countIgnored(site, 'process_incoming_emails')).mails, 2);
	const one = await countIgnored(site, 'process_incoming_emails', north.id);
	assert.deepEqual(one.accounts, [{ id: north.id, name: 'North', mails: 1, problem: null }]);

	south.inbox.deliver(aLetter());
	const { run: ended } = await run({ ignoredAgain: true, accountId: north.id });

	assert.equal(ended.accountId, north.id);
	assert.match(ended.sentence, /^1 mail read/);
	assert.equal(south.inbox.mails().length, 1, 'the other account was not read');
});

test('a dry run says what would become of ignored mails, each contact counted once', async () => {
	const { site, db, north, south, run } = await aSiteThatIgnores();
	await run();
	const dryRun = async () => {
		const { run: dry } = await runJob(site, 'process_incoming_emails', {
			trigger: 'by-hand',
			isDryRun: true,
			parameters: { ignoredAgain: true, accountId: north.id },
		});
		return dry;
	};
	assert.equal(
		(await dryRun()).sentence,
		'Dry run, nothing was changed. Of 1 ignored mail it would have been: 0 mails filed, 1 ignored again.',
	);

	await site.accounts.change(north.id, { ...north.form, filing: usualFiling });
	north.inbox.deliver(aLetter('Dinner on Sunday'));
	const dry = await dryRun();

	assert.equal(
		dry.sentence,
		'Dry run, nothing was changed. It would have been: 1 mail read: 1 mail filed, 2 contacts added, 0 mails ignored. ' +
			'Of 1 ignored mail it would have been: 1 mail filed, 0 ignored again.',
	);
	assert.match(
		dry.log[0]?.sentence ?? '',
		/^“Lunch on Friday” from carla@dest.example would be treated otherwise now: /,
	);
	assert.deepEqual([north.ignored.mails().length, north.inbox.mails().length], [1, 1]);
	assert.equal(south.ignored.mails().length, 1);
	assert.deepEqual(await db.selectFrom('activities').selectAll().execute(), []);
});

test('a dry run of several accounts says of which one a mail is', async () => {
	const { site, north, run } = await aSiteThatIgnores();
	await run();
	await site.accounts.change(north.id, { ...north.form, filing: usualFiling });

	const { run: dry } = await runJob(site, 'process_incoming_emails', {
		trigger: 'by-hand',
		isDryRun: true,
		parameters: { ignoredAgain: true },
	});

	assert.match(
		dry.sentence,
		/Of 2 ignored mails.*: 1 mail filed, 2 contacts added, 1 ignored again/,
	);
	assert.equal(dry.log.length, 1);
	assert.match(dry.log[0]!.sentence, /^North: “Lunch on Friday” from /);
});

test('where nothing was ignored, a dry run says so', async () => {
	const { site, north } = await aSiteThatIgnores();
	north.inbox.empty();
	const { run: dry } = await runJob(site, 'process_incoming_emails', {
		trigger: 'by-hand',
		isDryRun: true,
		parameters: { ignoredAgain: true, accountId: north.id },
	});

	assert.equal(dry.sentence, 'No new mail in the mailbox. There is no ignored mail.');
});

test('from a POP3 mailbox whose ignored mails are deleted none comes back, and the count says why', async () => {
	const { site } = await aSite();
	await site.accounts.add({
		...aMaildirAccount('', 'Far'),
		protocol: 'pop3',
		server: 'pop.example.org',
		userName: 'far',
		password: 'secret',
		purgeUnprocessed: true,
	});

	const { accounts } = await countIgnored(site, 'fetch_bounces');

	assert.equal(accounts[0]?.mails, 0);
	assert.match(accounts[0]?.problem ?? '', /POP3 has no folder for ignored mails.*deletes them/);
});

test('a mailbox that can’t be looked at says why, and the others are counted', async () => {
	const { site, north, run } = await aSiteThatIgnores();
	await run();
	await rename(north.path, `${north.path}.away`);

	const { mails, accounts } = await countIgnored(site, 'process_incoming_emails');
	assert.equal(mails, 1);
	assert.equal(accounts[0]?.mails, null);
	assert.match(accounts[0]?.problem ?? '', /North/);
});

test('a job reads only accounts that are its own and switched on', async () => {
	const { site, north } = await aSiteThatIgnores();

	await assert.rejects(accountsOf(site, 'fetch_bounces', north.id), /is not read by this job/);
	await assert.rejects(accountsOf(site, 'clean_up', north.id), /is not read by this job/);
	await assert.rejects(accountsOf(site, 'fetch_bounces', 99), /no such mail account/);
});

test('the list says what came in and who is being read', async () => {
	const { site, north, run, clock } = await aSiteThatIgnores();
	await run();
	const list = async () =>
		(
			await accountHandlers.listAccounts(
				{ site } as Parameters<typeof accountHandlers.listAccounts>[0],
				{},
			)
		).rows;

	const [first] = await list();
	assert.deepEqual([first?.mailsThisWeek, first?.isBeingRead], [1, false]);
	assert.equal(first?.newestMailAt, clock.now().toISOString());

	clock.advance({ seconds: 60 });
	await site.jobs.claim('process_incoming_emails', 'by-hand', clock.now(), north.id);
	assert.deepEqual(
		(await list()).map(({ isBeingRead }) => isBeingRead),
		[true, false],
	);
});
