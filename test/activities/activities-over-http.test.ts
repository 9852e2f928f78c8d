import assert from 'node:assert/strict';
import { afterAll, beforeAll, describe, test } from 'vitest';
import type { ActivityDetail, ActivitySummary } from '../../service/contract/activity.ts';
import { aMail } from '../support/a-filing-site.ts';
import { openMailRoom } from '../support/a-mail-room.ts';
import type { MailRoom } from '../support/a-mail-room.ts';
import { aMailWithFiles, dot } from '../support/a-mail-with-files.ts';

let room: MailRoom;
let send: MailRoom['send'];

beforeAll(async () => {
	room = await openMailRoom();
	send = room.send;
	const answer = aMail({
		from: 'Bert Holm <bert@people.example>',
		subject: 'Re: The plan',
		headers: ['In-Reply-To: <plan@people.example>'],
		body: 'Thank you, Ångström will like it.\n\nOn 4 May 2026, Anna Berg wrote:\n> Here is the plan.\n',
		date: 'Tue, 05 May 2026 10:00:00 +0000',
	});
	const evil = Buffer.from('MZ');
	const files = [
		{ name: 'plan.pdf', type: 'application/pdf', bytes: Buffer.alloc(700_000, 'plan ') },
		{ name: 'photo\u202egpj.exe', type: 'image/jpeg', bytes: evil },
		{ name: 'page.html.', type: 'text/plain', bytes: evil },
		{ name: 'notes.txt', type: 'text/html', bytes: Buffer.from('<script>1</script>') },
	];
	assert.match(await room.file([aMailWithFiles({ files })]), /1 mail filed/);
	await room.file([answer]);
	await room.file([
		aMail({ subject: 'Carla asks [case #12]', from: 'Carla Costa <carla@other.example>' }),
	]);
	await room.file([aMail({ subject: 'Nobody else shall see this' })], '2');
});

afterAll(() => room.close());

async function listed(query = '', siteId = '1'): Promise<ActivitySummary[]> {
	const { status, json } = await send('GET', `/activities${query}`, { siteId });
	assert.equal(status, 200, JSON.stringify(json));
	return json;
}

async function idOf(subject: string, siteId = '1'): Promise<number> {
	return (await listed('?per_page=100', siteId)).find((one) => one.subject === subject)!.id;
}

async function detailOf(subject: string, capabilities = 'view'): Promise<ActivityDetail> {
	const { json } = await send('GET', `/activities/${await idOf(subject)}`, { capabilities });
	return json;
}

const subjects = (rows: ActivitySummary[]) => rows.map(({ subject }) => subject);

describe('the list of filed mail', () => {
	test('has the newest first, with the people, the thread and the first words', async () => {
		const { json, headers } = await send('GET', '/activities', { capabilities: 'view' });

		assert.equal(headers.get('X-WP-Total'), '3');
		assert.equal(json[0].subject, 'Re: The plan');
		const plan = (json as ActivitySummary[]).find(({ subject }) => subject === 'The plan')!;
		assert.deepEqual(
			plan.parties.map(({ name, role, place, isDeleted }) => [name, role, place, isDeleted]),
			[
				['Anna Berg', 'source', 'from', false],
				['Bert Holm', 'target', 'to', false],
			],
		);
		assert.deepEqual([plan.attachments, plan.inThread, plan.excerpt], [4, 2, 'Here is the plan.']);
	});

	test('is found by words, also beginnings and other spellings, in subject, people and text', async () => {
		assert.deepEqual(subjects(await listed('?search=angstrom')), ['Re: The plan']);
		assert.deepEqual(subjects(await listed('?search=carla@other.example')), [
			'Carla asks [case #12]',
		]);
		assert.deepEqual(subjects(await listed('?search=Cost')), ['Carla asks [case #12]']);
		assert.equal((await listed('?search=plan+here')).length, 1);
		assert.deepEqual(await listed('?search=nobody'), []);
		for (const odd of ['"', '*', 'a*b', 'NEAR(', 'subject:x', "';--", 'AND', '-', '(', '{a b}:c'])
			assert.equal(Array.isArray(await listed(`?search=${encodeURIComponent(odd)}`)), true, odd);
	});

	test('is narrowed by contact, thread, status, attachments, account and days', async () => {
		const [plan] = await listed('?hasAttachments=true');
		const carla = (await listed('?search=Carla'))[0]!.parties[0]!.contactId;

		assert.equal(plan!.subject, 'The plan');
		assert.deepEqual(subjects(await listed(`?contactId=${carla}`)), ['Carla asks [case #12]']);
		assert.equal((await listed(`?threadId=${plan!.threadId}`)).length, 2);
		assert.equal((await listed(`?accountId=${plan!.accountId}`)).length, 3);
		assert.equal((await listed('?accountId=999')).length, 0);
		assert.equal((await listed('?status=completed')).length, 3);
		assert.equal((await listed('?status=open')).length, 0);
		assert.deepEqual(subjects(await listed('?from=2026-05-05&until=2026-05-05')), ['Re: The plan']);
		assert.equal((await listed(`?contactId=${carla}&search=plan`)).length, 0);
	});

	test('is paged, and sorted by when mail was filed too', async () => {
		const { json, headers } = await send(
			'GET',
			'/activities?per_page=2&page=2&orderby=filedAt&order=asc',
		);

		assert.equal(json.length, 1);
		assert.equal(headers.get('X-WP-TotalPages'), '2');
	});

	test('shows nothing of another site, not even by its number', async () => {
		const id = await idOf('Nobody else shall see this', '2');

		assert.equal((await listed('?search=nobody', '2')).length, 1);
		for (const path of [`/activities/${id}`, `/activities/${id}/mail`])
			assert.equal((await send('GET', path)).status, 404, path);
		assert.equal((await listed('', '3')).length, 0);
		const deleted = await send('POST', '/activities/delete', { body: { ids: [id] } });
		assert.equal(deleted.status, 404);
	});
});

describe('one filed mail', () => {
	test('has its own words apart from what it quotes, why it was filed, and its thread', async () => {
		const mail = await detailOf('Re: The plan');

		assert.equal(mail.text, 'Thank you, Ångström will like it.');
		assert.match(mail.quotedText, /^On 4 May 2026, Anna Berg wrote:\n> Here is the plan\.$/);
		assert.match(mail.because, /^Filed because bert@people\.example is Bert Holm/);
		assert.deepEqual(
			mail.thread.map(({ subject, from }) => [subject, from]),
			[
				['The plan', 'Anna Berg'],
				['Re: The plan', 'Bert Holm'],
			],
		);
		assert.deepEqual([mail.html, mail.hasRaw, mail.mayEdit], [null, true, 'nothing']);
	});

	test('shows the pictures that came with it, and others when they are asked for', async () => {
		const mail = await detailOf('The plan');
		const asked = await send('GET', `/activities/${mail.id}?remote=true`);

		assert.ok(mail.html!.includes(`<img src="data:image/png;base64,${dot.toString('base64')}"`));
		assert.match(mail.html!, /^<!doctype html>.*default-src 'none'; img-src data:;/);
		assert.ok(!mail.html!.includes('pics.example'));
		assert.equal(mail.hasRemoteContent, true);
		assert.match(asked.json.html, /<img src="https:\/\/pics\.example\/p\.png"/);
	});

	test('names its files, and why some cannot be downloaded', async () => {
		const { files } = await detailOf('The plan');

		assert.deepEqual(
			files.map(({ fileName, sizeBytes, isInline }) => [fileName, sizeBytes, isInline]),
			[
				['dot.png', dot.length, true],
				['plan.pdf', 700_000, false],
				['photogpj.exe', 2, false],
				['page.html', 2, false],
				['notes.txt', 18, false],
			],
		);
		assert.match(files[2]!.problem!, /end in \.exe cannot be downloaded/);
		assert.match(files[3]!.problem!, /\.html/);
		assert.equal(files[1]!.problem, null);
	});
});

describe('files to download', () => {
	test('come byte by byte, as a file that no browser shows', async () => {
		const { files } = await detailOf('The plan');
		const { status, headers, bytes } = await send('GET', `/attachments/${files[1]!.id}`, {
			capabilities: 'view',
		});

		assert.equal(status, 200);
		assert.ok(bytes.equals(Buffer.alloc(700_000, 'plan ')));
		assert.equal(headers.get('content-type'), 'application/pdf');
		assert.equal(headers.get('content-length'), '700000');
		assert.match(headers.get('content-disposition')!, /^attachment; filename="?plan\.pdf"?$/);
		assert.equal(headers.get('x-content-type-options'), 'nosniff');
	});

	test('are never HTML, whatever the mail says', async () => {
		const { files } = await detailOf('The plan');
		const { headers } = await send('GET', `/attachments/${files[4]!.id}`);

		assert.equal(headers.get('content-type'), 'application/octet-stream');
	});

	test('are refused in words when their ending is blocked, until the settings allow it', async () => {
		const { files } = await detailOf('The plan');
		const path = `/attachments/${files[2]!.id}`;
		const refused = await send('GET', path);
		assert.equal(refused.status, 403);
		assert.match(refused.json.message, /\.exe/);

		const { json: settings } = await send('GET', '/filing-settings');
		await send('PUT', '/filing-settings', { body: { ...settings, blockedEndings: ['bat'] } });
		const allowed = await send('GET', path);
		assert.equal(allowed.status, 200);
		assert.match(allowed.headers.get('content-disposition')!, /filename="?photogpj\.exe/);
		await send('PUT', '/filing-settings', { body: settings });
	});

	test('of another site are not there', async () => {
		const { files } = await detailOf('The plan');

		assert.equal((await send('GET', `/attachments/${files[1]!.id}`, { siteId: '2' })).status, 404);
	});

	test('include the mail as it came, with its attachments', async () => {
		const { id } = await detailOf('The plan');
		const { status, headers, bytes } = await send('GET', `/activities/${id}/mail`);

		assert.equal(status, 200);
		assert.equal(headers.get('content-type'), 'message/rfc822');
		assert.match(headers.get('content-disposition')!, /filename="The plan\.eml"/);
		const text = bytes.toString('latin1');
		const pdf = Buffer.alloc(700_000, 'plan ').toString('base64');
		assert.ok(text.replace(/\r\n/g, '').includes(pdf));
		assert.match(text, /^From: Anna Berg/);
	});
});

describe('editing', () => {
	const basics = { capabilities: 'view,edit-inbound' };
	const content = { capabilities: 'view,edit-inbound-content' };
	const bodyOf = (mail: ActivityDetail) => ({
		subject: mail.subject,
		occurredAt: mail.occurredAt,
		status: mail.status,
		campaign: mail.campaign,
		parties: mail.parties.map(({ contactId, role }) => ({ contactId, role })),
	});

	test('is for nobody without the capability, not even for managers', async () => {
		const mail = await detailOf('Carla asks [case #12]');
		const path = `/activities/${mail.id}`;

		for (const capabilities of ['view', 'view,manage'])
			assert.equal((await send('PUT', path, { capabilities, body: bodyOf(mail) })).status, 403);
	});

	test('with edit-inbound changes all but the text', async () => {
		const mail = await detailOf('Carla asks [case #12]', basics.capabilities);
		const path = `/activities/${mail.id}`;
		assert.deepEqual([mail.mayEdit, mail.editableText], ['basics', null]);

		const refused = await send('PUT', path, { ...basics, body: { ...bodyOf(mail), text: 'Mine' } });
		assert.equal(refused.status, 403);
		assert.match(refused.json.message, /everything but the text/);

		const change = { ...bodyOf(mail), subject: 'Carla’s case', status: 'open', campaign: 'Spring' };
		const { status, json } = await send('PUT', path, { ...basics, body: change });
		assert.equal(status, 200);
		assert.deepEqual(
			[json.subject, json.status, json.campaign, json.editedBy, json.text],
			['Carla’s case', 'open', 'Spring', 'Anna Berg', mail.text],
		);
		assert.deepEqual(subjects(await listed('?campaign=Spring')), ['Carla’s case']);
		assert.equal((await listed('?search=case')).length, 1);

		const undone = await send('POST', `/activity-deeds/${json.editDeedId}/undo`);
		assert.match(undone.json.sentence, /1 mail was put back as before/);
		const after = await detailOf('Carla asks [case #12]');
		assert.deepEqual([after.editedBy, after.editDeedId, after.campaign], [null, null, '']);
	});

	test('with edit-inbound-content alone changes the text as well, and the original stays', async () => {
		const mail = await detailOf('The plan', content.capabilities);
		const path = `/activities/${mail.id}`;
		assert.equal(mail.mayEdit, 'all');
		assert.match(mail.editableText!, /Here is the plan[^]*Send me the plan/);

		const body = { ...bodyOf(mail), text: 'The plan is secret.' };
		const { status, json } = await send('PUT', path, { ...content, body });
		assert.equal(status, 200);
		assert.deepEqual([json.text, json.html, json.excerpt], [body.text, null, body.text]);
		assert.equal((await listed('?search=secret')).length, 1);
		const raw = (await send('GET', `${path}/mail`)).bytes.toString('utf8');
		assert.match(raw, /Here is the plan/);

		await send('POST', `/activity-deeds/${json.editDeedId}/undo`);
		const after = await detailOf('The plan');
		assert.equal(after.text, 'Here is the plan.');
		assert.ok(after.html);
	});

	describe('undone by who edited', () => {
		const carla = { user: `8 ${Buffer.from('Anna Berg').toString('base64')}` };
		const edit = async (subject: string, by: typeof basics, change: object) => {
			const mail = await detailOf(subject, by.capabilities);
			const body = { ...bodyOf(mail), ...change };
			return (await send('PUT', `/activities/${mail.id}`, { ...by, body })).json as ActivityDetail;
		};
		const undo = async (deedId: number, by: object) =>
			(await send('POST', `/activity-deeds/${deedId}/undo`, by)).status;
		const offered = async (id: number, by: object) =>
			(await send('GET', `/activities/${id}`, by)).json.editDeedId;

		test('needs edit-inbound still, and the same person, not only the same name', async () => {
			const { id, editDeedId } = await edit('Carla asks [case #12]', basics, { campaign: 'May' });

			for (const by of [{ capabilities: 'view' }, { ...basics, ...carla }]) {
				assert.equal(await offered(id, by), null);
				assert.equal(await undo(editDeedId!, by), 403);
			}
			assert.equal(await undo(editDeedId!, { ...basics, siteId: '2' }), 404);
			assert.equal(await offered(id, basics), editDeedId);
			assert.equal(await undo(editDeedId!, basics), 200);
			assert.equal((await detailOf('Carla asks [case #12]')).campaign, '');
		});

		test('needs edit-inbound-content still when the text was edited', async () => {
			const { id, editDeedId } = await edit('Re: The plan', content, { text: 'No.' });

			assert.equal(await offered(id, basics), null);
			assert.equal(await undo(editDeedId!, basics), 403);
			assert.equal(await undo(editDeedId!, { ...content, ...carla }), 403);
			assert.equal(await undo(editDeedId!, content), 200);
			assert.match((await detailOf('Re: The plan')).text, /^Thank you/);
		});

		test('is no way to undo what managers deleted', async () => {
			const body = { ids: [await idOf('Re: The plan')] };
			const { json } = await send('POST', '/activities/delete', { body });

			assert.equal(await undo(json.deedId, content), 403);
			assert.equal(await undo(json.deedId, { capabilities: 'view,manage' }), 200);
		});
	});

	test('of the people moves the mail between their records', async () => {
		const mail = await detailOf('The plan', basics.capabilities);
		const [anna, bert] = mail.parties;
		const carla = (await listed('?search=Carla'))[0]!.parties[0]!.contactId;
		const parties = [
			{ contactId: anna!.contactId, role: 'source' },
			{ contactId: carla, role: 'assignee' },
		];
		const path = `/activities/${mail.id}`;
		const { json } = await send('PUT', path, { ...basics, body: { ...bodyOf(mail), parties } });

		assert.deepEqual(
			json.parties.map((party: ActivityDetail['parties'][number]) => [party.name, party.role]),
			[
				['Anna Berg', 'source'],
				['Carla Costa', 'assignee'],
			],
		);
		assert.equal((await listed(`?contactId=${bert!.contactId}`)).length, 1);
		assert.equal((await listed(`?contactId=${carla}`)).length, 2);
		await send('POST', `/activity-deeds/${json.editDeedId}/undo`);
		assert.equal((await listed(`?contactId=${bert!.contactId}`)).length, 2);
	});

	test('that changes nothing is no edit', async () => {
		const mail = await detailOf('The plan', basics.capabilities);
		const { json } = await send('PUT', `/activities/${mail.id}`, { ...basics, body: bodyOf(mail) });

		assert.equal(json.editedAt, null);
	});

	test('refuses wrong input, people who are nobody, and another site’s people', async () => {
		const mail = await detailOf('The plan', basics.capabilities);
		const path = `/activities/${mail.id}`;
		const stranger = (await listed('', '2'))[0]!.parties[0]!.contactId;
		const put = (change: object, siteId = '1') =>
			send('PUT', path, { ...basics, siteId, body: { ...bodyOf(mail), ...change } });

		assert.equal((await put({ parties: [] })).status, 400);
		assert.equal((await put({ occurredAt: 'yesterday' })).status, 400);
		assert.equal((await put({ status: 'lost' })).status, 400);
		assert.equal((await put({ parties: [{ contactId: 9_999, role: 'source' }] })).status, 400);
		const foreign = await put({ parties: [{ contactId: stranger + 1_000, role: 'source' }] });
		assert.equal(foreign.status, 400);
		assert.equal((await put({}, '2')).status, 404);
		assert.equal((await detailOf('The plan')).parties.length, 2);
	});
});

describe('deleting', () => {
	test('takes mails out of every list until it is undone, once', async () => {
		const id = await idOf('The plan');
		const { json } = await send('POST', '/activities/delete', { body: { ids: [id, 9_999] } });

		assert.deepEqual(
			[json.touched, json.leftAlone, json.sentence],
			[1, 1, '1 mail deleted. 1 mail was gone already.'],
		);
		assert.equal((await send('GET', `/activities/${id}`)).status, 404);
		assert.equal((await listed('?search=plan')).length, 1);
		assert.equal((await listed('?search=plan'))[0]!.inThread, 1);
		assert.equal((await send('POST', '/activities/delete', { body: { ids: [id] } })).status, 404);

		const path = `/activity-deeds/${json.deedId}/undo`;
		assert.equal((await send('POST', path, { siteId: '2' })).status, 404);
		assert.match((await send('POST', path)).json.sentence, /^1 mail was put back/);
		assert.equal((await send('POST', path)).status, 409);
		assert.equal((await listed()).length, 3);
	});

	test('needs the right to manage, and is written down', async () => {
		const body = { ids: [await idOf('The plan')] };
		assert.equal(
			(await send('POST', '/activities/delete', { capabilities: 'view', body })).status,
			403,
		);
		const audit = await room.db.selectFrom('audit').select('what').execute();
		assert.ok(audit.some(({ what }) => what.startsWith('Filed mail: 1 mail deleted.')));
	});

	test('changes when somebody’s last mail was', async () => {
		const [carla] = await listed('?search=Carla');
		const contactId = carla!.parties[0]!.contactId;
		const lastMail = async () =>
			await room.db
				.selectFrom('contacts')
				.select(['last_mail_at', 'mails'])
				.where('id', '=', contactId)
				.executeTakeFirstOrThrow();

		assert.deepEqual(await lastMail(), { last_mail_at: Date.parse(carla!.occurredAt), mails: 1 });
		const { json } = await send('POST', '/activities/delete', { body: { ids: [carla!.id] } });
		assert.deepEqual(await lastMail(), { last_mail_at: null, mails: 0 });
		await send('POST', `/activity-deeds/${json.deedId}/undo`);
		assert.deepEqual(await lastMail(), { last_mail_at: Date.parse(carla!.occurredAt), mails: 1 });
	});
});
