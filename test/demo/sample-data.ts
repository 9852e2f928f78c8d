import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Delivery } from '../../service/crm/crm.ts';
import { formatReturnAddress } from '../../service/identify/return-address.ts';
import type { Site } from '../../service/site.ts';
import { aMaildirAccount } from '../support/a-maildir-account.ts';
import { addressing } from '../support/a-mailing.ts';
import { fillIn } from '../mail/fill-in.ts';

/** One line of test/mail/demo.json: a mail, and whom it comes back for. */
interface SampleMail {
	/** Path below test/mail, without ".eml". */
	mail: string;
	/** Whose mail bounced; none for letters and other noise. */
	recipient?: string;
	/** How often it comes, each time for another mailing; 1 if not given. */
	count?: number;
	/** "forged": a hash that is not ours. "none": the provider replaced it. */
	returnAddress?: 'forged' | 'none';
}

const mailings = [
	{ name: 'Spring letter', subject: 'What we did this winter', daysAgo: 21 },
	{ name: 'Summer appeal', subject: 'Help us keep the boat afloat', daysAgo: 9 },
	{ name: 'Members’ news 3', subject: 'Annual meeting on Friday', daysAgo: 2 },
];
const day = 24 * 60 * 60 * 1000;
/** Nobody's hash: 64 random bits are not all ones. */
const forgedHash = 'ffffffffffffffff';

/** Fills a fresh site: people who were sent three mailings, a mail account, and the Maildir in which it came back.
 *  @returns how many mails wait in the Maildir. */
export async function addSampleData(site: Site, maildir: string): Promise<number> {
	const mails = JSON.parse(
		await readFile(new URL('../mail/demo.json', import.meta.url), 'utf8'),
	) as SampleMail[];
	const deliveriesOf = await sendMailings(
		site,
		unique(mails.flatMap(({ recipient }) => recipient ?? [])),
	);
	await site.accounts.add(aMaildirAccount(maildir, 'Returned mail'));

	for (const folder of ['new', 'cur', 'tmp'])
		await mkdir(join(maildir, folder), { recursive: true });
	let delivered = 0;
	for (const sample of mails) {
		for (const bytes of await comeBack(sample, deliveriesOf)) {
			delivered += 1;
			const name = `${Math.floor(site.now().getTime() / 1000)}.M${String(delivered).padStart(6, '0')}P1.demo`;
			await writeFile(join(maildir, 'new', name), bytes);
		}
	}
	return delivered;
}

async function sendMailings(site: Site, emails: string[]): Promise<Map<string, Delivery[]>> {
	const now = site.now();
	const addressOf = new Map<string, number>();
	for (const email of emails) {
		const { addressId } = await site.crm.addContact({ name: nameOf(email), email }, now);
		addressOf.set(email, addressId);
	}
	const deliveriesOf = new Map<string, Delivery[]>(emails.map((email) => [email, []]));
	for (const [index, { name, subject, daysAgo }] of mailings.entries()) {
		const sentAt = new Date(now.getTime() - daysAgo * day);
		const mailingId = await site.crm.addMailing({ name, subject, sentAt });
		const deliveries = await site.crm.addDeliveries(
			emails.map((email, n) => ({
				mailingId,
				job: index + 1,
				addressId: addressOf.get(email)!,
				messageId: `mailing-${index + 1}.${n + 1}@example.org`,
				sentAt,
			})),
		);
		emails.forEach((email, n) => deliveriesOf.get(email)!.push(deliveries[n]!));
	}
	return deliveriesOf;
}

async function comeBack(
	sample: SampleMail,
	deliveriesOf: Map<string, Delivery[]>,
): Promise<Buffer[]> {
	const eml = await readFile(new URL(`../mail/${sample.mail}.eml`, import.meta.url));
	if (!sample.recipient) return [eml];

	const { recipient, count = 1, returnAddress } = sample;
	const deliveries = deliveriesOf.get(recipient)!.slice(-count);
	return deliveries.map(({ id: queue, job, hash, messageId }) =>
		fillIn(eml, {
			recipient,
			'return-address':
				returnAddress === 'none'
					? 'postmaster@example.org'
					: formatReturnAddress(
							{ action: 'b', job, queue, hash: returnAddress === 'forged' ? forgedHash : hash },
							addressing,
						),
			'message-id': returnAddress === 'none' ? `unknown.${queue}@relay.example` : messageId!,
		}),
	);
}

/** "anna.berg@nord.example" → "Anna Berg". */
function nameOf(email: string): string {
	return email
		.split('@')[0]!
		.split(/[._-]/)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

function unique<Item>(items: Item[]): Item[] {
	return [...new Set(items)];
}
