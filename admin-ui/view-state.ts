/** The values of `keys` in a query string such as "?page=return-channel&type=Quota"; "" for what is not there. */
export function valuesIn<Key extends string>(
	search: string,
	keys: readonly Key[],
): Record<Key, string> {
	const query = new URLSearchParams(search);
	const values = keys.map((key) => [key, query.get(key) ?? '']);
	return Object.fromEntries(values) as Record<Key, string>;
}

/** The query string with some values changed; "" takes one out. WordPress's own parts stay where they are. */
export function withChanges(
	search: string,
	changes: Readonly<Record<string, string | undefined>>,
): string {
	const query = new URLSearchParams(search);
	for (const [key, value] of Object.entries(changes)) {
		if (value) query.set(key, value);
		else query.delete(key);
	}
	return query.size ? `?${query}` : '';
}

/** Takes all of `keys` out of the URL. */
export function cleared<Key extends string>(keys: readonly Key[]): Record<Key, string> {
	return Object.fromEntries(keys.map((key) => [key, ''])) as Record<Key, string>;
}

/** Narrows a list by one more value ("" by one less), and shows its first page: the page it stood on is another list's. */
export function narrowedBy<Key extends string>(
	key: Key,
	value: string,
): Record<Key | 'paged', string> {
	return { ...cleared<Key | 'paged'>(['paged']), [key]: value };
}

/** The number in a query value such as "12"; undefined when it is none. */
export function idIn(value: string): number | undefined {
	return /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
}

/** `value` if it is one of the `choices`, else undefined. */
export function oneOf<Choice extends string>(
	choices: readonly Choice[],
	value: string,
): Choice | undefined {
	return choices.find((choice) => choice === value);
}

/** Rows on one page of a list. */
export const rowsPerPage = 20;

/** The page that a URL's `paged` asks for, from 1; 1 when it asks for none. */
export function pageIn(paged: string): number {
	return idIn(paged) ?? 1;
}
