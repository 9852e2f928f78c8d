import { useCallback, useMemo, useSyncExternalStore } from '@wordpress/element';
import { valuesIn, withChanges } from '../view-state.ts';

/** What a page shows, kept in the address bar so that reload, back and links work. "" means: not set. */
export interface View<Key extends string> {
	values: Readonly<Record<Key, string>>;
	/** Writes into the address bar; `replace` for what nobody wants to step back through, such as each typed letter. */
	change: (changes: Partial<Record<Key, string>>, how?: 'push' | 'replace') => void;
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
	listeners.add(listener);
	window.addEventListener('popstate', listener);
	return () => {
		listeners.delete(listener);
		window.removeEventListener('popstate', listener);
	};
}

/** Reads and changes the named parts of the URL's query. `keys` must be the same array at every call. */
export function useView<Key extends string>(keys: readonly Key[]): View<Key> {
	const search = useSyncExternalStore(subscribe, () => window.location.search);
	const values = useMemo(() => valuesIn(search, keys), [search, keys]);

	const change = useCallback<View<Key>['change']>((changes, how = 'push') => {
		const next = withChanges(window.location.search, changes);
		if (next === window.location.search) return;
		const url = window.location.pathname + next + window.location.hash;
		if (how === 'push') window.history.pushState(null, '', url);
		else window.history.replaceState(null, '', url);
		for (const listener of listeners) listener();
	}, []);

	return { values, change };
}
