import { reasonNamed } from '../classify/judge.ts';
import type {
	JudgedBounce,
	ReprocessChange,
	ReprocessHold,
	ReprocessPreview,
	ReprocessSelection,
} from '../contract/reprocess.ts';
import type { RecordedBounce } from '../report/archive.ts';
import type { BounceEntry } from '../report/report.ts';
import type { Site } from '../site.ts';
import { holdsAfter } from './holds-after.ts';
import { judgeAgain } from './judge-again.ts';
import type { BounceChange, JudgedMail } from './judge-again.ts';
import { holdCounts, nothingYet, plus, totalsOf, totalsSentence } from './totals.ts';

/** Mails that a preview looks at: a few seconds' work. */
const mostMails = 5_000;
const mailsAtOnce = 200;
const mostRows = 200;

/** Judges the newest of the selected mails again and says what would change. Nothing is changed. */
export async function previewReprocess(
	site: Site,
	selection: ReprocessSelection,
): Promise<ReprocessPreview> {
	const { found, last, beforeNewest } = await site.archive.countMails(selection, mostMails);
	const changes: ReprocessChange[] = [];
	const newView = new Map<number, RecordedBounce | undefined>();
	const added: RecordedBounce[] = [];
	const addressIds = new Set<number>();
	let totals = nothingYet;

	for (let after = beforeNewest; after < last;) {
		const piece = { after, until: last, most: mailsAtOnce };
		const mails = await site.archive.mails(selection, piece);
		if (mails.length === 0) break;
		after = mails.at(-1)!.journalId;
		const judged = await judgeAgain(mails, site);
		totals = plus(totals, totalsOf(mails.length, judged, { held: 0, released: 0 }));
		for (const one of judged) {
			for (const id of one.addressIds) addressIds.add(id);
			for (const change of one.changes) {
				if (changes.length < mostRows) changes.push(toChange(change, one, site));
				const seen = seenNow(change, one, -1 - added.length);
				if (change.bounce) newView.set(change.bounce.id, seen);
				else if (seen) added.push(seen);
			}
		}
	}

	const before = await site.archive.bouncesOfAddresses([...addressIds]);
	const known = new Set(before.map(({ id }) => id));
	const moved = [...newView].flatMap(([id, bounce]) => (known.has(id) || !bounce ? [] : [bounce]));
	const stayed = before.flatMap((one) => (newView.has(one.id) ? (newView.get(one.id) ?? []) : one));
	const view = [...stayed, ...moved, ...added];
	const holds = await holdsAfter([...addressIds], before, view, site);
	totals = plus(totals, { ...nothingYet, ...holdCounts(holds) });
	const some =
		found > totals.mails
			? ` Only the newest ${mostMails.toLocaleString('en')} were looked at.`
			: '';
	return {
		found,
		totals,
		changes,
		holds: toHolds(holds).slice(0, mostRows),
		sentence: totalsSentence(totals, 'would') + some,
	};
}

/** A bounce as it would be recorded; undefined when it would be none. */
function seenNow(
	{ bounce, entry }: BounceChange,
	{ mail, kind }: JudgedMail,
	newId: number,
): RecordedBounce | undefined {
	if (!entry) return undefined;
	const { verdict, addressId, email, trust, counts, position } = entry;
	const { type, reason, fault, isRecognised, decidedBy } = verdict;
	const now = { kind, email, addressId, type, reason, fault, trust, isRecognised, decidedBy };
	if (bounce)
		return { ...bounce, ...now, counts: counts && !bounce.isTakenBack, isWithdrawn: false };
	const { accountId, fingerprint, readAt: recordedAt } = mail;
	const mine = { id: newId, accountId, fingerprint, position, recordedAt };
	return { ...mine, ...now, counts, causedHold: false, isTakenBack: false, isWithdrawn: false };
}

function toHolds({ comes, goes }: Awaited<ReturnType<typeof holdsAfter>>): ReprocessHold[] {
	return [
		...comes.map(({ addressId, email, because }) => ({
			addressId,
			email,
			what: 'held' as const,
			because,
		})),
		...goes.map(({ addressId, email }) => ({
			addressId,
			email,
			what: 'released' as const,
			because: 'Its bounces, judged again, reach no threshold.',
		})),
	];
}

function toChange(
	{ bounce, entry }: BounceChange,
	{ mail, kind }: JudgedMail,
	site: Site,
): ReprocessChange {
	const before = bounce && !bounce.isWithdrawn ? judgedBefore(bounce, site) : null;
	const after = entry ? judgedNow(entry, bounce, site) : null;
	return {
		bounceId: bounce?.id ?? null,
		email: entry?.email || (bounce?.email ?? ''),
		subject: mail.subject,
		before,
		after,
		kind,
		sentence: `${inWords(before)} → ${inWords(after)}.`,
	};
}

function judgedBefore(bounce: RecordedBounce, site: Site): JudgedBounce {
	const { type, reason, fault, isRecognised, counts, decidedBy, addressId } = bounce;
	const reasonLabel = reasonNamed(reason, site.catalogue).label;
	const judged = { type, reason, reasonLabel, fault, isRecognised, decidedBy, addressId };
	return { ...judged, countsTowardHold: counts };
}

function judgedNow(
	{ verdict, counts, addressId }: BounceEntry,
	bounce: RecordedBounce | undefined,
	site: Site,
): JudgedBounce {
	const { type, reason, fault, isRecognised, decidedBy } = verdict;
	const reasonLabel = reasonNamed(reason, site.catalogue).label;
	const judged = { type, reason, reasonLabel, fault, isRecognised, decidedBy, addressId };
	return { ...judged, countsTowardHold: counts && !bounce?.isTakenBack };
}

function inWords(judged: JudgedBounce | null): string {
	if (!judged) return 'No bounce';
	const { type, reasonLabel, countsTowardHold } = judged;
	return `${type} (${reasonLabel}), ${countsTowardHold ? 'counts' : 'does not count'}`;
}
