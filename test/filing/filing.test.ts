import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'vitest';
import { usualFilingSettings } from '../../service/contract/activity.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { wholeMail } from '../../service/messages/skeleton.ts';
import type { Site } from '../../service/site.ts';
import { aFilingSite, aMail, anActivityAccount } from '../support/a-filing-site.ts';
import type { FilingBench } from '../support/a-filing-site.ts';
import { aMailWithFiles } from '../support/a-mail-with-files.ts';
import { aTnef } from '../support/a-tnef.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

async function known(bench: FilingBench, name: string, email: string): Promise<number> {
	return (await bench.site.crm.addContact({ name, email }, bench.clock.now())).contactId;
}

async function contentOf(site: Site, sha256: string): Promise<Buffer> {
	const pieces: Uint8Array[] = [];
	for await (const piece of site.blobs.read(sha256)) pieces.push(piece);
	return Buffer.concat(pieces);
}

/** A mail with a text and one attachment. */
function withAttachment(content: Buffer, name = 'report.pdf', type = 'application/pdf'): Buffer {
	const lines = content.toString('base64').replace(/.{76}/g, '$&\n');
	return aMail({
		headers: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="m"'],
		body: `--m\n\nThe report.\n--m\nContent-Type: ${type}; name="${name}"\nContent-Transfer-Encoding: base64\n\n${lines}\n--m--\n`,
	});
}

describe('a mail that comes in', () => {
	test('is filed with the contacts it is from and to, and who is nobody yet becomes one', async () => {
		const bench = await aFilingSite();
		await known(bench, 'Anna Berg', 'anna@people.example');

		const sentence = await bench.file(
			aMail({ to: 'Office <office@example.org>, Bert Holm <bert@people.example>' }),
		);

		assert.equal(sentence, '1 mail read: 1 mail filed, 1 contact added, 0 mails ignored.');
		const [mail] = await bench.filed();
		assert.deepEqual(
			mail!.parties.map(({ name, email, role, place }) => [name, email, role, place]),
			[
				['Anna Berg', 'anna@people.example', 'source', 'from'],
				['Bert Holm', 'bert@people.example', 'target', 'to'],
			],
		);
		assert.equal(mail!.subject, 'A question');
		assert.equal(mail!.occurredAt, '2026-05-04T10:00:00.000Z');
		assert.match(mail!.fullText, /when do you open/);
		assert.equal(
			mail!.because,
			'Filed because anna@people.example is Anna Berg. 1 contact was added.',
		);
		assert.equal(bench.inbox.mails().length, 0);
		assert.equal(bench.processed.mails().length, 1);
	});

	test('of an address that only an organisation has makes a new Individual, as documented', async () => {
		const bench = await aFilingSite();
		const id = await known(bench, 'Boat Club', 'anna@people.example');
		await bench.db
			.updateTable('contacts')
			.set({ kind: 'Organization' })
			.where('id', '=', id)
			.execute();

		await bench.file(aMail(), aMail({ subject: 'Another' }));

		const [first, second] = await bench.filed();
		assert.notEqual(first!.parties[0]!.contactId, id);
		assert.equal(first!.parties[0]!.name, 'Anna Berg');
		assert.equal(second!.parties[0]!.contactId, first!.parties[0]!.contactId);
	});

	test('is filed with the organisation itself where the account wants that', async () => {
		const bench = await aFilingSite({ organizations: 'use-organization' });
		const id = await known(bench, 'Boat Club', 'anna@people.example');
		await bench.db
			.updateTable('contacts')
			.set({ kind: 'Organization' })
			.where('id', '=', id)
			.execute();

		await bench.file(aMail());

		assert.equal((await bench.filed())[0]!.parties[0]!.contactId, id);
	});

	test('of somebody in the trash makes a new contact', async () => {
		const bench = await aFilingSite();
		const id = await known(bench, 'Anna Berg', 'anna@people.example');
		await bench.site.crm.setContactDeleted(id, bench.clock.now());

		await bench.file(aMail());

		assert.notEqual((await bench.filed())[0]!.parties[0]!.contactId, id);
	});

	test('of people on the never-file list is ignored; others of them are only left out', async () => {
		const bench = await aFilingSite();
		await bench.site.activities.addNeverFile(
			{ patterns: ['secret.example', 'bert@people.example'], note: '' },
			'Carla',
			bench.clock.now(),
		);

		await bench.file(
			aMail({ from: 'Spy <spy@very.secret.example>' }),
			aMail({ to: 'bert@people.example, cleo@people.example' }),
		);

		const [mail, ...others] = await bench.filed();
		assert.equal(others.length, 0);
		assert.deepEqual(
			mail!.parties.map(({ email }) => email),
			['anna@people.example', 'cleo@people.example'],
		);
		const [ignored] = await bench.outcomes();
		assert.equal(ignored!.ignoredBecause, 'never-file');
		assert.match(
			ignored!.sentence,
			/spy@very\.secret\.example is on the never-file list \(secret\.example\)/,
		);
	});

	test('that no filing wants says why, and lies among the ignored', async () => {
		const bench = await aFilingSite({ createContacts: 'if-somebody-known' });

		assert.equal(await bench.file(aMail()), '1 mail read: 0 mails filed, 1 mail ignored.');

		const [outcome] = await bench.outcomes();
		assert.equal(outcome!.ignoredBecause, 'nobody-known');
		assert.match(
			outcome!.sentence,
			/anna@people\.example.*adds contacts only to mails with somebody known/,
		);
		assert.equal(bench.ignored.mails().length, 1);
	});

	test('puts who is new into the group of the account', async () => {
		const bench = await aFilingSite();
		const { insertId } = await bench.db
			.insertInto('contact_groups')
			.values({ site_id: '1', name: 'From mail', is_mailing_list: 0 })
			.executeTakeFirstOrThrow();
		const [account] = await bench.site.accounts.list();
		await bench.site.accounts.change(account!.id, {
			...anActivityAccount(account!.source, { groupId: Number(insertId) }),
		});

		await bench.file(aMail());

		const members = await bench.db.selectFrom('group_members').selectAll().execute();
		assert.deepEqual(
			members.map(({ contact_id }) => contact_id),
			(await bench.filed())[0]!.parties.map(({ contactId }) => contactId),
		);
	});
});

describe('one mail is filed once', () => {
	test('though two accounts get it; people whom only the second copy names are added', async () => {
		const bench = await aFilingSite();
		await bench.file(aMail({ to: 'office@example.org', id: 'one@people.example' }));
		const second = maildirOnDisk(join(bench.folder, 'Board'));
		second.deliver(
			aMail({
				to: 'office@example.org',
				headers: ['Cc: Dora Egge <dora@people.example>'],
				id: 'one@people.example',
			}),
		);
		await bench.site.accounts.add({
			...anActivityAccount(second.path, {}, 'Board'),
			userName: 'board',
		});

		const sentence = await bench.file();

		assert.equal(
			sentence,
			'1 mail read: 0 mails filed, 1 filed before and completed, 1 contact added, 0 mails ignored.',
		);
		const [mail, ...others] = await bench.filed();
		assert.equal(others.length, 0);
		assert.deepEqual(
			mail!.parties.map(({ email }) => email),
			['anna@people.example', 'dora@people.example'],
		);
	});

	test('and a copy that names nobody else is ignored as a duplicate that leads to the filed mail', async () => {
		const bench = await aFilingSite();
		await bench.file(
			aMail({ id: 'one@people.example' }),
			aMail({
				id: 'one@people.example',
				body: 'Hello,\n\nwhen do you open?\n\nAnna\n-- \nA list’s footer\n',
			}),
		);

		const [mail, ...others] = await bench.filed();
		assert.equal(others.length, 0);
		const [, duplicate] = await bench.site.outcomes.list({ order: 'asc' }).then(({ rows }) => rows);
		assert.equal(duplicate!.ignoredBecause, 'duplicate');
		assert.equal(duplicate!.activityId, mail!.id);
	});

	test('a program that gives every mail the same Message-ID does not lose any', async () => {
		const bench = await aFilingSite();
		await bench.file(
			aMail({ id: 'always@people.example' }),
			aMail({
				id: 'always@people.example',
				subject: 'Another',
				date: 'Tue, 05 May 2026 10:00:00 +0000',
			}),
		);

		assert.equal((await bench.filed()).length, 2);
	});
});

describe('threads', () => {
	const question = aMail({ id: 'q@people.example', subject: 'When?' });
	const answer = aMail({
		id: 'a@people.example',
		subject: 'Re: When?',
		headers: ['In-Reply-To: <q@people.example>'],
	});

	test('an answer joins its question, also when it is filed first', async () => {
		const bench = await aFilingSite();
		await bench.file(answer);
		await bench.file(question);

		const [first, second] = await bench.filed();
		assert.equal(first!.threadId, second!.threadId);
		assert.equal(first!.inThread, 2);
	});

	test('two threads that turn out to be one are joined', async () => {
		const bench = await aFilingSite();
		await bench.file(question);
		await bench.file(aMail({ id: 'other@people.example', subject: 'And where?' }));
		await bench.file(
			aMail({
				id: 'both@people.example',
				subject: 'Re: both',
				headers: ['References: <q@people.example> <other@people.example>'],
			}),
		);

		const threads = new Set((await bench.filed()).map(({ threadId }) => threadId));
		assert.equal(threads.size, 1);
	});
});

describe('attachments', () => {
	const content = randomBytes(700_000);

	test('are kept once, in pieces, and the mail can be put together again as it came', async () => {
		const bench = await aFilingSite();
		const small = withAttachment(content.subarray(0, 100_000));
		await bench.file(small);

		const [mail] = await bench.filed();
		const [file] = mail!.files;
		assert.equal(file!.fileName, 'report.pdf');
		assert.ok((await contentOf(bench.site, file!.sha256!)).equals(content.subarray(0, 100_000)));
		const kept = (await bench.site.report.keptMail(mail!.fingerprint))!;
		assert.ok(kept.bytes.length < 1_000);
		const pieces: Uint8Array[] = [];
		for await (const piece of wholeMail(kept, (sha256) => bench.site.blobs.read(sha256)))
			pieces.push(piece);
		assert.ok(Buffer.concat(pieces).equals(small));
	});

	test('of a mail that is bigger than what is read at once come through, too', async () => {
		const bench = await aFilingSite();
		await bench.file(withAttachment(content));

		const [mail] = await bench.filed();
		const [file] = mail!.files;
		assert.equal(file!.sha256, createHash('sha256').update(content).digest('hex'));
		assert.ok((await contentOf(bench.site, file!.sha256!)).equals(content));
		assert.match(mail!.fullText, /The report\./);
		assert.equal(mail!.isTruncated, false);
	});

	test.each([[100_000], [700_000]])(
		'over the limit are named and not kept (%d bytes)',
		async (size) => {
			const bench = await aFilingSite();
			await bench.site.filingSettings.write({
				...usualFilingSettings,
				largestAttachmentBytes: 50_000,
			});
			await bench.file(withAttachment(content.subarray(0, size)));

			const [mail] = await bench.filed();
			assert.equal(mail!.files[0]!.sha256, null);
			assert.match(mail!.files[0]!.problem!, /Not kept: it has 0\.\d MB/);
			const { count } = await bench.db
				.selectFrom('blob_pieces')
				.select((eb) => eb.fn.countAll<number>().as('count'))
				.executeTakeFirstOrThrow();
			assert.equal(count, 0);
		},
	);

	test.each([[20_000], [900_000]])(
		'in a winmail.dat are kept beside it, also of a mail that was ignored at first (%d bytes)',
		async (size) => {
			const bench = await aFilingSite({ createContacts: 'never' });
			const plan = content.length >= size ? content.subarray(0, size) : randomBytes(size);
			const wrapped = aTnef({ files: [{ title: 'plan.bin', bytes: plan }] });
			await bench.file(withAttachment(wrapped, 'winmail.dat', 'application/ms-tnef'));
			const [account] = await bench.site.accounts.list();
			await bench.site.accounts.change(account!.id, anActivityAccount(account!.source));
			const [outcome] = await bench.outcomes();
			await runJob(await bench.now(), 'file_mails_again', {
				trigger: 'by-hand',
				parameters: { journalIds: [outcome!.id] },
			});

			const [mail] = await bench.filed();
			const [original, opened] = mail!.files;
			assert.deepEqual([original!.fileName, opened!.fileName], ['winmail.dat', 'plan.bin']);
			assert.ok((await contentOf(bench.site, original!.sha256!)).equals(wrapped));
			assert.ok((await contentOf(bench.site, opened!.sha256!)).equals(plan));
		},
	);

	test('a mail over the limit is filed with its header and the beginning of its text', async () => {
		const bench = await aFilingSite();
		await bench.site.filingSettings.write({ ...usualFilingSettings, largestMailBytes: 600_000 });
		await bench.file(withAttachment(content));

		const [mail] = await bench.filed();
		assert.equal(mail!.isTruncated, true);
		assert.match(mail!.fullText, /The report\./);
		assert.match(mail!.files[0]!.problem!, /too big to be read to its end/);
	});

	test('that nothing names any more are deleted after a day, and those that something names stay', async () => {
		const bench = await aFilingSite();
		await bench.file(withAttachment(content.subarray(0, 100_000)));
		await bench.site.blobs.put(
			new Map([['f'.repeat(64), Buffer.from('nobody’s')]]),
			bench.clock.now(),
		);
		bench.clock.advance({ hours: 30 });

		const before = new Date(bench.clock.now().getTime() - 24 * 60 * 60 * 1000);
		assert.equal(await bench.site.blobs.purgeUnnamed(before), 1);

		const [file] = (await bench.filed())[0]!.files;
		assert.equal((await contentOf(bench.site, file!.sha256!)).length, 100_000);
	});
});

describe('the job', () => {
	test('reads the other accounts though one fails, and says which', async () => {
		const bench = await aFilingSite();
		const gone = join(bench.folder, 'Gone');
		await bench.site.accounts.add({ ...anActivityAccount(gone, {}, 'Broken'), userName: 'broken' });

		const sentence = await bench.file(aMail());

		assert.equal(
			sentence,
			'1 mail read: 1 mail filed, 1 contact added, 0 mails ignored. “Broken” could not be read; the job log says why.',
		);
		const accounts = await bench.site.accounts.list();
		assert.match(
			accounts.find(({ name }) => name === 'Broken')!.lastProblem!,
			/There is no directory/,
		);
	});

	test('a dry run says what it would do and does nothing, not even with a big file', async () => {
		const bench = await aFilingSite();
		const film = { name: 'film.mp4', type: 'video/mp4', bytes: Buffer.alloc(600_000, 'film') };
		bench.inbox.deliver(aMailWithFiles({ to: 'office@example.org', files: [film] }));

		const { run } = await runJob(bench.site, 'process_incoming_emails', {
			trigger: 'by-hand',
			isDryRun: true,
		});

		assert.equal(
			run.sentence,
			'Dry run, nothing was changed. It would have been: 1 mail read: 1 mail filed, 1 contact added, 0 mails ignored.',
		);
		assert.equal((await bench.filed()).length, 0);
		assert.deepEqual(await bench.db.selectFrom('blobs').selectAll().execute(), []);
		assert.equal(bench.inbox.mails().length, 1);
	});
});

describe('filing again', () => {
	const again = async (bench: FilingBench) => {
		const journalIds = (await bench.outcomes()).map(({ id }) => id);
		const { run } = await runJob(await bench.now(), 'file_mails_again', {
			trigger: 'by-hand',
			parameters: { journalIds },
		});
		return run.sentence;
	};

	test('an ignored mail is filed under the settings of now, with its attachments', async () => {
		const bench = await aFilingSite({ createContacts: 'never' });
		const content = randomBytes(100_000);
		await bench.file(withAttachment(content));
		const [account] = await bench.site.accounts.list();
		await bench.site.accounts.change(account!.id, anActivityAccount(account!.source));

		assert.equal(
			await again(bench),
			'1 mail read: 1 mail filed, 1 contact added, 0 still ignored.',
		);

		const [mail] = await bench.filed();
		assert.ok((await contentOf(bench.site, mail!.files[0]!.sha256!)).equals(content));
		const [outcome] = await bench.outcomes();
		assert.equal(outcome!.outcome, 'acted');
	});

	test('a filed mail stays as it is', async () => {
		const bench = await aFilingSite();
		await bench.file(aMail());

		assert.match(await again(bench), /1 filed before and left as it is/);

		assert.equal((await bench.filed()).length, 1);
		assert.equal((await bench.outcomes())[0]!.outcome, 'acted');
	});
});
