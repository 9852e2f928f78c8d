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
import { LeaseLost } from './job-book.ts';
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
	const again: Again = { totals: new RunTotals(tally), gone: 0, failed: 0 };
	again.totals.expect(chosen.length);
	const desks = new Map<number, FilingDesk>();
	for (const account of await site.accounts.list()) {
		if (account.usedFor === 'activities') desks.set(account.id, await filingDesk(account, site));
	}
	for (const [accountId, outcomes] of byAccount(chosen)) {
		const desk = desks.get(accountId);
		if (!desk) again.gone += outcomes.length;
		for (let start = 0; desk && start < outcomes.length; start += atOnce)
			await fileAll(outcomes.slice(start, start + atOnce), desk, again, site, context);
	}
	return sentenceOf(again, context.isDryRun);
}

function sentenceOf({ totals, gone, failed }: Again, isDryRun: boolean): string {
	const left =
		gone > 0
			? ` ${counted(gone, 'mail was', 'mails were')} left alone: not kept any more, or not of an account for activities.`
			: '';
	const bad =
		failed > 0
			? ` ${counted(failed, 'mail', 'mails')} could still not be dealt with; the mail log says why.`
			: '';
	const done = totals.progress.done > 0 ? totals.sentence(isDryRun) : 'No mail was filed again.';
	return done + bad + left;
}

/** What the run has done so far. */
interface Again {
	totals: RunTotals<DecidedMail>;
	/** Mails that are not kept any more, or whose account is gone. */
	gone: number;
	failed: number;
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

/** Files some mails, all or none; if that fails, one by one, so that a bad mail fails alone. */
async function fileAll(
	outcomes: readonly StoredOutcome[],
	desk: FilingDesk,
	again: Again,
	site: Site,
	context: RunContext,
): Promise<void> {
	try {
		const mails = await stored(outcomes, desk, site);
		await fileAgain(mails, desk, again.totals, site, context);
		again.gone += outcomes.length - mails.length;
	} catch (error) {
		if (error instanceof LeaseLost) throw error;
		if (outcomes.length === 1) {
			again.failed += 1;
			return noteFailure(outcomes[0]!, error, site, context);
		}
		for (const outcome of outcomes) await fileAll([outcome], desk, again, site, context);
	}
}

/** What was set aside or failed before says now why it still does; what had come to something keeps its line. */
async function noteFailure(
	{ subject, sender, ...outcome }: StoredOutcome,
	error: unknown,
	site: Site,
	{ claim, isDryRun, note }: RunContext,
): Promise<void> {
	const because = `It could not be dealt with: ${error instanceof Error ? error.message : String(error)}`;
	await note('warning', `The mail “${subject.slice(0, 100)}” failed again. ${because}`);
	if (isDryRun || (outcome.outcome !== 'failed' && outcome.outcome !== 'set-aside')) return;
	await site.report.writeJournal([
		{ ...outcome, subject, sender, runId: claim.runId, because, at: site.now() },
	]);
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
