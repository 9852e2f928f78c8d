import { commonWords, suggestExpression } from './suggest-expression.ts';

/** Bounces that say the same thing, and an expression that finds them. */
export interface Cluster<Member> {
	expression: string;
	/** In the order they were given. */
	members: Member[];
}

/** Rarer than this says nothing about the next mail. */
const fewestMembers = 2;

/** Puts bounces that differ only in addresses, hosts, numbers and the like together (requirement E4), most members first.
 *  @param wordsOf the words a bounce is known by; empty for a bounce that says nothing
 *  @param most clusters to return */
export function cluster<Member>(
	bounces: readonly Member[],
	wordsOf: (bounce: Member) => string,
	most: number,
): Cluster<Member>[] {
	const groups = new Map<string, { words: string; members: Member[] }>();
	for (const bounce of bounces) {
		const words = wordsOf(bounce);
		const key = commonWords(words);
		if (key === '') continue;
		const group = groups.get(key);
		if (group) group.members.push(bounce);
		else groups.set(key, { words, members: [bounce] });
	}
	return [...groups.values()]
		.filter(({ members }) => members.length >= fewestMembers)
		.sort((a, b) => b.members.length - a.members.length)
		.slice(0, most)
		.flatMap(({ words, members }) => {
			const expression = suggestExpression(words);
			return expression ? [{ expression, members }] : [];
		});
}
