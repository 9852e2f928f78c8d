import type { ReprocessTotals } from '../contract/reprocess.ts';
import type { HoldsAfter } from './holds-after.ts';
import type { JudgedMail } from './judge-again.ts';
import { counted, inARow, inFigures } from '../words.ts';

export const nothingYet: ReprocessTotals = {
	mails: 0,
	changed: 0,
	added: 0,
	removed: 0,
	unchanged: 0,
	held: 0,
	released: 0,
	ruled: 0,
	leftAlone: 0,
};

/** What some mails judged again add to the totals.
 *  @param asked how many mails were to be judged; those that were not are left alone */
export function totalsOf(
	asked: number,
	judged: readonly JudgedMail[],
	done: { held: number; released: number; ruled: number },
): ReprocessTotals {
	const count = (what: string) =>
		judged.reduce((sum, { changes }) => sum + changes.filter((one) => one.what === what).length, 0);
	return {
		mails: asked,
		changed: count('changed'),
		added: count('added'),
		removed: count('removed'),
		unchanged: judged.reduce((sum, { unchanged }) => sum + unchanged, 0),
		...done,
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

/** "Of 40 mails judged again, 12 bounces changed and 1 was new; 3 addresses came on hold and 1 was released." What is
 *  nothing is not named. */
export function totalsSentence(totals: ReprocessTotals, mode: 'would' | 'did'): string {
	const { mails, changed, added, removed, held, released, ruled, leftAlone } = totals;
	const would = mode === 'would';
	const was = (count: number) => (would ? 'would be' : count === 1 ? 'was' : 'were');
	const bounces = [
		[changed, would ? 'would change' : 'changed'],
		[added, `${was(added)} new`],
		[removed, `${was(removed)} none`],
	] as const;
	const addresses = [
		[held, would ? 'would come on hold' : 'came on hold'],
		[released, `${was(released)} released`],
	] as const;
	const changes = [listed(bounces, 'bounce', 'bounces'), listed(addresses, 'address', 'addresses')];
	const said = changes.filter((part) => part !== '').join('; ');
	const nothing = would ? 'nothing would change' : 'nothing changed';
	const rules = `${counted(ruled, 'change', 'changes')} by rules${would ? ' would follow' : ' followed'}`;
	return [
		`Of ${counted(mails, 'mail', 'mails')} judged again, ${said || nothing}`,
		...(ruled > 0 ? [`; ${rules}`] : []),
		'.',
		...(leftAlone > 0 ? [` ${leftAloneSentence(leftAlone)}`] : []),
	].join('');
}

/** "12 bounces changed, 1 was new and 2 were none": the noun stands with the first only. */
function listed(parts: readonly (readonly [number, string])[], one: string, many: string): string {
	const said = parts
		.filter(([count]) => count > 0)
		.map(([count, what], index) =>
			index === 0 ? `${counted(count, one, many)} ${what}` : `${inFigures(count)} ${what}`,
		);
	return inARow(said);
}

function leftAloneSentence(mails: number): string {
	return mails === 1
		? '1 mail is left alone: its account is gone.'
		: `${inFigures(mails)} mails are left alone: their accounts are gone.`;
}
