import { add, RunTotals } from '../act/run-totals.ts';
import type { Tally } from '../act/run-totals.ts';
import { decideAll, filingDesk, readingOf, writeFiled } from '../branches/activities.ts';
import type { DecidedMail, FilingDesk } from '../branches/activities.ts';
import { takeApart } from '../branches/take-apart.ts';
import type { IncomingMail } from '../filing/incoming-mail.ts';
import { readIncoming } from '../filing/read-incoming.ts';
import { wholeMail } from '../messages/skeleton.ts';
import type { StoredOutcome } from '../report/outcomes.ts';
import type { Site } from '../site.ts';
import { counted } from '../words.ts';
import type { RunContext } from './job-book.ts';

/** Few at a time: a mail may be big. */
const atOnce = 20;
const mostMails = 10_000;

/** The job File Mails Again: decides about stored mails under the present settings, as if they came in now. What was ignored
 *  or failed is filed if it may be; what was filed already stays, and gets the people it lacks. */
export async function fileMailsAgain(site: Site, context: RunContext): Promise<string> {
	const ids = context.parameters.journalIds ?? [];
	if (ids.length === 0) return 'No mails were named, so nothing was filed again.';
	const chosen = await site.outcomes.chosen({ ids }, mostMails);
	const totals = new RunTotals(tally);
	totals.expect(chosen.length);
	const desks = new Map<number, FilingDesk>();
	for (const account of await site.accounts.list()) {
		if (account.usedFor === 'activities') desks.set(account.id, await filingDesk(account, site));
	}
	let unknown = 0;
	for (const [accountId, outcomes] of byAccount(chosen)) {
		const desk = desks.get(accountId);
		if (!desk) unknown += outcomes.length;
		for (let start = 0; desk && start < outcomes.length; start += atOnce) {
			const mails = await stored(outcomes.slice(start, start + atOnce), desk, site);
			unknown += Math.min(atOnce, outcomes.length - start) - mails.length;
			await fileAgain(mails, desk, totals, site, context);
		}
	}
	const left =
		unknown > 0
			? ` ${counted(unknown, 'mail was', 'mails were')} left alone: not kept any more, or not of an account for activities.`
			: '';
	return (
		(totals.progress.done > 0 ? totals.sentence(context.isDryRun) : 'No mail was filed again.') +
		left
	);
}

const tally: Tally<DecidedMail> = {
	words: [
		{ name: 'filed', one: 'mail filed', many: 'mails filed', isAlwaysTold: true },
		{ name: 'joined', one: 'filed before and completed', many: 'filed before and completed' },
		{ name: 'contacts', one: 'contact added', many: 'contacts added' },
		{
			name: 'same',
			one: 'filed before and left as it is',
			many: 'filed before and left as they are',
		},
		{ name: 'ignored', one: 'still ignored', many: 'still ignored', isAlwaysTold: true },
	],
	count: ({ decision }, counts) => {
		if (decision.do === 'ignore')
			return add(counts, decision.ignoredBecause === 'duplicate' ? 'same' : 'ignored');
		add(counts, decision.do === 'file' ? 'filed' : 'joined');
		add(counts, 'contacts', decision.deed.newContacts.length);
	},
};

/** A stored mail, and its line in the ledger. */
interface Stored {
	outcome: StoredOutcome;
	mail: IncomingMail;
}

function byAccount(outcomes: readonly StoredOutcome[]): Map<number, StoredOutcome[]> {
	const groups = new Map<number, StoredOutcome[]>();
	for (const outcome of outcomes)
		groups.set(outcome.accountId, [...(groups.get(outcome.accountId) ?? []), outcome]);
	return groups;
}

/** The mails that are still kept, oldest first, so that answers follow what they answer. */
async function stored(
	outcomes: readonly StoredOutcome[],
	desk: FilingDesk,
	site: Site,
): Promise<Stored[]> {
	const mails: Stored[] = [];
	for (const outcome of [...outcomes].sort((a, b) => a.id - b.id)) {
		const kept = await site.report.keptMail(outcome.fingerprint);
		if (!kept) continue;
		const split = await takeApart(
			wholeMail(kept, (sha256) => site.blobs.read(sha256)),
			{ isCutOff: kept.isTruncated, largestFileBytes: desk.settings.largestAttachmentBytes },
			site,
		);
		const context = { sizeBytes: kept.sizeBytes, isTruncated: kept.isTruncated };
		const mail = readIncoming(split, {
			...readingOf(desk, site),
			...context,
			receivedAt: kept.storedAt,
		});
		// Its name stays, whatever a newer version of the service reads out of it.
		mails.push({ outcome, mail: { ...mail, fingerprint: outcome.fingerprint } });
	}
	return mails;
}

async function fileAgain(
	mails: readonly Stored[],
	desk: FilingDesk,
	totals: RunTotals<DecidedMail>,
	site: Site,
	{ claim, isDryRun }: RunContext,
): Promise<void> {
	await site.inTransaction(async (inside) => {
		const at = inside.now();
		const decided = await decideAll(
			mails.map(({ mail }) => mail),
			inside,
			desk,
		);
		const counted = totals.with(decided, 0);
		if (!isDryRun) {
			// What was filed and stays as it is keeps its line in the ledger.
			const changed = decided.filter(
				({ decision }, n) => decision.do !== 'ignore' || mails[n]!.outcome.activityId === null,
			);
			await writeFiled(changed, inside, { accountId: desk.account.id, runId: claim.runId, at });
			await inside.jobs.renew(claim, counted.progress, at);
		}
		totals.become(counted);
	});
}
