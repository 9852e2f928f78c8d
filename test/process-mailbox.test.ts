import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { runJob } from '../service/jobs/run-job.ts';
import { usualLimits } from '../service/mailboxes/mail-store.ts';
import type { Site } from '../service/site.ts';
import { aBounce, aLetter } from './support/a-bounce.ts';
import { aMaildirAccount } from './support/a-maildir-account.ts';
import { sendMailingTo } from './support/a-mailing.ts';
import { aSite } from './support/a-site.ts';
import { maildirOnDisk } from './support/maildir-on-disk.ts';

const full = { status: '4.2.2', diagnostic: '452 4.2.2 Mailbox full' };

/** A site with a bounce account on a Maildir. */
async function aSiteWithMailbox() {
	const bench = await aSite();
	const path = join(bench.folder, 'Maildir');
	const inbox = maildirOnDisk(path);
	inbox.deliver();
	await bench.site.accounts.add(aMaildirAccount(path));
	const filed = (under: string) => maildirOnDisk(join(path, `.CiviMail.${under}`));
	return { ...bench, inbox, processed: filed('processed'), ignored: filed('ignored') };
}

async function fetchBounces(site: Site, isDryRun = false): Promise<string> {
	const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand', isDryRun });
	return run.sentence;
}

async function held(site: Site): Promise<string[]> {
	return (await site.crm.listOnHold({ orderby: 'email', order: 'asc' })).rows.map(
		({ email }) => email,
	);
}

describe('the main job', () => {
	test('an unknown user is held at once, with the words of the server as the reason', async () => {
		const { site, inbox, processed } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ returnAddress: anna!.returnAddress }));

		assert.equal(
			await fetchBounces(site),
			'1 mail read: 1 bounce recorded, 1 address held, 0 mails ignored.',
		);
		const hold = await site.crm.addressOnHold(anna!.addressId);
		assert.match(hold!.because!, /User unknown/);
		assert.equal(hold!.type, 'Invalid');
		const bounce = await site.report.bounce(hold!.bounceId!);
		assert.equal(bounce!.trust, 'proved');
		assert.ok(bounce!.causedHold);
		assert.equal(processed.mails().length, 1);
		assert.equal(inbox.mails().length, 0);
	});

	test('a full mailbox is held only at the third bounce, also when all three come in one window', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		for (let n = 0; n < 2; n++) {
			const [anna] = await sendMailingTo(site, 'anna@dest.example');
			inbox.deliver(aBounce({ ...full, returnAddress: anna!.returnAddress }));
		}
		await fetchBounces(site);
		assert.deepEqual(await held(site), []);

		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ ...full, returnAddress: anna!.returnAddress }));
		await fetchBounces(site);
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('after a release the count starts again', async () => {
		const { site, inbox, clock } = await aSiteWithMailbox();
		const bounceOnce = async () => {
			const [anna] = await sendMailingTo(site, 'anna@dest.example');
			inbox.deliver(aBounce({ ...full, returnAddress: anna!.returnAddress }));
			clock.advance({ hours: 1 });
			await fetchBounces(site);
			return anna!;
		};
		await bounceOnce();
		await bounceOnce();
		const anna = await bounceOnce();
		assert.deepEqual(await held(site), ['anna@dest.example']);

		clock.advance({ hours: 1 });
		await site.crm.release([anna.addressId], 'Carla', clock.now());
		await bounceOnce();
		await bounceOnce();
		assert.deepEqual(await held(site), []);
		await bounceOnce();
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('a return address in any case finds its delivery', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ returnAddress: anna!.returnAddress.toUpperCase() }));

		await fetchBounces(site);
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('where the provider replaced the return path, our header and our Message-ID still find it', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		const [anna, bert] = await sendMailingTo(site, 'anna@dest.example', 'bert@dest.example');
		inbox.deliver(
			aBounce({
				original: [`X-Return-Channel: ${anna!.returnAddress}`],
				recipient: 'someone@else.example',
			}),
			aBounce({
				original: [`Message-ID: <${bert!.delivery.messageId}>`],
				recipient: 'someone@else.example',
			}),
		);

		await fetchBounces(site);
		const { rows } = await site.report.listBounces({ orderby: 'email', order: 'asc' });
		assert.deepEqual(
			rows.map(({ email, matchedBy, trust }) => [email, matchedBy, trust]),
			[
				['anna@dest.example', 'original-header', 'plausible'],
				['bert@dest.example', 'message-id', 'plausible'],
			],
		);
		assert.deepEqual(await held(site), ['anna@dest.example', 'bert@dest.example']);
	});

	test('a forged hash is recorded as such and changes nothing', async () => {
		const { site, inbox, ignored } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const forged = anna!.returnAddress.replace(/[0-9a-f]{16}@/, 'ffffffffffffffff@');
		inbox.deliver(aBounce({ returnAddress: forged }));

		await fetchBounces(site);
		assert.deepEqual(await held(site), []);
		const [bounce] = (await site.report.listBounces({})).rows;
		assert.equal(bounce!.addressId, null);
		assert.match((await site.report.bounce(bounce!.id))!.countingExplained, /hash/);
		assert.equal(ignored.mails().length, 1);
	});

	test('each ignored mail has a reason, so that the counts of the mail log add up', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		inbox.deliver(aLetter(), aLetter('Supper on Sunday'));

		await fetchBounces(site);
		const { outcomes, ignoredBecause } = await site.outcomes.facets({});
		assert.equal(outcomes.ignored, 2);
		assert.deepEqual(ignoredBecause, { other: 2 });
	});
});

describe('exactly once', () => {
	test('a mail that is seen again is filed and counts no second time', async () => {
		const { site, inbox, processed } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const mail = aBounce({ ...full, returnAddress: anna!.returnAddress });
		inbox.deliver(mail);
		await fetchBounces(site);
		inbox.deliver(mail, mail);

		assert.match(await fetchBounces(site), /2 dealt with before and only filed/);
		assert.equal((await site.report.listBounces({})).total, 1);
		assert.equal(processed.mails().length, 3);
	});

	test('the same mail twice in one window counts once', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const mail = aBounce({ returnAddress: anna!.returnAddress });
		inbox.deliver(mail, mail, mail);

		await fetchBounces(site);
		assert.equal((await site.report.listBounces({})).total, 1);
		assert.equal(inbox.mails().length, 0);
	});

	test('ignored mails can be brought back, and are looked at anew and noted once', async () => {
		const { site, db, inbox, ignored, processed } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aLetter(), aBounce({ returnAddress: anna!.returnAddress }));
		await fetchBounces(site);
		assert.equal(ignored.mails().length, 1);

		const { run } = await runJob(site, 'fetch_bounces', {
			trigger: 'by-hand',
			parameters: { ignoredAgain: true },
		});

		assert.equal(
			run.sentence,
			'1 mail read: 0 bounces recorded, 0 addresses held, 1 mail ignored.',
		);
		assert.match(run.log[0]?.sentence ?? '', /1 ignored mail was brought back/);
		assert.deepEqual([ignored.mails().length, processed.mails().length], [1, 1]);
		const journal = await db.selectFrom('journal').select('outcome').execute();
		assert.equal(journal.length, 2);
	});

	test('a dry run judges ignored mails where they lie, as the run itself does afterwards', async () => {
		const { site, db, inbox, ignored } = await aSiteWithMailbox();
		const [anna, bert] = await sendMailingTo(site, 'anna@dest.example', 'bert@dest.example');
		const forged = bert!.returnAddress.replace(/[0-9a-f]{16}@/, 'ffffffffffffffff@');
		inbox.deliver(aLetter(), aBounce({ returnAddress: forged }));
		await fetchBounces(site);
		assert.equal(ignored.mails().length, 2);

		// Put there by hand: the third of its kind for one address, after two that wait.
		const fullBox = (n: number) =>
			aBounce({ ...full, returnAddress: anna!.returnAddress, messageId: `${n}@mx.example.org` });
		inbox.deliver(fullBox(1), fullBox(2));
		ignored.deliver(fullBox(3), fullBox(1));
		const run = async (isDryRun: boolean) =>
			(
				await runJob(site, 'fetch_bounces', {
					trigger: 'by-hand',
					isDryRun,
					parameters: { ignoredAgain: true },
				})
			).run;

		const dry = await run(true);
		assert.equal(
			dry.sentence,
			'Dry run, nothing was changed. It would have been: 2 mails read: 2 bounces recorded, 0 addresses held, 0 mails ignored. ' +
				'Of 4 ignored mails it would have been: 1 bounce recorded, 1 address held, 1 ignored again, 2 dealt with before and only filed.',
		);
		assert.deepEqual(
			dry.log.map(({ sentence }) => sentence),
			[
				'“Undelivered Mail Returned to Sender” from MAILER-DAEMON@mx.example.org would be treated otherwise now: ' +
					'Quota bounce 3 of 3 of anna@dest.example: address put on hold.',
			],
		);
		assert.deepEqual([inbox.mails().length, ignored.mails().length], [2, 4]);
		assert.deepEqual(await held(site), []);
		assert.equal((await db.selectFrom('journal').selectAll().execute()).length, 2);

		assert.equal(
			(await run(false)).sentence,
			'6 mails read: 3 bounces recorded, 1 address held, 1 mail ignored, 2 dealt with before and only filed.',
		);
		assert.deepEqual(await held(site), ['anna@dest.example']);
	});

	test('a dry run tells of twenty ignored mails, and how many more there are', async () => {
		const { site, ignored } = await aSiteWithMailbox();
		const people = Array.from({ length: 23 }, (_, n) => `p${n}@dest.example`);
		const recipients = await sendMailingTo(site, ...people);
		ignored.deliver(
			...recipients.map(({ returnAddress, email }) => aBounce({ returnAddress, recipient: email })),
		);

		const { run } = await runJob(site, 'fetch_bounces', {
			trigger: 'by-hand',
			isDryRun: true,
			parameters: { ignoredAgain: true },
		});

		assert.equal(run.log.length, 21);
		assert.equal(run.log.at(-1)!.sentence, '3 more mails would be treated otherwise now.');
		assert.match(run.sentence, /Of 23 ignored mails.*23 addresses held, 0 ignored again/);
	});

	test('of two runs for one mailbox, one works and the other says so', async () => {
		const { site, inbox } = await aSiteWithMailbox();
		const people = Array.from({ length: 50 }, (_, n) => `p${n}@dest.example`);
		const recipients = await sendMailingTo(site, ...people);
		inbox.deliver(
			...recipients.map(({ returnAddress, email }) => aBounce({ returnAddress, recipient: email })),
		);

		const runs = await Promise.all(
			[1, 2].map(() => runJob(site, 'fetch_bounces', { trigger: 'by-hand' })),
		);
		assert.deepEqual(runs.map(({ isOurs }) => isOurs).sort(), [false, true]);
		assert.match(runs.find(({ isOurs }) => !isOurs)!.sentence, /running already/);
		assert.equal((await site.report.listBounces({})).total, 50);
	});

	test('many mails are filed with few commands: more each time, the first ones at once', async () => {
		const { site, inbox, ignored } = await aSiteWithMailbox();
		inbox.deliver(...Array.from({ length: 40 }, (_, n) => aLetter(`Letter ${n}`)));
		const filed: number[] = [];
		const openMailbox: Site['openMailbox'] = async (address) => {
			const store = await site.openMailbox(address, { ...usualLimits, windowSize: 5 });
			const file: typeof store.file = (mails, under) => {
				filed.push(mails.length);
				return store.file(mails, under);
			};
			return Object.assign(Object.create(store) as typeof store, { file });
		};

		await fetchBounces({ ...site, openMailbox });

		assert.deepEqual(filed, [5, 5, 10, 20]);
		assert.equal(ignored.mails().length, 40);
	});

	test('a dry run says what would be done and does nothing', async () => {
		const { site, inbox, db } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(aBounce({ returnAddress: anna!.returnAddress }), aLetter());

		const sentence = await fetchBounces(site, true);
		assert.match(
			sentence,
			/nothing was changed.*1 bounce recorded, 1 address held, 1 mail ignored/,
		);
		assert.deepEqual(await held(site), []);
		assert.equal(inbox.mails().length, 2);
		for (const table of ['bounces', 'journal', 'raw_mails'] as const) {
			assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
		}
	});
});

describe('bad input', () => {
	test('mails that cannot be read are ignored with a reason, and the others go on', async () => {
		const { site, inbox, ignored, db } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(
			Buffer.alloc(0),
			Buffer.from([0, 1, 2, 255, 254, 13, 10, 0]),
			Buffer.from('Content-Type: multipart/report; boundary="never"\n\n--nev'),
			aBounce({ returnAddress: anna!.returnAddress }),
		);

		assert.equal(
			await fetchBounces(site),
			'4 mails read: 1 bounce recorded, 1 address held, 3 mails ignored.',
		);
		assert.equal(ignored.mails().length, 3);
		const journal = await db
			.selectFrom('journal')
			.selectAll()
			.where('outcome', '=', 'ignored')
			.execute();
		assert.ok(journal.every(({ because }) => because.length > 10));
	});

	test('a bounce of 30 MB is read at its beginning, recorded, and kept shortened', async () => {
		const { site, inbox, processed } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		const report = aBounce({ returnAddress: anna!.returnAddress })
			.toString()
			.replace('--b1--\n', '\n');
		inbox.deliver(
			Buffer.concat([
				Buffer.from(report),
				Buffer.alloc(30 * 1024 * 1024, 'x'),
				Buffer.from('\n--b1--\n'),
			]),
		);

		await fetchBounces(site);
		assert.deepEqual(await held(site), ['anna@dest.example']);
		const [listed] = (await site.report.listBounces({})).rows;
		const raw = await site.report.rawMail((await site.report.bounce(listed!.id))!.fingerprint);
		assert.ok(raw!.isTruncated);
		assert.ok(raw!.sizeBytes > 30 * 1024 * 1024);
		assert.ok(raw!.raw.length <= 1024 * 1024);
		assert.equal(processed.mails()[0]!.length, raw!.sizeBytes);
	});

	test('a mail that cannot be written down fails alone, is tried again, and is set aside the third time', async () => {
		const { site, inbox, ignored, db } = await aSiteWithMailbox();
		const [anna] = await sendMailingTo(site, 'anna@dest.example');
		inbox.deliver(
			aLetter('Poison'),
			aBounce({ returnAddress: anna!.returnAddress }),
			aLetter('Fine'),
		);
		const poisoned = refusing(site, 'Poison');

		assert.match(
			await fetchBounces(poisoned),
			/3 mails read: 1 bounce.*1 failed and kept in the mailbox/,
		);
		assert.deepEqual(await held(site), ['anna@dest.example']);
		assert.equal(inbox.mails().length, 1);

		assert.match(await fetchBounces(poisoned), /1 failed and kept/);
		assert.match(await fetchBounces(poisoned), /1 set aside after failing too often/);
		assert.equal(inbox.mails().length, 0);
		assert.equal(ignored.mails().length, 2);
		const [entry] = await db
			.selectFrom('journal')
			.selectAll()
			.where('outcome', '=', 'set-aside')
			.execute();
		assert.equal(entry!.failures, 3);
		assert.match(entry!.because, /disk of cheese/);
	});

	test('a folder that is missing fails the run, says so at the account, and is forgotten when it works again', async () => {
		const { site, inbox, folder } = await aSiteWithMailbox();
		const { rename } = await import('node:fs/promises');
		await rename(inbox.path, join(folder, 'away'));
		const { run } = await runJob(site, 'fetch_bounces', { trigger: 'by-hand' });
		assert.equal(run.state, 'failed');
		assert.match((await site.accounts.list())[0]!.lastProblem!, /Maildir/);

		await rename(join(folder, 'away'), inbox.path);
		assert.equal(await fetchBounces(site), 'No new mail in the mailbox.');
		assert.equal((await site.accounts.list())[0]!.lastProblem, null);
	});

	test('without an account the run says where to add one', async () => {
		const { site } = await aSite();

		assert.match(await fetchBounces(site), /no active mail account.*Mail accounts/);
	});
});

/** The same site, on which writing down a mail with a certain subject fails. */
function refusing(site: Site, subject: string): Site {
	return {
		...site,
		report: {
			...site.report,
			writeJournal: async (entries) => {
				if (
					entries.some(
						(entry) =>
							entry.subject === subject &&
							entry.outcome !== 'failed' &&
							entry.outcome !== 'set-aside',
					)
				) {
					throw new Error('disk of cheese');
				}
				await site.report.writeJournal(entries);
			},
		},
		inTransaction: (work) => site.inTransaction((inside) => work(refusing(inside, subject))),
	};
}
