/** `npm run bench:contacts -- [requests]`: how long the service takes for the pages of contacts and filed mail of a big site, asked
 *  over HTTP with signed requests as WordPress asks, one after another. The CPU
 *  column is the mean of service and client together: what the rest is waited for a busy machine. */
import { startTestService } from '../support/a-service.ts';
import { testSecret } from '../support/a-mailing.ts';
import { signed } from '../support/signed-client.ts';
import { bigDatabase, busiest, numbers, sizes } from './contacts-data.ts';

/** What we hold ourselves to. */
const mostMs = 150;
const warmUps = 3;
const requests = Number(process.argv[2] ?? 30);
if (!Number.isInteger(requests) || requests < 1) {
	console.error('Usage: npm run bench:contacts -- [requests of each kind]');
	process.exit(2);
}

const { below, pick } = numbers(7);
const somebody = () => 1 + below(sizes.contacts);
const where = (condition: unknown) =>
	`/contacts?where=${encodeURIComponent(JSON.stringify(condition))}`;
const onHold = { field: 'onHold', place: 'primary', operator: '=', value: 'yes' };
const syllables = ['ber', 'tan', 'rus', 'wal', 'mei', 'zar'];

/** Each with another value every time, so that nothing is answered from a memory. */
const pages: Record<string, () => string> = {
	'contacts: first page': () => '/contacts',
	'contacts: any page': () => `/contacts?page=${1 + below(4_900)}`,
	'contacts: latest mail first': () => '/contacts?orderby=lastMailAt&order=desc',
	'contacts: newest first': () => '/contacts?orderby=createdAt&order=desc',
	'contacts: by address': () => `/contacts?orderby=email&page=${1 + below(1_000)}`,
	'contacts: on hold': () => '/contacts?hold=any',
	'contacts: unconfirmed': () => `/contacts?status=unconfirmed&page=${1 + below(100)}`,
	'contacts: of a group': () => `/contacts?groupId=${1 + below(20)}`,
	'contacts: of a domain': () => `/contacts?domain=${pick(syllables)}ber.example`,
	'contacts: in the trash': () => '/contacts?deleted=true',
	'search: a name': () => `/contacts?search=${pick(syllables)}${pick(syllables)}`,
	'search: two words': () => `/contacts?search=anna+${pick(syllables)}`,
	'search: an address': () => `/contacts?search=second.${below(30_000)}@`,
	'search: with an umlaut': () => `/contacts?search=${encodeURIComponent('Änne')}`,
	'search: nothing': () => `/contacts?search=nobody${below(1_000)}`,
	'builder: on hold, primary': () => where(onHold),
	'builder: name contains': () =>
		where({ field: 'name', operator: 'contains', value: pick(syllables) }),
	'builder: address ends': () =>
		where({ field: 'email', place: 'any', operator: 'ends', value: `${pick(syllables)}.example` }),
	'builder: many mails': () =>
		where({ field: 'mails', operator: '>', value: String(20 + below(40)) }),
	'builder: bounces': () => where({ field: 'bounces', operator: '>', value: '1' }),
	'builder: no bounces': () => where({ field: 'bounces', operator: '=', value: '0' }),
	'builder: group and not on hold': () =>
		where({
			all: [
				{ field: 'group', operator: '=', value: String(1 + below(20)) },
				{ ...onHold, value: 'no' },
			],
		}),
	'builder: five conditions': () =>
		where({
			any: [
				{ all: [onHold, { field: 'kind', operator: '=', value: 'Individual' }] },
				{
					all: [
						{ field: 'employer', operator: 'not-empty' },
						{ field: 'lastMailAt', operator: '>', value: '2026-04-01' },
						{ field: 'domain', operator: 'starts', value: pick(syllables) },
					],
				},
			],
		}),
	'counts beside the filters': () => '/contacts/facets',
	'counts of a search': () => `/contacts/facets?search=${pick(syllables)}`,
	groups: () => '/groups',
	'record of a contact': () => `/contacts/${somebody()}`,
	'record of the busiest': () => `/contacts/${busiest}`,
	'story of a contact': () => `/contacts/${somebody()}/timeline`,
	'story of the busiest': () => `/contacts/${busiest}/timeline?page=${1 + below(10)}`,
	'filed mail: first page': () => '/activities',
	'filed mail: any page': () => `/activities?page=${1 + below(100)}`,
	'filed mail: of a contact': () => `/activities?contactId=${somebody()}`,
	'filed mail: of the busiest': () => `/activities?contactId=${busiest}`,
	'filed mail: words': () => `/activities?search=${pick(syllables)}${pick(syllables)}`,
	'filed mail: two words': () =>
		`/activities?search=${pick(syllables)}${pick(syllables)}+${pick(syllables)}`,
	'a filed mail': () => `/activities/${1 + below(sizes.activities)}`,
};

const service = await startTestService(await bigDatabase());
try {
	console.log(
		`${sizes.contacts.toLocaleString('en')} contacts, ${sizes.activities.toLocaleString('en')} filed mails; ${requests} requests of each kind`,
	);
	console.log(
		`${'page'.padEnd(34)}${'p50'.padStart(9)}${'p95'.padStart(9)}${'max'.padStart(9)}${'CPU'.padStart(9)}${'rows'.padStart(10)}`,
	);
	for (const [name, path] of Object.entries(pages)) await measure(name, path);
} finally {
	await service.stop();
}

async function measure(name: string, path: () => string): Promise<void> {
	let total = '';
	for (let n = 0; n < warmUps; n += 1) ({ total } = await ask(path()));
	const times: number[] = [];
	const before = process.cpuUsage();
	for (let n = 0; n < requests; n += 1) times.push((await ask(path())).ms);
	const { user, system } = process.cpuUsage(before);
	const cpuMs = (user + system) / 1000 / requests;
	times.sort((a, b) => a - b);
	const at = (share: number) =>
		times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
	const show = (ms: number) => `${ms.toFixed(1)} ms`.padStart(9);
	const isSlow = at(0.95) >= mostMs;
	if (isSlow) process.exitCode = 1;
	console.log(
		`${name.padEnd(34)}${show(at(0.5))}${show(at(0.95))}${show(times.at(-1)!)}${show(cpuMs)}${total.padStart(10)}${isSlow ? '   MISSED' : ''}`,
	);
}

async function ask(path: string): Promise<{ ms: number; total: string }> {
	const url = `${service.url}/v1${path}`;
	const request = signed('GET', url, { secret: testSecret });
	const startedAt = performance.now();
	const response = await fetch(url, request);
	const text = await response.text();
	const ms = performance.now() - startedAt;
	if (!response.ok) throw new Error(`${path}: ${text}`);
	return { ms, total: response.headers.get('X-WP-Total') ?? '' };
}
