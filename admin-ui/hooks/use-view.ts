import { useCallback, useMemo, useSyncExternalStore } from '@wordpress/element';
import { valuesIn, withChanges } from '../view-state.ts';

/** What a page shows, kept in the address bar so that reload, back and links work. "" means: not set. */
export interface View<Key extends string> {
	values: Readonly<Record<Key, string>>;
	/** Writes into the address bar; `replace` for what nobody wants to step back through, such as each typed letter. */
	change: (changes: Partial<Record<Key, string>>, how?: 'push' | 'replace') => void;
}

const listeners = new Set<() => void>();
/** The address as the page shows it: where Back returns to when somebody decides to stay. */
let shown = '';
let mayLeave: (() => boolean) | undefined;

/** Asks `ask` before the view changes, until the function returned is called. One at a time: a page has one form. */
export function guardView(ask: () => boolean): () => void {
	mayLeave = ask;
	return () => {
		if (mayLeave === ask) mayLeave = undefined;
	};
}

function subscribe(listener: () => void): () => void {
	if (listeners.size === 0) {
		shown = window.location.href;
		window.addEventListener('popstate', stepBack);
	}
	listeners.add(listener);
	return () => {
		listeners.delete(listener);
		if (listeners.size === 0) window.removeEventListener('popstate', stepBack);
	};
}

/** The browser has changed the address already when it tells of Back or Forward. */
function stepBack() {
	if (mayLeave && !mayLeave()) window.history.pushState(null, '', shown);
	else tell();
}

function tell() {
	shown = window.location.href;
	for (const listener of listeners) listener();
}

/** Reads and changes the named parts of the URL's query. `keys` must be the same array at every call. */
export function useView<Key extends string>(keys: readonly Key[]): View<Key> {
	const search = useSyncExternalStore(subscribe, () => window.location.search);
	const values = useMemo(() => valuesIn(search, keys), [search, keys]);

	const change = useCallback<View<Key>['change']>((changes, how = 'push') => {
		const next = withChanges(window.location.search, changes);
		if (next === window.location.search || (mayLeave && !mayLeave())) return;
		const url = window.location.pathname + next + window.location.hash;
		if (how === 'push') window.history.pushState(null, '', url);
		else window.history.replaceState(null, '', url);
		tell();
	}, []);

	return { values, change };
}
