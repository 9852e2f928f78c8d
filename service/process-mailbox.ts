import type { RunTotals } from './act/run-totals.ts';
import type { Account } from './contract/account.ts';
import type { MailKind } from './contract/bounce.ts';
import { isStorageTrouble } from './db/storage-trouble.ts';
import { LeaseLost } from './jobs/job-book.ts';
import type { RunContext } from './jobs/job-book.ts';
import type {
	FilingFolder,
	MailReading,
	MailStore,
	NamedMail,
	WaitingMail,
} from './mailboxes/mail-store.ts';
import type { Message } from './messages/message.ts';
import { bringBackIgnored, canComeBack, Foretold } from './ignored-again.ts';
import type { JournalEntry } from './report/report.ts';
import type { Site } from './site.ts';

/** A mail that fails so often is set aside, so that it does not fail for ever. */
const mostFailures = 3;
const longestSubject = 500;

/** A mail that was understood. */
export interface Understood {
	/** What the journal tells of it. A whole message would keep its mail in memory until its window is written. */
	message: Pick<Message, 'subject' | 'from' | 'messageId'>;
	fingerprint: string;
	kind: MailKind;
}

/** What was decided about a mail. */
export interface Settlement {
	outcome: 'acted' | 'ignored';
	/** Why, in a sentence for the journal. */
	because: string;
	fileUnder: FilingFolder;
}

/** What differs between mailboxes: how a mail is understood, what is decided about it, and what is done. */
export interface Branch<Mail extends Understood, Decided extends Mail & Settlement> {
	/** A window of mails begins; what was understood of the one before is needed no more. */
	begin?(): void;
	/** Understands a mail; may read more of it. @throws only when the mailbox fails. */
	understand(waiting: WaitingMail, reading: MailReading): Mail | Promise<Mail>;
	/** Decides about the new mails of a window, each in the light of those before it. Changes nothing. */
	decide(mails: readonly Mail[], site: Site, at: Date): Promise<Decided[]>;
	/** Does what was decided and writes it down. Called in a transaction: all of it or nothing. */
	write(decided: readonly Decided[], site: Site, run: RunContext, at: Date): Promise<void>;
	/** In a dry run: what comes is decided as if these had been carried out. */
	assume(decided: readonly Decided[]): void;
	/** Keeps a mail that failed, so that it can be dealt with later although it is set aside. Called in a transaction. */
	keep(mail: Mail, site: Site, at: Date): Promise<void>;
	/** What the run has done so far. */
	totals: RunTotals<Decided>;
}

/** Reads a mailbox to its end: mail comes in → is understood → whose is it → what do we do → do it and write it down →
 *  file the mail. What was written is filed only after it is written for good, so a crash at any point shows the mail
 *  again, and its fingerprint in the journal says that it was dealt with. What was done is in the branch's totals.
 *  A dry run only decides; asked for the ignored mails as well, it reads them where they lie.
 *  @throws ServiceError when the mailbox fails; LeaseLost when another run took over. */
export async function processMailbox<Mail extends Understood, Decided extends Mail & Settlement>(
	store: MailStore,
	account: Account,
	site: Site,
	run: RunContext,
	branch: Branch<Mail, Decided>,
): Promise<void> {
	const ignoredAgain = run.parameters.ignoredAgain && (await canComeBack(account, run));
	if (ignoredAgain && !run.isDryRun) await bringBackIgnored(store, run);
	let missing = await store.countWaiting();
	branch.totals.expect(missing);
	await site.jobs.renew(run.claim, branch.totals.progress, site.now());

	const desk = { account, site, run, branch, totals: branch.totals, foreseen: new Set<string>() };
	const filing = new Filing(store);
	for await (const window of store.windows()) {
		missing -= window.length;
		const { settled } = await dealWith(window, store, desk);
		if (!run.isDryRun) await filing.add(settled);
	}
	await filing.finish();
	if (missing > 0) branch.totals.noteMissed(missing);
	if (ignoredAgain && run.isDryRun) await foreseeIgnored(store, desk);
}

/** Judges the ignored mails after all others, as if they had been brought back. */
async function foreseeIgnored<Mail extends Understood, Decided extends Mail & Settlement>(
	store: MailStore,
	desk: Desk<Mail, Decided>,
): Promise<void> {
	const totals = desk.branch.totals.ofIgnored();
	const foretold = new Foretold(desk.account, desk.run);
	const ignored = store.ignored();
	for await (const window of ignored.windows()) {
		const { decided } = await dealWith(window, ignored, { ...desk, totals });
		await foretold.tell(decided);
	}
	await foretold.finish();
}

interface Waiting<Mail> {
	waiting: WaitingMail;
	mail: Mail;
}

/** A mail that was dealt with, and where it belongs; null: it stays in the mailbox and is tried again. */
interface Settled extends NamedMail {
	fileUnder: FilingFolder | null;
}

interface Desk<Mail extends Understood, Decided extends Mail & Settlement> {
	account: Account;
	site: Site;
	run: RunContext;
	branch: Branch<Mail, Decided>;
	totals: RunTotals<Decided>;
	/** Fingerprints of mails that would have been acted on by now; of a dry run only. */
	foreseen: Set<string>;
}

/** What became of a window of mails. */
interface Dealt<Decided> {
	settled: Settled[];
	decided: Decided[];
}

/** A server works as long on moving one mail as on moving hundreds. */
const mostFiledAtOnce = 1_000;

/** Files what was dealt with while further mails are read: more each time, so that few commands are enough, and a connection that
 *  never lasts long still gets on. A failure comes up when its turn is there. */
class Filing {
	readonly #store: MailStore;
	readonly #pending: Settled[] = [];
	#filed = 0;
	#underWay: Promise<void> = Promise.resolve();

	constructor(store: MailStore) {
		this.#store = store;
	}

	async add(settled: readonly Settled[]): Promise<void> {
		this.#pending.push(...settled);
		if (this.#pending.length >= Math.min(this.#filed, mostFiledAtOnce)) await this.#begin();
	}

	async finish(): Promise<void> {
		await this.#begin();
		await this.#underWay;
	}

	async #begin(): Promise<void> {
		await this.#underWay;
		const settled = this.#pending.splice(0);
		this.#filed += settled.length;
		this.#underWay = fileAll(settled, this.#store);
		this.#underWay.catch(() => undefined);
	}
}

async function fileAll(settled: readonly Settled[], store: MailStore): Promise<void> {
	for (const folder of ['processed', 'ignored'] as const) {
		const done = settled.filter(({ fileUnder }) => fileUnder === folder);
		if (done.length > 0) await store.file(done, folder);
	}
}

async function dealWith<Mail extends Understood, Decided extends Mail & Settlement>(
	window: readonly WaitingMail[],
	reading: MailReading,
	desk: Desk<Mail, Decided>,
): Promise<Dealt<Decided>> {
	const { branch, run, foreseen } = desk;
	branch.begin?.();
	const mails: Waiting<Mail>[] = [];
	for (const waiting of window)
		mails.push({ waiting, mail: await branch.understand(waiting, reading) });
	const dealt = await settle(mails, desk);
	if (run.isDryRun) {
		branch.assume(dealt.decided);
		for (const { fingerprint, outcome } of dealt.decided)
			if (outcome === 'acted') foreseen.add(fingerprint);
	}
	return dealt;
}

/** Decides about mails and writes it down, all or none; if that fails, one by one, so that a bad mail fails alone. */
async function settle<Mail extends Understood, Decided extends Mail & Settlement>(
	mails: readonly Waiting<Mail>[],
	desk: Desk<Mail, Decided>,
): Promise<Dealt<Decided>> {
	const { site } = desk;
	try {
		return await site.inTransaction((inside) => settleTogether(mails, { ...desk, site: inside }));
	} catch (error) {
		// The next one would fail as well, and no mail is to be set aside for it.
		if (error instanceof LeaseLost || isStorageTrouble(error)) throw error;
		if (mails.length === 1)
			return { settled: [await noteFailure(mails[0]!, error, desk)], decided: [] };

		site.log.warn(
			{ site: site.id, err: error },
			'A window of mails could not be written; trying them one by one.',
		);
		const dealt: Dealt<Decided> = { settled: [], decided: [] };
		for (const mail of mails) {
			const { settled, decided } = await settle([mail], desk);
			dealt.settled.push(...settled);
			dealt.decided.push(...decided);
		}
		return dealt;
	}
}

async function settleTogether<Mail extends Understood, Decided extends Mail & Settlement>(
	mails: readonly Waiting<Mail>[],
	{ account, site, run, branch, totals, foreseen }: Desk<Mail, Decided>,
): Promise<Dealt<Decided>> {
	const at = site.now();
	const fingerprints = mails.map(({ mail }) => mail.fingerprint);
	const earlier = await site.report.earlierOutcomes(account.id, fingerprints);
	// Only what was acted on is never done twice. A mail that was ignored and lies here again was brought back, by hand or
	// because something changed since, and is looked at anew.
	const isDone = ({ mail: { fingerprint } }: Waiting<Mail>) =>
		earlier.get(fingerprint)?.outcome === 'acted' || foreseen.has(fingerprint);
	const fresh = [
		...new Map(
			mails.filter((one) => !isDone(one)).map(({ mail }) => [mail.fingerprint, mail]),
		).values(),
	];
	const decided = await branch.decide(fresh, site, at);

	const folderOf = new Map(decided.map(({ fingerprint, fileUnder }) => [fingerprint, fileUnder]));
	const settled = mails.map(({ waiting: { id }, mail: { fingerprint } }) => ({
		id,
		fileUnder: folderOf.get(fingerprint) ?? earlier.get(fingerprint)?.fileUnder ?? 'ignored',
	}));
	const counted = totals.with(decided, mails.length - fresh.length);
	if (!run.isDryRun) {
		await branch.write(decided, site, run, at);
		await site.jobs.renew(run.claim, counted.progress, at);
	}
	totals.become(counted);
	return { settled, decided };
}

/** What the journal says of every mail, whatever became of it.
 *  @param runId of the run that dealt with it */
export function journalEntry(
	{ message, fingerprint, kind }: Understood,
	{ accountId, runId, at }: { accountId: number; runId: number | null; at: Date },
): Omit<JournalEntry, 'outcome' | 'because' | 'fileUnder'> {
	return {
		accountId,
		runId,
		fingerprint,
		kind,
		subject: message.subject.slice(0, longestSubject),
		sender: message.from?.slice(0, 320) ?? '',
		messageId: message.messageId?.toLowerCase().slice(0, 320) ?? null,
		failures: 0,
		at,
	};
}

/** Writes down that a mail failed. It stays in the mailbox, until it has failed so often that it is set aside. */
async function noteFailure<Mail extends Understood, Decided extends Mail & Settlement>(
	{ waiting, mail }: Waiting<Mail>,
	error: unknown,
	{ account, site, run, branch, totals }: Desk<Mail, Decided>,
): Promise<Settled> {
	const earlier = await site.report.earlierOutcomes(account.id, [mail.fingerprint]);
	const failures = (earlier.get(mail.fingerprint)?.failures ?? 0) + 1;
	const isGivenUp = failures >= mostFailures;
	const fileUnder = isGivenUp ? 'ignored' : null;
	const because = `It could not be dealt with: ${error instanceof Error ? error.message : String(error)}`;
	totals.noteFailure(isGivenUp);
	if (run.isDryRun) return { id: waiting.id, fileUnder: null };

	const seen = { accountId: account.id, runId: run.claim.runId, at: site.now() };
	await keepFailed(mail, site, branch);
	await site.report.writeJournal([
		{
			...journalEntry(mail, seen),
			outcome: isGivenUp ? 'set-aside' : 'failed',
			because,
			fileUnder,
			failures,
		},
	]);
	await run.note(
		'warning',
		`The mail “${mail.message.subject.slice(0, 100)}” failed (${failures} of ${mostFailures}). ${because}`,
	);
	return { id: waiting.id, fileUnder };
}

/** What made a mail fail may make keeping it fail as well; then it lies in the mailbox only. */
async function keepFailed<Mail extends Understood, Decided extends Mail & Settlement>(
	mail: Mail,
	site: Site,
	branch: Branch<Mail, Decided>,
): Promise<void> {
	try {
		await site.inTransaction((inside) => branch.keep(mail, inside, inside.now()));
	} catch (error) {
		site.log.warn({ site: site.id, err: error }, 'A mail that failed could not be kept.');
	}
}
