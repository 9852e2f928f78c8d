import { useEffect, useState } from '@wordpress/element';
import { fromNow, inFull } from '../words/figures.ts';

/** A moment as people say it ("3 hours ago"), with the full date in its title. `at` is ISO 8601. */
export function When({ at }: { at: string }) {
	const now = useNow();
	const moment = new Date(at);
	return (
		<time dateTime={at} title={inFull(moment)}>
			{fromNow(moment, now)}
		</time>
	);
}

function useNow(): Date {
	const [now, setNow] = useState(() => new Date());
	useEffect(() => {
		const timer = setInterval(() => setNow(new Date()), 30_000);
		return () => clearInterval(timer);
	}, []);
	return now;
}
