import assert from 'node:assert/strict';
import { describe, test } from 'vitest';
import {
	closeIncident,
	incidentDetail,
	listIncidents,
	openIncidentProblems,
} from '../../service/incidents/incidents.ts';
import { providerOfDomain, providerOfServer } from '../../service/incidents/providers.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import { aBounce } from '../support/a-bounce.ts';
import { aFetchingSite } from '../support/a-fetching-site.ts';
import type { FetchingBench } from '../support/a-fetching-site.ts';
import { sendMailingTo } from '../support/a-mailing.ts';

const blocked =
	'550 5.7.1 Our system has detected that the IP address 192.0.2.1 is blocked: listed by zen.spamhaus.org';

/** Sends a mailing to so many people of a domain, of whom some bounce for a fault of ours. */
async function refuse(bench: FetchingBench, { sent = 100, bounces = 10, domain = 'gmail.com' }) {
	const recipients = await sendMailingTo(bench.site, ...people(bounces, domain));
	await sendMore(bench, recipients[0]!.addressId, sent - bounces);
	return bench.fetch(
		...recipients.slice(0, bounces).map(({ returnAddress, email }) =>
			aBounce({
				returnAddress,
				recipient: email,
				status: '5.7.1',
				diagnostic: blocked,
			}),
		),
	);
}

function people(count: number, domain: string): string[] {
	return Array.from({ length: count }, (_, n) => `p${n}@${domain}`);
}

/** Sends more mails to one address: for the number of mails it is all the same to whom. */
async function sendMore({ site }: FetchingBench, addressId: number, count: number) {
	const sentAt = site.now();
	await site.crm.addDeliveries(
		Array.from({ length: count }, (_, n) => ({
			mailingId: null,
			job: 0,
			addressId,
			messageId: `${sentAt.getTime()}.${n}@more.example.org`,
			sentAt,
		})),
	);
}

describe('an incident', () => {
	test('opens when a provider refuses one in a hundred and ten in all, holds nobody and says what to fix', async () => {
		const bench = await aFetchingSite();
		await refuse(bench, { sent: 500, bounces: 10 });

		const { rows, total } = await listIncidents(bench.site, {});
		assert.equal(total, 1);
		const [incident] = rows;
		assert.equal(incident!.provider, 'Google');
		assert.deepEqual([incident!.bounces, incident!.deliveries, incident!.state], [10, 500, 'open']);
		assert.equal(incident!.sentence, 'Google refused 10 of 500 mails: Our server is blocked.');
		assert.match(incident!.advice, /delisting/);
		assert.equal((await bench.site.crm.count()).onHold, 0);

		const { examples, words } = await incidentDetail(bench.site, incident!.id);
		assert.equal(examples.length, 10);
		assert.deepEqual(words, [{ words: blocked, count: 10 }]);
		assert.equal((await openIncidentProblems(bench.site)).length, 1);
		const [run] = (await bench.site.jobs.runs({})).rows;
		assert.match(run!.log.map(({ sentence }) => sentence).join(), /Incident: Google refused 10/);
	});

	test('does not open for nine, nor for fewer than one in a hundred, nor for faults of the addresses', async () => {
		const bench = await aFetchingSite();
		await refuse(bench, { sent: 20, bounces: 9 });
		assert.equal((await listIncidents(bench.site, {})).total, 0);

		const other = await aFetchingSite();
		await refuse(other, { sent: 1_100, bounces: 10 });
		assert.equal((await listIncidents(other.site, {})).total, 0);

		const unknown = await aFetchingSite();
		const recipients = await sendMailingTo(unknown.site, ...people(12, 'gmail.com'));
		await unknown.fetch(...recipients.map(({ returnAddress }) => aBounce({ returnAddress })));
		assert.equal((await listIncidents(unknown.site, {})).total, 0);
	});

	test('opens by the number alone when nothing is known of any mails sent in that time', async () => {
		const bench = await aFetchingSite();
		const recipients = await sendMailingTo(bench.site, ...people(10, 'gmail.com'));
		await sendMore(bench, recipients[0]!.addressId, 1_100);
		bench.clock.advance({ days: 3 });
		await bench.fetch(
			...recipients.map(({ returnAddress }) =>
				aBounce({ returnAddress, status: '5.7.1', diagnostic: blocked }),
			),
		);

		const [incident] = (await listIncidents(bench.site, {})).rows;
		assert.deepEqual([incident!.bounces, incident!.deliveries], [10, null]);
	});

	test('goes on with later runs, and closes by itself after 48 hours of silence', async () => {
		const bench = await aFetchingSite();
		await refuse(bench, {});
		bench.clock.advance({ hours: 30 });
		assert.doesNotMatch(await refuse(bench, { bounces: 3 }), /failed/);
		const [open] = (await listIncidents(bench.site, {})).rows;
		assert.deepEqual([open!.bounces, open!.timesOpened, open!.state], [13, 1, 'open']);

		bench.clock.advance({ hours: 47 });
		await bench.fetch();
		assert.equal((await listIncidents(bench.site, { state: 'open' })).total, 1);
		bench.clock.advance({ hours: 2 });
		await bench.fetch();
		const [closed] = (await listIncidents(bench.site, {})).rows;
		assert.equal(closed!.state, 'closed');
		assert.match(closed!.closedBy!, /48 hours/);
		assert.deepEqual(await openIncidentProblems(bench.site), []);
	});

	test('that somebody closed is opened again by new bounces only, and is never there twice', async () => {
		const bench = await aFetchingSite();
		await refuse(bench, {});
		const [first] = (await listIncidents(bench.site, {})).rows;
		bench.clock.advance({ hours: 1 });
		await closeIncident(bench.site, first!.id, 'Anna Berg');
		await assert.rejects(closeIncident(bench.site, first!.id, 'Anna Berg'), /closed already/);
		await bench.fetch();
		assert.equal((await listIncidents(bench.site, { state: 'open' })).total, 0);

		bench.clock.advance({ hours: 1 });
		await refuse(bench, { bounces: 10 });
		const { rows } = await listIncidents(bench.site, {});
		assert.equal(rows.length, 1);
		assert.deepEqual(
			[rows[0]!.id, rows[0]!.state, rows[0]!.timesOpened, rows[0]!.bounces],
			[first!.id, 'open', 2, 10],
		);
	});

	test('gathers the companies whose mail a provider takes, by the server that refused', async () => {
		const bench = await aFetchingSite();
		const recipients = await sendMailingTo(
			bench.site,
			...Array.from({ length: 12 }, (_, n) => `p@company${n}.example`),
		);
		await bench.fetch(
			...recipients.map(({ returnAddress, email }, n) =>
				aBounce({ returnAddress, recipient: email, status: '5.7.1', diagnostic: blocked })
					.toString()
					.replaceAll('mail.dest.example', `company${n}-example.mail.protection.outlook.com`),
			),
		);

		const [incident] = (await listIncidents(bench.site, {})).rows;
		assert.equal(incident!.provider, 'Microsoft');
		assert.deepEqual(
			[incident!.bounces, incident!.deliveries, incident!.domains.length],
			[12, 12, 12],
		);
	});

	test('is its own site’s business', async () => {
		const bench = await aFetchingSite();
		await refuse(bench, {});
		const other = await bench.sites.introduce({ id: '2', name: 'Two', url: '', adminEmail: '' });
		await runJob(other, 'fetch_bounces', { trigger: 'by-hand' });

		assert.equal((await listIncidents(other, {})).total, 0);
		const [incident] = (await listIncidents(bench.site, {})).rows;
		await assert.rejects(incidentDetail(other, incident!.id), /no such incident/);
		await assert.rejects(closeIncident(other, incident!.id, 'Eve'), /no such incident/);
	});
});

test('a slow pattern is marked after the run, which goes on without it', async () => {
	const bench = await aFetchingSite();
	const { id } = await bench.site.patterns.add({
		typeId: 5,
		expression: '(?=a)(a+)+$',
		reason: null,
	});
	const [anna] = await sendMailingTo(bench.site, 'anna@dest.example');
	const diagnostic = `550 5.1.1 ${'a'.repeat(40)}! User unknown`;

	assert.match(
		await bench.fetch(aBounce({ returnAddress: anna!.returnAddress, diagnostic })),
		/1 bounce recorded, 1 address held/,
	);
	assert.deepEqual(
		(await bench.site.patterns.list({ hasProblem: true })).rows.map((row) => row.id),
		[id],
	);
	assert.equal((await bench.now()).catalogue.patterns, undefined);
});

test('providers are known by their domains and by the servers that take their mail, not by those that send', () => {
	assert.equal(providerOfDomain('hotmail.co.uk'), 'Microsoft');
	assert.equal(providerOfDomain('dest.example'), undefined);
	assert.equal(providerOfServer('gmail-smtp-in.l.google.com'), 'Google');
	assert.equal(providerOfServer('ALT1.aspmx.L.google.com.'), 'Google');
	assert.equal(providerOfServer('mta7.am0.yahoodns.net'), 'Yahoo');
	assert.equal(providerOfServer('am6pr05mb1.eurprd05.prod.outlook.com'), undefined);
	assert.equal(providerOfServer('mail-wm1-f41.google.com'), undefined);
});
