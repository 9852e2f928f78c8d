/** "1 contact", "1,200 contacts". */
export function counted(count: number, one: string, many = `${one}s`): string {
	return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** "1 contact was", "3 contacts were". */
export function countedWere(count: number, one: string, many?: string): string {
	return `${counted(count, one, many)} ${count === 1 ? 'was' : 'were'}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(words: readonly string[]): string {
	if (words.length < 2) return words.join('');
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
}

/** What is said about contacts that a deed did not touch; empty when there are none. */
export function leftAloneSentence(count: number, because: string): string {
	return count === 0
		? ''
		: ` ${countedWere(count, 'contact')} left as ${count === 1 ? 'it is' : 'they are'}: ${because}.`;
}
