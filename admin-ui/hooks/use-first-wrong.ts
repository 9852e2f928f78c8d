import { useEffect, useRef } from '@wordpress/element';
import type { RefObject } from 'react';

/** After a refusal the work goes on at the first field that is wrong.
 *  @param refusal what was refused: undefined, or another value each time
 *  @returns for the form. */
export function useFirstWrong(refusal: unknown): RefObject<HTMLFormElement> {
	const form = useRef<HTMLFormElement>(null);
	useEffect(() => {
		if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
	}, [refusal]);
	return form;
}
