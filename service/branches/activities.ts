import { add } from '../act/run-totals.ts';
import type { RunTotals, Tally } from '../act/run-totals.ts';
import { classify } from '../classify/classify.ts';
import type { Account } from '../contract/account.ts';
import type { FilingSettings } from '../contract/activity.ts';
import { decideActivity } from '../filing/decide-activity.ts';
import type { FilingDecision } from '../filing/decision.ts';
import type { IncomingMail } from '../filing/incoming-mail.ts';
import { ownAddresses } from '../filing/own-addresses.ts';
import type { IsOwn } from '../filing/own-addresses.ts';
import { readIncoming } from '../filing/read-incoming.ts';
import type { ReadingContext } from '../filing/read-incoming.ts';
import { assumeContacts, lookUpForFiling } from '../filing/standing.ts';
import type { NewContacts } from '../filing/standing.ts';
import { wholeMailLimits } from '../mailboxes/mail-store.ts';
import type { MailReading, WaitingMail } from '../mailboxes/mail-store.ts';
import { Arena } from '../messages/arena.ts';
import { journalEntry } from '../process-mailbox.ts';
import type { Branch, Settlement } from '../process-mailbox.ts';
import { compressMail } from '../report/raw-mails.ts';
import type { Site } from '../site.ts';
import { takeApart } from './take-apart.ts';

export interface DecidedMail extends IncomingMail, Settlement {
	decision: FilingDecision;
}

/** How the mails of one account are read and filed. */
export interface FilingDesk {
	account: Account;
	settings: FilingSettings;
	isOwn: IsOwn;
}

/** What applies to filing the mails of an account now. */
export async function filingDesk(account: Account, site: Site): Promise<FilingDesk> {
	return {
		account,
		settings: await site.filingSettings.read(),
		isOwn: ownAddresses(await site.accounts.list()),
	};
}

/** A mailbox of people's mail: what is in it is filed on the contacts' records (requirement F).
 *  @param totals of the run, which may read several mailboxes */
export function activityBranch(
	desk: FilingDesk,
	site: Site,
	totals: RunTotals<DecidedMail>,
): Branch<IncomingMail, DecidedMail> {
	const arena = new Arena(wholeMailLimits.windowBytes);
	const assumed: NewContacts = new Map();
	return {
		totals,
		begin: () => arena.clear(),
		understand: (waiting, reading) => understand(waiting, reading, desk, site, arena),
		decide: async (mails, inside) => decideAll(mails, inside, desk, assumed),
		assume: (decided) => decided.forEach(({ decision }) => assumeContacts(decision, assumed)),
		write: (decided, inside, { claim }, at) =>
			writeFiled(decided, inside, { accountId: desk.account.id, runId: claim.runId, at }),
		keep: (mail, inside, at) => keepMails([mail], inside, at),
	};
}

/** What a run of filing counts. */
export const filingTally: Tally<DecidedMail> = {
	words: [
		{ name: 'filed', one: 'mail filed', many: 'mails filed', isAlwaysTold: true },
		{ name: 'joined', one: 'filed before and completed', many: 'filed before and completed' },
		{ name: 'contacts', one: 'contact added', many: 'contacts added' },
		{
			name: 'ignored',
			one: 'mail ignored',
			many: 'mails ignored',
			again: 'ignored again',
			isAlwaysTold: true,
		},
	],
	count: ({ decision }, counts) => {
		if (decision.do === 'ignore') return add(counts, 'ignored');
		add(counts, decision.do === 'file' ? 'filed' : 'joined');
		add(counts, 'contacts', decision.deed.newContacts.length);
	},
};

async function understand(
	waiting: WaitingMail,
	reading: MailReading,
	desk: FilingDesk,
	site: Site,
	arena: Arena,
): Promise<IncomingMail> {
	const isTooBig = waiting.sizeBytes > desk.settings.largestMailBytes;
	const split = await takeApart(
		isTooBig || !waiting.isTruncated ? waiting.bytes : reading.pieces(waiting),
		{
			isCutOff: isTooBig && waiting.isTruncated,
			largestFileBytes: desk.settings.largestAttachmentBytes,
			allocate: arena.take,
		},
		site,
	);
	return readIncoming(split, {
		...readingOf(desk, site),
		sizeBytes: waiting.sizeBytes,
		isTruncated: isTooBig && waiting.isTruncated,
		receivedAt: waiting.receivedAt ?? site.now(),
	});
}

/** How the mails of an account are understood. */
export function readingOf(
	{ account, settings, isOwn }: FilingDesk,
	site: Site,
): Omit<ReadingContext, 'sizeBytes' | 'isTruncated' | 'receivedAt'> {
	return {
		settings,
		options: account.filing,
		isOwn,
		classify: (message) => classify(message, site.catalogue),
	};
}

/** Decides about mails in order, each in the light of those before it.
 *  @param added contacts that a dry run would have added by now */
export async function decideAll(
	mails: readonly IncomingMail[],
	site: Site,
	{ account, isOwn }: FilingDesk,
	added?: NewContacts,
): Promise<DecidedMail[]> {
	const standing = await lookUpForFiling(mails, site.filing, added);
	return mails.map((mail) => {
		const decision = decideActivity(mail, standing, { options: account.filing, isOwn });
		standing.assume(mail, decision);
		const { because } = decision;
		return decision.do === 'ignore'
			? { ...mail, decision, because, outcome: 'ignored', fileUnder: 'ignored' }
			: { ...mail, decision, because, outcome: 'acted', fileUnder: 'processed' };
	});
}

/** Files mails and writes down what became of each. Call it in a transaction.
 *  @param seen by which account and run, and when */
export async function writeFiled(
	decided: readonly DecidedMail[],
	site: Site,
	seen: { accountId: number; runId: number | null; at: Date },
): Promise<void> {
	await keepMails(decided, site, seen.at);
	const deeds = decided.flatMap(({ decision }) =>
		decision.do === 'ignore' ? [] : [decision.deed],
	);
	const activityOf = await site.filing.file(deeds, seen);
	await site.report.writeJournal(
		decided.map((mail) => ({
			...journalEntry(mail, seen),
			outcome: mail.outcome,
			because: mail.because,
			ignoredBecause: mail.decision.do === 'ignore' ? mail.decision.ignoredBecause : null,
			fileUnder: mail.fileUnder,
			activityId: activityOf.get(mail.fingerprint) ?? copied(mail, activityOf),
		})),
	);
}

/** The activity that an ignored mail is a copy of. */
function copied({ decision }: DecidedMail, activityOf: ReadonlyMap<string, number>): number | null {
	if (decision.do !== 'ignore' || !decision.copyOf) return null;
	const { copyOf } = decision;
	return 'activityId' in copyOf ? copyOf.activityId : (activityOf.get(copyOf.filedAs) ?? null);
}

/** Keeps the mails without their attachments, and the attachments once each. What was cut out of a mail that was ignored, or
 *  that failed before anything was decided, is kept, too, so that it can be filed later. */
async function keepMails(
	mails: readonly (IncomingMail & Partial<DecidedMail>)[],
	site: Site,
	at: Date,
): Promise<void> {
	await site.report.keepRawMails(
		mails.map(({ fingerprint, skeleton, sizeBytes, isTruncated }) => ({
			fingerprint,
			deflated: compressMail(skeleton.bytes),
			cuts: skeleton.cuts,
			sizeBytes,
			isTruncated,
			storedAt: at,
		})),
	);
	const contents = new Map<string, Buffer>();
	for (const { decision, skeleton, files, contents: own } of mails) {
		const names = new Set(skeleton.cuts.map(({ sha256 }) => sha256));
		if (decision?.do === 'file') for (const { sha256 } of files) names.add(sha256);
		for (const { sha256, problem } of files) if (problem !== null) names.delete(sha256);
		for (const name of names) {
			const bytes = own.get(name);
			if (bytes) contents.set(name, bytes);
		}
	}
	await site.blobs.put(contents, at);
}
