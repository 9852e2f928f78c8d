/** RFC 2683 §3.2.1.5 asks clients to keep command lines below 1,000 octets but servers to take 8,000; every
 *  server in use takes these, and a window of mails stays one command. */
const longestSet = 7_500;

/** Writes UIDs as IMAP's sequence sets, runs of neighbours as ranges: [4, 5, 6, 9] → ["4:6,9"].
 *  @param uids ascending, each once
 *  @returns one set, or several when one would make too long a command line; none for no UIDs */
export function uidSets(uids: readonly number[]): string[] {
	const sets: string[] = [];
	let set = '';
	for (let at = 0; at < uids.length;) {
		const first = uids[at]!;
		let last = first;
		while (uids[++at] === last + 1) last++;
		const range = first === last ? String(first) : `${first}:${last}`;
		if (set.length + range.length > longestSet) {
			sets.push(set);
			set = '';
		}
		set += set === '' ? range : `,${range}`;
	}
	return set === '' ? sets : [...sets, set];
}
