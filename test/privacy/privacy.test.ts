import assert from 'node:assert/strict';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'vitest';
import type { Outcome } from '../../service/contract/activity.ts';
import { inPieces } from '../../service/db/open.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { compressMail } from '../../service/report/raw-mails.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aMail } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { aMailWithFiles } from '../support/a-mail-with-files.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { sendMailingTo } from '../support/a-mailing.ts';
import { maildirOnDisk } from '../support/maildir-on-disk.ts';

let room: MailRoom;
let send: MailRoom['send'];

beforeEach(async () => {
	room = await openMailRoom();
	send = room.send;
});

afterEach(() => room.close());

const anna = 'anna@people.example';
const system = { capabilities: 'system' };

interface Item {
	group_id: string;
	item_id: string;
	data: { name: string; value: string }[];
}

async function exported(email = anna, siteId = '1'): Promise<Item[]> {
	const items: Item[] = [];
	for (let page = 1; ; page++) {
		const body = { email, page };
		const { status, json } = await send('POST', '/system/privacy/export', {
			...system,
			siteId,
			body,
		});
		assert.equal(status, 200, JSON.stringify(json));
		assert.ok(json.data.length <= 100);
		items.push(...json.data);
		if (json.done) return items;
	}
}

async function erased(email = anna, siteId = '1') {
	const messages: string[] = [];
	const flags = { removed: false, retained: false };
	for (let page = 1; ; page++) {
		const body = { email, page };
		const { status, json } = await send('POST', '/system/privacy/erase', {
			...system,
			siteId,
			body,
		});
		assert.equal(status, 200, JSON.stringify(json));
		messages.push(...json.messages);
		flags.removed ||= json.items_removed;
		flags.retained ||= json.items_retained;
		if (json.done) return { ...flags, messages, pages: page };
	}
}

const inGroup = (items: readonly Item[], group: string) =>
	items.filter(({ group_id }) => group_id === `return-channel-${group}`);
const valueOf = (item: Item | undefined, name: string) =>
	item?.data.find((one) => one.name === name)?.value;

/** Anna has written with and without others, was sent a mailing that bounced, is in a group and is on hold. */
async function aLife(siteId = '1') {
	await room.file(
		[
			aMailWithFiles({ subject: 'For two' }),
			aMail({ subject: 'For the office alone', id: 'alone@people.example' }),
			aMail({
				from: 'carla@other.example',
				to: `office@example.org, ${anna}`,
				subject: 'To Anna',
			}),
		],
		siteId,
	);
	const site = await room.site(siteId);
	const [sent] = await sendMailingTo(site, anna);
	const hold = {
		addressId: sent!.addressId,
		hold: 'bounce' as const,
		type: 'Invalid',
		because: `550 <${anna}> unknown`,
		bounceId: null,
	};
	await site.crm.hold([hold], 'Fetch Bounces', site.now());
	await room.db
		.insertInto('bounces')
		.values({
			site_id: siteId,
			fingerprint: `bounce-${siteId}`,
			position: 0,
			account_id: 1,
			run_id: null,
			recorded_at: site.now().getTime(),
			kind: 'bounce',
			email: anna,
			address_id: sent!.addressId,
			delivery_id: sent!.delivery.id,
			mailing_id: 1,
			type: 'Invalid',
			reason: 'user-unknown',
			fault: 'address',
			status: '5.1.1',
			reply_code: 550,
			diagnostic: `550 5.1.1 <${anna}> User unknown`,
			reporting_server: 'mx.example.org',
			decided_by: 'status 5.1.1',
			evidence: 'User unknown',
			is_recognised: 1,
			trust: 'proved',
			matched_by: 'return-address',
			counts: 1,
			counting: 'It counts.',
			caused_hold: 1,
			because: 'Invalid bounce 1 of 1: address put on hold',
			taken_back_at: null,
		})
		.execute();
	await site.audit.note('Bert Cole', `Looked after ${anna}.`, site.now());
	return sent!;
}

/** Every text in the database that still names somebody, by table and column. */
async function tracesOf(word: string): Promise<string[]> {
	const tables = await room.db.introspection.getTables();
	const found: string[] = [];
	for (const { name, columns } of tables) {
		if (name.startsWith('activity_words') || name === 'nonces') continue;
		const rows = await room.db
			.selectFrom(name as 'audit')
			.selectAll()
			.execute();
		for (const row of rows as Record<string, unknown>[])
			for (const { name: column } of columns) {
				const value = row[column];
				if (typeof value === 'string' && value.toLowerCase().includes(word))
					found.push(`${name}.${column}: ${value.slice(0, 80)}`);
			}
	}
	return found;
}

describe("WordPress's export", () => {
	test('has all that is held about a person', async () => {
		await aLife();
		const items = await exported('ANNA@people.example');

		const [contact] = inGroup(items, 'contact');
		assert.equal(valueOf(contact, 'Name'), 'Anna Berg');
		const [address] = inGroup(items, 'address');
		assert.deepEqual([valueOf(address, 'Address'), valueOf(address, 'On hold')], [anna, 'bounce']);
		assert.equal(inGroup(items, 'hold').length, 1);
		assert.equal(valueOf(inGroup(items, 'sent')[0], 'Mailing'), 'Spring letter');
		assert.match(
			valueOf(inGroup(items, 'bounce')[0], 'What the mail server said')!,
			/User unknown/,
		);
		const mails = inGroup(items, 'activity');
		assert.deepEqual(mails.map((item) => valueOf(item, 'Subject')).sort(), [
			'For the office alone',
			'For two',
			'To Anna',
		]);
		const forTwo = mails.find((item) => valueOf(item, 'Subject') === 'For two');
		assert.match(valueOf(forTwo, 'Text')!, /Here is the plan/);
		assert.equal(valueOf(forTwo, 'Attachments'), 'dot.png, plan.pdf');
		assert.match(valueOf(forTwo, 'Mail header')!, /^From: Anna Berg/);
		assert.equal(new Set(items.map(({ item_id }) => item_id)).size, items.length);
	});

	test('comes in pages of a hundred, none twice', async () => {
		await aLife();
		const site = await room.site();
		const [known] = await site.crm.findAddresses({ ids: [], emails: [anna] });
		await site.crm.addDeliveries(
			Array.from({ length: 230 }, (_, n) => ({
				mailingId: null,
				job: 0,
				addressId: known!.id,
				messageId: `${n}@example.org`,
				sentAt: site.now(),
			})),
		);
		const items = await exported();

		assert.equal(inGroup(items, 'sent').length, 231);
		assert.equal(inGroup(items, 'activity').length, 3);
		assert.equal(new Set(items.map(({ item_id }) => item_id)).size, items.length);
	});

	test('is empty for nobody, and for the other site', async () => {
		await aLife();

		assert.deepEqual(await exported('nobody@example.org'), []);
		assert.deepEqual(await exported(anna, '2'), []);
	});

	test('is for the plugin itself only', async () => {
		const body = { email: anna };
		for (const path of ['/system/privacy/export', '/system/privacy/erase'])
			assert.equal((await send('POST', path, { body })).status, 403);
	});

	test('does not give an organisation’s mail to whoever shares an address with it', async () => {
		await room.file([aMail({ from: 'Example Ltd <hello@ltd.example>', subject: 'Of the firm' })]);
		await room.db.updateTable('contacts').set({ kind: 'Organization' }).execute();
		const site = await room.site();
		const [known] = await site.crm.findAddresses({ ids: [], emails: ['hello@ltd.example'] });
		await room.db
			.insertInto('addresses')
			.values({
				site_id: '1',
				contact_id: known!.contactId,
				email: anna,
				email_key: anna,
				domain: 'people.example',
				is_primary: 0,
				hold: null,
				held_at: null,
				hold_type: null,
				hold_because: null,
				hold_bounce_id: null,
				count_since: 0,
			})
			.execute();

		const items = await exported();
		assert.deepEqual(
			items.map(({ group_id }) => group_id),
			['return-channel-address'],
		);
		assert.equal((await erased()).removed, true);
		assert.equal((await send('GET', '/activities')).json.length, 1);
		assert.equal(
			(await site.crm.findAddresses({ ids: [], emails: ['hello@ltd.example'] })).length,
			1,
		);
	});
});

describe("WordPress's eraser", () => {
	/** Mails of others: some name Anna, one names somebody whose address only ends like hers. */
	async function mailOfOthers() {
		const bert = { from: 'bert@people.example' };
		const encoded = (words: string) => ({
			headers: ['MIME-Version: 1.0', 'Content-Transfer-Encoding: base64'],
			body: Buffer.from(words).toString('base64'),
		});
		const ignored = ['Auto-Submitted: auto-replied'];
		await room.file([
			aMail({ ...bert, subject: 'Filed, in the text', body: `Ask ${anna} about it.` }),
			aMail({ ...bert, subject: 'Filed, in the header', headers: [`X-Original-To: ${anna}`] }),
			aMail({ ...bert, subject: 'Ignored, in Cc', headers: [`Cc: ${anna}`, ...ignored] }),
			aMail({ ...bert, subject: `Ignored, about ${anna}`, headers: ignored }),
			aMail({
				...bert,
				subject: 'Ignored, in the text',
				headers: ignored,
				body: `I am with ${anna}.`,
			}),
			aMail({
				...bert,
				...encoded(`Anna Berg is ${anna}`),
				subject: 'Ignored, encoded',
				headers: [...ignored, ...encoded('').headers],
			}),
			aMail({ ...bert, subject: 'Ignored, of Joanna', headers: ignored, body: `jo${anna}` }),
		]);
		const bounces = join(room.folder, 'bounces');
		const site = await room.site();
		await site.accounts.add(aMaildirAccount(bounces));
		maildirOnDisk(bounces).deliver(
			aBounce({ recipient: 'bert@people.example', original: [`Cc: ${anna}`] }),
		);
		await runJob(await room.site(), 'fetch_bounces', { trigger: 'by-hand' });
	}

	async function keptOf(subjects: string): Promise<string[]> {
		const { json } = await send('GET', '/outcomes?per_page=100');
		return (json as Outcome[])
			.filter(({ hasRaw, subject }) => hasRaw && subject.startsWith(subjects))
			.map(({ subject }) => subject)
			.sort();
	}

	test('deletes the stored copies of other mails that name the person, in any way, and leaves others’ letters', async () => {
		await aLife();
		await mailOfOthers();
		const told = inGroup(await exported(), 'mention').map((item) => valueOf(item, 'Named in'));
		assert.deepEqual(told.sort(), [
			...Array.from({ length: 3 }, () => 'its header'),
			...Array.from({ length: 3 }, () => 'its text'),
		]);

		const { messages } = await erased();

		assert.match(
			messages.join(' '),
			/[4-6] stored copies of other mails that name the person were/,
		);
		assert.match(messages.join(' '), /still in the mailbox/);
		assert.deepEqual(await keptOf('Ignored'), ['Ignored, of Joanna']);
		assert.deepEqual(await keptOf('Filed'), ['Filed, in the text']);
		assert.deepEqual(await keptOf('Undelivered'), []);
		assert.deepEqual(
			(await tracesOf(anna)).filter((trace) => !/Ask anna|Filed, in the text/.test(trace)),
			[],
		);
		assert.deepEqual(inGroup(await exported(), 'mention'), []);
	});

	test('goes through thousands of stored mails in pages', async () => {
		await aLife();
		await mailOfOthers();
		const [row] = await room.db.selectFrom('raw_mails').selectAll().limit(1).execute();
		const mail = compressMail(aMail({ from: 'x@other.example', to: 'y@other.example' }));
		for (const piece of inPieces(Array.from({ length: 5_100 }, (_, n) => n)))
			await room.db
				.insertInto('raw_mails')
				.values(piece.map((n) => ({ ...row!, fingerprint: `0${n}`, bytes: mail })))
				.execute();
		const body = { email: anna, page: 1 };
		const first = await send('POST', '/system/privacy/erase', { ...system, body });

		assert.equal(first.json.done, false);
		assert.equal(inGroup(await exported(), 'mention').length > 0, true);
		await erased();
		assert.deepEqual(await keptOf('Ignored'), ['Ignored, of Joanna']);
		const left = await room.db
			.selectFrom('settings')
			.select('name')
			.where('name', 'like', 'privacy.%')
			.execute();
		assert.deepEqual(left, []);
	});

	test('leaves nothing that names the person, keeps the mail of others, and says so', async () => {
		await aLife();
		const { removed, retained, messages } = await erased();

		assert.deepEqual([removed, retained], [true, true]);
		assert.match(messages.join(' '), /2 mails that other people have part in stay with them/);
		assert.match(messages.join(' '), /1 bounce still counts in the statistics/);
		const { json: mails } = await send('GET', '/activities');
		assert.deepEqual(
			mails
				.map(({ subject, parties }: { subject: string; parties: { name: string }[] }) => [
					subject,
					parties.map(({ name }) => name),
				])
				.sort(),
			[
				['For two', ['Bert Holm']],
				['To Anna', ['carla@other.example']],
			],
		);
		assert.deepEqual(await tracesOf(anna), []);
		const named = (await tracesOf('anna berg')).filter((trace) => !trace.startsWith('audit.who'));
		assert.deepEqual(named, []);
		assert.equal((await send('GET', '/activities?search=anna@people.example')).json.length, 0);
		assert.deepEqual(await exported(), []);
	});

	test('leaves nothing in what was done to mails and could be undone', async () => {
		await aLife();
		await send('POST', '/never-file', { body: { patterns: [anna] } });
		const { json: entries } = await send('GET', '/never-file');
		const body = { ids: [entries[0].id] };
		await send('POST', '/never-file/apply', { body });
		await send('POST', '/never-file/remove', { body });
		assert.notDeepEqual(await tracesOf(anna), []);
		await erased();

		assert.deepEqual(await tracesOf(anna), []);
	});

	test('leaves the statistics of mailings as they were', async () => {
		const { delivery } = await aLife();
		await erased();
		const site = await room.site();

		assert.equal((await site.crm.findDeliveries({ ids: [delivery.id], messageIds: [] })).length, 1);
		const { rows } = await site.report.listBounces({});
		assert.deepEqual(
			rows.map(({ type, email }) => [type, email]),
			[['Invalid', '(erased)']],
		);
		assert.equal((await site.crm.listOnHold({})).total, 0);
	});

	test('done again finds nothing more', async () => {
		await aLife();
		await erased();
		const again = await erased();

		assert.deepEqual([again.removed, again.retained, again.messages], [false, false, []]);
	});

	test('goes on in pages, and after a stop half-way', async () => {
		await aLife();
		const many = Array.from({ length: 120 }, (_, n) => aMail({ subject: `Mail ${n}` }));
		await room.file(many);
		const body = { email: anna, page: 1 };
		const first = await send('POST', '/system/privacy/erase', { ...system, body });
		assert.equal(first.json.done, false);
		assert.equal(inGroup(await exported(), 'contact').length, 1);

		const rest = await erased();
		assert.ok(rest.pages >= 2);
		assert.deepEqual(await tracesOf(anna), []);
	});

	test('keeps whoever opted out from being written to again, and says why', async () => {
		const { contactId } = await aLife();
		await room.db
			.updateTable('contacts')
			.set({ is_opted_out: 1 })
			.where('id', '=', contactId)
			.execute();
		const { messages, retained } = await erased();

		assert.equal(retained, true);
		assert.match(messages.join(' '), /anna@people\.example stays on the do-not-send list/);
		const site = await room.site();
		assert.deepEqual([...(await site.crm.doNotSendAmong([anna]))], [anna]);
		const again = await erased();
		assert.deepEqual([again.removed, again.retained], [false, true]);
		assert.deepEqual(
			(await tracesOf(anna)).map((trace) => trace.split(':')[0]),
			['do_not_send.email'],
		);
	});

	test('tells that a WordPress account brings the contact back', async () => {
		const users = [
			{ userId: 3, email: anna, displayName: 'Anna Berg', firstName: 'Anna', lastName: 'Berg' },
		];
		await send('POST', '/system/users', { ...system, body: { users } });
		const { messages } = await erased();

		assert.match(messages.join(' '), /While there is a WordPress account/);
	});

	test('touches no other site', async () => {
		await aLife();
		await aLife('2');
		const before = await exported(anna, '2');
		await erased();

		assert.deepEqual(await exported(anna, '2'), before);
	});

	test('lets a new mail of the person make a new contact', async () => {
		await aLife();
		await erased();
		await room.file([aMail({ subject: 'Here I am again' })]);

		const { json } = await send('GET', '/activities?search=again');
		assert.deepEqual(
			json[0].parties.map(({ name }: { name: string }) => name),
			['Anna Berg'],
		);
	});
});
