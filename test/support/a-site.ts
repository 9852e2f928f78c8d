import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Delivery } from '../../service/crm/crm.ts';
import type { Database } from '../../service/db/open.ts';
import { openDatabase } from '../../service/db/open.ts';
import { formatReturnAddress } from '../../service/identify/return-address.ts';
import { openLog } from '../../service/log.ts';
import type { Site } from '../../service/site.ts';
import { openSites } from '../../service/sites.ts';
import type { Sites } from '../../service/sites.ts';
import { TestClock } from './clock.ts';

export const testSecret = 'a-secret-of-at-least-thirty-two-characters';
export const addressing = { localPart: 'return+', emailDomain: 'example.org' };

export interface TestBench {
	db: Database;
	sites: Sites;
	site: Site;
	clock: TestClock;
	/** A folder of this test, gone afterwards; sites may read Maildirs below it. */
	folder: string;
}

/** A fresh site "1" on a database of its own; both are gone when the test is. */
export async function aSite(): Promise<TestBench> {
	const folder = await mkdtemp(join(tmpdir(), 'return-channel-'));
	const db = await openDatabase(join(folder, 'service.sqlite'));
	onTestFinished(async () => {
		await db.destroy();
		await rm(folder, { recursive: true, force: true });
	});
	const clock = new TestClock();
	const sites = openSites(
		db,
		{ secret: testSecret, mailFolders: [folder] },
		{ log: openLog('silent'), now: clock.now },
	);
	const site = await sites.introduce({
		id: '1',
		name: 'Example Trust',
		url: 'https://example.org',
		adminEmail: 'admin@example.org',
	});
	return { db, sites, site, clock, folder };
}

/** A person who was sent a mailing. */
export interface Recipient {
	contactId: number;
	addressId: number;
	email: string;
	delivery: Delivery;
	returnAddress: string;
}

/** Adds people and sends each a mailing. */
export async function sendMailingTo(site: Site, ...emails: string[]): Promise<Recipient[]> {
	const sentAt = site.now();
	const mailingId = await site.crm.addMailing({ name: 'Spring letter', subject: 'News', sentAt });
	const recipients = [];
	for (const email of emails) {
		const [known] = await site.crm.findAddresses({ ids: [], emails: [email] });
		const { contactId, addressId } = known
			? { contactId: known.contactId, addressId: known.id }
			: await site.crm.addContact({ name: email.split('@')[0]!, email }, sentAt);
		recipients.push({ contactId, addressId, email });
	}
	const deliveries = await site.crm.addDeliveries(
		recipients.map(({ addressId }, index) => ({
			mailingId,
			job: 12,
			addressId,
			messageId: `${mailingId}.${index}@example.org`,
			sentAt,
		})),
	);
	return recipients.map((recipient, index) => {
		const delivery = deliveries[index]!;
		const { id: queue, job, hash } = delivery;
		return {
			...recipient,
			delivery,
			returnAddress: formatReturnAddress({ action: 'b', job, queue, hash }, addressing),
		};
	});
}
