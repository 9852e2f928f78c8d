import { useEffect, useState } from '@wordpress/element';

const pauseMs = 450;

/** `value` once it has stayed the same for a moment: for questions that follow what somebody types. Compared as JSON. */
export function useSettled<Value>(value: Value): Value {
	const [settled, setSettled] = useState(value);
	const written = JSON.stringify(value);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(value), pauseMs);
		return () => clearTimeout(timer);
		// `written` stands for `value`, which is a new object at every turn.
	}, [written]);
	return settled;
}
