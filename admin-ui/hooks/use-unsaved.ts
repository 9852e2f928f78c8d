import { useEffect, useRef } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { guardView } from './use-view.ts';

/** While something is changed and not saved, the browser asks before it leaves the page, and the page before it shows
 *  something else (a link inside it, or Back). @returns what to call once it is saved, before the form closes itself. */
export function useUnsaved(isUnsaved: boolean): () => void {
	const isSaved = useRef(false);
	useEffect(() => {
		if (!isUnsaved) return;
		isSaved.current = false;
		const ask = (event: BeforeUnloadEvent) => {
			if (!isSaved.current) event.preventDefault();
		};
		window.addEventListener('beforeunload', ask);
		const stopGuarding = guardView(() => isSaved.current || mayLeave());
		return () => {
			window.removeEventListener('beforeunload', ask);
			stopGuarding();
		};
	}, [isUnsaved]);
	return () => {
		isSaved.current = true;
	};
}

/** Asks whether what was changed may be lost. */
export function mayLeave(): boolean {
	return window.confirm(
		__('Leave without saving? What you changed here is lost.', 'return-channel'),
	);
}
