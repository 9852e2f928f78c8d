import type { Site } from '../site.ts';
import { counted, inARow } from '../words.ts';
import type { RunContext } from './job-book.ts';

const day = 24 * 60 * 60 * 1000;
const runsForMs = 365 * day;
/** As long as WordPress keeps its own trash. */
const trashForMs = 30 * day;
/** Contents that came in just now may not have got their mail yet. */
const unnamedForMs = day;
/** So few that nobody waits for the database long. */
const aTime = 200;

/** The job Clean Up: deletes for good what is older than the site's settings say (requirement K5), some at a time. */
export async function cleanUp(site: Site, { isDryRun }: RunContext): Promise<string> {
	if (isDryRun) return 'A dry run of Clean Up deletes nothing.';
	const { keepRawMailDays, keepActivityDays, keepOutcomeDays } = await site.filingSettings.read();
	const now = site.now().getTime();
	const before = (ms: number) => new Date(now - ms);
	const beforeDays = (days: number | null) => (days === null ? null : before(days * day));

	const rawMailsBefore = beforeDays(keepRawMailDays);
	const rawMails = rawMailsBefore ? await site.report.purgeRawMails(rawMailsBefore) : 0;
	const old = { filedBefore: beforeDays(keepActivityDays), deletedBefore: before(trashForMs) };
	const mails = await inPieces(site, (inside) => inside.activities.purge(old, aTime));
	const contacts = await inPieces(site, (inside) =>
		inside.activities.purgeContacts(old.deletedBefore, aTime),
	);
	const seenBefore = beforeDays(keepOutcomeDays);
	const entries = seenBefore
		? await inPieces(site, (inside) => inside.outcomes.purge(seenBefore, aTime))
		: 0;
	const files = await site.blobs.purgeUnnamed(before(unnamedForMs));
	const runs = await site.jobs.purgeRuns(before(runsForMs));
	await site.reprocessings.purge(before(runsForMs));
	return sentence({ rawMails, mails, contacts, entries, files, runs });
}

/** Lets others have the database after each piece. */
async function inPieces(site: Site, purgeSome: (inside: Site) => Promise<number>): Promise<number> {
	let all = 0;
	for (;;) {
		const some = await site.inTransaction(purgeSome);
		if (some === 0) return all;
		all += some;
	}
}

const words = {
	rawMails: ['raw mail', 'raw mails'],
	mails: ['filed mail', 'filed mails'],
	contacts: ['contact in the trash', 'contacts in the trash'],
	entries: ['entry of the mail log', 'entries of the mail log'],
	files: ['file that no mail needs', 'files that no mail needs'],
	runs: ['old run', 'old runs'],
} as const;

function sentence(counts: Record<keyof typeof words, number>): string {
	const said = (Object.keys(words) as (keyof typeof words)[])
		.filter((what) => counts[what] > 0)
		.map((what) => counted(counts[what], words[what][0], words[what][1]));
	if (said.length === 0) return 'Nothing was old enough to be deleted.';
	const isOne = Object.values(counts).reduce((sum, count) => sum + count, 0) === 1;
	return `${inARow(said)} ${isOne ? 'was' : 'were'} deleted.`;
}
