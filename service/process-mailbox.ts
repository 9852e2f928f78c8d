import { decide } from './act/decide.ts';
import { lookUp } from './act/look-up.ts';
import { perform } from './act/perform.ts';
import type { Decided } from './act/perform.ts';
import { RunTotals } from './act/run-totals.ts';
import { classify } from './classify/classify.ts';
import type { Account } from './contract/account.ts';
import { identify } from './identify/identify.ts';
import { returnAddressFinder } from './identify/return-address.ts';
import { LeaseLost } from './jobs/job-book.ts';
import type { RunContext } from './jobs/job-book.ts';
import type { FilingFolder, MailStore, WaitingMail } from './mailboxes/mail-store.ts';
import { parseMessage } from './messages/parse-message.ts';
import { compressMail } from './report/raw-mails.ts';
import { viewOf } from './rules/mail-view.ts';
import { RuleMatcher } from './rules/rule-matcher.ts';
import { reportProblems } from './rules/stored/problems.ts';
import type { Site } from './site.ts';

/** A mail that fails so often is set aside, so that it does not fail for ever. */
const mostFailures = 3;
const longestSubject = 500;

/** Reads a mailbox to its end: mail comes in → is understood → whose is it → what do we do → do it and write it down →
 *  file the mail. What was written is filed only after it is written for good, so a crash at any point shows the mail
 *  again, and its fingerprint in the journal says that it was dealt with.
 *  @returns what was done, as a sentence. @throws ServiceError when the mailbox fails; LeaseLost when another run took over. */
export async function processMailbox(
	store: MailStore,
	account: Account,
	site: Site,
	run: RunContext,
): Promise<string> {
	const totals = new RunTotals(await store.countWaiting());
	const reading = {
		find: returnAddressFinder(account),
		rules: new RuleMatcher(await site.rules.active()),
	};
	await site.jobs.renew(run.claim, totals.progress, site.now());

	// The mails of one window are filed while the next one is read; a failure comes up when its turn is there.
	let filing: Promise<void> = Promise.resolve();
	for await (const window of store.windows()) {
		const mails = window.map((waiting) => understand(waiting, reading, site));
		const settled = await settle(mails, account, site, run, totals);
		if (run.isDryRun) continue;

		await filing;
		filing = fileAll(settled, store);
		filing.catch(() => undefined);
	}
	await filing;
	await reportProblems(reading.rules.problems, site, run);
	return totals.sentence(run.isDryRun);
}

async function fileAll(settled: readonly Settled[], store: MailStore): Promise<void> {
	for (const folder of ['processed', 'ignored'] as const) {
		const done = settled.filter(({ fileUnder }) => fileUnder === folder);
		if (done.length > 0)
			await store.file(
				done.map(({ waiting }) => waiting),
				folder,
			);
	}
}

type Understood = ReturnType<typeof understand>;

/** A mail that was dealt with, and where it belongs; null: it stays in the mailbox and is tried again. */
interface Settled {
	waiting: WaitingMail;
	fileUnder: FilingFolder | null;
}

function understand(
	waiting: WaitingMail,
	{ find, rules }: { find: ReturnType<typeof returnAddressFinder>; rules: RuleMatcher },
	site: Site,
) {
	const message = parseMessage(waiting.bytes, waiting.sizeBytes);
	const classification = classify(message, site.catalogue);
	const { verdicts } = classification;
	const clues = identify(message, verdicts, find);
	const isOnly = verdicts.length === 1;
	const caughtBy = (position: number) =>
		rules.isEmpty
			? undefined
			: rules.first(viewOf(message, { diagnostic: verdicts[position]?.diagnostic, isOnly }));
	return {
		waiting,
		message,
		fingerprint: message.fingerprint,
		classification,
		verdicts,
		clues,
		caughtBy,
	};
}

/** Decides about mails and writes it down, all or none; if that fails, one by one, so that a bad mail fails alone. */
async function settle(
	mails: readonly Understood[],
	account: Account,
	site: Site,
	run: RunContext,
	totals: RunTotals,
): Promise<Settled[]> {
	try {
		return await site.inTransaction((inside) =>
			settleTogether(mails, account, inside, run, totals),
		);
	} catch (error) {
		if (error instanceof LeaseLost) throw error;
		if (mails.length === 1)
			return [await noteFailure(mails[0]!, error, account, site, run, totals)];

		site.log.warn(
			{ site: site.id, err: error },
			'A window of mails could not be written; trying them one by one.',
		);
		const settled: Settled[] = [];
		for (const mail of mails) settled.push(...(await settle([mail], account, site, run, totals)));
		return settled;
	}
}

async function settleTogether(
	mails: readonly Understood[],
	account: Account,
	site: Site,
	run: RunContext,
	totals: RunTotals,
): Promise<Settled[]> {
	const at = site.now();
	const fingerprints = mails.map(({ fingerprint }) => fingerprint);
	const earlier = await site.report.earlierOutcomes(account.id, fingerprints);
	const isDone = ({ fingerprint }: Understood) =>
		(earlier.get(fingerprint)?.outcome ?? 'failed') !== 'failed';
	const fresh = [
		...new Map(
			mails.filter((mail) => !isDone(mail)).map((mail) => [mail.fingerprint, mail]),
		).values(),
	];

	const standing = await lookUp(fresh, { ...site, now: at });
	const decided = fresh.map((mail) => {
		const decision = decide(mail, standing, standing.earlierBounces, site);
		standing.assume(decision);
		return { ...mail, kind: mail.classification.kind, decision };
	});

	const folderOf = new Map<string, FilingFolder>(
		decided.map((mail) => [mail.fingerprint, mail.decision.fileUnder]),
	);
	const settled = mails.map(({ waiting, fingerprint }) => ({
		waiting,
		fileUnder: folderOf.get(fingerprint) ?? earlier.get(fingerprint)?.fileUnder ?? 'ignored',
	}));
	const counted = totals.with(decided, mails.length - fresh.length);
	if (!run.isDryRun) {
		await write(decided, account, site, run, at);
		await site.jobs.renew(run.claim, counted.progress, at);
	}
	totals.become(counted);
	return settled;
}

async function write(
	decided: readonly (Decided & Understood)[],
	account: Account,
	site: Site,
	{ claim }: RunContext,
	at: Date,
): Promise<void> {
	await site.report.keepRawMails(
		decided.map(({ fingerprint, waiting }) => ({
			fingerprint,
			deflated: compressMail(waiting.bytes),
			sizeBytes: waiting.sizeBytes,
			isTruncated: waiting.isTruncated,
			storedAt: at,
		})),
	);
	await perform(
		decided,
		{ accountId: account.id, runId: claim.runId, who: 'Fetch Bounces', at },
		site,
	);
	await site.report.writeJournal(
		decided.map(({ fingerprint, kind, decision, message }) => ({
			accountId: account.id,
			runId: claim.runId,
			fingerprint,
			kind,
			subject: message.subject.slice(0, longestSubject),
			sender: message.from?.slice(0, 320) ?? '',
			outcome: decision.actions.length > 0 ? ('acted' as const) : ('ignored' as const),
			because: decision.because,
			fileUnder: decision.fileUnder,
			failures: 0,
			at,
		})),
	);
}

/** Writes down that a mail failed. It stays in the mailbox, until it has failed so often that it is set aside. */
async function noteFailure(
	{ waiting, message, fingerprint, classification }: Understood,
	error: unknown,
	account: Account,
	site: Site,
	run: RunContext,
	totals: RunTotals,
): Promise<Settled> {
	const earlier = await site.report.earlierOutcomes(account.id, [fingerprint]);
	const failures = (earlier.get(fingerprint)?.failures ?? 0) + 1;
	const isGivenUp = failures >= mostFailures;
	const fileUnder = isGivenUp ? 'ignored' : null;
	const because = `It could not be dealt with: ${error instanceof Error ? error.message : String(error)}`;
	totals.noteFailure(isGivenUp);
	if (run.isDryRun) return { waiting, fileUnder: null };

	await site.report.writeJournal([
		{
			accountId: account.id,
			runId: run.claim.runId,
			fingerprint,
			kind: classification.kind,
			subject: message.subject.slice(0, longestSubject),
			sender: message.from?.slice(0, 320) ?? '',
			outcome: isGivenUp ? 'set-aside' : 'failed',
			because,
			fileUnder,
			failures,
			at: site.now(),
		},
	]);
	await run.note(
		'warning',
		`The mail “${message.subject.slice(0, 100)}” failed (${failures} of ${mostFailures}). ${because}`,
	);
	return { waiting, fileUnder };
}
