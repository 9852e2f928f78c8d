import { useEffect, useState } from '@wordpress/element';

/** What is ticked in a list. Nothing is, as soon as the list shows something else: what is not on the screen any more must not
 *  be dealt with by the next press of a button. `shown` is compared as JSON; `none` must be the same at every call. */
export function useChosen<Chosen>(
	none: Chosen,
	shown: unknown,
): [Chosen, (chosen: Chosen) => void] {
	const [chosen, setChosen] = useState(none);
	const written = JSON.stringify(shown);
	useEffect(() => setChosen(none), [none, written]);
	return [chosen, setChosen];
}
