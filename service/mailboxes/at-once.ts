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
