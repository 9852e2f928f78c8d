import type {
	ReprocessChange,
	ReprocessHold,
	ReprocessPreview,
	ReprocessSelection,
} from '../contract/reprocess.ts';
import { RuleMatcher } from '../rules/rule-matcher.ts';
import type { Site } from '../site.ts';
import { toChange } from './difference.ts';
import type { HoldsAfter } from './holds-after.ts';
import { judgeAgain } from './judge-again.ts';
import { Outlook } from './outlook.ts';
import { noneKept } from './reprocess.ts';
import { holdCounts, nothingYet, plus, totalsSentence } from './totals.ts';
import { inFigures } from '../words.ts';

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
	const rules = new RuleMatcher(await site.rules.active());
	const outlook = new Outlook(site);
	const changes: ReprocessChange[] = [];

	for (let after = beforeNewest; after < last;) {
		const piece = { after, until: last, most: mailsAtOnce };
		const mails = await site.archive.mails(selection, piece);
		if (mails.length === 0) break;
		after = mails.at(-1)!.journalId;
		const judged = await judgeAgain(mails, rules, site);
		await outlook.note(mails.length, judged);
		for (const one of judged)
			for (const change of one.changes)
				if (changes.length < mostRows) changes.push(toChange(change, one, site));
	}

	const holds = await outlook.holds();
	const totals = plus(outlook.totals, { ...nothingYet, ...holdCounts(holds) });
	const some =
		found > totals.mails ? ` Only the newest ${inFigures(mostMails)} were looked at.` : '';
	return {
		found,
		totals,
		changes,
		holds: toHolds(holds).slice(0, mostRows),
		sentence: found === 0 ? noneKept : totalsSentence(totals, 'would') + some,
	};
}

function toHolds({ comes, goes }: HoldsAfter): ReprocessHold[] {
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
