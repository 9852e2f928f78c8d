import { join } from 'node:path';
import { usualFiling } from '../../service/contract/activity.ts';
import type { ActivityDetail, FilingOptions } from '../../service/contract/activity.ts';
import { runJob } from '../../service/jobs/run-job.ts';
import type { StoredActivity } from '../../service/crm/activity-book.ts';
import type { Site } from '../../service/site.ts';
import type { AccountForm } from '../../service/settings/accounts.ts';
import { aSite } from './a-site.ts';
import type { TestBench } from './a-site.ts';
import { maildirOnDisk } from './maildir-on-disk.ts';
import type { MaildirOnDisk } from './maildir-on-disk.ts';

export interface FilingBench extends TestBench {
	inbox: MaildirOnDisk;
	processed: MaildirOnDisk;
	ignored: MaildirOnDisk;
	/** The site with its present settings. */
	now(): Promise<Site>;
	/** Delivers mails and runs Process Incoming Emails. @returns the run's sentence. */
	file(...mails: (Buffer | string)[]): Promise<string>;
	/** All filed mails, oldest first. */
	filed(): Promise<StoredActivity[]>;
	/** What the journal says of the mails, oldest first. */
	outcomes(): Promise<
		{ outcome: string; ignoredBecause: string | null; sentence: string; id: number }[]
	>;
}

export type { ActivityDetail };

/** A mail account for activities that reads the Maildir at a path: office@example.org. */
export function anActivityAccount(
	path: string,
	filing: Partial<FilingOptions> = {},
	name = 'Office',
): AccountForm {
	return {
		name,
		usedFor: 'activities',
		protocol: 'maildir',
		server: '',
		port: null,
		security: 'none',
		verifyCertificate: true,
		userName: 'office',
		localPart: '',
		emailDomain: 'example.org',
		separator: '.',
		returnPath: '',
		source: path,
		filingFolder: 'CiviMail',
		filing: { ...usualFiling, ...filing },
		isActive: true,
	};
}

/** A fresh site that files the mail of a Maildir. */
export async function aFilingSite(filing: Partial<FilingOptions> = {}): Promise<FilingBench> {
	const bench = await aSite();
	const path = join(bench.folder, 'Office');
	const inbox = maildirOnDisk(path);
	inbox.deliver();
	await bench.site.accounts.add(anActivityAccount(path, filing));
	const now = async () => (await bench.sites.find(bench.site.id))!;
	const under = (folder: string) => maildirOnDisk(join(path, `.CiviMail.${folder}`));
	return {
		...bench,
		inbox,
		processed: under('processed'),
		ignored: under('ignored'),
		now,
		file: async (...mails) => {
			inbox.deliver(...mails.map((mail) => Buffer.from(mail)));
			const { run } = await runJob(await now(), 'process_incoming_emails', { trigger: 'by-hand' });
			return run.sentence;
		},
		filed: async () => {
			const { activities } = bench.site;
			const { rows } = await activities.list({ per_page: 100, orderby: 'filedAt', order: 'asc' });
			const ids = rows.map(({ id }) => id).sort((a, b) => a - b);
			return Promise.all(ids.map(async (id) => (await activities.get(id))!));
		},
		outcomes: async () => {
			const { rows } = await bench.site.outcomes.list({ per_page: 100 });
			return [...rows].sort((a, b) => a.id - b.id);
		},
	};
}

/** A mail in a few words; `headers` are whole lines. */
export function aMail({
	from = 'Anna Berg <anna@people.example>',
	to = 'office@example.org',
	subject = 'A question',
	headers = [],
	body = 'Hello,\n\nwhen do you open?\n\nAnna\n',
	id = `${Math.abs(hashOf([from, to, subject, body, ...headers].join()))}@people.example`,
	date = 'Mon, 04 May 2026 10:00:00 +0000',
}: {
	from?: string;
	to?: string;
	subject?: string;
	headers?: string[];
	body?: string;
	id?: string;
	date?: string;
} = {}): Buffer {
	const lines = [
		`From: ${from}`,
		`To: ${to}`,
		`Subject: ${subject}`,
		`Date: ${date}`,
		`Message-ID: <${id}>`,
		...headers,
	];
	return Buffer.from(`${lines.join('\n')}\n\n${body}`);
}

function hashOf(text: string): number {
	let hash = 7;
	for (const sign of text) hash = (hash * 31 + sign.codePointAt(0)!) | 0;
	return hash;
}
