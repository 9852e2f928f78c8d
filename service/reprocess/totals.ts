import type { ReprocessTotals } from '../contract/reprocess.ts';
import type { HoldsAfter } from './holds-after.ts';
import type { JudgedMail } from './judge-again.ts';

export const nothingYet: ReprocessTotals = {
	mails: 0,
	changed: 0,
	added: 0,
	removed: 0,
	unchanged: 0,
	held: 0,
	released: 0,
	leftAlone: 0,
};

/** What some mails judged again add to the totals.
 *  @param asked how many mails were to be judged; those that were not are left alone */
export function totalsOf(
	asked: number,
	judged: readonly JudgedMail[],
	holds: { held: number; released: number },
): ReprocessTotals {
	const count = (what: string) =>
		judged.reduce((sum, { changes }) => sum + changes.filter((one) => one.what === what).length, 0);
	return {
		mails: asked,
		changed: count('changed'),
		added: count('added'),
		removed: count('removed'),
		unchanged: judged.reduce((sum, { unchanged }) => sum + unchanged, 0),
		held: holds.held,
		released: holds.released,
		leftAlone: asked - judged.length,
	};
}

/** Both together. */
export function plus(one: ReprocessTotals, other: ReprocessTotals): ReprocessTotals {
	const sum = { ...one };
	for (const key of Object.keys(sum) as (keyof ReprocessTotals)[]) sum[key] += other[key];
	return sum;
}

/** How many holds there are of each. */
export function holdCounts({ comes, goes }: HoldsAfter): { held: number; released: number } {
	return { held: comes.length, released: goes.length };
}

/** "Of 40 mails 12 bounces changed, 1 came, 0 went; 3 addresses were put on hold and 1 was released." */
export function totalsSentence(totals: ReprocessTotals, mode: 'would' | 'did'): string {
	const { mails, changed, added, removed, held, released, leftAlone } = totals;
	const left = leftAlone > 0 ? ` ${leftAlone} mails are left alone: their account is gone.` : '';
	const counted = (count: number, one: string, many: string) =>
		`${count.toLocaleString('en')} ${count === 1 ? one : many}`;
	const found = `Of ${counted(mails, 'mail', 'mails')} judged again`;
	const bounces = `${counted(changed, 'bounce', 'bounces')}`;
	return mode === 'would'
		? `${found}, ${bounces} would change, ${added} would be new and ${removed} would be none; ` +
				`${counted(held, 'address', 'addresses')} would come on hold and ${released} would be released.${left}`
		: `${found}, ${bounces} changed, ${added} were new and ${removed} were none; ` +
				`${counted(held, 'address', 'addresses')} came on hold and ${released} were released.${left}`;
}
