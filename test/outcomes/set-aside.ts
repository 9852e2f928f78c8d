import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { test } from 'vitest';
import type { Attachment, Outcome } from '../../service/contract/activity.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aMail } from '../support/a-filing-site.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { aMailWithFiles } from '../support/a-mail-with-files.ts';
import type { MaildirOnDisk } from '../support/maildir-on-disk.ts';

/** A mailbox on whatever protocol: how an account reads it, and where mails lie on disk. */
export interface Box {
	reads: Partial<AccountForm>;
	inbox: MaildirOnDisk;
	ignored: () => MaildirOnDisk;
}

/** The same story for every kind of mailbox: a mail that fails three times is set aside and kept; when the cause is gone, it is
 *  dealt with from the mail log, once.
 *  @param scene a site of its own on each call, with nothing in it */
export function setAsideTests(
	scene: () => Promise<{ room: MailRoom; siteId: string; box: Box }>,
	accounts: { forBounces: AccountForm; forPeople: AccountForm },
) {
	async function open(account: AccountForm) {
		const { room, siteId, box } = await scene();
		const site = await room.site(siteId);
		await site.accounts.add({ ...account, ...box.reads });
		const job = account.usedFor === 'bounces' ? 'fetch_bounces' : 'process_incoming_emails';
		const run = async () =>
			(await runJob(await room.site(siteId), job, { trigger: 'by-hand' })).run.sentence;
		const log = async (): Promise<Outcome[]> =>
			(await room.send('GET', '/outcomes', { siteId })).json;
		/** Deals with a mail again as the mail log does, and waits for the run. */
		const again = async ({ id }: Outcome) => {
			const body = { ids: [id] };
			const { status, json } = await room.send('POST', '/outcomes/refile', { siteId, body });
			assert.equal(status, 200, JSON.stringify(json));
			for (;;) {
				const { json: now } = await room.send('GET', `/runs/${json.runs[0].run.id}`, { siteId });
				if (now.state !== 'running') return now.sentence as string;
			}
		};
		/** Rows of a table that come from poisoned mails are refused by the database. */
		const poison = async (table: 'activities' | 'bounces', condition: string) => {
			await sql
				.raw(
					`create trigger poison before insert on ${table} when new.site_id = '${siteId}' and ${condition} begin select raise(fail, 'disk of cheese'); end`,
				)
				.execute(room.db);
			return () => sql`drop trigger poison`.execute(room.db);
		};
		return { room, siteId, site, box, run, log, again, poison };
	}

	test('a letter that failed three times is filed from the mail log when the cause is gone, once', async () => {
		const bench = await open(accounts.forPeople);
		const { box, run, log, again, room, siteId } = bench;
		const cure = await bench.poison('activities', "new.subject = 'The plan'");
		const bytes = Buffer.alloc(90_000, 'Poison and honey. ');
		const letter = aMailWithFiles({ files: [{ name: 'plan.bin', type: 'application/x', bytes }] });
		box.inbox.deliver(letter, aMail({ subject: 'Fine' }));

		assert.match(await run(), /1 mail filed.*1 failed and kept in the mailbox/);
		const [failed] = (await log()).filter(({ outcome }) => outcome === 'failed');
		assert.deepEqual([failed!.subject, failed!.hasRaw, failed!.failures], ['The plan', true, 1]);
		await run();
		assert.match(await run(), /1 set aside after failing too often/);
		assert.deepEqual([box.inbox.mails().length, box.ignored().mails().length], [0, 1]);

		const [aside] = (await log()).filter(({ outcome }) => outcome === 'set-aside');
		assert.match(aside!.sentence, /disk of cheese/);
		assert.match(await again(aside!), /1 mail could still not be dealt with/);
		assert.equal((await room.send('GET', `/outcomes/${aside!.id}`, { siteId })).json.failures, 3);

		await cure();
		assert.match(await again(aside!), /1 mail filed/);
		assert.match(await again(aside!), /0 mails filed, 1 filed before and left as it is/);
		const { json: filed } = await room.send('GET', '/activities?search=plan', { siteId });
		assert.equal(filed.length, 1);
		const path = `/activities/${filed[0].id}`;
		const { files } = (await room.send('GET', path, { siteId })).json;
		const file = files.find(({ fileName }: Attachment) => fileName === 'plan.bin');
		const kept = await room.send('GET', `/attachments/${file.id}`, { siteId });
		assert.ok(kept.bytes.equals(bytes));
		const whole = await room.send('GET', `${path}/mail`, { siteId });
		assert.equal(withLineFeeds(whole.bytes), withLineFeeds(letter));
		assert.equal((await log()).find(({ id }) => id === aside!.id)!.outcome, 'acted');
	});

	test('a letter that failed once and was filed from the mail log is only put away by the next run', async () => {
		const bench = await open(accounts.forPeople);
		const { box, run, log, again, room, siteId } = bench;
		const cure = await bench.poison('activities', "new.subject = 'Once'");
		box.inbox.deliver(aMail({ subject: 'Once' }));
		await run();
		await cure();

		const [failed] = await log();
		assert.match(await again(failed!), /1 mail filed/);
		assert.match(await run(), /1 dealt with before and only filed/);
		assert.equal(box.inbox.mails().length, 0);
		assert.equal((await room.send('GET', '/activities', { siteId })).json.length, 1);
	});

	test('a bounce that failed three times is recorded from the mail log when the cause is gone, once, and holds', async () => {
		const bench = await open(accounts.forBounces);
		const { box, run, log, again, site, room, siteId } = bench;
		const [anna, bert] = await sendMailingTo(site, 'anna@dest.example', 'bert@dest.example');
		const cure = await bench.poison('bounces', "new.email = 'anna@dest.example'");
		box.inbox.deliver(
			aBounce({ returnAddress: anna!.returnAddress }),
			aBounce({ returnAddress: bert!.returnAddress, recipient: 'bert@dest.example' }),
		);
		for (let n = 0; n < 3; n++) await run();

		const [aside] = (await log()).filter(({ outcome }) => outcome === 'set-aside');
		assert.equal(aside!.hasRaw, true);
		assert.match(await again(aside!), /1 mail.* left alone|left as/);
		await cure();
		await again(aside!);
		await again(aside!);

		const { json: bounces } = await room.send('GET', '/bounces', { siteId });
		assert.equal(bounces.length, 2);
		const holds = await site.crm.listOnHold({});
		assert.equal(holds.total, 2);
		const after = (await log()).find(({ id }) => id === aside!.id)!;
		assert.deepEqual([after.outcome, after.bounceIds.length], ['acted', 1]);
		assert.ok(after.messageId);
	});
}

function withLineFeeds(mail: Buffer): string {
	return mail.toString('latin1').replaceAll('\r\n', '\n');
}
