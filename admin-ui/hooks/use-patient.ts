import { useEffect, useRef, useState } from '@wordpress/element';

const pauseMs = 350;

/** What stands in a field that searches or narrows: `onChange` is called when the typing pauses, not at every letter, and
 *  without the blanks around it. @returns what is typed, and how to type. */
export function usePatient(
	value: string,
	onChange: (value: string) => void,
): [string, (typed: string) => void] {
	const [typed, setTyped] = useState(value);
	const tell = useRef(onChange);
	tell.current = onChange;
	// A blank at the end is kept: it was typed in a pause, and another word comes.
	useEffect(() => setTyped((before) => (before.trim() === value ? before : value)), [value]);
	useEffect(() => {
		if (typed.trim() === value) return;
		const timer = setTimeout(() => tell.current(typed.trim()), pauseMs);
		return () => clearTimeout(timer);
	}, [typed, value]);
	return [typed, setTyped];
}
