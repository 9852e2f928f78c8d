import type { NewHold } from '../crm/crm.ts';
import type { RunContext } from '../jobs/job-book.ts';
import type { BounceColumns } from '../report/archive.ts';
import { bounceKey } from '../report/report.ts';
import type { Site } from '../site.ts';
import { holdsAfter } from './holds-after.ts';
import type { HoldsAfter } from './holds-after.ts';
import { judgeAgain } from './judge-again.ts';
import type { JudgedMail } from './judge-again.ts';
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
	let totals = nothingYet;
	for (;;) {
		const asked = await site.reprocessings.next();
		if (!asked) break;
		totals = plus(totals, await carryOut(asked, site, context));
	}
	return totals.mails === 0
		? 'No mail was waiting to be judged again.'
		: totalsSentence(totals, 'did');
}

async function carryOut(asked: StoredReprocessing, site: Site, { claim }: RunContext) {
	let state = { after: asked.doneJournalId, totals: asked.totals };
	for (;;) {
		const next = await site.inTransaction(async (inside) => {
			const at = inside.now();
			const piece = { after: state.after, until: asked.lastJournalId, most: mailsAtOnce };
			const mails = await inside.archive.mails(asked.selection, piece);
			const last = mails.at(-1);
			if (!last) {
				await inside.reprocessings.setState(asked.id, 'done', at);
				return undefined;
			}
			const judged = await judgeAgain(mails, inside);
			const holds = await write(judged, asked.id, inside, at);
			const totals = plus(state.totals, totalsOf(mails.length, judged, holds));
			await inside.reprocessings.progress(asked.id, last.journalId, totals);
			const progress = { done: totals.mails, total: Math.max(asked.found, totals.mails) };
			await inside.jobs.renew(claim, progress, at);
			return { after: last.journalId, totals };
		});
		if (!next) return state.totals;
		state = next;
	}
}

/** Writes what is judged otherwise, lets holds come and go, and keeps what is needed to take it back. */
async function write(judged: readonly JudgedMail[], id: number, site: Site, at: Date) {
	const addressIds = judged.flatMap((one) => one.addressIds);
	const before = await site.archive.bouncesOfAddresses(addressIds);
	const changed = judged.flatMap(({ changes }) =>
		changes.flatMap(({ bounce }) => bounce?.id ?? []),
	);
	const touched = [...new Set([...changed, ...before.map(({ id: bounceId }) => bounceId)])];
	const earlier = await site.archive.columnsOf(touched);

	const added = await writeBounces(judged, site, at);
	await writeJournal(judged, site);
	const after = await site.archive.bouncesOfAddresses(addressIds);
	const holds = await holdsAfter(addressIds, before, after, site);
	const holdNotes = await letHoldsComeAndGo(holds, site, at);

	const later = await site.archive.columnsOf([...touched, ...added]);
	await site.reprocessings.noteChanges(id, [
		...bounceNotes(earlier, later, new Set(added)),
		...holdNotes,
	]);
	return {
		held: holdNotes.filter(({ what }) => what === 'held').length,
		released: holdNotes.filter(({ what }) => what === 'released').length,
	};
}

/** @returns the ids of the bounces that are new. */
async function writeBounces(
	judged: readonly JudgedMail[],
	site: Site,
	at: Date,
): Promise<number[]> {
	const ids: number[] = [];
	for (const { mail, kind, changes } of judged) {
		const fresh = changes.flatMap(({ what, entry }) => (what === 'added' ? entry : []));
		const { accountId, fingerprint, readAt: recordedAt } = mail;
		const recorded = await site.report.recordBounces(
			fresh.map((bounce) => ({ accountId, runId: null, fingerprint, kind, recordedAt, bounce })),
		);
		for (const { position } of fresh) ids.push(recorded.get(bounceKey(fingerprint, position))!);

		for (const { bounce, entry } of changes) {
			if (!bounce) continue;
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

/** The journal says of each mail what it is now; when it was read, and where it was filed, stays. */
async function writeJournal(judged: readonly JudgedMail[], site: Site): Promise<void> {
	const changed = judged.filter(
		({ mail, kind, changes }) => changes.length > 0 || mail.kind !== kind,
	);
	await site.report.writeJournal(
		changed.map(({ mail, kind, isBounce, because }) => {
			const { accountId, runId, fingerprint, subject, sender, fileUnder, failures } = mail;
			const same = { accountId, runId, fingerprint, subject, sender, fileUnder, failures };
			const outcome = isBounce ? ('acted' as const) : ('ignored' as const);
			return { ...same, kind, outcome, because, at: mail.readAt };
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
