import { decide } from '../act/decide.ts';
import type { Decision } from '../act/decision.ts';
import { Assumed, lookUp } from '../act/look-up.ts';
import { perform } from '../act/perform.ts';
import { add, RunTotals } from '../act/run-totals.ts';
import type { Tally } from '../act/run-totals.ts';
import type { CaughtBy } from '../act/decide-by-rules.ts';
import type { Classification } from '../classify/classification.ts';
import { classify } from '../classify/classify.ts';
import type { Account } from '../contract/account.ts';
import type { Verdict } from '../contract/bounce.ts';
import { identify } from '../identify/identify.ts';
import type { Clues } from '../identify/identify.ts';
import { returnAddressFinder } from '../identify/return-address.ts';
import type { RunContext } from '../jobs/job-book.ts';
import type { WaitingMail } from '../mailboxes/mail-store.ts';
import type { Message } from '../messages/message.ts';
import { parseMessage } from '../messages/parse-message.ts';
import { journalEntry } from '../process-mailbox.ts';
import type { Branch, Settlement, Understood } from '../process-mailbox.ts';
import { compressMail } from '../report/raw-mails.ts';
import { viewOf } from '../rules/mail-view.ts';
import type { RuleMatcher } from '../rules/rule-matcher.ts';
import type { Site } from '../site.ts';

interface BounceMail extends Understood {
	waiting: WaitingMail;
	classification: Classification;
	verdicts: Verdict[];
	clues: Clues;
	caughtBy?: CaughtBy;
}

interface DecidedBounce extends BounceMail, Settlement {
	decision: Decision;
}

/** The mailbox that what we sent comes back to: bounces are recorded and addresses held.
 *  @param rules the site's active ones */
export function bounceBranch(
	account: Account,
	site: Site,
	rules: RuleMatcher,
): Branch<BounceMail, DecidedBounce> {
	const find = returnAddressFinder(account);
	const assumed = new Assumed();
	return {
		totals: new RunTotals(tally),
		understand: (waiting) => understand(waiting, find, rules, site),
		decide: async (mails, inside, at) => {
			const standing = await lookUp(mails, { ...inside, now: at }, assumed);
			return mails.map((mail) => {
				const decision = decide(mail, standing, standing.earlierBounces, inside);
				standing.assume(decision);
				const { actions, because, fileUnder } = decision;
				const outcome = actions.length > 0 ? 'acted' : 'ignored';
				return { ...mail, decision, outcome, because, fileUnder };
			});
		},
		assume: (decided) => decided.forEach(({ decision }) => assumed.add(decision)),
		write: (decided, inside, run, at) => write(decided, account, inside, run, at),
		keep: (mail, inside, at) => keepMails([mail], inside, at),
	};
}

const tally: Tally<DecidedBounce> = {
	words: [
		{ name: 'bounces', one: 'bounce recorded', many: 'bounces recorded', isAlwaysTold: true },
		{ name: 'held', one: 'address held', many: 'addresses held', isAlwaysTold: true },
		{
			name: 'ignored',
			one: 'mail ignored',
			many: 'mails ignored',
			again: 'ignored again',
			isAlwaysTold: true,
		},
		{ name: 'caught', one: 'caught by rules', many: 'caught by rules' },
	],
	count: ({ decision: { actions } }, counts) => {
		if (actions.length === 0) add(counts, 'ignored');
		for (const action of actions) {
			if (action.do === 'follow-rule') add(counts, 'caught');
			if (action.do !== 'record-bounce') continue;
			add(counts, 'bounces');
			if (action.bounce.causedHold) add(counts, 'held');
		}
	},
};

function understand(
	waiting: WaitingMail,
	find: ReturnType<typeof returnAddressFinder>,
	rules: RuleMatcher,
	site: Site,
): BounceMail {
	const message = parseMessage(waiting.bytes, waiting.sizeBytes);
	const classification = classify(message, site.catalogue);
	const { kind, verdicts } = classification;
	const { subject, from, messageId } = message;
	return {
		waiting,
		message: { subject, from, messageId },
		fingerprint: message.fingerprint,
		kind,
		classification,
		verdicts,
		clues: identify(message, verdicts, find),
		caughtBy: rules.isEmpty ? undefined : caughtBy(message, verdicts, rules),
	};
}

function caughtBy(message: Message, verdicts: readonly Verdict[], rules: RuleMatcher): CaughtBy {
	const isOnly = verdicts.length === 1;
	return (position) =>
		rules.first(viewOf(message, { diagnostic: verdicts[position]?.diagnostic, isOnly }));
}

async function write(
	decided: readonly DecidedBounce[],
	account: Account,
	site: Site,
	{ claim }: RunContext,
	at: Date,
): Promise<void> {
	await keepMails(decided, site, at);
	const seen = { accountId: account.id, runId: claim.runId, at };
	await perform(decided, { ...seen, who: 'Fetch Bounces' }, site);
	await site.report.writeJournal(
		decided.map((mail) => ({
			...journalEntry(mail, seen),
			outcome: mail.outcome,
			because: mail.because,
			ignoredBecause: mail.outcome === 'ignored' ? ('other' as const) : null,
			fileUnder: mail.fileUnder,
		})),
	);
}

async function keepMails(mails: readonly BounceMail[], site: Site, at: Date): Promise<void> {
	await site.report.keepRawMails(
		mails.map(({ fingerprint, waiting }) => ({
			fingerprint,
			deflated: compressMail(waiting.bytes),
			sizeBytes: waiting.sizeBytes,
			isTruncated: waiting.isTruncated,
			storedAt: at,
		})),
	);
}
