import { followRules } from '../act/follow-rules.ts';
import type { NewHold } from '../crm/crm.ts';
import { LeaseLost } from '../jobs/job-book.ts';
import type { RunContext } from '../jobs/job-book.ts';
import type { ArchivedMail, BounceColumns } from '../report/archive.ts';
import { bounceKey } from '../report/report.ts';
import { RuleMatcher } from '../rules/rule-matcher.ts';
import { reportProblems } from '../rules/stored/problems.ts';
import type { Site } from '../site.ts';
import { holdsAfter } from './holds-after.ts';
import type { HoldsAfter } from './holds-after.ts';
import { caughtAmong, judgeAgain } from './judge-again.ts';
import type { BounceChange, JudgedMail } from './judge-again.ts';
import type { StoredReprocessing, UndoNote } from './reprocess-book.ts';
import { nothingYet, plus, totalsOf, totalsSentence } from './totals.ts';

const mailsAtOnce = 100;

/** Name of the job in histories. */
export const who = 'Judge Mails Again';

/** The job Judge Mails Again: carries out what was asked for, oldest first. A window of mails and the note of how far it is
 *  are one transaction, so a crash loses nothing and does nothing twice: the next run goes on there. */
export async function judgeMailsAgain(site: Site, context: RunContext): Promise<string> {
	if (context.isDryRun)
		return 'A dry run judges nothing; the page that asks for it shows a preview.';
	const rules = new RuleMatcher(await site.rules.active());
	let totals = nothingYet;
	for (;;) {
		const asked = await site.reprocessings.next();
		if (!asked) break;
		totals = plus(totals, await carryOut(asked, rules, site, context));
	}
	await reportProblems(rules.problems, site, context);
	return totals.mails === 0
		? 'No mail was waiting to be judged again.'
		: totalsSentence(totals, 'did');
}

/** How far a request is. */
interface State {
	/** The entry of the journal that was dealt with last. */
	after: number;
	totals: StoredReprocessing['totals'];
}

async function carryOut(
	asked: StoredReprocessing,
	rules: RuleMatcher,
	site: Site,
	context: RunContext,
) {
	let state: State = { after: asked.doneJournalId, totals: asked.totals };
	for (;;) {
		const next = await carryOn(asked, state, { rules, site, context, most: mailsAtOnce });
		if (!next) return state.totals;
		state = next;
	}
}

/** Judges the next mails, all or none; if that fails, one by one, so that a bad mail fails alone and is left as it is.
 *  @returns undefined at the end */
async function carryOn(
	asked: StoredReprocessing,
	state: State,
	desk: { rules: RuleMatcher; site: Site; context: RunContext; most: number },
): Promise<State | undefined> {
	const { rules, site, context, most } = desk;
	const { claim } = context;
	const piece = { after: state.after, until: asked.lastJournalId, most };
	const noteProgress = async ({ after, totals }: State, inside: Site) => {
		await inside.reprocessings.progress(asked.id, after, totals);
		const progress = { done: totals.mails, total: Math.max(asked.found, totals.mails) };
		await inside.jobs.renew(claim, progress, inside.now());
		return { after, totals };
	};
	let mails: ArchivedMail[] = [];
	try {
		return await site.inTransaction(async (inside) => {
			const at = inside.now();
			mails = await inside.archive.mails(asked.selection, piece);
			const last = mails.at(-1);
			if (!last) {
				await inside.reprocessings.setState(asked.id, 'done', at);
				return undefined;
			}
			const judged = await judgeAgain(mails, rules, inside);
			const done = await write(judged, { id: asked.id, runId: claim.runId, at }, inside);
			const totals = plus(state.totals, totalsOf(mails.length, judged, done));
			return noteProgress({ after: last.journalId, totals }, inside);
		});
	} catch (error) {
		if (error instanceof LeaseLost || mails.length === 0) throw error;
		if (mails.length > 1) return carryOneByOne(mails.length, asked, state, desk);
		const [{ journalId, subject }] = mails as [ArchivedMail];
		const because = error instanceof Error ? error.message : String(error);
		await context.note(
			'warning',
			`The mail “${subject.slice(0, 100)}” could not be judged again and is left as it was: ${because}`,
		);
		const totals = plus(state.totals, totalsOf(1, [], { held: 0, released: 0, ruled: 0 }));
		return noteProgress({ after: journalId, totals }, site);
	}
}

async function carryOneByOne(
	count: number,
	asked: StoredReprocessing,
	state: State,
	desk: Parameters<typeof carryOn>[2],
): Promise<State> {
	let reached = state;
	for (let n = 0; n < count; n++)
		reached = (await carryOn(asked, reached, { ...desk, most: 1 })) ?? reached;
	return reached;
}

interface Writing {
	/** Of the reprocessing. */
	id: number;
	runId: number;
	at: Date;
}

/** Writes what is judged otherwise, follows the rules that catch it, lets holds come and go, and keeps what is needed to take
 *  it back. */
async function write(judged: readonly JudgedMail[], writing: Writing, site: Site) {
	const { archive } = site;
	const addressIds = judged.flatMap((one) => one.addressIds);
	const before = await archive.bouncesOfAddresses(addressIds);
	const changed = judged.flatMap(({ changes }) =>
		changes.flatMap(({ bounce }) => bounce?.id ?? []),
	);
	const touched = [...new Set([...changed, ...before.map(({ id }) => id)])];
	const earlier = await archive.columnsOf(touched);

	const ids = await writeBounces(judged, site, writing.at);
	await writeJournal(judged, site);
	const added = new Set([...ids].flatMap(([{ what }, id]) => (what === 'added' ? id : [])));
	const written = await archive.columnsOf([...touched, ...added]);
	const { ruled, ruleNotes } = await askRules(ids, writing, site);

	const after = await archive.bouncesOfAddresses(addressIds);
	const holds = await holdsAfter(addressIds, before, after, site);
	const holdNotes = await letHoldsComeAndGo(holds, site, writing.at);

	const later = await archive.columnsOf([...touched, ...added]);
	// What a rule deleted is brought back by undoing its deed; only then are the columns compared and put back.
	for (const [id, { deleted_at = null }] of written)
		later.set(id, { ...later.get(id), deleted_at });
	await site.reprocessings.noteChanges(writing.id, [
		...bounceNotes(earlier, later, added),
		...holdNotes,
		...ruleNotes,
	]);
	return {
		held: holdNotes.filter(({ what }) => what === 'held').length,
		released: holdNotes.filter(({ what }) => what === 'released').length,
		ruled,
	};
}

/** Writes the bounces of mails that are judged otherwise. @returns the id of each, new ones too. */
async function writeBounces(
	judged: readonly JudgedMail[],
	site: Site,
	at: Date,
): Promise<Map<BounceChange, number>> {
	const ids = new Map<BounceChange, number>();
	for (const { mail, kind, changes } of judged) {
		const fresh = changes.flatMap(({ what, entry }) => (what === 'added' ? entry : []));
		const { accountId, fingerprint, readAt: recordedAt } = mail;
		const recorded = await site.report.recordBounces(
			fresh.map((bounce) => ({ accountId, runId: null, fingerprint, kind, recordedAt, bounce })),
		);
		for (const change of changes) {
			const { what, bounce, entry } = change;
			if (what === 'added') {
				ids.set(change, recorded.get(bounceKey(fingerprint, entry.position))!);
				continue;
			}
			ids.set(change, bounce.id);
			if (entry) {
				await site.archive.rewriteBounce(bounce.id, kind, entry);
				if (bounce.isWithdrawn) await site.archive.setWithdrawn([bounce.id], null);
			} else {
				await site.archive.setKind([bounce.id], kind);
				await site.archive.setWithdrawn([bounce.id], at);
			}
		}
	}
	return ids;
}

/** Follows the rules that catch bounces judged otherwise. @returns how much they changed. */
async function askRules(
	ids: ReadonlyMap<BounceChange, number>,
	{ runId, at }: Writing,
	site: Site,
): Promise<{ ruled: number; ruleNotes: UndoNote[] }> {
	const caught = caughtAmong(ids);
	if (caught.length === 0) return { ruled: 0, ruleNotes: [] };
	const counts = await followRules(caught, { runId, who, at }, site);
	return {
		ruled: [...counts.values()].reduce((sum, count) => sum + count, 0),
		ruleNotes: caught.map(({ bounceId }) => ({ what: 'ruled', bounceId, runId })),
	};
}

/** The journal says of each mail what it is now; when it was read, and where it was filed, stays. */
async function writeJournal(judged: readonly JudgedMail[], site: Site): Promise<void> {
	// One that was set aside, or waits in the mailbox after a failure, came to something now.
	const hadFailed = ({ outcome }: ArchivedMail) => outcome === 'failed' || outcome === 'set-aside';
	const changed = judged.filter(
		({ mail, kind, changes }) => changes.length > 0 || mail.kind !== kind || hadFailed(mail),
	);
	await site.report.writeJournal(
		changed.map(({ mail, kind, isBounce, because }) => {
			const { accountId, runId, fingerprint, subject, sender, messageId } = mail;
			const { fileUnder, failures } = mail;
			const outcome = isBounce ? ('acted' as const) : ('ignored' as const);
			// A mail that still waits is filed there by the next run.
			const belongs = fileUnder ?? (isBounce ? 'processed' : 'ignored');
			const same = { accountId, runId, fingerprint, subject, sender, messageId, failures };
			return { ...same, fileUnder: belongs, kind, outcome, because, at: mail.readAt };
		}),
	);
}

async function letHoldsComeAndGo(
	{ comes, goes }: HoldsAfter,
	site: Site,
	at: Date,
): Promise<UndoNote[]> {
	const notes: UndoNote[] = [];
	for (const { addressId, bounceIds } of goes) {
		const present = await site.crm.addressOnHold(addressId);
		const bounceId = bounceIds.find((id) => id === present?.bounceId);
		if (!present || bounceId === undefined) continue;
		if (!(await site.crm.takeBackHold(bounceId, who, at))) continue;
		const { type, because } = present;
		const hold: NewHold = { addressId, hold: 'bounce', type, because: because ?? '', bounceId };
		await site.archive.setColumns(bounceId, { caused_hold: 0 });
		notes.push({ what: 'released', addressId, bounceId, hold });
	}
	for (const { email: _, ...hold } of comes) {
		const bounce = await site.report.bounce(hold.bounceId);
		const said = bounce?.diagnostic ?? bounce?.evidence ?? hold.because;
		await site.crm.hold([{ ...hold, because: said }], who, at);
		await site.archive.setColumns(hold.bounceId, { caused_hold: 1 });
		notes.push({ what: 'held', addressId: hold.addressId, bounceId: hold.bounceId });
	}
	return notes;
}

function bounceNotes(
	earlier: ReadonlyMap<number, BounceColumns>,
	later: ReadonlyMap<number, BounceColumns>,
	added: ReadonlySet<number>,
): UndoNote[] {
	return [...later].flatMap(([bounceId, now]): UndoNote[] => {
		if (added.has(bounceId)) return [{ what: 'added', bounceId, later: now }];
		const was = earlier.get(bounceId);
		if (!was || JSON.stringify(was) === JSON.stringify(now)) return [];
		return [{ what: 'changed', bounceId, earlier: was, later: now }];
	});
}
