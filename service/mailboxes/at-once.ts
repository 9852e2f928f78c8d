import { setImmediate } from 'node:timers/promises';

/** Few enough open files for any ulimit. */
const lanes = 8;

/** Does the same with each item, some at once; results come in the items' order. */
export async function atOnce<Item, Result>(
	items: readonly Item[],
	work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results = new Array<Result>(items.length);
	let at = 0;
	const lane = async () => {
		while (at < items.length) {
			const mine = at++;
			results[mine] = await work(items[mine]!);
		}
	};
	await Promise.all(Array.from({ length: lanes }, lane));
	return results;
}

/** What is done without a pause before others have their turn. */
const itemsATurn = 8;

/** Does the same with each item, one after the other, where handing each small step to another thread and back would take
 *  several times as long as the step; results come in the items' order. */
export async function inTurns<Item, Result>(
	items: readonly Item[],
	work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	for (const item of items) {
		results.push(await work(item));
		if (results.length % itemsATurn === 0) await setImmediate();
	}
	return results;
}
